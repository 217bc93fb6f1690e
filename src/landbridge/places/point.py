"""Positions typed as ``lat,lon`` in degrees."""

from __future__ import annotations

import math
import re

from landbridge.errors import PlaceError
from landbridge.places.place import POINT, Place

_MINUS = "\N{MINUS SIGN}"
_NUMBER = rf"[+\-{_MINUS}]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+\-]?\d+)?|[+\-]?(?:nan|inf(?:inity)?)"
_ONE = re.compile(rf"^(?:{_NUMBER})$", re.IGNORECASE)
_TWO = re.compile(
    rf"^\(?\s*(?P<a>{_NUMBER})\s*°?\s*(?P<ns>[NS]?)\s*(?:[,;/]\s*|\s+)"
    rf"(?P<b>{_NUMBER})\s*°?\s*(?P<ew>[EW]?)\s*\)?$",
    re.IGNORECASE,
)
_MORE = re.compile(rf"^(?:(?:{_NUMBER})\s*[,;/\s]\s*){{2,}}(?:{_NUMBER})$", re.IGNORECASE)
HOW = "write latitude,longitude in degrees with a decimal point, as 59.93,30.31"


def parse_point(text: str) -> Place | None:
    """The position that ``text`` states, or None where it is no position.

    ``59.93,30.31``, ``59.93 30.31``, ``59.93;30.31``, ``59.93N 30.31E`` and ``-33.9, 18.4`` are
    positions. Raises ``PlaceError`` for numbers that are none: out of range, swapped, not finite,
    one or three of them.
    """
    text = text.strip()
    match = _TWO.match(text)
    if match is None:
        if _ONE.match(text) or _MORE.match(text):
            raise PlaceError(f"{text!r} is not a place: a position needs two numbers; {HOW}.")
        return None
    lat = _signed(match["a"], match["ns"])
    lon = _signed(match["b"], match["ew"])
    _check(text, lat, lon)
    return Place(
        id=f"{lat:g},{lon:g}",
        name=f"{lat:.4f},{lon:.4f}",
        locode="",
        country="",
        lat=lat,
        lon=lon,
        kind=POINT,
        score=1.0,
        row=-1,
    )


def _signed(number: str, side: str) -> float:
    value = float(number.replace(_MINUS, "-"))
    return -value if side.upper() in {"S", "W"} else value


def _check(text: str, lat: float, lon: float) -> None:
    if not (math.isfinite(lat) and math.isfinite(lon)):
        raise PlaceError(f"{text!r} is not a position: both numbers must be finite; {HOW}.")
    if abs(lat) <= 90 and abs(lon) <= 180:  # noqa: PLR2004 - degrees of the globe
        return
    if abs(lat) <= 180 and abs(lon) <= 90:  # noqa: PLR2004
        raise PlaceError(
            f"{text!r}: the latitude {lat:g} lies outside -90 to 90. Were the two swapped? "
            f"Latitude comes first: {lon:g},{lat:g}.",
            details={"swapped": f"{lon:g},{lat:g}"},
        )
    raise PlaceError(
        f"{text!r} lies outside the globe: latitude must lie in -90 to 90 and longitude in "
        f"-180 to 180; {HOW}."
    )
