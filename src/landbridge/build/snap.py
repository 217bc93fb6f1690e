"""Put a point onto a draft: the nearest point of the nearest link, which is split there."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from landbridge.build.draft import Draft, Flags, on_sphere
from landbridge.units import EARTH_RADIUS_KM

KM_PER_DEGREE = EARTH_RADIUS_KM * np.pi / 180
NEAR_END_KM = 0.5
"""A point this near to the end of its link takes the end, instead of a splinter of a link."""
RADIUS_KM = 600.0
"""Links with an end this near are looked at; the longest straight edge has 578 km."""


def snap(draft: Draft, lat: float, lon: float, among: Flags) -> tuple[Draft, int, float]:
    """The draft with a node at that point of the way, its number, and how far off it lies (km)."""
    point = on_sphere(np.array([lat]), np.array([lon]))[0]
    near = np.zeros(len(draft.lat), bool)
    close: list[int] = list(draft.tree().query_ball_point(point, RADIUS_KM / EARTH_RADIUS_KM))
    near[np.array(close, np.int64)] = True
    links = np.flatnonzero((near[draft.tail] | near[draft.head]) & among)
    if not len(links):
        return draft, -1, float("inf")
    squeeze = np.cos(np.radians(lat))
    tail, head = draft.tail[links], draft.head[links]
    ax, ay = (draft.lon[tail] - lon) * squeeze, draft.lat[tail] - lat
    dx, dy = (draft.lon[head] - lon) * squeeze - ax, draft.lat[head] - lat - ay
    share = np.clip(-(ax * dx + ay * dy) / np.maximum(dx * dx + dy * dy, 1e-12), 0, 1)
    off = np.hypot(ax + share * dx, ay + share * dy) * KM_PER_DEGREE
    best = int(np.argmin(off))
    link, part, distance = int(links[best]), float(share[best]), float(off[best])
    if part * draft.km[link] < NEAR_END_KM:
        return draft, int(draft.tail[link]), distance
    if (1 - part) * draft.km[link] < NEAR_END_KM:
        return draft, int(draft.head[link]), distance
    return *split(draft, link, part), distance


def split(draft: Draft, link: int, part: float) -> tuple[Draft, int]:
    """Cut one link in two at that share of its length; the draft and the new node."""
    tail, head = int(draft.tail[link]), int(draft.head[link])
    lat = draft.lat[tail] + part * (draft.lat[head] - draft.lat[tail])
    lon = draft.lon[tail] + part * (draft.lon[head] - draft.lon[tail])
    grown, (middle,) = draft.add_nodes(np.array([lat]), np.array([lon]))
    ends, km = grown.head.copy(), grown.km.copy()
    ends[link], km[link] = middle, part * draft.km[link]
    second = grown.keep_links(np.arange(len(grown.tail)) == link)
    first = replace(grown, head=ends, km=km)
    rest = replace(second, tail=np.array([middle]), km=(1 - part) * draft.km[[link]])
    return first.add_links(rest), int(middle)
