"""What a search for a place answers with."""

from __future__ import annotations

from dataclasses import dataclass

POINT = "point"
"""Kind of a place that was given as ``lat,lon``."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place that a shipment can start from, end at or pass."""

    id: str
    name: str
    locode: str
    """UN/LOCODE, or empty."""
    country: str
    """ISO 3166-1 alpha-2; empty where the network does not tell, as for a typed position."""
    lat: float
    lon: float
    kind: str
    """``city``, ``port``, ``rail_terminal``, ``inland_terminal``, ``border`` or ``point``."""
    score: float
    """How well it fits what was typed, from 0 to 1; comparable within one answer."""
    row: int
    """Row of ``net.places``; -1 for a typed position and for a terminal that is its own place."""

    @property
    def label(self) -> str:
        """Name, country, and a code that finds it again, as messages print them."""
        if self.kind == POINT:
            return self.name
        country = f", {self.country}" if self.country else ""
        return f"{self.name}{country} [{self.locode or self.id}]"


@dataclass(frozen=True, slots=True)
class Resolved:
    """The one place that was meant, what else it might have been, and what to tell the user."""

    place: Place
    others: tuple[Place, ...] = ()
    note: str = ""
    """Which place was taken, and why, where that is not obvious; else empty."""


def place_json(place: Place, snapped_km: float | None = None) -> dict[str, str | float | None]:
    """The PLACE object of every answer: ``snapped_km`` is how far the network lies from it."""
    return {
        "name": place.name,
        "locode": place.locode or None,
        "country": place.country or None,
        "lat": round(place.lat, 4),
        "lon": round(place.lon, 4),
        "snapped_km": None if snapped_km is None else round(snapped_km, 3),
    }
