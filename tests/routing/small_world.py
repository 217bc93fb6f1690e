"""Worlds for the tests of ways: written down link by link, or drawn at random."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from typing import TypeVar, get_type_hints

import numpy as np
from numpy.typing import NDArray

from landbridge.network import tables as t
from landbridge.network.network import Case, Network
from landbridge.routing.geo import great_circle_km
from landbridge.schema.column import ALWAYS, NEVER
from landbridge.schema.table import Table, columns_of
from landbridge.units import OPEN, RAIL

T = TypeVar("T", bound=Table)

CASE = Case(
    id="small",
    title="A small world",
    version="1",
    base_case="2025, normal operation",
    base_date=dt.date(2025, 6, 1),
    first_date=dt.date(2020, 1, 1),
    last_date=dt.date(2035, 12, 31),
    price_year=2025,
)


@dataclass(frozen=True)
class Link:
    """A link between two nodes by number; ``km`` None: the great circle along its shape."""

    tail: int
    head: int
    mode: int = RAIL
    km: float | None = None
    gauge_mm: int = 1435
    passage: int = -1
    section: int = -1
    status: int = OPEN
    opens: int = ALWAYS
    closes: int = NEVER
    shape: Sequence[tuple[float, float]] = ()


@dataclass(frozen=True)
class World:
    """What a test says of its world; the rest is filled in."""

    nodes: Sequence[tuple[float, float, int]]
    """lat, lon, row of countries."""
    links: Sequence[Link]
    countries: Sequence[str] = ("AA", "BB", "CC")
    passages: Sequence[str] = ()
    shut_passages: Sequence[str] = ()
    inner_passages: Sequence[str] = ()
    """Those that ocean vessels do not use."""
    sections: Sequence[str] = ()
    closures: Sequence[tuple[str, str, str]] = field(default=())
    """mode, country, country; always."""


def texts(values: Sequence[str]) -> np.ndarray[tuple[int], np.dtypes.StringDType]:
    return np.array(list(values), dtype=np.dtypes.StringDType())  # pyright: ignore[reportReturnType]


def filled(table: type[T], rows: int, **given: object) -> T:
    """A table of which only some columns are given; the others hold plain values."""
    columns: dict[str, NDArray[np.generic]] = {}
    for column in columns_of(table):
        if column.name in given:
            value = given[column.name]
            columns[column.name] = np.asarray(value, dtype=column.dtype)
        elif isinstance(column.dtype, np.dtypes.StringDType):
            columns[column.name] = texts([""] * rows)  # pyright: ignore[reportArgumentType]
        else:
            columns[column.name] = np.zeros(rows, column.dtype)
    return table(**columns)


def link_km(world: World, link: Link) -> float:
    if link.km is not None:
        return link.km
    points = [world.nodes[link.tail][:2], *link.shape, world.nodes[link.head][:2]]
    lat, lon = np.array(points).T
    return float(great_circle_km(lat[:-1], lon[:-1], lat[1:], lon[1:]).sum())


def make(world: World) -> Network:
    """The network of a world, with all case tables and ``cells`` empty."""
    hints = get_type_hints(Network)
    empty = {
        one.name: hints[one.name].empty()
        for one in fields(Network)
        if isinstance(hints[one.name], type) and issubclass(hints[one.name], Table)
    }
    net = Network(case=CASE, **empty)
    links = world.links
    shape = [(k, lat, lon) for k, link in enumerate(links) for lat, lon in link.shape]
    passages = filled(
        t.Passages,
        len(world.passages),
        id=texts(world.passages),
        title=texts([name.title() for name in world.passages]),
        kind=texts(["canal"] * len(world.passages)),
        status=[3 if name in world.shut_passages else 0 for name in world.passages],
        opens=[ALWAYS] * len(world.passages),
        closes=[NEVER] * len(world.passages),
        ocean=[name not in world.inner_passages for name in world.passages],
        draught_m=[np.nan] * len(world.passages),
        max_dwt=[np.nan] * len(world.passages),
    )
    sections = filled(
        t.Sections,
        len(world.sections),
        id=texts(world.sections),
        year=[2025] * len(world.sections),
        confidence=texts(["high"] * len(world.sections)),
        km=[np.nan] * len(world.sections),
    )
    closures = filled(
        t.Closures,
        len(world.closures),
        id=texts([f"closure-{k}" for k in range(len(world.closures))]),
        mode=texts([mode for mode, _, _ in world.closures]),
        country_a=texts([a for _, a, _ in world.closures]),
        country_b=texts([b for _, _, b in world.closures]),
        lat=[np.nan] * len(world.closures),
        lon=[np.nan] * len(world.closures),
        radius_km=[np.nan] * len(world.closures),
        closed_from=[ALWAYS] * len(world.closures),
        closed_to=[NEVER] * len(world.closures),
        year=[2025] * len(world.closures),
        confidence=texts(["high"] * len(world.closures)),
    )
    return replace(
        net,
        sources=filled(t.Sources, 1, id=texts(["s"]), year=[2025]),
        countries=filled(
            t.Countries,
            len(world.countries),
            code=texts(world.countries),
            title=texts([f"Land {code}" for code in world.countries]),
        ),
        passages=passages,
        sections=sections,
        closures=closures,
        nodes=t.Nodes(
            np.array([node[0] for node in world.nodes], np.float64),
            np.array([node[1] for node in world.nodes], np.float64),
            np.array([node[2] for node in world.nodes], np.int16),
        ),
        links=filled(
            t.Links,
            len(links),
            tail=[link.tail for link in links],
            head=[link.head for link in links],
            mode=[link.mode for link in links],
            km=[link_km(world, link) for link in links],
            gauge_mm=[link.gauge_mm if link.mode == RAIL else 0 for link in links],
            passage=[link.passage for link in links],
            section=[link.section for link in links],
            status=[link.status for link in links],
            opens=[link.opens for link in links],
            closes=[link.closes for link in links],
        ),
        shapes=t.Shapes(
            np.array([link for link, _, _ in shape], np.int32),
            np.array([lat for _, lat, _ in shape], np.float64),
            np.array([lon for _, _, lon in shape], np.float64),
        ),
    )


def grid_world(  # noqa: C901 - draws a whole world
    side: int, countries: int, seed: int, *, special: float = 0.05, mode: int = RAIL
) -> World:
    """A square grid of ``side`` x ``side`` nodes, cut into vertical strips of countries.

    Some links carry a passage, a planned or past status, or another gauge; every link that leads
    from strip to strip is a border of 0 km between two nodes at one spot.
    """
    rng = np.random.default_rng(seed)
    strip = np.minimum(np.arange(side) * countries // side, countries - 1)
    nodes: list[tuple[float, float, int]] = []
    number = np.empty((side, side), np.int64)
    for row in range(side):
        for column in range(side):
            number[row, column] = len(nodes)
            lat, lon = 20 + row * 0.1, 40 + column * 0.1
            nodes.append(
                (lat + rng.uniform(-0.03, 0.03), lon + rng.uniform(-0.03, 0.03), int(strip[column]))
            )
    links: list[Link] = []

    def join(a: int, b: int) -> None:
        km = float(great_circle_km(*nodes[a][:2], *nodes[b][:2])) * rng.uniform(1.0, 1.5)
        draw = rng.random()
        kind = dict[str, int]()
        if draw < special:
            kind = {"passage": 0}
        elif draw < 2 * special:
            kind = {"status": 1, "opens": 22000}  # planned until 2030-03-27
        elif draw < 3 * special:
            kind = {"closes": 20000}  # shut since 2024-10-04
        elif draw < 3.2 * special:
            kind = {"gauge_mm": 1520}
        if nodes[a][2] == nodes[b][2]:
            links.append(Link(a, b, mode, km, **kind))  # pyright: ignore[reportArgumentType]
            return
        middle = tuple((x + y) / 2 for x, y in zip(nodes[a][:2], nodes[b][:2], strict=True))
        twin_a, twin_b = len(nodes), len(nodes) + 1
        nodes.append((middle[0], middle[1], nodes[a][2]))
        nodes.append((middle[0], middle[1], nodes[b][2]))
        links.append(Link(a, twin_a, mode, km / 2, **kind))  # pyright: ignore[reportArgumentType]
        links.append(Link(twin_a, twin_b, mode, 0.0))
        links.append(Link(twin_b, b, mode, km / 2))

    for row in range(side):
        for column in range(side):
            if column + 1 < side and rng.random() < 0.9:
                join(int(number[row, column]), int(number[row, column + 1]))
            if row + 1 < side and rng.random() < 0.9:
                join(int(number[row, column]), int(number[row + 1, column]))
    codes = [f"{chr(65 + k // 26)}{chr(65 + k % 26)}" for k in range(countries)]
    return World(nodes, links, codes, passages=["strait"])
