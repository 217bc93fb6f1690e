"""The story of one lot as people read it, and as JSON."""

from __future__ import annotations

import datetime as dt

from landbridge.routing.wrap import wrapped
from landbridge.simulation.season import Season
from landbridge.simulation.story import QUEUE, ROOM, SERVICE, SHUT, VEHICLE, Part, Story
from landbridge.units import HOURS_PER_DAY

ROOM_OF_WORDS = 51
WAITS_FOR = {ROOM: "for a place", VEHICLE: "until there is one free", QUEUE: "in the queue"}
PLACES = 4
WORDS = {"move": "", "border": "at ", "handling": "handled at "}
MODES = {"road": "by lorry", "rail": "by rail", "sea": "by sea", "inland_waterway": "by river"}


def story_text(season: Season, told: Story) -> str:
    """A list of 80 columns: when, what, how long, and why."""
    way = told.way
    lines = wrapped(
        f"Lot {told.lot} of replication {told.replication + 1}: {way.cargo.title},"
        f" {way.cargo.lot_t:g} t, by {way.name}"
    )
    lines += [f"{'UTC':<18}{'':<{ROOM_OF_WORDS}}{'hours':>9}"]
    lines.append(
        f"{_when(season, told.begin_h):<18}sets out from {way.itinerary.legs[0].start.name}"
    )
    for part in told.parts:
        lines += _part(season, part)
    at = _when(season, told.begin_h + told.hours)
    if told.end == "under way":
        lines.append(f"{'':<18}is still under way when the run ends")
    else:
        lines.append(f"{at:<18}{told.end} after {_days(told.hours)}")
    share = told.waited_h / told.hours if told.end == "arrived" and told.hours else None
    of = f", {share:.0%} of its time" if share is not None else ""
    lines += wrapped(
        f"waited {_days(told.waited_h)}{of}; on an empty corridor it would need"
        f" {_days(way.hours)} on average", " " * 18, " " * 18,
    )  # fmt: skip
    return "\n".join(line.rstrip() for line in lines)


def _part(season: Season, part: Part) -> list[str]:
    waits = f"waits {'for' if part.why == VEHICLE else 'at'} {part.place}"
    words = waits if part.what == "wait" else f"{WORDS[part.what]}{part.place}"
    if part.what == "move":
        words += f" {MODES.get(part.mode, part.mode)}"
    rows = wrapped(words, "", "  ", ROOM_OF_WORDS)
    rows[-1] = f"{rows[-1]:<{ROOM_OF_WORDS}}{part.hours:>9,.1f}"
    rows += wrapped(f"({_why(part)})", "  ", "  ", ROOM_OF_WORDS) if part.what == "wait" else []
    return [
        f"{_when(season, part.begin_h) if k == 0 else '':<18}{row}" for k, row in enumerate(rows)
    ]


def _why(part: Part) -> str:
    if part.why == SERVICE:
        text = f"for {part.service} to leave"
        if part.missed:
            text += f"; {_count(part.missed, 'departure')} took {part.ahead:,} others"
    elif part.why == SHUT:
        text = f"closed for {part.closed_h:,.1f} h of it"
    else:
        text = f"{WAITS_FOR[part.why]}; {_count(part.ahead, 'lot')} went before it"
    if part.closed_h and part.why != SHUT:
        text += f"; closed for {part.closed_h:,.1f} h of it"
    return text


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def _days(hours: float) -> str:
    return f"{hours / HOURS_PER_DAY:,.1f} days"


def _instant(season: Season, hours: float) -> dt.datetime:
    first = dt.datetime.combine(season.span.start, dt.time(), dt.UTC)
    return first + dt.timedelta(minutes=round(hours * 60))


def _when(season: Season, hours: float) -> str:
    return f"{_instant(season, hours):%Y-%m-%d %H:%M}"


def story_json(season: Season, told: Story) -> dict[str, object]:
    """As docs/json.md has it."""
    way = told.way
    return {
        "lot": told.lot, "replication": told.replication + 1, "cargo": way.cargo.id,
        "way": way.id, "title": way.cargo.title, "tonnes": way.cargo.lot_t,
        "begin": _iso(season, told.begin_h), "end": told.end,
        "hours": round(told.hours, PLACES), "waited_hours": round(told.waited_h, PLACES),
        "free_hours": round(way.hours, PLACES),
        "parts": [
            {"what": part.what, "place": part.place, "begin": _iso(season, part.begin_h),
             "hours": round(part.hours, PLACES), "mode": part.mode or None,
             "service": part.service or None, "why": part.why or None, "ahead": part.ahead,
             "missed": part.missed, "closed_hours": round(part.closed_h, PLACES)}
            for part in told.parts
        ],
    }  # fmt: skip


def _iso(season: Season, hours: float) -> str:
    return f"{_instant(season, hours):%Y-%m-%dT%H:%MZ}"
