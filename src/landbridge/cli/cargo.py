"""Options that describe a shipment, shared by the verbs that ask about one."""

from __future__ import annotations

from typing import Annotated

import typer

Origin = Annotated[str, typer.Argument(help="Where from: name, UN/LOCODE or latitude,longitude.")]
Destination = Annotated[str, typer.Argument(help="Where to, in the same words.")]
Teu = Annotated[int | None, typer.Option("--teu", help="Number of twenty-foot boxes.")]
Feu = Annotated[int | None, typer.Option("--feu", help="Number of forty-foot boxes.")]
Tonnes = Annotated[float | None, typer.Option("--tonnes", help="Cargo in t, in all boxes.")]
Date = Annotated[str, typer.Option("--date", help="Ready from (YYYY-MM-DD): what is open then.")]
Samples = Annotated[int, typer.Option("--samples", help="Draws behind the quantiles.")]
Seed = Annotated[int, typer.Option("--seed", help="Seed of the draws; the same gives the same.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Html = Annotated[
    str,
    typer.Option("--html", help="Write a page with charts, tables and sources; one file, offline."),
]
