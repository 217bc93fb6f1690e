"""A place while the gazetteer is built, and the places and names that are typed by hand."""

from __future__ import annotations

from dataclasses import dataclass, field

from landbridge.build.typed import read_table
from landbridge.errors import DataError, Fault


@dataclass(slots=True)
class PlaceDraft:
    """A place with all its names; later steps fill in what its source does not tell."""

    id: str
    title: str
    country: str
    """ISO 3166-1 alpha-2, or empty."""
    lat: float
    lon: float
    kind: str
    source: str
    locode: str = ""
    time_zone: str = ""
    population: int = 0
    weight: float = 0.0
    """Typed rows state it; for the others ``weigh`` fills it in."""
    fallback_id: str = ""
    """The id to take where another place bears ``id``."""
    harbour: str = ""
    """Size of the harbour in the words of the World Port Index; ports only."""
    container: bool = False
    names: list[str] = field(default_factory=list[str])
    all_names: bool = False
    """Keeps its other names however small it is."""


def typed_places() -> list[PlaceDraft]:
    """Ports, borders and terminals of ``place_typed.csv``, which outrank every other source."""
    return [
        PlaceDraft(
            id=row.text("id"),
            title=row.text("title"),
            country=row.text("country"),
            lat=row.number("lat"),
            lon=row.number("lon"),
            kind=row.text("kind"),
            source=row.text("source"),
            locode=row.text("locode"),
            weight=row.number("weight"),
            all_names=True,
        )
        for row in read_table("place_typed")
    ]


def typed_aliases(drafts: list[PlaceDraft]) -> None:
    """Add the names of ``place_aliases.csv``. Raises ``DataError`` where a place is unknown."""
    by_id = {draft.id: draft for draft in drafts}
    faults: list[Fault] = []
    for row in read_table("place_aliases"):
        draft = by_id.get(row.text("place"))
        if draft is None:
            faults.append(
                Fault(row.where, f"names the place {row.text('place')!r}", "no place has that id")
            )
        else:
            draft.names.append(row.text("text"))
    if faults:
        raise DataError(faults)
