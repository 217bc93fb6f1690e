"""Rail or road from the extract to the contracted network with borders, gauges and cells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from landbridge.build.borders import put_borders
from landbridge.build.cells import CellWays, cell_ways
from landbridge.build.contract import Contracted, contract
from landbridge.build.draft import Draft
from landbridge.build.gauge import put_gauges
from landbridge.build.patch import Names, apply_cuts, apply_links, apply_vias
from landbridge.build.polygons import Land
from landbridge.build.rawland import read_graph
from landbridge.build.sections import scale_sections
from landbridge.build.stitch import StitchParams, stitch
from landbridge.build.typed import Row, read_table
from landbridge.units import MODES, RAIL, STATUSES

Say = Callable[[str], None]
BY_RULE = 1
"""Number of the source ``stitch``: joins made by rule."""


@dataclass(frozen=True, eq=False)
class LandNetwork:
    """One mode, ready to be merged into the tables of the world."""

    mode: int
    found: Contracted
    cells: CellWays


@dataclass(frozen=True, slots=True)
class Parameters:
    """How one mode is stitched."""

    mode: int
    module: str
    stitching: StitchParams


RAILWAYS = Parameters(RAIL, "world_railways.py", StitchParams(end_km=6.0))
HIGHWAYS = Parameters(1, "world_highways.py", StitchParams(end_km=8.0))


def build_land(
    folder: Path, polygons: Land, names: Names, row_of: dict[str, int], how: Parameters, say: Say
) -> LandNetwork:
    """Every step in order; ``say`` tells of each."""
    word = MODES[how.mode]
    links = _of_mode(read_table("land_links"), word)
    draft = read_graph(folder / how.module)
    say(f"{word}: {len(draft.tail):,} links read")
    draft = apply_cuts(draft, _of_mode(read_table("land_cuts"), word))
    # Bends first: what is put onto a link drawn straight lies in the wrong place.
    draft = apply_vias(draft, _of_mode(read_table("land_vias"), word))
    # Typed stitches first: a rule that looks for the main component must find it whole.
    draft = apply_links(draft, [row for row in links if row.text("kind") == "stitch"], names)
    before = len(draft.tail)
    draft = stitch(draft, polygons, how.stitching, BY_RULE)
    say(f"{word}: {len(draft.tail) - before} gaps closed by rule")
    draft = apply_links(draft, [row for row in links if row.text("kind") == "missing"], names)
    sections = _of_mode(read_table("land_sections"), word)
    draft, scaled = scale_sections(draft, sections, names.section)
    for one in scaled:
        say(f"  {one.id}: {one.before_km:.1f} -> {one.published_km:.1f} km")
    draft = _dates(draft, sections, names)
    bordered = put_borders(draft, polygons)
    if how.mode == RAIL:
        bordered = put_gauges(bordered, read_table("gauges"), read_table("gauge_zones"), row_of)
    found = _rounded(contract(bordered))
    say(f"{word}: {len(found.draft.lat):,} nodes, {len(found.draft.tail):,} links contracted")
    ways = cell_ways(found)
    say(f"{word}: {len(ways.tail):,} ways between gates")
    return LandNetwork(how.mode, found, ways)


def _of_mode(rows: list[Row], word: str) -> list[Row]:
    return [row for row in rows if row.text("mode") == word]


def _dates(draft: Draft, rows: list[Row], names: Names) -> Draft:
    """Status and dates of the typed links, from their sections.

    A section that was scaled along links of the extract stays ordinary: the extract shows it as
    built, and a date of opening in the past only matters to questions about the past.
    """
    status, opens, closes = draft.status.copy(), draft.opens.copy(), draft.closes.copy()
    for row in rows:
        if row.text("lat1"):
            continue
        here = draft.section == names.section[row.text("id")]
        status[here] = STATUSES.index(row.text("status"))
        opens[here] = row.day("opens")
        closes[here] = row.day("closes", until=True)
    return replace(draft, status=status, opens=opens, closes=closes)


def _rounded(found: Contracted) -> Contracted:
    """On the grid that the world file holds: 0.001 degrees and 10 m."""
    draft = found.draft
    draft = replace(
        draft,
        lat=np.rint(draft.lat * 1000) / 1000,
        lon=np.rint(draft.lon * 1000) / 1000,
        km=np.rint(draft.km * 100) / 100,
    )
    return replace(found, draft=draft)
