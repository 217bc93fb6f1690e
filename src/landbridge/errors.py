"""The tree of everything that landbridge raises on purpose.

LandbridgeError
├── InputError            exit 2: the user's input is wrong
│   ├── PlaceError        a place is unknown, ambiguous or too far from the network
│   ├── QuestionError     a question contradicts itself or lies outside the limits
│   └── DataError         a file or table breaks a rule (lists every fault found)
├── NoAnswer              exit 1: the question is right, the answer is "there is none"
└── InternalError         exit 3: a fault of ours

Each message says what, where, which value, which rule and what to do about it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class LandbridgeError(Exception):
    """Root of the tree; ``code`` is a stable word for programs, ``details`` are ready for JSON."""

    exit_code = 3
    code = "error"

    def __init__(self, message: str, *, details: dict[str, object] | None = None) -> None:
        super().__init__(message)
        self.details: dict[str, object] = details or {}


class InputError(LandbridgeError):
    """The user's input is wrong; the message says how to mend it."""

    exit_code = 2
    code = "input"


class PlaceError(InputError):
    """A place is unknown, ambiguous, or too far from the network."""

    code = "place"


class QuestionError(InputError):
    """A question contradicts itself, or a value lies outside what is possible."""

    code = "question"


class NoAnswer(LandbridgeError):  # noqa: N818 - it is an answer, not a fault
    """The question is well formed and there is no answer to it (no way, no option)."""

    exit_code = 1
    code = "no_answer"


class InternalError(LandbridgeError):
    """A promise of ours is broken; please report it."""

    code = "internal"


@dataclass(frozen=True, slots=True)
class Fault:
    """One broken rule: where, what was found, which rule, what to do."""

    where: str
    """File or table, with the row and the column where they are known."""
    found: str
    rule: str
    remedy: str = ""

    def __str__(self) -> str:
        text = f"{self.where}: {self.found}; {self.rule}"
        return f"{text}. {self.remedy}" if self.remedy else text


class DataError(InputError):
    """A file or table breaks rules; carries every fault found, not only the first."""

    code = "data"

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(faults)
        head = "1 fault" if len(self.faults) == 1 else f"{len(self.faults)} faults"
        shown = "\n".join(f"  {fault}" for fault in self.faults[:50])
        more = len(self.faults) - 50
        tail = f"\n  ... and {more} more" if more > 0 else ""
        super().__init__(
            f"{head} in the data:\n{shown}{tail}",
            details={"faults": [str(fault) for fault in self.faults]},
        )
