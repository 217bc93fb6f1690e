"""``distance``: the shortest way of one mode between two places, on the bare network.

No services, prices or waits: for people who use a table of sea distances today, and for checking
the data. See docs/distance.md.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from landbridge.errors import NoAnswer
from landbridge.network.network import Network
from landbridge.network.summary import state_in_words, state_json
from landbridge.places.find import resolve
from landbridge.places.place import Place, place_json
from landbridge.routing.avoid import parse_avoid
from landbridge.routing.geo import Line, coordinates
from landbridge.routing.shortest import (
    DistanceParams,
    Means,
    check_allow,
    check_date,
    check_gauge,
    find_shortest,
    mode_word,
)

Json = dict[str, object]


@dataclass(frozen=True, eq=False)
class Distance:
    """The length of the shortest way, and what it passes."""

    net: Network = field(repr=False)
    mode: str
    km: float
    """Along the way; the two stretches between the places and the network are not part of it."""
    passages: tuple[str, ...]
    """Ids, in the order passed."""
    countries: tuple[str, ...]
    """ISO 3166-1 alpha-2, in the order of first entry; none at sea."""
    gauges_mm: tuple[int, ...]
    """In the order met; more than one means that the cargo changes gauge."""
    origin: Place
    destination: Place
    snapped_km: tuple[float, float]
    """How far origin and destination lie from the network, as the crow flies."""
    on: dt.date
    notes: tuple[str, ...] = ()
    """Which places were taken, what is only planned: to be told with the answer."""
    lines: list[Line] = field(default_factory=list[Line], repr=False)
    """The true shape, as (lat, lon)."""

    def as_json(self) -> Json:
        """The answer as plain data; km to 0.1."""
        return {
            "network": state_json(self.net),
            "km": round(self.km, 1),
            "mode": self.mode.replace("-", "_"),
            "passages": list(self.passages),
            "countries": list(self.countries),
            "gauges_mm": list(self.gauges_mm),
            "origin": place_json(self.origin, self.snapped_km[0]),
            "destination": place_json(self.destination, self.snapped_km[1]),
            "date": self.on.isoformat(),
            "notes": list(self.notes),
        }

    def as_geojson(self) -> Json:
        """A GeoJSON Feature (RFC 7946): the way, cut at the antimeridian, and the answer."""
        shape: Json | None = None
        if self.lines:
            shape = {"type": "MultiLineString", "coordinates": coordinates(self.lines)}
        return {"type": "Feature", "geometry": shape, "properties": self.as_json()}

    def __str__(self) -> str:
        rows = [
            f"{self.origin.label} to {self.destination.label} by {self.mode}: {self.km:,.1f} km",
            _row("passages", self.passages),
            _row("countries", self.countries),
            _row("gauges", tuple(f"{gauge} mm" for gauge in self.gauges_mm)),
            _off(self.snapped_km),
            *(f"  note: {note}" for note in self.notes),
            _row("base case", (state_in_words(self.net),)),
        ]
        return "\n".join(row for row in rows if row)


def _off(snapped_km: tuple[float, float]) -> str:
    a, b = snapped_km
    return f"  off the network: origin {a:,.1f} km, destination {b:,.1f} km (not counted)"


def _row(name: str, values: tuple[str, ...]) -> str:
    return f"  {name}: {', '.join(values)}" if values else ""


def means_of(
    net: Network,
    mode: str,
    *,
    avoid: Iterable[str] = (),
    on: dt.date | None = None,
    gauge: int | None = None,
    allow: Iterable[str] = (),
) -> Means:
    """Check the options of a question about distances; raises ``QuestionError``."""
    means = Means(
        mode=mode_word(mode),
        avoid=parse_avoid(net, avoid),
        on=on,
        gauge_mm=gauge or 0,
        allow=frozenset(allow),
    )
    check_date(net, on)
    check_gauge(net, means.mode, means.gauge_mm)
    check_allow(net, means.allow)
    return means


def distance(  # noqa: PLR0913 - the options of the question, each by name
    net: Network,
    origin: str,
    destination: str,
    *,
    mode: str,
    avoid: Iterable[str] = (),
    on: dt.date | None = None,
    gauge: int | None = None,
    allow: Iterable[str] = (),
    params: DistanceParams | None = None,
) -> Distance:
    """The shortest way from ``origin`` to ``destination`` by one mode.

    ``mode``: rail, road, sea or inland-waterway (a river-sea vessel, which uses the sea too).
    ``avoid``: countries, passages, borders (``AZ-IR``). ``on``: what is open on that day, seasons
    included; None: the case's base date, seasons apart. ``gauge``: only tracks of that many mm.
    ``allow``: passages that ocean vessels leave aside, such as kiel.

    Raises ``PlaceError`` for places, ``QuestionError`` for options, and ``NoAnswer`` where a place
    lies too far from the network or nothing joins the two.
    """
    means = means_of(net, mode, avoid=avoid, on=on, gauge=gauge, allow=allow)
    a, b = resolve(net, origin), resolve(net, destination)
    found = find_shortest(net, means, [(a.place, b.place)], params)[0]
    if found.failure:
        raise NoAnswer(
            _sentence(found.failure),
            details={
                "origin": place_json(a.place, _finite(found.snapped_km[0])),
                "destination": place_json(b.place, _finite(found.snapped_km[1])),
            },
        )
    notes = [note for note in (a.note, b.note) if note]
    if (a.place.lat, a.place.lon) == (b.place.lat, b.place.lon):
        notes.append("origin and destination are the same place")
    notes += [f"uses {section}, which is only planned or being built" for section in found.planned]
    return Distance(
        net=net,
        mode=means.mode,
        km=found.km,
        passages=found.passages,
        countries=found.countries,
        gauges_mm=found.gauges_mm,
        origin=a.place,
        destination=b.place,
        snapped_km=found.snapped_km,
        on=on or net.case.base_date,
        notes=tuple(dict.fromkeys(notes)),
        lines=found.shape(),
    )


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _finite(km: float) -> float | None:
    return km if km < float("inf") else None
