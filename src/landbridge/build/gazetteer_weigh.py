"""How much a freight person means a place, and the time zone of places that do not tell it."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from landbridge.build.draft import on_sphere
from landbridge.build.gazetteer_rows import PlaceDraft
from landbridge.build.typed import read_table
from landbridge.network.naming import fold_all
from landbridge.units import EARTH_RADIUS_KM


@dataclass(frozen=True, slots=True)
class Weights:
    """The rows of ``place_weights.csv``."""

    harbour: dict[str, float]
    container: float
    above_city: float
    city_km: float
    city_least: float


def read_weights() -> Weights:
    """The typed figures of the ranking."""
    value = {row.text("item"): row.number("weight") for row in read_table("place_weights")}
    return Weights(
        {
            item.removeprefix("harbour:"): figure
            for item, figure in value.items()
            if item.startswith("harbour:")
        },
        value["container"],
        value["above_city"],
        value["city_km"],
        value["city_least"],
    )


def weigh(drafts: list[PlaceDraft], weights: Weights) -> None:
    """Fill in every weight that is not typed; a port with its city's name takes its title.

    A town weighs log10 of its population. A port weighs what its harbour does, or, where freight
    people mean it (its harbour is not small, it has container facilities, or it is not very small
    and bears its city's own code), a little more than its city.
    """
    for draft in drafts:
        if draft.kind == "city" and not draft.weight:
            draft.weight = max(math.log10(max(draft.population, 1)), weights.city_least)
    cities = _Cities([draft for draft in drafts if draft.kind == "city"])
    for draft in drafts:
        if draft.weight:
            continue
        draft.weight = weights.harbour[draft.harbour] + weights.container * draft.container
        city = cities.of(draft, weights.city_km)
        if city is None:
            continue
        draft.population = city.population
        own_code = bool(draft.locode) and draft.locode == city.locode
        if (
            draft.harbour in {"Large", "Medium"}
            or draft.container
            or (draft.harbour == "Small" and own_code)
        ):
            draft.weight = max(draft.weight, city.weight + weights.above_city)
            draft.names.append(draft.title)
            draft.title = city.title


def fill_time_zones(drafts: list[PlaceDraft]) -> None:
    """The zone of the nearest town of the same country, for every place without one."""
    by_country: defaultdict[str, list[PlaceDraft]] = defaultdict(list)
    for draft in drafts:
        if draft.time_zone:
            by_country[draft.country].append(draft)
    trees = {country: _tree(towns) for country, towns in by_country.items()}
    for draft in drafts:
        if not draft.time_zone and draft.country in trees:
            point = on_sphere(np.array([draft.lat]), np.array([draft.lon]))[0]
            _, nearest = trees[draft.country].query(point)
            draft.time_zone = by_country[draft.country][int(nearest)].time_zone


def _tree(drafts: list[PlaceDraft]) -> cKDTree:
    lat = np.array([draft.lat for draft in drafts])
    lon = np.array([draft.lon for draft in drafts])
    return cKDTree(on_sphere(lat, lon))


class _Cities:
    """Towns by country and folded name, and by code."""

    def __init__(self, cities: list[PlaceDraft]) -> None:
        self._by_name: defaultdict[tuple[str, str], list[PlaceDraft]] = defaultdict(list)
        for city in cities:
            for key in {*fold_all([city.title.split(",")[0], *city.names])}:
                self._by_name[city.country, key].append(city)
        self._by_code = {city.locode: city for city in cities if city.locode}

    def of(self, port: PlaceDraft, within_km: float) -> PlaceDraft | None:
        """The town near the port that shares its code, its title, or another name, in this order.

        Of several, the weightiest.
        """
        title, *others = fold_all([port.title, *port.names])
        found: list[tuple[bool, float, str, PlaceDraft]] = []
        coded = self._by_code.get(port.locode)
        if coded is not None and _km(port, coded) <= within_km:
            (name,) = fold_all([coded.title.split(",")[0]])
            if any(name in key for key in (title, *others)):
                return coded  # Tokyo Ko, Puerto del Callao
        for key in {title, *others}:
            found += [
                (key == title, city.weight, city.id, city)
                for city in self._by_name.get((port.country, key), [])
                if _km(port, city) <= within_km
            ]
        return max(found, key=lambda one: one[:3])[3] if found else None


def _km(a: PlaceDraft, b: PlaceDraft) -> float:
    points = on_sphere(np.array([a.lat, b.lat]), np.array([a.lon, b.lon]))
    chord = float(np.linalg.norm(points[0] - points[1]))
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, chord / 2))
