"""Give every node a country, absorb false excursions, and cut links where they cross a border."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from landbridge.build.draft import LINK_COLUMNS, Draft, Floats, Ints
from landbridge.build.polygons import Land, country_of

EXCURSION_KM = 12.0
"""A stretch this short that lies in another country, and leads back, is an error of the polygons
(coasts and rivers at 1:10m are off by a km or two), not a journey abroad."""
SAMPLES = 33
"""Points along a link at which the country is looked up to find where it changes."""


@dataclass(frozen=True, eq=False)
class Bordered:
    """A draft whose links each lie in one country; ``country`` per node.

    Links of 0 km between two nodes of different countries are the crossings.
    """

    draft: Draft
    country: Ints


def put_borders(draft: Draft, land: Land) -> Bordered:
    """Countries per node, then a pair of nodes and a link of 0 km at every crossing."""
    country = absorb(draft, country_of(land, draft.lat, draft.lon))
    a, b = country[draft.tail], country[draft.head]
    cross = np.flatnonzero((a != b) & (a >= 0) & (b >= 0))
    if not len(cross):
        return Bordered(draft, country)
    part = _where(draft, country, cross, land)
    tail, head = draft.tail[cross], draft.head[cross]
    lat = draft.lat[tail] + part * (draft.lat[head] - draft.lat[tail])
    lon = draft.lon[tail] + part * (draft.lon[head] - draft.lon[tail])
    grown, near_tail = draft.add_nodes(lat, lon)
    grown, near_head = grown.add_nodes(lat, lon)
    country = np.concatenate([country, country[tail], country[head]])
    whole = grown.keep_links(np.isin(np.arange(len(grown.tail)), cross, invert=True))
    one = {name: getattr(draft, name)[cross] for name in LINK_COLUMNS}
    km = one["km"]
    first = replace(whole, **{**one, "head": near_tail, "km": km * part})
    second = replace(whole, **{**one, "tail": near_head, "km": km * (1 - part)})
    border = replace(
        whole, **{**one, "tail": near_tail, "head": near_head, "km": np.zeros(len(cross))}
    )
    return Bordered(whole.add_links(first).add_links(border).add_links(second), country)


def absorb(draft: Draft, country: Ints) -> Ints:
    """Relabel short stretches that touch one other country only, and points without a country."""
    found = country.copy()
    for _ in range(3):
        same = found[draft.tail] == found[draft.head]
        label, _ = draft.components(same)
        km = np.bincount(label[draft.tail[same]], draft.km[same], minlength=int(label.max()) + 1)
        a, b = label[draft.tail[~same]], label[draft.head[~same]]
        first = np.concatenate([a, b])
        other = np.concatenate([found[draft.head[~same]], found[draft.tail[~same]]])
        known = other >= 0
        least = np.full(len(km), np.iinfo(np.int64).max)
        most = np.full(len(km), -1)
        np.minimum.at(least, first[known], other[known])
        np.maximum.at(most, first[known], other[known])
        own = np.full(len(km), -1)
        own[label] = found
        short = (km < EXCURSION_KM) | (own < 0)
        # One neighbouring country only: an excursion. Without a country of its own: any will do.
        change = short & (most >= 0) & ((least == most) | (own < 0))
        if not change.any():
            break
        found = np.where(change[label], most[label], found)
    return found


def _where(draft: Draft, country: Ints, cross: Ints, land: Land) -> Floats:
    """Share of each crossing link at which it leaves the country of its tail."""
    share = np.linspace(0, 1, SAMPLES)[1:-1]
    tail, head = draft.tail[cross], draft.head[cross]
    lat = draft.lat[tail][:, None] + share * (draft.lat[head] - draft.lat[tail])[:, None]
    lon = draft.lon[tail][:, None] + share * (draft.lon[head] - draft.lon[tail])[:, None]
    seen = country_of(land, lat.ravel(), lon.ravel()).reshape(lat.shape)
    last = np.where(seen == country[tail][:, None], share, 0.0).max(axis=1)
    part = np.clip(last + 0.5 / (SAMPLES - 1), 0.02, 0.98)
    # Neither end's country in between (absorbed labels): the middle.
    unseen = ~(seen == country[tail][:, None]).any(axis=1) & ~(seen == country[head][:, None]).any(
        axis=1
    )
    return np.where(unseen, 0.5, part)
