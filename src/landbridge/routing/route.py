"""The main job: every sensible way for a shipment, door to door."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

import numpy as np

from landbridge.errors import NoAnswer, PlaceError, QuestionError
from landbridge.models.cargo import Cargo
from landbridge.network.days import on_day
from landbridge.network.network import Network
from landbridge.network.rate_kinds import BOXES
from landbridge.places import Place, Resolved, find, resolve
from landbridge.routing import barred
from landbridge.routing.absent import Absent, Asked, absent, expected_here
from landbridge.routing.avoid import Avoid, parse_avoid
from landbridge.routing.chain_build import Question, build_chain, refuses
from landbridge.routing.charges import Biller
from landbridge.routing.congested import congested
from landbridge.routing.congestion import Congestion
from landbridge.routing.congestion_text import told_queues
from landbridge.routing.deadline import check_deadline, deadline_hours, too_short
from landbridge.routing.doors import Door, joined_by_road
from landbridge.routing.fastest import mean_against_middle
from landbridge.routing.geo import great_circle_km
from landbridge.routing.itinerary import Spot
from landbridge.routing.loading import Loaded, cargo_of, too_heavy
from landbridge.routing.open_ended import carried_on
from landbridge.routing.options import Option, choose, measure
from landbridge.routing.query import RouteParams, Shipment
from landbridge.routing.quote import Quote, not_included, quote_of
from landbridge.routing.rules import Facts, bars_of, told, warned, without
from landbridge.routing.sample import Sampler
from landbridge.routing.tables import Terrain, terrain_of
from landbridge.routing.timeline import Player
from landbridge.routing.ways import ways_for
from landbridge.routing.ways_open import usable
from landbridge.routing.writer import Writer
from landbridge.units import day_number

ALL_MODES = frozenset({"rail", "road", "sea", "inland_waterway"})
SAME_KM = 0.5
"""Doors nearer to each other than this are one place."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What the user rules in and out."""

    avoid: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    deadline_days: float | None = None
    """Days from when the cargo is ready."""
    deadline: dt.date | None = None
    """The last local day in time at the destination; instead of ``deadline_days``."""
    show_barred: bool = False
    """Whether what a rule bars is shown as an option with that rule, instead of in ``absent``."""


@dataclass(eq=False)
class RouteResult:
    """Options, what is absent and why, and what had to be assumed."""

    net: Network = field(repr=False)
    shipment: Shipment
    on: dt.date
    loaded: Loaded
    origin: Spot
    destination: Spot
    options: list[Option]
    absent: list[Absent]
    warnings: list[str]
    notes: list[str]
    terrain: Terrain = field(repr=False)
    """What the options were found on."""
    player: Player = field(repr=False)
    """What played the options through: its sampler's draws are those behind the quantiles."""
    quote: Quote
    """Currency and year of the sums."""
    not_included: list[str]
    """What an invoice may have besides."""
    congestion: Congestion | None = None
    """The queues that were met."""

    def __str__(self) -> str:
        from landbridge.routing.route_text import table  # noqa: PLC0415

        return table(self)


def route(
    net: Network,
    shipment: Shipment,
    *,
    limits: Limits | None = None,
    params: RouteParams | None = None,
    congestion: Congestion | None = None,
) -> RouteResult:
    """Few, distinct options for a shipment; exact for the expected values that they state.

    ``congestion``: the queues of a simulated season (``lb.open_run(folder).congestion(net)``), with
    which ways are then found and played through.
    Raises ``PlaceError`` for places, ``QuestionError`` for contradictions, ``NoAnswer`` where no
    chain joins the doors.
    """
    limits, params = limits or Limits(), params or RouteParams()
    if limits.deadline is not None and limits.deadline_days is not None:
        raise QuestionError("give the deadline in days or as a date, not both")
    due = limits.deadline_days if limits.deadline is None else limits.deadline
    check_deadline(due, shipment.ready)
    differs = congestion.check(net) if congestion else []
    net = on_day(net, on := date_within(net, shipment.ready))
    origin, destination = resolve(net, shipment.origin), resolve(net, shipment.destination)
    avoid = parse_avoid(net, limits.avoid)
    modes = parse_modes(limits.modes) - avoid.modes
    passed = [_via_term(net, token) for token in limits.via]
    via = tuple(term for term, _ in passed)
    _contradictions(avoid, via, (origin, destination), modes)
    terrain = terrain_of(net, ways_for(net, on, avoid))
    loaded = cargo_of(shipment, terrain.book, params)
    quote = quote_of(net, terrain.book, on, shipment.currency, extrapolate=params.extrapolate)
    doors = door_spots(terrain, (origin.place, destination.place), params, modes)
    question = Question(
        Door(doors[0].lat, doors[0].lon),
        Door(doors[1].lat, doors[1].lon),
        loaded.cargo,
        modes,
        tuple(term.partition(":")[2] for term in via if term.startswith("terminal:")),
    )
    whole, day = build_chain(terrain, question, params), day_number(on)
    whole = congested(whole, congestion, terrain, loaded.cargo) if congestion else whole
    hs, cargo = re.sub(r"\D", "", shipment.hs or ""), loaded.cargo
    facts = Facts(doors[0].country, doors[1].country, hs, cargo.box, cargo.dangerous)
    chain = without(whole, bars_of(net, facts, day))
    writer = Writer(terrain, chain, loaded.cargo, doors)
    branches = _branches(net, doors)
    sampler = Sampler(params.seed, params.samples)
    player = Player(net, sampler, (on, shipment.ready is not None), (doors[0].lat, doors[0].lon))
    chosen = choose(chain, writer, params, via, branches, player)
    about = barred.Asked(terrain, loaded.cargo, doors, params, via, branches)
    forbidden = barred.barred_options(whole, about, facts, day, chosen.options)
    shown = [*chosen.options, *(forbidden if limits.show_barred else [])]
    deadline = deadline_hours(due, player, (doors[1].lat, doors[1].lon))
    biller = Biller(terrain.book, sampler, loaded.cargo, shipment.incoterm, quote.years)
    options, late = measure(shown, player, biller, deadline, params.minimise)
    asked = Asked(doors[0].country, doors[1].country, on, avoid, modes, via)
    missing = absent(net, asked, options, [] if limits.show_barred else forbidden)
    missing += _refused(net, loaded.cargo, on)
    missing += [Absent(one.name, f"no departure is left after {on}") for one in late]
    said = (origin.note, destination.note, *(note for _, note in passed))
    notes = [note for note in said if note]
    queued = told_queues(net, congestion, options, shipment.ready)
    notes += [*queued.notes, *mean_against_middle(options)]
    warnings = [
        *quote.warnings,
        *differs,
        *queued.warnings,
        *loaded.binds,
        *too_heavy(cargo, terrain.book, _road_countries(options)),
        *too_short(options, deadline),
        *_warnings(net, options, facts, day),
        *carried_on(net, options, on),
    ]
    if not chosen.complete:
        warnings.append(
            f"the search stopped at {params.most_labels} labels; options may be missing"
        )
    if not options:
        apart = not missing and not joined_by_road(terrain, (question.origin, question.destination))
        raise _nothing((origin.place.label, destination.place.label), on, missing, apart=apart)
    besides = not_included(terrain.book, loaded.cargo, shipment.incoterm)
    return RouteResult(
        net,
        shipment,
        on,
        loaded,
        *doors,
        options,
        missing,
        warnings,
        notes,
        terrain,
        player,
        quote,
        besides,
        congestion,
    )


def _branches(net: Network, doors: tuple[Spot, Spot]) -> tuple[int, ...]:
    """Rows of the branches that one would expect between the doors."""
    ends = doors[0].country, doors[1].country
    return tuple(row for row in range(len(net.branches)) if expected_here(net, row, ends))


def _nothing(ends: tuple[str, str], on: dt.date, missing: list[Absent], *, apart: bool) -> NoAnswer:
    """What to say where no chain is found; ``apart``: no road joins the doors."""
    reasons = "; ".join(f"{one.name}: {one.reason}" for one in missing)
    if apart:
        reasons = "No road of the network leads from one to the other, and no service either."
    return NoAnswer(
        f"no chain of services joins {ends[0]} and {ends[1]} on {on} under your limits."
        f" {reasons}".strip(),
        details={"absent": [{"name": one.name, "reason": one.reason} for one in missing]},
    )


def date_within(net: Network, ready: dt.date | None) -> dt.date:
    """The day of which it is asked what is open; ``QuestionError`` outside the case's years."""
    case = net.case
    on = case.base_date if ready is None else ready
    if not case.first_date <= on <= case.last_date:
        raise QuestionError(
            f"{on} lies outside the years of the data, {case.first_date} to {case.last_date}"
        )
    return on


def parse_modes(words: tuple[str, ...]) -> frozenset[str]:
    """Modes that may be used; all where none is named."""
    given = {word.strip().replace("-", "_") for text in words for word in text.split(",")}
    if not given or given == {""}:
        return ALL_MODES
    unknown = given - ALL_MODES
    if unknown:
        raise QuestionError(
            f"{', '.join(sorted(unknown))} is no mode; use rail, road, sea, inland-waterway"
        )
    return frozenset(given)


def _via_term(net: Network, token: str) -> tuple[str, str]:
    """What must be passed, as a term: a terminal, a passage, a country or a border; and a note."""
    ids = net.terminals.id.tolist()
    try:
        place = resolve(net, token).place
        if place.id in ids:
            return f"terminal:{place.id}", ""
    except PlaceError:
        place = None
    try:
        meant = parse_avoid(net, [token])
    except QuestionError:
        meant = Avoid()
    for kind, words in (("terminal", meant.terminals), ("passage", meant.passages),
                        ("country", meant.countries), ("crossing", meant.crossings)):  # fmt: skip
        if words:
            return f"{kind}:{next(iter(words))}", ""
    if place is None:
        near = ", ".join(one.label for one in find(net, token, limit=3))
        raise QuestionError(
            f"--via {token!r} names no place, terminal, passage, country or border."
            + (f" Did you mean {near}?" if near else "")
        )
    t = net.terminals
    off = great_circle_km(place.lat, place.lon, t.lat, t.lon)
    nearest = int(np.argmin(off))
    if off[nearest] > 100:  # noqa: PLR2004 - the limit named in the message
        raise QuestionError(
            f"--via {place.label} has no terminal within 100 km; the nearest is"
            f" {t.title[nearest]}, {off[nearest]:.0f} km away"
        )
    note = f"via {place.label} is by {t.title[nearest]}, its nearest terminal"
    return f"terminal:{t.id[nearest]}", f"{note}, {off[nearest]:.0f} km away"


def _contradictions(
    avoid: Avoid, via: tuple[str, ...], ends: tuple[Resolved, Resolved], modes: frozenset[str]
) -> None:
    for end, word in zip(ends, ("origin", "destination"), strict=True):
        if end.place.country in avoid.countries:
            raise QuestionError(f"the {word} {end.place.label} lies in {end.place.country}, which"
                                " you avoid")  # fmt: skip
    for term in via:
        kind, _, word = term.partition(":")
        avoided = {"terminal": avoid.terminals, "passage": avoid.passages,
                   "country": avoid.countries, "crossing": avoid.crossings}[kind]  # fmt: skip
        country = word[:2] if kind == "terminal" else ""
        if word in avoided or country in avoid.countries:
            named = word if word in avoided else f"{country}, where it lies"
            raise QuestionError(f"you ask to pass {word} and to avoid {named}; drop one of the two")
    if not modes:
        raise QuestionError("every mode is ruled out")


def door_spots(
    terrain: Terrain, places: tuple[Place, Place], params: RouteParams, modes: frozenset[str]
) -> tuple[Spot, Spot]:
    """The doors on the network; ``PlaceError`` far from any road, ``NoAnswer`` for one place."""
    a, b = places
    if float(great_circle_km(a.lat, a.lon, np.array([b.lat]), np.array([b.lon]))[0]) < SAME_KM:
        raise NoAnswer(f"origin and destination are the same place, {a.label}: nothing to move")
    spots: list[Spot] = []
    for place in places:
        stop = terrain.ways.attach("road", place.lat, place.lon)
        off = float(stop.snapped_km[0])
        if off > params.most_snap_km and "road" in modes:
            far = f"{off:.0f} km" if np.isfinite(off) else "more than 3000 km"
            raise PlaceError(
                f"{place.label} lies {far} from the nearest usable road; doors farther than"
                f" {params.most_snap_km:.0f} km cannot be served. Give a place on land, or a port"
                " with --modes sea."
            )
        country = place.country
        if not country and stop.country[0] >= 0:
            country = str(terrain.net.countries.code[stop.country[0]])
        spots.append(Spot(place.name, place.locode, country, place.lat, place.lon, off))
    return spots[0], spots[1]


def _refused(net: Network, cargo: Cargo, on: dt.date) -> list[Absent]:
    """Services that do not take the cargo; loose cargo is told once, for all of containers.

    A box is not told of services for loose cargo alone, which nobody expects.
    """
    rows = np.flatnonzero(usable(net.services, day_number(on))).tolist()
    why = {row: text for row in rows if (text := refuses(net, row, cargo))}
    if cargo.loose:
        return [Absent(f"Container services ({len(why)})", f"take containers, not {cargo.type}")]
    boxes = {row: set(str(net.services.equipment[row]).split(";")) & {"", *BOXES} for row in why}
    return [Absent(str(net.services.title[row]), text) for row, text in why.items() if boxes[row]]


def _road_countries(options: list[Option]) -> set[str]:
    return {
        leg.country
        for one in options
        for leg in one.itinerary.legs
        if leg.kind == "move" and leg.mode == "road" and leg.country
    }


def _warnings(net: Network, options: list[Option], facts: Facts, day: int) -> list[str]:
    """Texts of the rules that any option meets, once each; those of each option stay with it."""
    for one in options:
        rows = warned(net, one.itinerary.touched, facts, day)
        one.warned = tuple(str(net.rules.id[row]) for row in rows)
    return list(dict.fromkeys(text for one in options for text in rule_texts(net, one)))


def rule_texts(net: Network, option: Option) -> list[str]:
    """What the rules say that an option is barred by or meets, with whom to check."""
    rows = {name: row for row, name in enumerate(net.rules.id.tolist())}
    bars = [told(net, rows[name], bar=True) for name in option.barred]
    found = [*bars, *(told(net, rows[name]) for name in option.warned)]
    if option.bill.split is not None and option.bill.split.warning:
        found.append(f"{option.bill.split.warning}.")
    return found
