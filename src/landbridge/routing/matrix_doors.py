"""``matrix`` door to door: least expected hours, USD and kg CO2e between all pairs of places.

Over the graph of chains of ``route``, each criterion with its own best way. See docs/matrix.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields

import numpy as np

from landbridge.errors import QuestionError
from landbridge.network.network import Network
from landbridge.places.place import Place
from landbridge.routing.bare import Tell
from landbridge.routing.door_graph import DoorGraph
from landbridge.routing.door_question import Read
from landbridge.routing.door_search import CRITERIA, DoorSearch, Row
from landbridge.routing.itinerary import Itinerary
from landbridge.routing.many_doors import SAME_KM, doors_of
from landbridge.routing.matrix_block import Block
from landbridge.routing.options import branch_of, main_modes

COLUMNS = ("hours", "usd", "co2e_kg")
"""In the order of ``CRITERIA``."""
BLOCK_PAIRS = 131_072
MOST_ROWS = 64
"""A block holds the lorry legs from door to door of all its pairs, some 500 bytes each."""
BYTES_PER_DESTINATION = 40_000
"""Of its lorry legs from some 450 terminals, measured; with ``CRITERIA`` costs of each."""


@dataclass(eq=False)
class AskedDoors:
    """A question whose places are known and whose graph is ready."""

    net: Network = field(repr=False)
    origins: tuple[Place, ...]
    destinations: tuple[Place, ...]
    criteria: tuple[int, ...]
    read: Read = field(repr=False)
    graph: DoorGraph = field(repr=False)
    _held: tuple[DoorSearch, dict[tuple[int, int], Row]] | None = field(default=None, repr=False)

    @property
    def columns(self) -> tuple[str, ...]:
        """A column per criterion."""
        return tuple(COLUMNS[k] for k in self.criteria)

    @property
    def path_columns(self) -> tuple[str, ...]:
        """What is told of the best way by each criterion."""
        if len(self.criteria) == 1:
            return PATH
        return tuple(f"{column}_{word}" for column in self.columns for word in PATH)

    @property
    def digits(self) -> int:
        """After the point."""
        return 2

    @property
    def identity(self) -> str:
        """Equal for equal questions about equal places."""
        sent = self.read.sent
        told = (sent.cargo, sent.cargo.value_usd, sorted(sent.modes), sent.hs, sent.params)
        avoid = sent.terrain.ways.avoid
        avoided = [sorted(getattr(avoid, one.name)) for one in fields(avoid)]
        return repr((told, self.criteria, str(self.read.on), avoided))

    @property
    def block_rows(self) -> int:
        """Origins of a block."""
        return max(1, min(MOST_ROWS, BLOCK_PAIRS // max(1, len(self.destinations))))

    def blocks(self, first: int = 0) -> Iterator[Block]:
        """The blocks from origin ``first`` on, which begins a block."""
        for begin in range(first, len(self.origins), self.block_rows):
            rows = np.arange(begin, min(begin + self.block_rows, len(self.origins)))
            search = DoorSearch(self.graph, rows)
            # by criteria first: lorries to all destinations are told for each of them once
            found = {(i, k): search.row(i, k) for k in self.criteria for i in rows.tolist()}
            self._held = search, found
            figures = [np.array([found[i, k].least for i in rows.tolist()]) for k in self.criteria]
            yield Block(begin, tuple(np.where(np.isfinite(one), one, np.nan) for one in figures))

    def reason(self, i: int, j: int, figures: Sequence[float]) -> str:
        """Why a pair has no figure; empty where it has."""
        if all(np.isfinite(one) for one in figures):
            return ""
        graph = self.graph
        said = [why for why in (graph.origins.refused[i], graph.destinations.refused[j]) if why]
        if said:
            return "; ".join(dict.fromkeys(said))
        if graph.destinations.direct(self.origins[i])[j] < SAME_KM:
            return "the same place: nothing to move"
        return "no chain of services"

    def path(self, i: int, j: int) -> list[str]:
        """Branch, modes and handovers of the best ways of a pair of the block at hand."""
        found: list[str] = []
        for k in self.criteria:
            way = self.itinerary(i, j, k)
            found += ["", "", ""] if way is None else _told(self.net, way)
        return found

    def itinerary(self, i: int, j: int, criterion: int) -> Itinerary | None:
        """The best way of a pair of the block at hand; None where there is none."""
        if self._held is None or (i, criterion) not in self._held[1]:
            self._held = None
            next(iter(self.blocks(i - i % self.block_rows)))
        if self._held is None or not np.isfinite(self._held[1][i, criterion].least[j]):
            return None
        return self._held[0].itinerary(i, j, self._held[1][i, criterion].way(j))


PATH = ("branch", "modes", "via")


def _told(net: Network, way: Itinerary) -> list[str]:
    branch = branch_of(net, way.touched, tuple(range(len(net.branches))))
    via = dict.fromkeys(leg.start.name for leg in way.legs if leg.kind == "transfer")
    modes = main_modes(way) or ("road",)
    return [branch or "", " ".join(modes), "; ".join(via)]


def parse_criteria(words: Sequence[str]) -> tuple[int, ...]:
    """Places in ``CRITERIA``, in the order given; empty for ``km``. Raises ``QuestionError``."""
    given = [word.strip() for word in words]
    if given == ["km"]:
        return ()
    if "km" in given:
        raise QuestionError(
            "km is of the bare network, the others are door to door: ask for them apart"
        )
    wrong = [word for word in given if word not in CRITERIA]
    if wrong or not given:
        named = ", ".join(wrong) or "nothing"
        raise QuestionError(f"minimise names {named}; it must be km, or some of time, money, co2e")
    if len(set(given)) < len(given):
        raise QuestionError(f"minimise names {', '.join(given)}; name each once")
    return tuple(CRITERIA.index(word) for word in given)


def ask_doors(
    net: Network,
    places: tuple[tuple[Place, ...], tuple[Place, ...]],
    read: Read,
    criteria: tuple[int, ...],
    tell: Tell | None = None,
) -> AskedDoors:
    """Make ready what all blocks share: the graph, doors, lorries to all destinations."""
    sent = read.sent
    by_road = "road" in sent.modes
    origins, destinations = (
        doors_of(sent.terrain, some, sent.params, by_road=by_road) for some in places
    )
    graph = DoorGraph(sent, origins, destinations)
    for share in graph.prepare():
        if tell is not None:
            tell("lorries to the destinations", share)
    return AskedDoors(net, *places, criteria, read, graph)
