"""The search index of a network's places: folded names as integers, made once a network."""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from landbridge.network.network import Network, digest_of
from landbridge.places.names import Names, names_of
from landbridge.places.spots import Spots, spots_of
from landbridge.store.shelf import Arrays, shelf, version_of
from landbridge.units import EARTH_RADIUS_KM

Rows = NDArray[np.int32]
Bits = NDArray[np.uint64]

SAME_PLACE_KM = 40.0
"""A port and a city of one name and country that lie so near are one place for freight."""
SIGNS = "abcdefghijklmnopqrstuvwxyz0123456789"


@dataclass(frozen=True, eq=False, slots=True)
class PlaceIndex:
    """Keys (folded names, each once) and which places bear them.

    ``keys``: text, (n_keys,). Names of key k are ``row[first[k]:first[k + 1]]`` with ``is_title``
    beside it. ``letters``: per key, bit i set where ``SIGNS[i]`` occurs. ``length``: of each key.
    ``joined``: all keys with a line feed before each and one at the end; ``start``: where each key
    begins in it. ``head``: per place, the weightiest of the places that are one with it.
    "Place" here is a row of ``spots``.
    """

    number: dict[str, int]
    keys: list[str]
    first: Rows
    row: Rows
    is_title: NDArray[np.bool_]
    letters: Bits
    length: NDArray[np.int16]
    joined: str
    start: NDArray[np.int64]
    head: Rows
    spots: Spots
    code_row: dict[str, int]
    """UN/LOCODE or id of a place -> row; the id wins, then the weightiest."""
    countries: tuple[str, ...]

    def rows_of(self, key: int) -> tuple[Rows, NDArray[np.bool_]]:
        """Places that bear the key, and whether as their title."""
        names = slice(int(self.first[key]), int(self.first[key + 1]))
        return self.row[names], self.is_title[names]


_INDEXES: WeakKeyDictionary[Network, PlaceIndex] = WeakKeyDictionary()


def index_of(net: Network) -> PlaceIndex:
    """The index of ``net``, made at the first call (0.6 s for 250,000 names) and then kept.

    A changed network that shares its places and terminals shares the index as well.
    """
    known = _INDEXES.get(net)
    if known is not None:
        return known
    for other, made in list(_INDEXES.items()):
        same = (
            other.places is net.places
            and other.aliases is net.aliases
            and other.terminals is net.terminals
            and other.countries is net.countries
        )
        if same:
            _INDEXES[net] = made
            return made
    _INDEXES[net] = made = _build(net)
    return made


def _build(net: Network) -> PlaceIndex:
    spots = spots_of(net)
    tables = (net.places, net.aliases, net.terminals, net.countries)
    content = " ".join(digest_of(table) for table in tables)
    name = f"places {version_of('places', 'network')} {content}"
    held = _whole(shelf().take(name), len(spots))
    if held is None:
        held = _columns(spots, names_of(net, spots))
        shelf().put(name, held)
    joined = held["joined"].tobytes().decode("ascii")
    keys = joined[1:-1].split("\n")
    return PlaceIndex(
        number=dict(zip(keys, range(len(keys)), strict=True)),
        keys=keys,
        first=held["first"].astype(np.int32, copy=False),
        row=held["row"].astype(np.int32, copy=False),
        is_title=held["is_title"].astype(bool, copy=False),
        letters=held["letters"].astype(np.uint64, copy=False),
        length=held["length"].astype(np.int16, copy=False),
        joined=joined,
        start=held["start"].astype(np.int64, copy=False),
        head=held["head"].astype(np.int32, copy=False),
        spots=spots,
        code_row=_codes(spots),
        countries=tuple(net.countries.code.tolist()),
    )


def _columns(spots: Spots, names: Names) -> Arrays:
    """The arrays of the index; ``joined`` as bytes."""
    keys = list(names.number)
    joined = "\n" + "\n".join(keys) + "\n"
    length = np.array([len(key) for key in keys], np.int16)
    start = 1 + np.concatenate([[0], np.cumsum(length.astype(np.int64) + 1)[:-1]])
    return {
        "joined": np.frombuffer(joined.encode("ascii"), np.uint8),
        "first": np.searchsorted(names.key, np.arange(len(keys) + 1)).astype(np.int32),
        "row": names.row,
        "is_title": names.is_title,
        "letters": _letters(joined, start),
        "length": length,
        "start": start.astype(np.int64),
        "head": _heads(spots, names),
    }


def _whole(held: Arrays | None, places: int) -> Arrays | None:
    """What was on the shelf, if its arrays fit each other and the places."""
    if held is None or set(held) != _HELD:
        return None
    keys = len(held["length"])
    names = len(held["row"])
    good = (
        len(held["first"]) == keys + 1
        and len(held["letters"]) == len(held["start"]) == keys
        and len(held["is_title"]) == names
        and len(held["head"]) == places
        and int(np.count_nonzero(held["joined"] == ord("\n"))) == keys + 1
    )
    return held if good else None


_HELD = {"joined", "first", "row", "is_title", "letters", "length", "start", "head"}


def _letters(joined: str, start: NDArray[np.int64]) -> Bits:
    """Which letters each key holds, for a filter that no near spelling fails (see ``near``)."""
    bit = np.zeros(256, np.uint64)
    for place, sign in enumerate(SIGNS):
        bit[ord(sign)] = np.uint64(1) << np.uint64(place)
    signs = bit[np.frombuffer(joined.encode("ascii"), np.uint8)]
    return np.bitwise_or.reduceat(signs, start) if len(start) else np.zeros(0, np.uint64)


def _codes(spots: Spots) -> dict[str, int]:
    found: dict[str, int] = {}
    order: list[int] = np.argsort(spots.weight, kind="stable").tolist()
    for row in order:
        if spots.locode[row]:
            found[spots.locode[row]] = row  # the weightiest comes last and stays
    return found | {identity: row for row, identity in enumerate(spots.id)}


def _heads(spots: Spots, names: Names) -> Rows:
    """For each place the weightiest place that is one with it (itself where there is none).

    Within the bearers of one key in one country, the weightiest that is no city leads. Another
    port, terminal or border is one with it where the key is the title of either; a city where the
    key is the title of both, or the city's and the port outweighs it (a port that is also called by
    its greater neighbour's name stays its own: Piraeus, Athens). Places with one UN/LOCODE are one,
    too. All within ``SAME_PLACE_KM``.
    """
    weight, key, row, is_title = spots.weight, names.key, names.row, names.is_title
    is_city = np.array([kind == "city" for kind in spots.kind], bool)
    country = spots.country[row]
    order = np.lexsort((row, -weight[row], is_city[row], country, key))
    first = np.ones(len(order), bool)
    first[1:] = (np.diff(key[order]) != 0) | (np.diff(country[order]) != 0)
    leader = order[np.maximum.accumulate(np.where(first, np.arange(len(order)), 0))]
    mine, theirs = row[order], row[leader]
    fits = (mine != theirs) & ~is_city[theirs]
    fits &= np.where(
        is_city[mine],
        is_title[order] & (is_title[leader] | (weight[theirs] >= weight[mine])),
        is_title[order] | is_title[leader],
    )
    same, code = _same_code(spots)
    mine, theirs = np.concatenate([mine[fits], same]), np.concatenate([theirs[fits], code])
    near = distance_km(spots.lat[mine], spots.lon[mine], spots.lat[theirs], spots.lon[theirs])
    mine, theirs = mine[near <= SAME_PLACE_KM], theirs[near <= SAME_PLACE_KM]
    head = np.arange(len(spots), dtype=np.int32)
    for low, high in sorted(zip(mine.tolist(), theirs.tolist(), strict=True)):
        a, b = _top(head, low), _top(head, high)
        if a != b:
            up, down = (a, b) if (weight[a], -a) > (weight[b], -b) else (b, a)
            head[down] = up
    for place in {*mine.tolist(), *theirs.tolist()}:
        head[place] = _top(head, place)
    return head


def _same_code(spots: Spots) -> tuple[Rows, Rows]:
    """Pairs of places with one UN/LOCODE: each row that shares one, and the weightiest of them."""
    codes = spots.locode
    first: dict[str, int] = {}
    pairs: list[tuple[int, int]] = []
    order: list[int] = np.argsort(-spots.weight, kind="stable").tolist()
    for row in order:
        if codes[row]:
            top = first.setdefault(codes[row], row)
            if top != row:
                pairs.append((row, top))
    found = np.array(pairs, np.int32).reshape(-1, 2)
    return found[:, 0], found[:, 1]


def _top(head: Rows, place: int) -> int:
    while head[place] != place:
        place = int(head[place])
    return place


def distance_km(
    lat1: NDArray[np.float64] | float,
    lon1: NDArray[np.float64] | float,
    lat2: NDArray[np.float64],
    lon2: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Great-circle distance by the haversine formula; degrees in, km out."""
    a, b, c, d = (np.radians(values) for values in (lat1, lon1, lat2, lon2))
    square = np.sin((c - a) / 2) ** 2 + np.cos(a) * np.cos(c) * np.sin((d - b) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(square, 0, 1)))


def near(index: PlaceIndex, key: str, edits: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Keys within ``edits`` edits of ``key`` (insert, delete, replace, swap neighbours).

    One edit changes a key's length by at most 1 and the set of its letters by at most 2, so the
    filter by length and letters loses none. Gives numbers of keys and their distances.
    """
    from rapidfuzz import process  # noqa: PLC0415 - only searches with typos need it
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    wanted = _letters(f"\n{key}\n", np.array([1], np.int64))[0]
    maybe = np.abs(index.length - np.int16(len(key))) <= edits
    maybe &= np.bitwise_count(index.letters ^ wanted) <= 2 * edits
    numbers = np.flatnonzero(maybe)
    if not len(numbers):
        return numbers, numbers
    distance = process.cdist(
        [key],
        [index.keys[number] for number in numbers.tolist()],
        scorer=OSA.distance,
        score_cutoff=edits,
        dtype=np.int32,
    )[0].astype(np.int64)
    return numbers[distance <= edits], distance[distance <= edits]


def containing(index: PlaceIndex, key: str, *, at_start: bool, most: int) -> NDArray[np.int64]:
    """Numbers of keys that hold ``key`` (at their start only, or anywhere), at most ``most``."""
    wanted = f"\n{key}" if at_start else key
    found: list[int] = []
    position = index.joined.find(wanted)
    while position >= 0 and len(found) < most:
        found.append(position + at_start)
        position = index.joined.find(wanted, position + 1)
    places = np.array(found, np.int64)
    return np.unique(np.searchsorted(index.start, places, side="right") - 1)
