"""Few and distinct options: the exact front thinned, and the best chain of every branch.

The rule. Shown are (1) for each branch its chain of least generalised cost (USD + value of time x
hours), also where another option beats it in everything, which is then told; (2) the best of the
front by each criterion asked for, by default the fastest, the cheapest and the greenest; (3)
further chains of the front that belong to no branch, by generalised cost, up to ``most_options``:
one per *family* (main modes, passages, countries passed), and none that is *near* a shown one: of
the same main modes and passages, and not better than it by more than a tenth in time, money or
CO2e.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from landbridge.network.network import Network
from landbridge.routing.chain import Chain
from landbridge.routing.charges import NO_BILL, Bill, Biller
from landbridge.routing.itinerary import Itinerary
from landbridge.routing.query import RouteParams
from landbridge.routing.reliable import ranked_front
from landbridge.routing.sample import quantiles
from landbridge.routing.search import best
from landbridge.routing.terms import Touched, split_terms
from landbridge.routing.timeline import Player, Trip
from landbridge.routing.writer import Writer
from landbridge.schema.column import Floats
from landbridge.units import HOURS_PER_DAY

TELLING = ("canal", "cape", "river", "sea")
"""Kinds of passages by which people tell families of ways apart; a strait is merely passed."""
MAIN_SHARE = 0.05
"""A mode with a smaller share of the km only leads to and from the main ones."""
MOST_PASSAGES = 2
"""A name tells no more of them."""
NEAR = 1.1
"""A chain whose like is at most so many times as slow, dear and dirty is not shown beside it."""


@dataclass(eq=False)
class Option:
    """One answer."""

    id: str
    name: str
    branch: str | None
    itinerary: Itinerary
    trip: Trip
    """The itinerary played through against clocks and timetables."""
    hours: dict[str, float]
    usd: dict[str, float]
    """Of the draws of ``bill``."""
    wtw_kg: float
    ttw_kg: float
    bill: Bill = NO_BILL
    on_time: float | None = None
    labels: list[str] = field(default_factory=list[str])
    dominated_by: str | None = None
    """Id of an option that is at least as good in all that was to be minimised."""
    barred: tuple[str, ...] = ()
    """Ids of the rules that forbid it; such an option is only shown when asked for."""
    warned: tuple[str, ...] = ()
    """Ids of the rules that it meets."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The options, and whether the bound on labels cut the search short."""

    options: list[Option]
    complete: bool


def choose(
    chain: Chain,
    writer: Writer,
    params: RouteParams,
    required: tuple[str, ...],
    branches: tuple[int, ...],
    player: Player,
) -> Chosen:
    """All options of a question; ``branches``: rows of those that one would expect here."""
    weight = np.array([params.usd_per_teu_day * writer.cargo.teu / HOURS_PER_DAY, 1.0, 0.0])
    written: dict[bytes, Itinerary] = {}

    def write(way: NDArray[np.int64]) -> Itinerary:
        key = way.tobytes()
        if key not in written:
            written[key] = writer.write(way)
        return written[key]

    ranked = ranked_front(chain, writer.terrain, params, required, (player, write))
    found = ranked.found
    picked: list[tuple[str | None, Itinerary]] = []
    complete = found.complete
    for row in branches:
        one, whole = best_of_branch(chain, row, weight, params, required)
        complete &= whole
        if one is not None:
            itinerary = write(one)
            if branch_of(chain.net, itinerary.touched, branches) == str(chain.net.branches.id[row]):
                picked.append((str(chain.net.branches.id[row]), itinerary))
    if found.ways:
        extremes: list[int] = ranked.measures.argmin(axis=0).tolist()
        rest: list[int] = np.argsort(found.cost @ weight, kind="stable").tolist()
        order = extremes + rest
        picked += [(None, write(found.ways[k])) for k in order]
    most = params.most_options, len(params.minimise)
    options = _distinct(chain.net, picked, most, branches)
    named: list[Option] = []
    for one in options:
        named.append(named_option(chain.net, one, {other.name for other in named}, branches))
    return Chosen(named, complete)


def best_of_branch(
    chain: Chain, row: int, weight: Floats, params: RouteParams, required: tuple[str, ...]
) -> tuple[NDArray[np.int64] | None, bool]:
    """The chain of least ``cost @ weight`` of a branch or None; whether all was searched."""
    b = chain.net.branches
    all_of, none_of = split_terms(str(b.all_of[row])), split_terms(str(b.none_of[row]))
    any_of = split_terms(str(b.any_of[row])) or ("",)
    least, chosen, complete = np.inf, None, True
    for one in any_of:
        terms = tuple(dict.fromkeys((*all_of, *((one,) if one else ()), *required)))
        found = best(chain, weight, params, (terms, none_of))
        complete &= found.complete
        for way, cost in zip(found.ways, found.cost @ weight, strict=True):
            if cost < least:
                least, chosen = float(cost), way
    return chosen, complete


def branch_of(net: Network, touched: Touched, branches: tuple[int, ...]) -> str | None:
    """The first branch whose terms hold, of the rows ``branches``: those expected here."""
    b = net.branches
    for row in branches:
        any_of = split_terms(str(b.any_of[row]))
        if (
            all(touched.has(term) for term in split_terms(str(b.all_of[row])))
            and (not any_of or any(touched.has(term) for term in any_of))
            and not any(touched.has(term) for term in split_terms(str(b.none_of[row])))
        ):
            return str(b.id[row])
    return None


def _telling(net: Network) -> list[str]:
    kinds = zip(net.passages.id.tolist(), net.passages.kind.tolist(), strict=True)
    return [name for name, kind in kinds if kind in TELLING]


def main_modes(itinerary: Itinerary) -> tuple[str, ...]:
    """The modes that do the work, rail first."""
    least = MAIN_SHARE * max(itinerary.km(), 1.0)
    order = ("rail", "sea", "inland_waterway", "road")
    return tuple(mode for mode in order if itinerary.km(mode) >= least)


def _likeness(net: Network, itinerary: Itinerary) -> tuple[object, ...]:
    """What near chains share: main modes and the passages that people tell ways apart by."""
    passages = (name for name in _telling(net) if name in itinerary.touched.passages)
    return main_modes(itinerary), tuple(passages)


def family(net: Network, itinerary: Itinerary) -> tuple[object, ...]:
    """What makes two chains the same to a forwarder."""
    return *_likeness(net, itinerary), tuple(sorted(itinerary.touched.countries))


def _is_near(one: Itinerary, shown: Itinerary) -> bool:
    return all(shown.total(what) <= NEAR * one.total(what) for what in ("hours", "usd", "wtw"))


def _distinct(
    net: Network,
    picked: list[tuple[str | None, Itinerary]],
    most: tuple[int, int],
    branches: tuple[int, ...],
) -> list[Itinerary]:
    """Those of branches, the extremes of the front, then what is unlike all of them.

    ``most``: options in all, and extremes at the head of what belongs to no branch.
    """
    named = [one for branch, one in picked if branch]
    free = [one for branch, one in picked if not branch]
    kept: list[Itinerary] = []
    for one in [*named, *free[: most[1]]]:
        if not any(one is other for other in kept):
            kept.append(one)
    families = {family(net, one) for one in kept}
    likes = [(_likeness(net, one), one) for one in kept]
    for one in free[most[1] :]:
        if len(kept) >= most[0]:
            break
        if branch_of(net, one.touched, branches) or family(net, one) in families:
            continue
        like = _likeness(net, one)
        if not any(like == other and _is_near(one, shown) for other, shown in likes):
            kept.append(one)
            families.add(family(net, one))
            likes.append((like, one))
    return kept


def named_option(
    net: Network, itinerary: Itinerary, taken: set[str], branches: tuple[int, ...]
) -> Option:
    """An option that is not measured yet, with a name that is not ``taken``."""
    branch = branch_of(net, itinerary.touched, branches)
    if branch:
        row = net.branches.id.tolist().index(branch)
        name = str(net.branches.title[row])
        if name in taken:
            name = f"{name} ({in_words(net, itinerary)})"
    else:
        name = in_words(net, itinerary)
        hub = _hub(itinerary)
        if name in taken and hub:
            name = f"{name}, by {hub}"
    ids = branch or "-".join(name.lower().replace(",", "").split()).replace("/", "-")
    return Option(ids, name, branch, itinerary, Trip(np.zeros(0)), {}, {}, itinerary.total("wtw"),
                  itinerary.total("ttw"))  # fmt: skip


def _hub(itinerary: Itinerary) -> str:
    """The place of handover at the end of the longest ride (at its start, where it is the last)."""
    hubs: list[str] = []
    ridden = [0.0]
    for leg in itinerary.legs:
        if leg.kind == "transfer":
            hubs.append(leg.start.name)
            ridden.append(0.0)
        ridden[-1] += leg.km
    if not hubs:
        return ""
    return hubs[min(ridden.index(max(ridden)), len(hubs) - 1)]


def in_words(net: Network, itinerary: Itinerary) -> str:
    """A family in words: ``rail via KZ, RU, BY`` or ``sea via Suez``."""
    modes = " and ".join(mode.replace("_", " ") for mode in main_modes(itinerary)) or "road"
    passages = [name for name in _telling(net) if name in itinerary.passages]
    titles = dict(zip(net.passages.id.tolist(), net.passages.title.tolist(), strict=True))
    through = [titles[name] for name in passages]
    if len(through) > MOST_PASSAGES:
        through = [*through[:MOST_PASSAGES], "..."]
    between = itinerary.countries[1:-1]
    if not through and between:
        through = between[:4] + (["..."] if len(between) > 4 else [])  # noqa: PLR2004
    return modes + (f" via {', '.join(through)}" if through else "")


def criterion(one: Option, word: str) -> float:
    """What an option comes to by a word of ``CRITERIA``."""
    if word == "p90":
        return one.hours["p90"]
    if word == "co2e":
        return one.wtw_kg
    return one.itinerary.total("hours") if word == "time" else one.bill.usd


def measure(
    options: list[Option],
    player: Player,
    biller: Biller,
    deadline_h: float | None,
    minimise: tuple[str, ...],
) -> tuple[list[Option], list[Option]]:
    """Play every option through; fill in bills, quantiles, ids, labels, and which beats which.

    One beats another in the criteria ``minimise``, whose first orders them. Returns those that
    arrive, and those whose timetable ends before the cargo is there.
    """
    seen: dict[str, int] = {}
    arriving: list[Option] = []
    late: list[Option] = []
    for one in options:
        one.trip = player.play(one.itinerary)
        hours = one.trip.hours
        if not np.isfinite(hours).all():
            late.append(one)
            continue
        arriving.append(one)
        one.bill = biller.bill(one.itinerary, one.trip)
        one.hours, one.usd = quantiles(hours), quantiles(one.bill.samples)
        if deadline_h is not None:
            one.on_time = float((hours <= deadline_h).mean())
        seen[one.id] = seen.get(one.id, 0) + 1
        if seen[one.id] > 1:
            one.id = f"{one.id}-{seen[one.id]}"
    first = minimise[0]
    by_time = first == "time"
    options = sorted(
        arriving, key=lambda one: one.hours["mean"] if by_time else criterion(one, first)
    )
    rules: tuple[tuple[str, Callable[[Option], tuple[float, float]]], ...] = (
        ("fastest", lambda one: (criterion(one, "time"), 0.0)),
        ("cheapest", lambda one: (criterion(one, "money"), 0.0)),
        ("greenest", lambda one: (criterion(one, "co2e"), 0.0)),
        ("most reliable", lambda one: (criterion(one, "p90"), 0.0)),
        ("fewest handovers", lambda one: (one.itinerary.transfers, one.itinerary.total("hours"))),
    )
    free = [one for one in options if not one.barred]
    for label, key in rules:
        if free:
            min(free, key=key).labels.append(label)
    figures = [[criterion(one, word) for word in minimise] for one in free]
    for one, theirs in zip(free, figures, strict=True):
        for other, mine in zip(free, figures, strict=True):
            if _beats(mine, theirs):
                one.dominated_by = other.id
                break
    return options, late


def _beats(mine: list[float], theirs: list[float]) -> bool:
    return all(x <= y for x, y in zip(mine, theirs, strict=True)) and mine != theirs
