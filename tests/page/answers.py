"""Answers that pages are made of, each found once.

Routes: long, over the antimeridian, short, planned; a comparison, a break-even, checked claims.
"""

from __future__ import annotations

import datetime as dt
from functools import cache

from landbridge.network.load import load
from landbridge.network.network import Network
from landbridge.page.breakeven_page import breakeven_html
from landbridge.page.claims_page import claims_html
from landbridge.page.compare_page import compare_html
from landbridge.page.route_page import route_html
from landbridge.routing.query import RouteParams, Shipment
from landbridge.routing.route import RouteResult, route
from landbridge.scenario.breakeven import BreakEvenResult, breakeven
from landbridge.scenario.claims import ClaimsResult, check_claims
from landbridge.scenario.compare import Comparison, compare

ASKED = {
    "corridor": Shipment("St Petersburg", "Mumbai", dt.date(2025, 6, 2), feu=2, tonnes=40),
    "pacific": Shipment("Shanghai", "Los Angeles"),
    "short": Shipment("Moscow", "Baku", dt.date(2025, 9, 1)),
    "planned": Shipment("Moscow", "Bandar Abbas", dt.date(2032, 1, 1)),
}


@cache
def net() -> Network:
    return load("instc")


@cache
def answer(name: str) -> RouteResult:
    return route(net(), ASKED[name], params=RouteParams(samples=200))


@cache
def page(name: str) -> str:
    return route_html(answer(name), command=f"landbridge route {name}")


VERBS = ("compare", "breakeven", "claims")
"""Pages of other verbs."""
FEW = RouteParams(samples=100)
BOX = Shipment("St Petersburg", "Mumbai")


@cache
def comparison() -> Comparison:
    return compare(net(), BOX, ["hormuz-2026", "rasht-astara", "red-sea-2024"], params=FEW)


@cache
def tie() -> BreakEvenResult:
    return breakeven(net(), BOX, ("instc-east", "suez"), params=FEW)


@cache
def checked() -> ClaimsResult:
    return check_claims(net(), params=FEW)


@cache
def verb_page(name: str) -> str:
    command = f"landbridge {name}"
    if name == "compare":
        return compare_html(comparison(), command=command)
    if name == "breakeven":
        return breakeven_html(tie(), command=command)
    return claims_html(checked(), command=command)
