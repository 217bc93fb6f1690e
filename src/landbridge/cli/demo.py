"""``landbridge demo``: St Petersburg to Mumbai by every branch, and where to go from here."""

from __future__ import annotations

import sys

import typer

NEXT = """
Where the figures come from: rail and roads (c) OpenStreetMap contributors, sea
lanes Eurostat SeaRoute, places GeoNames and World Port Index; services, times
and prices: rows of src/landbridge/cases/, each with source, year, confidence.

Try next:
  landbridge route "St Petersburg" Mumbai --avoid suez --feu 1 --tonnes 20
  landbridge distance "St Petersburg" "Nhava Sheva" --mode sea
  landbridge places astara
"""


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("demo", epilog="Example: landbridge demo")(demo)


def demo() -> None:
    """Show St Petersburg to Mumbai by every branch of the corridor, Suez and the Cape."""
    from landbridge.network.load import load  # noqa: PLC0415 - heavy
    from landbridge.routing.query import Shipment  # noqa: PLC0415 - heavy
    from landbridge.routing.route import route  # noqa: PLC0415 - heavy

    sys.stdout.write(f"{route(load(), Shipment('St Petersburg', 'Mumbai'))}\n{NEXT}")
