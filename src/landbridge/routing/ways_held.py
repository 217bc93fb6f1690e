"""Tables of ways on the shelf: those between terminals, which every question starts from."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from landbridge.kernels import trace
from landbridge.routing.attach import Stops
from landbridge.routing.ways_pieces import Tally
from landbridge.routing.ways_upper import Upper
from landbridge.schema.column import Floats
from landbridge.store.shelf import Arrays, shelf, version_of

WORTH_KEEPING = 2_000
"""Pairs of a table that is worth a place on the shelf."""


@dataclass(frozen=True, eq=False)
class Held:
    """What is kept of a table."""

    hours: Floats
    km: Floats
    cut: trace.Pieces
    tally: Tally


def worth(stops: tuple[Stops, Stops]) -> bool:
    """Whether a table between these stops is kept between runs."""
    return len(stops[0]) * len(stops[1]) >= WORTH_KEEPING


def keep(name: str, stops: tuple[Stops, Stops], held: Held) -> None:
    """Put a table on the shelf; ``name``: of the graph, its hours and what was asked."""
    arrays: Arrays = {"hours": held.hours, "km": held.km}
    for key, column in held.cut._asdict().items():
        arrays[f"cut {key}"] = column
    for field in fields(Tally):
        arrays[f"tally {field.name}"] = getattr(held.tally, field.name)
    shelf().put(_named(name, stops), arrays)


def taken(upper: Upper, name: str, stops: tuple[Stops, Stops]) -> Held | None:
    """The table, if it is on the shelf and whole."""
    arrays = shelf().take(_named(name, stops))
    if arrays is None:
        return None
    try:
        cut = trace.Pieces(
            arrays["cut first"].astype(np.int64, copy=False),
            arrays["cut kind"].astype(np.int32, copy=False),
            arrays["cut turned"].astype(np.int8, copy=False),
            arrays["cut km"].astype(np.float64, copy=False),
            arrays["cut weight"].astype(np.float64, copy=False),
        )
        columns = {field.name: arrays[f"tally {field.name}"] for field in fields(Tally)}
        hours, km = arrays["hours"].astype(np.float64), arrays["km"].astype(np.float64)
    except KeyError:
        return None
    whole = columns.pop("km").astype(np.float64)
    longs = {key: column.astype(np.int64, copy=False) for key, column in columns.items()}
    shape = len(stops[0]), len(stops[1])
    pairs = shape[0] * shape[1]
    kinds = len(upper.classes.mode)
    good = (
        hours.shape == km.shape == shape
        and len(cut.first) == pairs + 1
        and cut.first[0] == 0
        and bool((np.diff(cut.first) >= 0).all())
        and {int(cut.first[-1])} == {len(column) for column in cut[1:]}
        and bool((cut.kind < kinds).all())
        and bool((cut.kind >= -len(upper.border_link)).all())
        and bool(((cut.turned == 0) | (cut.turned == 1)).all())
    )
    return Held(hours, km, cut, Tally(km=whole, **longs)) if good else None


def _named(name: str, stops: tuple[Stops, Stops]) -> str:
    version = version_of("kernels", "routing")
    return f"legs {version} {name} {stops[0].name} {stops[1].name}"
