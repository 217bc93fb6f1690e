"""Answers that pages are made of, each found once: long, over the antimeridian, short, planned."""

from __future__ import annotations

import datetime as dt
from functools import cache

from landbridge.network.load import load
from landbridge.network.network import Network
from landbridge.page.route_page import route_html
from landbridge.routing.query import RouteParams, Shipment
from landbridge.routing.route import RouteResult, route

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
