"""From what a person types to a place: names in any script, codes, positions."""

from landbridge.places.find import find, resolve
from landbridge.places.place import Place, Resolved, place_json

__all__ = ["Place", "Resolved", "find", "place_json", "resolve"]
