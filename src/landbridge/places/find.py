"""Rank the places that a text may mean, and decide which one was meant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from landbridge.errors import PlaceError
from landbridge.network.naming import country_code, fold
from landbridge.network.network import Network
from landbridge.places.index import PlaceIndex, containing, distance_km, index_of, near
from landbridge.places.place import Place, Resolved
from landbridge.places.point import parse_point
from landbridge.places.scope import Scope, loose_scopes, scopes


@dataclass(frozen=True, slots=True)
class FindParams:
    """How hits are ranked and when one is taken; ``docs/places.md`` tells why."""

    alias_penalty: float = 1.0
    """Taken off a place's weight where the text is another name of it, not its title."""
    lead: float = 0.5
    """A place is taken where it weighs so much more than the next: a factor of 3 in inhabitants."""
    one_place_km: float = 100.0
    """Rivals in the same country and so near are parts of one place, not another meaning."""
    longest_text: int = 200
    most_hits: int = 5_000
    """Keys looked at for a beginning or a part of a name; more are no answer to anybody."""
    most_ranked: int = 500
    """Names ranked of those that fit, the weightiest first."""


CODE, EXACT, PLAIN, ONE_EDIT, BEGINNING, TWO_EDITS, PART, THREE_EDITS = (
    1.0, 0.9, 0.85, 0.75, 0.7, 0.6, 0.5, 0.4,
)  # fmt: skip
"""Score of each manner of fitting, best first; the weight adds less than the next step."""
_STEP = 0.04
_HEAVIEST = 10.0
_EDITS = {ONE_EDIT: 1, TWO_EDITS: 2, THREE_EDITS: 3}
_LEAST_LETTERS = {ONE_EDIT: 4, TWO_EDITS: 7, THREE_EDITS: 11, BEGINNING: 2, PART: 4}
_TAKEN_LETTERS = {ONE_EDIT: 5, TWO_EDITS: 9}
"""A misspelt name is taken, not only offered, from this length on."""
_TAKEN_WEIGHT = {ONE_EDIT: 4.5, TWO_EDITS: 4.5}
"""... and where the place is so well known; else any word would be some village."""
_CODE = re.compile(r"^[A-Za-z]{2}[ -]?[A-Za-z2-9]{3}$")
_GENERIC = re.compile(
    r"\b(?:(?:sea|dry|container)?\s?port|harbou?r|city|town|station|terminal|icd|railway|"
    r"of|the|порт|морской|город|станция|терминал|بندر|شهر|ایستگاه)\b\.?",
    re.IGNORECASE,
)
_SAINT = re.compile(r"\b(?:st|ste|s(?:ain|ank|an)t)\b\.?[\s-]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that fits: its row, how it fits, and what it weighs there."""

    row: int
    fit: float
    weight: float

    @property
    def score(self) -> float:
        """From 0 to 1; the manner of fitting first, then the weight."""
        inside = min(max(self.weight, 0.0), _HEAVIEST) / _HEAVIEST
        return round(min(self.fit + _STEP * inside, 1.0), 4)


def find(
    net: Network, text: str, *, limit: int = 8, params: FindParams | None = None
) -> tuple[Place, ...]:
    """The places that ``text`` may mean, best first; none where nothing is like it.

    Raises ``PlaceError`` where the text is empty, too long, or a position that is none.
    """
    params = params or FindParams()
    text = _clean(text, params)
    point = parse_point(text)
    if point is not None:
        return (point,)
    index = index_of(net)
    best: dict[int, Hit] = {}
    for hits in _rounds(index, text, params):
        for hit in hits:
            if hit.row not in best or hit.score > best[hit.row].score:
                best[hit.row] = hit
        if len(best) >= limit:
            break
    ranked = sorted(best.values(), key=lambda hit: (-hit.score, hit.row))
    return tuple(_place(index, hit) for hit in ranked[:limit])


def search(
    net: Network, text: str, *, limit: int = 8, params: FindParams | None = None
) -> tuple[Place, ...]:
    """As ``find``, for people: raises ``PlaceError`` where nothing fits better than by chance."""
    found = find(net, text, limit=limit, params=params)
    if not found or found[0].score < TWO_EDITS:
        raise unknown(net, text, params)
    return found


def resolve(net: Network, text: str, *, params: FindParams | None = None) -> Resolved:
    """The place that ``text`` means.

    Raises ``PlaceError`` where nothing fits well enough (naming what comes near), or where
    several places weigh about the same (listing them).
    """
    params = params or FindParams()
    text = _clean(text, params)
    point = parse_point(text)
    if point is not None:
        return Resolved(point, note=_swap_note(net, point))
    index = index_of(net)
    for hits in _rounds(index, text, params):
        fit = hits[0].fit if hits else 0.0
        if fit >= PLAIN or (hits and _taken(text, hits[0])):
            return _decide(index, text, [hit for hit in hits if hit.fit == fit], params)
    raise unknown(net, text, params)


def _clean(text: str, params: FindParams) -> str:
    # what the terminal could not decode arrives as lone surrogates, which nothing can print
    readable = text.encode("utf-8", "replace").decode("utf-8")
    cleaned = " ".join(unicodedata.normalize("NFC", readable).split())
    if not cleaned:
        raise PlaceError("No place was given: write a name, a UN/LOCODE, or latitude,longitude.")
    if len(cleaned) > params.longest_text:
        raise PlaceError(
            f"The name of a place has at most {params.longest_text} signs; this one has "
            f"{len(cleaned)} and begins {cleaned[:40]!r}."
        )
    return cleaned


def _rounds(index: PlaceIndex, text: str, params: FindParams) -> Iterator[list[Hit]]:
    """Hits by ever looser readings of ``text``, each list best first."""
    codes = frozenset(index.countries)
    code = _CODE.match(text) is not None or text in index.code_row
    row = index.code_row.get(text, index.code_row.get(re.sub("[ -]", "", text).upper(), -1))
    coded = [Hit(row, CODE, _HEAVIEST)] if code and row >= 0 else []
    strict = scopes(text, codes)
    exact = [_exact(index, scope, EXACT, params) for scope in strict]
    # A code in capitals wins over any name; in other letters it may be a word (Paris, PARIS).
    if coded and (text == text.upper() or text in index.code_row or not any(exact)):
        yield coded
        coded = []
    yield from (hits for hits in exact if hits)
    yield coded
    if len(strict) > 1:
        strict = strict[:-1]  # the country is known: it is no part of a misspelt name
    loose = [replace(scope, name=name) for scope in strict for name in _plainer(scope.name)]
    loose += loose_scopes(text, codes)
    yield from (_exact(index, scope, PLAIN, params) for scope in loose)
    for fit in (ONE_EDIT, BEGINNING, TWO_EDITS, PART, THREE_EDITS):
        yield from (_like(index, scope, fit, params) for scope in strict)


def _plainer(name: str) -> list[str]:
    """The name without words that only say what it is, and with Saint spelled out."""
    found = [" ".join(_GENERIC.sub(" ", name).split())]
    if _SAINT.search(name):
        found += [_SAINT.sub(word, name) for word in ("Saint ", "St ", "Sankt ")]
    return [plain for plain in found if plain and plain != name]


def _exact(index: PlaceIndex, scope: Scope, fit: float, params: FindParams) -> list[Hit]:
    key = index.number.get(fold(scope.name), -1)
    if key < 0 or not index.keys[key]:
        return []
    return _hits(index, np.array([key]), fit, scope, params)


def _like(index: PlaceIndex, scope: Scope, fit: float, params: FindParams) -> list[Hit]:
    key = fold(scope.name)
    if len(key) < _LEAST_LETTERS[fit]:
        return []
    if fit in _EDITS:
        keys, distance = near(index, key, _EDITS[fit])
        keys = keys[distance == _EDITS[fit]]
    else:
        keys = containing(index, key, at_start=fit == BEGINNING, most=params.most_hits)
    return _hits(index, keys, fit, scope, params)


def _hits(
    index: PlaceIndex,
    keys: NDArray[np.int64],
    fit: float,
    scope: Scope,
    params: FindParams,
) -> list[Hit]:
    """One hit per place for all bearers of the keys, within the scope, best first.

    A place and what is one with it (a port and its city) give one hit, the weightier.
    """
    counts = index.first[keys + 1] - index.first[keys]
    names = np.repeat(index.first[keys] - np.cumsum(counts) + counts, counts)
    names += np.arange(len(names), dtype=names.dtype)
    rows = index.row[names]
    if scope.country:
        inside = index.spots.country[rows] == index.countries.index(scope.country)
        names, rows = names[inside], rows[inside]
    if scope.state:
        listed: list[int] = rows.tolist()
        ending = f", {scope.state}"
        of_state = np.array([index.spots.title[row].endswith(ending) for row in listed], bool)
        names, rows = names[of_state], rows[of_state]
    heads = index.head[rows]
    weights = index.spots.weight[heads] - np.where(index.is_title[names], 0.0, params.alias_penalty)
    best: dict[int, Hit] = {}
    for at in np.lexsort((heads, -weights))[: params.most_ranked].tolist():
        head = int(heads[at])
        if head not in best:
            best[head] = Hit(head, fit, float(weights[at]))
    return list(best.values())


def _place(index: PlaceIndex, hit: Hit) -> Place:
    spots, row = index.spots, hit.row
    country = int(spots.country[row])
    return Place(
        id=spots.id[row],
        name=spots.title[row],
        locode=spots.locode[row],
        country=index.countries[country] if country >= 0 else "",
        lat=float(spots.lat[row]),
        lon=float(spots.lon[row]),
        kind=spots.kind[row],
        score=hit.score,
        row=row if row < spots.places else -1,
    )


def _taken(text: str, hit: Hit) -> bool:
    if hit.fit not in _TAKEN_LETTERS:
        return False
    long_enough = len(fold(text)) >= _TAKEN_LETTERS[hit.fit]
    return long_enough and hit.weight >= _TAKEN_WEIGHT[hit.fit]


def _decide(index: PlaceIndex, text: str, hits: list[Hit], params: FindParams) -> Resolved:
    """Take the first hit where it leads; refuse where others weigh about the same."""
    first, rest = hits[0], hits[1:9]
    place, others = _place(index, first), tuple(_place(index, hit) for hit in rest)
    rivals = [
        other
        for other, hit in zip(others, rest, strict=True)
        if hit.weight > first.weight - params.lead and not _one_place(place, other, params)
    ]
    if first.fit < CODE and rivals:
        listed = "; ".join(candidate.label for candidate in (place, *rivals))
        raise PlaceError(
            f"{text!r} may be any of these: {listed}. Add the country, as "
            f'"{place.name.split(" (")[0]}, {place.country}", or give the code.',
            details={"text": text, "candidates": [_detail(each) for each in (place, *rivals)]},
        )
    return Resolved(place, others, _note(text, place, others, first))


def _one_place(a: Place, b: Place, params: FindParams) -> bool:
    if a.country != b.country:
        return False
    km = distance_km(a.lat, a.lon, np.array([b.lat]), np.array([b.lon]))
    return float(km[0]) <= params.one_place_km


def _note(text: str, place: Place, others: tuple[Place, ...], hit: Hit) -> str:
    said: list[str] = []
    if hit.fit < PLAIN:
        said.append(f"no place is called {text!r}: taken for {place.label}")
    elif others:
        said.append(f"{text!r} is taken for {place.label}")
    if others:
        also = "; ".join(other.label for other in others[:3])
        said.append(f"also possible: {also}")
    return "; ".join(said)


def unknown(net: Network, text: str, params: FindParams | None = None) -> PlaceError:
    """The error that says that nothing has this name, with the nearest names."""
    params = params or FindParams()
    nearest = find(net, text, limit=5, params=params)
    narrow = scopes(text, frozenset(index_of(net).countries))[0]
    if not nearest and narrow.country:
        text = f"{narrow.name} in {narrow.country}"
        nearest = find(net, narrow.name, limit=5, params=params)
    if nearest:
        listed = "; ".join(place.label for place in nearest)
        advice = f"The nearest names are: {listed}."
    else:
        advice = "No name is like it."
    country = country_code(text)
    if country in index_of(net).countries:
        advice = f"It is a country ({country}): name a town or port in it. {advice}"
    return PlaceError(
        f"No place is called {text!r}. {advice} A UN/LOCODE or latitude,longitude works as well.",
        details={"text": text, "nearest": [_detail(place) for place in nearest]},
    )


def _detail(place: Place) -> dict[str, str | float]:
    return {
        "name": place.name,
        "locode": place.locode,
        "country": place.country,
        "lat": place.lat,
        "lon": place.lon,
        "kind": place.kind,
        "id": place.id,
    }


def _swap_note(net: Network, point: Place) -> str:
    """A hint where the position lies far from every place and the swapped one does not."""
    if abs(point.lon) > 90 or not len(net.places):  # noqa: PLR2004 - no latitude
        return ""
    here = distance_km(point.lat, point.lon, net.places.lat, net.places.lon)
    there = distance_km(point.lon, point.lat, net.places.lat, net.places.lon)
    nearest = int(np.argmin(there))
    if float(here.min()) <= FAR_KM or float(there[nearest]) > CLOSE_KM:
        return ""
    name = str(net.places.title[nearest])
    return (
        f"{point.name} lies {float(here.min()):.0f} km from every place known; with latitude and "
        f"longitude swapped it would be at {name}"
    )


FAR_KM = 150.0
CLOSE_KM = 30.0
"""Beyond the first from any place, and swapped within the second: probably swapped."""
