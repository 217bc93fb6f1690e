"""docs/cli.md from the program itself: every verb with its arguments, options and examples."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, get_args, get_origin, get_type_hints

import typer
from pages import table
from typer.models import ArgumentInfo, OptionInfo

from landbridge.cli.main import VERBS, program

TAKES = {str: "text", int: "whole number", float: "number", bool: "flag"}
INTRO = """# The command line

Written by `make docs` from the program itself; `landbridge VERB --help` tells the same.

The answer goes to stdout, messages and progress go to stderr. With `--json` an error is JSON on
stdout as well, so that stdout can always be parsed ([its fields](json.md#errors)).

| exit code | means |
| --- | --- |
| 0 | there is an answer |
| 1 | the question is right, the answer is "there is none" |
| 2 | the input is wrong; the message says how to mend it |
| 3 | a fault of ours; please report it |
| 130 | interrupted |

`landbridge --version` prints the version. `LANDBRIDGE_DEBUG=1` shows where a fault of ours
happened; `LANDBRIDGE_CACHE_DIR` names the folder in which compiled kernels are kept.

Places are names in any script, UN/LOCODEs or `latitude,longitude`
([what may be typed](places.md)). A way is ruled out or asked for by words such as `IR`, `suez`,
`road`, `IRSRP` or `AZ-IR` ([terms](formats.md#terms)).
"""
LISTS = """
`ports.csv` and `cities.csv` may be:

```csv ports.csv
place
RULED
INNSA
```

```csv cities.csv
place
Moscow
```
"""
PAIRS = """The file of the last example:

```csv pairs.csv
origin,destination
Novorossiysk,Mumbai
RULED,INNSA
```
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """One argument or option of a verb."""

    name: str
    takes: str
    default: str
    help: str
    required: bool


def asked(verb: str) -> list[Asked]:
    """Arguments, then options of a verb, in the order of its help."""
    call = _callback(verb)
    hints = get_type_hints(call, include_extras=True)
    found = [
        _asked(name, hints[name], parameter.default)
        for name, parameter in inspect.signature(call).parameters.items()
        if hints[name] is not typer.Context
    ]
    return sorted(found, key=lambda one: one.name.startswith("--"))


def examples(verb: str) -> list[str]:
    """The command lines that the verb's help shows."""
    text = _command(verb).epilog or ""
    lines = [line.strip().removeprefix("Example: ") for line in text.splitlines()]
    return [line for line in lines if line.startswith("landbridge ")]


def verbs_page() -> str:
    """The whole page."""
    return "\n".join([INTRO, *(_section(verb) for verb in VERBS)])


def _section(verb: str) -> str:
    options = asked(verb)
    words = [
        one.name.upper() if one.required else f"[{one.name.upper()}]"
        for one in options
        if not one.name.startswith("--")
    ]
    usage = " ".join(["landbridge", verb, *words, "[OPTIONS]"])
    doc = inspect.getdoc(_callback(verb)) or ""
    shown = "".join(f"$ {line}\n" for line in examples(verb))
    parts = [f"## {verb}", f"`{usage}`", doc]
    if options:
        body = [(f"`{one.name}`", one.takes, one.default, one.help) for one in options]
        parts.append(table(("argument or option", "takes", "default", "meaning"), body))
    parts.append(f"```console\n{shown}```")
    if "pairs.csv" in shown:
        parts.append(PAIRS.strip())
    if "ports.csv" in shown:
        parts.append(LISTS.strip())
    return "\n\n".join(parts) + "\n"


def _asked(name: str, hint: object, default: object) -> Asked:
    if get_origin(hint) is not Annotated:
        raise TypeError(f"parameter {name} has no typer.Option or typer.Argument")
    kind, info = get_args(hint)[:2]
    if not isinstance(info, OptionInfo | ArgumentInfo):
        raise TypeError(f"parameter {name} has no typer.Option or typer.Argument")
    option = isinstance(info, OptionInfo)
    given = [one for one in (info.default, *(info.param_decls or ())) if str(one).startswith("--")]
    shown = str([f"--{name.replace('_', '-')}", *given][-1]) if option else name
    required = default is inspect.Parameter.empty
    told = "required" if required else "" if default in (None, "", False) else f"`{default}`"
    return Asked(shown, _takes(kind), told, info.help or "", required)


def _takes(kind: object) -> str:
    union = get_origin(kind) is UnionType
    inner = next(one for one in get_args(kind) if one is not type(None)) if union else kind
    if get_origin(inner) is list:
        return "text, repeatable"
    return next(word for one, word in TAKES.items() if one is inner)


def _command(verb: str) -> typer.models.CommandInfo:
    return next(
        one for one in program().registered_commands if verb in {one.name, _name(one.callback)}
    )


def _callback(verb: str) -> Callable[..., object]:
    call = _command(verb).callback
    if call is None:
        raise TypeError(f"verb {verb} has no function")
    return call


def _name(call: Callable[..., object] | None) -> str:
    return getattr(call, "__name__", "")
