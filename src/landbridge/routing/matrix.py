"""``matrix``: how far between all of these places and all of those.

Km are of the bare network, each that of ``distance``; other figures are of ``matrix_doors``.
Tables are found block by block, so that what does not fit in memory can be written as it comes.
See docs/matrix.md.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from landbridge.errors import DataError, Fault, InputError, QuestionError
from landbridge.network.days import on_day
from landbridge.network.network import Network
from landbridge.places.find import resolve
from landbridge.places.place import Place
from landbridge.routing.attach import Stops
from landbridge.routing.bare import Table, Tell, table_to
from landbridge.routing.distance import means_of
from landbridge.routing.door_question import read_shipment
from landbridge.routing.matrix_block import Block, Tables
from landbridge.routing.matrix_doors import BYTES_PER_DESTINATION, ask_doors, parse_criteria
from landbridge.routing.query import RouteParams, Shipment
from landbridge.routing.route import Limits
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
    """For what is held at once: figures of ``lb.matrix``, lorry legs to the destinations."""
    distance: DistanceParams = field(default_factory=DistanceParams)
    route: RouteParams = field(default_factory=RouteParams)
    """For tables door to door."""

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
    def path_columns(self) -> tuple[str, ...]:
        """Countries and passages."""
        return ("passed",)

    @property
    def digits(self) -> int:
        """A km has one digit after the point."""
        return 1

    @property
    def identity(self) -> str:
        """Equal for equal questions about equal places."""
        return repr([mode.means for mode in self.modes])

    @property
    def block_rows(self) -> int:
        """Origins of a block."""
        return max(1, BLOCK_CELLS // max(1, len(self.destinations) * len(self.modes)))

    def blocks(self, first: int = 0) -> Iterator[Block]:
        """The blocks from origin ``first`` on, which begins a block."""
        for begin in range(first, len(self.origins), self.block_rows):
            rows = np.arange(begin, min(begin + self.block_rows, len(self.origins)))
            yield Block(begin, tuple(_figures(mode, rows) for mode in self.modes))

    def reason(self, i: int, j: int, figures: Sequence[float]) -> str:
        """Why a pair has no figure; ``figures``: km per mode, NaN for none."""
        said: list[str] = []
        for mode, figure in zip(self.modes, figures, strict=True):
            if np.isfinite(figure):
                continue
            ends = [text for text in (mode.off[0][i], mode.off[1][j]) if text]
            said.append("; ".join(dict.fromkeys(ends)) or f"no way by {mode.means.mode}")
        return "; ".join(dict.fromkeys(said))

    def path(self, i: int, j: int) -> list[str]:
        """Countries and passages of the ways in order, a part per mode: ``RU AZ IR | bosporus``."""
        return [" | ".join(_passed(self.net, mode, i, j) for mode in self.modes)]


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

    asked: Tables = field(repr=False)
    columns: dict[str, Floats]
    """``km``, or one per mode, or ``hours``, ``usd``, ``co2e_kg``; (n_from, n_to), NaN where there
    is no way."""

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
        return self.asked.reason(i, j, [float(some[i, j]) for some in self.columns.values()])

    def __str__(self) -> str:
        some = ", ".join(self.columns)
        return f"{some} from {len(self.origins):,} to {len(self.destinations):,} places"


def matrix(  # noqa: PLR0913 - the options of the question, each by name
    net: Network,
    origins: Sequence[str],
    destinations: Sequence[str],
    *,
    minimise: str | Iterable[str] = "km",
    modes: str | Iterable[str] = (),
    avoid: Iterable[str] = (),
    on: dt.date | None = None,
    shipment: Shipment | None = None,
    params: MatrixParams | None = None,
) -> Matrix:
    """Tables from all origins to all destinations, of what is least.

    ``minimise``: ``km`` of the bare network by each of ``modes`` (rail, road, sea,
    inland-waterway), where every figure is that of ``distance``; or some of ``time``, ``money`` and
    ``co2e`` door to door, each the least expected figure of ``route``. Then ``modes`` are those
    that may be used, all where none is named, and ``shipment`` is what is sent (its ends are not
    looked at). ``avoid``, ``on``: as in ``distance`` and ``route``.

    Raises ``DataError`` for places, all faults at once, and ``QuestionError`` for options and
    limits.
    """
    params = params or MatrixParams()
    words = (modes,) if isinstance(modes, str) else tuple(modes)
    criteria = parse_criteria((minimise,) if isinstance(minimise, str) else tuple(minimise))
    check_limits(len(origins), len(destinations), params)
    cells = len(origins) * len(destinations) * max(1, len(criteria or words))
    if 8 * cells > params.most_memory_mb * MIB:
        raise QuestionError(
            f"{cells:,} figures take {8 * cells / MIB:,.0f} MB, and"
            f" MatrixParams.most_memory_mb is {params.most_memory_mb:,}: raise it, or let"
            " `landbridge matrix` write them block by block"
        )
    asked: Tables
    if criteria:
        sent = replace(shipment or Shipment("", ""), ready=on)
        limits = Limits(tuple(avoid), (), tuple(word for word in words if word))
        read = read_shipment(net, sent, limits, params.route)
        check_destinations(len(destinations), params)
        places = _both(net, origins, destinations)
        asked = ask_doors(net, places, read, criteria)
    else:
        if shipment is not None:
            raise QuestionError("a shipment has no say in km; name time, money or co2e")
        means = [means_of(net, word, avoid=avoid, on=on) for word in words]
        asked = ask(net, _both(net, origins, destinations), means, params.distance)
    blocks = list(asked.blocks())
    columns = {
        name: np.concatenate([block.figures[k] for block in blocks])
        for k, name in enumerate(asked.columns)
    }
    return Matrix(asked, columns)


def _both(
    net: Network, origins: Sequence[str], destinations: Sequence[str]
) -> tuple[tuple[Place, ...], tuple[Place, ...]]:
    first, second = (
        places_of(net, texts, [f"{name}[{k}]" for k in range(len(texts))])
        for name, texts in (("origins", origins), ("destinations", destinations))
    )
    return first, second


def check_destinations(count: int, params: MatrixParams) -> None:
    """Raise ``QuestionError`` where lorry legs to so many doors do not fit into memory."""
    need = count * BYTES_PER_DESTINATION / MIB
    if need > params.most_memory_mb:
        raise QuestionError(
            f"lorry legs to {count:,} destinations take {need:,.0f} MB, and"
            f" MatrixParams.most_memory_mb is {params.most_memory_mb:,} (--most-memory): raise it,"
            " or cut the list of destinations"
        )


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
    net = on_day(net, means.on)
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
