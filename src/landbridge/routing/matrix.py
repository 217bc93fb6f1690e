"""``matrix``: how far between all of these places and all of those, on the bare network.

Each figure is that of ``distance``; tables are found block by block, so that what does not fit in
memory can be written as it comes. See docs/matrix.md.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from landbridge.errors import DataError, Fault, InputError, QuestionError
from landbridge.network.network import Network
from landbridge.places.find import resolve
from landbridge.places.place import Place
from landbridge.routing.attach import Stops
from landbridge.routing.bare import Table, Tell, table_to
from landbridge.routing.distance import means_of
from landbridge.routing.shortest import DistanceParams, Means, attached, too_far
from landbridge.routing.ways import ways_for
from landbridge.schema.column import Floats
from landbridge.units import SEA

BLOCK_CELLS = 4_000_000
"""Cells of a block: a few seconds of work, and 32 MB a mode."""
MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class MatrixParams:
    """How much may be asked; what counts as near enough to the network is as in ``distance``."""

    most_pairs: int = 500_000_000
    """More pairs than that are refused before work begins."""
    most_memory_mb: int = 2048
    """For the figures that ``matrix`` holds at once; streams need less."""
    distance: DistanceParams = field(default_factory=DistanceParams)

    def __post_init__(self) -> None:
        if self.most_pairs < 1 or self.most_memory_mb < 1:
            raise QuestionError("most_pairs and most_memory_mb must be 1 or more")


@dataclass(frozen=True, eq=False)
class Mode:
    """What is asked of one mode: the stops of all places, and the table to the destinations."""

    means: Means
    origins: Stops
    table: Table
    off: tuple[tuple[str, ...], tuple[str, ...]]
    """Why a place is not on the network, or an empty text: of origins and of destinations."""


@dataclass(frozen=True, eq=False)
class Block:
    """The figures of some origins to all destinations."""

    first: int
    """Number of the first origin."""
    km: tuple[Floats, ...]
    """Per mode; (n_rows, n_to), NaN where there is no way."""


@dataclass(frozen=True, eq=False)
class Asked:
    """A question whose places are known and whose tables are ready."""

    net: Network = field(repr=False)
    origins: tuple[Place, ...]
    destinations: tuple[Place, ...]
    modes: tuple[Mode, ...] = field(repr=False)

    @property
    def columns(self) -> tuple[str, ...]:
        """``km`` of one mode, else one column per mode, such as ``sea_km``."""
        words = [mode.means.mode.replace("-", "_") for mode in self.modes]
        return ("km",) if len(words) == 1 else tuple(f"{word}_km" for word in words)

    @property
    def block_rows(self) -> int:
        """Origins of a block."""
        return max(1, BLOCK_CELLS // max(1, len(self.destinations) * len(self.modes)))

    def blocks(self, first: int = 0) -> Iterator[Block]:
        """The blocks from origin ``first`` on, which begins a block."""
        for begin in range(first, len(self.origins), self.block_rows):
            rows = np.arange(begin, min(begin + self.block_rows, len(self.origins)))
            yield Block(begin, tuple(_figures(mode, rows) for mode in self.modes))

    def reason(self, i: int, j: int, km: Sequence[float]) -> str:
        """Why origin ``i`` and destination ``j`` have no figure; ``km``: per mode, NaN for none."""
        said: list[str] = []
        for mode, figure in zip(self.modes, km, strict=True):
            if np.isfinite(figure):
                continue
            ends = [text for text in (mode.off[0][i], mode.off[1][j]) if text]
            said.append("; ".join(dict.fromkeys(ends)) or f"no way by {mode.means.mode}")
        return "; ".join(dict.fromkeys(said))

    def passed(self, i: int, j: int) -> str:
        """Countries and passages of the ways in order, a part per mode: ``RU AZ IR | bosporus``."""
        return " | ".join(_passed(self.net, mode, i, j) for mode in self.modes)


def _figures(mode: Mode, rows: NDArray[np.int64]) -> Floats:
    km = mode.table.rows(mode.origins.take(rows.astype(np.int32)))
    numbers: list[int] = rows.tolist()
    off_from = np.array([bool(mode.off[0][i]) for i in numbers])
    off_to = np.array([bool(text) for text in mode.off[1]])
    km[off_from[:, None] | off_to[None, :] | ~np.isfinite(km)] = np.nan
    return km


def _passed(net: Network, mode: Mode, i: int, j: int) -> str:
    if mode.off[0][i] or mode.off[1][j]:
        return ""
    rows, km = mode.table.links(mode.origins.take(np.array([i])), j)
    rows = rows[km > 0]
    links, countries = net.links, net.nodes.country
    a, b = countries[links.tail[rows]], countries[links.head[rows]]
    # the sea belongs to nobody, and a border to both: the links beside it tell its countries
    none = (links.mode[rows] == SEA) | ((a != b) & (a >= 0) & (b >= 0))
    own: list[int] = np.where(none, -1, np.where(a >= 0, a, b)).tolist()
    codes = [str(net.countries.code[row]) for row in dict.fromkeys(own) if row >= 0]
    passages = dict.fromkeys(links.passage[rows].tolist())
    return " ".join([*codes, *(str(net.passages.id[row]) for row in passages if row >= 0)])


@dataclass(frozen=True, eq=False)
class Matrix:
    """All figures at once."""

    asked: Asked = field(repr=False)
    columns: dict[str, Floats]
    """``km``, or one per mode; (n_from, n_to), NaN where there is no way."""

    @property
    def origins(self) -> tuple[Place, ...]:
        """The places of the rows."""
        return self.asked.origins

    @property
    def destinations(self) -> tuple[Place, ...]:
        """The places of the columns."""
        return self.asked.destinations

    def reason(self, i: int, j: int) -> str:
        """Why a figure is missing; an empty text if none is."""
        return self.asked.reason(i, j, [float(km[i, j]) for km in self.columns.values()])

    def __str__(self) -> str:
        some = ", ".join(self.columns)
        return f"{some} from {len(self.origins):,} to {len(self.destinations):,} places"


def matrix(
    net: Network,
    origins: Sequence[str],
    destinations: Sequence[str],
    *,
    modes: str | Iterable[str],
    avoid: Iterable[str] = (),
    on: dt.date | None = None,
    params: MatrixParams | None = None,
) -> Matrix:
    """Km of the shortest ways from all origins to all destinations, by each mode.

    ``modes``: of rail, road, sea, inland-waterway; one, or several for a column each. ``avoid``,
    ``on``: as in ``distance``, and so is every figure. Raises ``DataError`` for places, all faults
    at once, and ``QuestionError`` for options and limits.
    """
    params = params or MatrixParams()
    words = (modes,) if isinstance(modes, str) else tuple(modes)
    cells = len(origins) * len(destinations) * max(1, len(words))
    check_limits(len(origins), len(destinations), params)
    if 8 * cells > params.most_memory_mb * MIB:
        raise QuestionError(
            f"{cells:,} figures take {8 * cells / MIB:,.0f} MB, and"
            f" MatrixParams.most_memory_mb is {params.most_memory_mb:,}: raise it, or let"
            " `landbridge matrix` write them block by block"
        )
    means = [means_of(net, word, avoid=avoid, on=on) for word in words]
    places = tuple(
        places_of(net, texts, [f"{name}[{k}]" for k in range(len(texts))])
        for name, texts in (("origins", origins), ("destinations", destinations))
    )
    asked = ask(net, (places[0], places[1]), means, params.distance)
    blocks = list(asked.blocks())
    columns = {
        name: np.concatenate([block.km[k] for block in blocks])
        for k, name in enumerate(asked.columns)
    }
    return Matrix(asked, columns)


def check_limits(origins: int, destinations: int, params: MatrixParams) -> None:
    """Raise ``QuestionError`` for no places at all, or for more pairs than may be asked."""
    for name, count in (("origins", origins), ("destinations", destinations)):
        if not count:
            raise QuestionError(f"the list of {name} is empty: give one place at least")
    pairs = origins * destinations
    if pairs > params.most_pairs:
        raise QuestionError(
            f"{origins:,} x {destinations:,} places are {pairs:,} pairs; the limit is"
            f" {params.most_pairs:,} (MatrixParams.most_pairs, --most-pairs), which may be raised"
        )


def places_of(
    net: Network, texts: Sequence[str], where: Sequence[str], tell: Tell | None = None
) -> tuple[Place, ...]:
    """The places of a list; ``where``: what each is called in messages.

    Raises ``DataError`` with all faults: what names no place, or more than one.
    """
    faults: list[Fault] = []
    found: list[Place] = []
    for k, text in enumerate(texts):
        try:
            found.append(resolve(net, text).place)
        except InputError as error:
            faults.append(Fault(where[k], " ".join(str(error).split()), "must name one place"))
        if tell is not None:
            tell("finding places", (k + 1) / len(texts))
    if faults:
        raise DataError(faults)
    return tuple(found)


def ask(
    net: Network,
    places: tuple[tuple[Place, ...], tuple[Place, ...]],
    means: Sequence[Means],
    params: DistanceParams | None = None,
    tell: Tell | None = None,
) -> Asked:
    """Make ready what all blocks share: places put onto the networks, hierarchies, targets."""
    if not means:
        raise QuestionError("--modes is missing: rail, road, sea, inland-waterway")
    params = params or DistanceParams()
    modes = tuple(_mode(net, places, one, params, tell) for one in means)
    return Asked(net, *places, modes)


def _mode(
    net: Network,
    places: tuple[tuple[Place, ...], tuple[Place, ...]],
    means: Means,
    params: DistanceParams,
    tell: Tell | None,
) -> Mode:
    ways = ways_for(net, means.on, means.avoid)
    stops: list[Stops] = []
    off: list[tuple[str, ...]] = []
    for some in places:
        lat, lon = np.array([p.lat for p in some]), np.array([p.lon for p in some])
        ends = ways.attach(attached(means.mode), lat, lon, means.gauge_mm)
        far = ends.snapped_km > params.snap_km(means.mode)
        texts = [
            too_far(net, means, params, [(place, float(km))]) if beyond else ""
            for place, km, beyond in zip(some, ends.snapped_km, far, strict=True)
        ]
        stops.append(ends)
        off.append(tuple(texts))
    return Mode(means, stops[0], table_to(net, means, stops[1], tell), (off[0], off[1]))
