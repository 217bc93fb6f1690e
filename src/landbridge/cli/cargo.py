"""Options that describe a shipment, shared by the verbs that ask about one."""

from __future__ import annotations

from typing import Annotated

import typer

Origin = Annotated[str, typer.Argument(help="Where from: name, UN/LOCODE or latitude,longitude.")]
Destination = Annotated[str, typer.Argument(help="Where to, in the same words.")]
Teu = Annotated[int | None, typer.Option("--teu", help="Number of twenty-foot boxes.")]
Feu = Annotated[int | None, typer.Option("--feu", help="Number of forty-foot boxes.")]
Tonnes = Annotated[float | None, typer.Option("--tonnes", help="Cargo in t, in all boxes.")]
Value = Annotated[float | None, typer.Option("--value", help="Value of the cargo in USD.")]
Hs = Annotated[str | None, typer.Option("--hs", help="HS code of the goods.")]
Equipment = Annotated[
    str, typer.Option("--equipment", help="Type of the boxes: 20, 40, 40HC, 45 or reefer.")
]
Kind = Annotated[str, typer.Option("--cargo", help="container, or general or bulk by --tonnes.")]
Dangerous = Annotated[
    str,
    typer.Option("--dangerous", help="Dangerous goods: IMO class (3, 5.1) or UN number (UN1203)."),
]
Incoterm = Annotated[
    str,
    typer.Option(
        "--incoterm", help="Rule of Incoterms 2020 (FCA, CIP, ...): who pays which charge."
    ),
]
Currency = Annotated[
    str,
    typer.Option("--currency", help="Currency of the sums (ISO 4217); JSON has USD as well."),
]
Extrapolate = Annotated[
    bool, typer.Option("--extrapolate", help="Carry prices to the year of --date.")
]
Avoid = Annotated[
    list[str] | None,
    typer.Option(
        "--avoid",
        help="Country, passage, mode, terminal or border not to use; repeatable.",
    ),
]
Via = Annotated[
    list[str] | None,
    typer.Option("--via", help="Place, terminal, passage, country or border to pass; repeatable."),
]
Modes = Annotated[
    str, typer.Option("--modes", help="Only these, of rail,road,sea,inland-waterway.")
]
Date = Annotated[str, typer.Option("--date", help="Ready from (YYYY-MM-DD): what is open then.")]
Samples = Annotated[int, typer.Option("--samples", help="Draws behind the quantiles.")]
Seed = Annotated[int, typer.Option("--seed", help="Seed of the draws; the same gives the same.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Html = Annotated[
    str,
    typer.Option("--html", help="Write a page with charts, tables and sources; one file, offline."),
]
