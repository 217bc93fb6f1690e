"""What tables of all pairs have in common, whatever they are about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from landbridge.network.network import Network
from landbridge.places.place import Place
from landbridge.schema.column import Floats


@dataclass(frozen=True, eq=False)
class Block:
    """The figures of some origins to all destinations."""

    first: int
    """Number of the first origin."""
    figures: tuple[Floats, ...]
    """Per column; (n_rows, n_to), NaN where there is no way."""


class Tables(Protocol):
    """A question about all pairs that is ready to be answered block by block."""

    @property
    def net(self) -> Network:
        """What is asked."""
        ...

    @property
    def origins(self) -> tuple[Place, ...]:
        """The places of the rows."""
        ...

    @property
    def destinations(self) -> tuple[Place, ...]:
        """The places of the columns."""
        ...

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the figures."""
        ...

    @property
    def path_columns(self) -> tuple[str, ...]:
        """Names of what ``path`` tells."""
        ...

    @property
    def digits(self) -> int:
        """Of a figure after the point."""
        ...

    @property
    def identity(self) -> str:
        """Equal for equal questions about equal places."""
        ...

    def blocks(self, first: int = 0) -> Iterator[Block]:
        """The blocks from origin ``first`` on, which begins a block."""
        ...

    def reason(self, i: int, j: int, figures: Sequence[float]) -> str:
        """Why a pair has no figure; empty where it has."""
        ...

    def path(self, i: int, j: int) -> list[str]:
        """By what the ways of a pair of the last block lead."""
        ...
