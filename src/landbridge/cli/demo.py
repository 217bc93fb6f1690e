"""``landbridge demo``: St Petersburg to Mumbai by every branch, and where to go from here."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from landbridge.cli.files import command_line, writable, write

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
    app.command("demo", epilog="Example: landbridge demo --html demo.html")(demo)


def demo(
    context: typer.Context,
    html: Annotated[str, typer.Option(help="Write a page of it too; one file, offline.")] = "",
) -> None:
    """Show St Petersburg to Mumbai by every branch of the corridor, Suez and the Cape."""
    page = writable("--html", html, ".html")
    from landbridge.network.load import load  # noqa: PLC0415 - heavy
    from landbridge.routing.query import Shipment  # noqa: PLC0415 - heavy
    from landbridge.routing.route import route  # noqa: PLC0415 - heavy

    found = route(load(), Shipment("St Petersburg", "Mumbai"))
    sys.stdout.write(f"{found}\n{NEXT}")
    if page:
        from landbridge.page.route_page import route_html  # noqa: PLC0415 - heavy

        write("--html", page, route_html(found, command=command_line(context)))
