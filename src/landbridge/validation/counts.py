"""A simulated year against what was counted at places of the corridor in that year."""

from __future__ import annotations

import csv
import datetime as dt
from importlib import resources

import landbridge as lb
from landbridge.network.network import Network
from landbridge.simulation.facts import facts_of
from landbridge.simulation.report import Compared, report_of

BOUND = 15.0
"""Error asked for, in %."""
DAYS = 365
REPLICATIONS = 4


def counts(net: Network) -> list[str]:
    """Demand that goes in, and tables of kt a year, ours and as counted."""
    path = resources.files("landbridge.validation") / "tables" / "counts.csv"
    told = {row["id"]: row for row in csv.DictReader(path.read_text("utf-8").splitlines())}
    sources: dict[str, str] = dict(
        zip(net.counts.id.tolist(), net.counts.source.tolist(), strict=True)
    )
    years = sorted({int(year) for year in net.counts.year})
    lines = [
        (
            f"A year of {REPLICATIONS} replications each, all cargo of `demand.csv`, nothing fitted"
            " to these counts. *check*: the count is no input; *partly input*: rows of demand are"
            " made from the same figure. *range*: as the source has it."
        ),
        "",
        "| year | place | counted | range | ours | +- | error | kind | source | remark |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for year in years:
        found = _simulated(net, year)
        lines += [_line(year, one, told[one.id], sources[one.id]) for one in found]
    return [*lines, "", *_inputs(net, years)]


def _simulated(net: Network, year: int) -> tuple[Compared, ...]:
    params = lb.SimulateParams(replications=REPLICATIONS)
    made = lb.simulate(net, start=dt.date(year, 1, 1), days=DAYS, params=params)
    return report_of(facts_of(net, made.season), made.replications).counts


def _line(year: int, one: Compared, told: dict[str, str], source: str) -> str:
    error = 100 * one.off
    inside = abs(error) <= BOUND or one.low <= one.simulated.mean <= one.high
    kt = [value / 1e3 for value in (one.counted, one.low, one.high, one.simulated.mean)]
    remark = "" if inside else f"**miss**: {told['cause']}"
    return (
        f"| {year} | {one.title} | {kt[0]:,.0f} kt | {kt[1]:,.0f}-{kt[2]:,.0f} | {kt[3]:,.0f} kt |"
        f" {one.simulated.half / 1e3:,.1f} | {error:+.0f} % | {told['part']} | {source} |"
        f" {remark} |"
    )


def _inputs(net: Network, years: list[int]) -> list[str]:
    d = net.demand
    rows = [row for row in range(len(d)) if int(d.year[row]) in years]
    return [
        "What goes in, of these years:",
        "",
        "| cargo | year | amount | range | unit | source | estimated |",
        "|---|---|---|---|---|---|---|",
        *(
            f"| {d.title[row]} | {d.year[row]} | {d.value[row]:,.0f} |"
            f" {d.low[row]:,.0f}-{d.high[row]:,.0f} | {d.unit[row]} | {d.source[row]} |"
            f" {'yes' if d.estimated[row] else 'no'} |"
            for row in rows
        ),
    ]
