"""Where a vessel leaves a river for the sea, or the sea for a river."""

from __future__ import annotations

import numpy as np

from landbridge.network.network import Network
from landbridge.routing.itinerary import Spot
from landbridge.routing.ways import Legs, Pieces
from landbridge.units import MODES

RIVER = MODES.index("inland_waterway")


def mouth(net: Network, legs: Legs, pair: tuple[int, int], p: Pieces, k: int) -> Spot:
    """The end of what lies before piece ``k`` of the way of a pair, where the mode changes."""
    stretch = int(np.count_nonzero(np.diff(p.mode[:k])))
    _, lat, lon = legs.line(*pair)[stretch]
    river = k if int(p.mode[k]) == RIVER else k - 1
    title = str(net.passages.title[p.passage[river]]) if p.passage[river] >= 0 else "river"
    return Spot(f"mouth of the {title}", "", "", round(float(lat[-1]), 3), round(float(lon[-1]), 3))
