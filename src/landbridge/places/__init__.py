"""From what a person types to a place: names in any script, codes, positions."""

from __future__ import annotations

import sys
from types import ModuleType

from landbridge.network.network import Network
from landbridge.places.find import FindParams, find, resolve, search
from landbridge.places.place import Place, Resolved, place_json

__all__ = ["FindParams", "Place", "Resolved", "find", "place_json", "resolve", "search"]


class _Searching(ModuleType):
    """The package, which ``landbridge.places(net, text)`` calls like a function."""

    def __call__(
        self, net: Network, text: str, *, limit: int = 8, params: FindParams | None = None
    ) -> tuple[Place, ...]:
        """As ``search``."""
        return search(net, text, limit=limit, params=params)


# a package is an attribute of its parent, so the two cannot be told apart by name
sys.modules[__name__].__class__ = _Searching
