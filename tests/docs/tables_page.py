"""docs/formats.md from the schema: every file, table, column and key with meaning and rules."""

from __future__ import annotations

import ast
import datetime as dt
import inspect
import re
import textwrap
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from types import ModuleType

import numpy as np
from pages import table

from landbridge.network import (
    case,
    case_file,
    case_toml,
    columns,
    network,
    tables,
    tables_case,
    tables_factors,
    tables_flow,
    tables_trade,
    tables_world,
)
from landbridge.network.check import check
from landbridge.network.check_terms import things
from landbridge.network.draft import OWNER, blank
from landbridge.network.load import load
from landbridge.network.network import Network
from landbridge.schema import column as kinds
from landbridge.schema.column import ALWAYS
from landbridge.schema.table import Column, Table, columns_of

INTRO = f"""# Formats: the files of a case, and the tables of the world

Written by `make docs` from the schema (`src/landbridge/network/tables*.py`).

A *case* is a folder with a `case.toml` and a CSV file for each table that it says something of,
laid over the case that it extends and over the shipped world. `landbridge route ... --case FOLDER`
uses it; every fault of it is told at once, with file, line, column, value, rule and a way out.

## Files

- UTF-8, comma between cells, first line the names of the columns in any order, cells with a comma
  or a quote in double quotes with quotes doubled (RFC 4180).
- A column may be left out where a blank cell has a meaning. An unknown column or file is a fault;
  {", ".join(f"`*{end}`" for end in case.MAY_LIE_BESIDE)} may lie beside.
- Numbers have a decimal point and no thousands separators, dates read `2025-06-01`, flags `yes` or
  `no`, lists are separated by `;`, no cell begins or ends with a blank.
- Limits: {case_file.MOST_BYTES // 2**20} MiB a file, {case_file.MOST_ROWS:,} rows a table, {
    case_file.MOST_CHARACTERS:,} characters a cell.
- `..._low`, `..._typical` and `..._high` are one uncertain figure: low <= typical <= high
  ([families](#families-of-uncertain-figures)).
{{owned}}

## Terms

{{terms}}

## Families of uncertain figures

| family | meaning | mean |
| --- | --- | --- |
| `fixed` | the typical value, always | typical |
| `uniform` | anything from low to high alike | (low + high) / 2 |
| `pert` | beta on [low, high] with its mode at typical | (low + 4 typical + high) / 6 |
| `lognormal` | one in ten below low, half below typical, nine in ten below high | see below |

What has hard ends (a speed, a tariff) is `pert`; what queues (a border, a port) has a long tail and
is `lognormal`. A lognormal has a spread a = ln(high / typical) / 1.2816 above its median and b =
ln(typical / low) / 1.2816 below it, so that all three figures are met; its mean is typical x
(exp(a^2 / 2) F(a) + exp(b^2 / 2) F(-b)) with F the normal distribution function. Where a source
tells a mean, typical is the median that gives this mean. Prices of operations and crossings are
`pert`, whatever the row's `distribution`, which is that of its hours.

### From a sample

Where observed values are at hand, a row of crossings, operations, services or rates may name them
in place of a family: `sample:border` in `distribution`, with low, typical and high blank. The
values stand in `samples.csv` of the case:

| column | what it is |
| --- | --- |
| `sample` | name of the sample, the same on all of its rows |
| `value` | one observed value in the unit of the row's figure, above 0; ten of them or more |
| `quantile` | blank; or, where only quantiles are published, the share of values below this one |

A sample that reaches farther above its median than below becomes a `lognormal` with the 10, 50 and
90 % quantiles of the sample: waits and queues have a long tail, and a lognormal goes on beyond the
largest value that happened to be seen. Any other becomes a `pert` from the least to the largest
value with the mean of the sample. Quantiles, from 0.1 or less to 0.9 or more, become a lognormal,
read straight between them on the scale of logarithms. [Why](decisions/0023-fitted-from-samples.md).
"""
_PLACE = re.compile(r"(\w+), row 0(?: \(.*\))?, column (\w+)")
"""Where a fault in the first row of a table lies."""
SHIPPED = """## Tables of the shipped world

What follows is in `world.bin` alone and no case can change it row by row; [changes](network.md) of
a loaded network can close, open, set and scale. Passages, sections, places, aliases, sources and
closures are shipped as well, and a case may lay rows over them.
"""


def meanings(*modules: ModuleType) -> dict[tuple[str, str], str]:
    """The text under each field of each class, and under each name of a module (class "")."""
    found: dict[tuple[str, str], str] = {}
    for module in modules:
        tree = ast.parse(inspect.getsource(module))
        found |= _texts("", tree.body)
        for node in tree.body:
            if isinstance(node, ast.ClassDef):
                found |= _texts(node.name, node.body)
    return found


def _texts(owner: str, body: list[ast.stmt]) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for statement, below in zip(body, [*body[1:], ast.Pass()], strict=True):
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            name, kind = statement.target.id, statement.annotation
            if isinstance(kind, ast.Name):
                found[owner, name] = f"={kind.id}"  # told at the kind, if not here
        elif isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            name = statement.targets[0].id
        else:
            continue
        if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant):
            found[owner, name] = " ".join(str(below.value.value).split())
    return found


MEANINGS = meanings(
    kinds, columns, tables_world, tables_case, tables_trade, tables_factors, tables_flow
)  # fmt: skip


def meaning(table_: type[Table], column: Column) -> str:
    """What a column means: its own text, or that of its kind, or that of the figure's low end."""
    name = column.name
    text = MEANINGS.get((table_.__name__, name), "")
    if text.startswith("="):
        text = MEANINGS.get(("", text[1:]), "")
    for end, word in (("_typical", "typical value"), ("_high", "high end")):
        low = name.replace(end, "_low")
        if not text and end in name and (table_.__name__, low) in MEANINGS:
            return f"Its {word}."
    if "_low" in name and text:
        text = f"{text.removesuffix('.')}: low end."
    return text.replace("``", "`")


def holds(column: Column) -> str:  # noqa: PLR0911 - one answer per kind of column
    """What a cell of the column may hold."""
    if column.day is not None:
        return "date"
    if column.one_of is not None:
        return _listed(column.one_of.words)
    if column.ref is not None:
        return f"id of `{column.ref.table}`"
    if column.text:
        return "id of the row" if column.key else "text"
    if column.dtype == np.dtype(np.bool_):
        return "`yes` or `no`"
    kind = "number" if column.dtype == np.dtype(np.float64) else "whole number"
    rule = column.range
    if rule is None or (np.isinf(rule.low) and np.isinf(rule.high)):
        return kind
    if np.isinf(rule.high):
        return f"{kind} >= {rule.low:g}"
    return f"{kind}, {rule.low:g} to {rule.high:g}"


def if_blank(table_: type[Table], column: Column) -> str:
    """What a blank cell means."""
    empty = blank(column)
    if empty is None:
        return "required"
    if (table_.name, column.name) in needed():
        return "required where estimated" if column.name == "note" else "required"
    if column.day is not None:
        return "since always" if empty == ALWAYS else "without end"
    if column.ref is not None:
        return "none"
    if column.text:
        return "empty"
    return "not known"


def tables_page() -> str:
    """The whole page."""
    owned = " and ".join(
        f"those of `{name}.csv` that of all rows of their {owner}" for name, owner in OWNER.items()
    )
    owned = f"- Rows take the place of rows with the same id in what the case extends, {owned}."
    terms = (
        "Some columns hold *terms*, `kind:name` with `;` between them; `!` before a term of a `bar`"
        f" means that it must not hold. The kinds are {_listed(tuple(things(_nothing())))}; a"
        " crossing is two countries in either order, such as `crossing:AZ-IR`."
    )
    filled = [textwrap.fill(text, 100, subsequent_indent="  " * text.startswith("-"))
              for text in (owned, terms)]  # fmt: skip
    parts = [INTRO.format(owned=filled[0], terms=filled[1]), _head()]
    parts += [_section(kind, f"{kind.name}.csv", of_file=True) for kind in tables.CASE_TABLES]
    parts += [SHIPPED]
    parts += [_section(kind, kind.name, of_file=False) for kind in tables.WORLD_TABLES]
    return "\n".join(parts)


def _nothing() -> Network:
    day = dt.date(2025, 1, 1)
    return network.network_of(network.Case("", "", "", "", day, day, day, 2025), {})


@cache
def needed() -> frozenset[tuple[str, str]]:
    """Texts that the checks of a network want: a row without one is a fault when it is loaded."""
    net = load()
    for each in net.tables():
        texts = {
            column.name: each.column(column.name).copy()
            for column in columns_of(type(each))
            if column.text and not column.key and column.one_of is None and len(each)
        }
        for values in texts.values():
            values[0] = ""
        net = replace(net, **{each.name: replace(each, **texts)})
    places = (_PLACE.fullmatch(fault.where) for fault in check(net))
    return frozenset((place[1], place[2]) for place in places if place)


def _listed(words: tuple[str, ...]) -> str:
    quoted = [f"`{word}`" for word in words]
    return " or ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)


def _head() -> str:
    told = meanings(network, case_toml)
    body: list[tuple[str, ...]] = []
    for key in case_toml.KEYS:
        kind = "date" if key in case_toml.DATES else "year" if key == "price_year" else "text"
        text = told.get(("Head" if key == "extends" else "Case", key), "").replace("``", "`")
        required = "optional" if key == "extends" else "required"
        body.append((f"`{key}`", kind, required, text))
    head = table(("key", "holds", "", "meaning"), body)
    return f"## case.toml\n\nWhat the case says of itself (TOML).\n\n{head}\n"


def _section(kind: type[Table], title: str, *, of_file: bool) -> str:
    body = [
        (
            f"`{column.name}`",
            holds(column),
            column.unit,
            *([if_blank(kind, column)] if of_file else []),
            meaning(kind, column),
        )
        for column in columns_of(kind)
    ]
    head = ("column", "holds", "unit", *(["blank"] if of_file else []), "meaning")
    about = " ".join((inspect.getdoc(kind) or "").split()).replace("``", "`")
    parts = [f"## {title}", about, table(head, body)]
    if kind is tables.Rates:
        parts += ["Kinds of rates:", _kinds(tables.RATE_UNITS, tables.RATE_MEANINGS)]
    if kind is tables.Factors:
        parts += ["Kinds of factors:", _kinds(tables.FACTOR_UNITS, tables.FACTOR_MEANINGS)]
    return "\n\n".join(parts) + "\n"


def _kinds(units: Mapping[str, tuple[str, ...]], meanings_of: Mapping[str, str]) -> str:
    body = [
        (f"`{kind}`", _listed(units[kind]), meanings_of[kind].replace("``", "`")) for kind in units
    ]
    return table(("kind", "unit", "meaning"), body)
