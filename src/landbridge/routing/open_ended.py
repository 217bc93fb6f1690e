"""What is known from a day on and without an end: far beyond it, that is told.

A war surcharge or a suspension has a first day; nobody knows its last. A question about a day more
than a year after the year of such a row and of the case's prices takes it to hold still.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

import numpy as np

from landbridge.network.network import Network
from landbridge.network.tables import Rates, Rules
from landbridge.routing.options import Option
from landbridge.schema.column import ALWAYS, NEVER
from landbridge.units import date_of

YEARS_KNOWN = 1
"""So many years after its own, or that of the prices, a row without an end is taken as known."""


def carried_on(net: Network, options: Sequence[Option], on: dt.date) -> list[str]:
    """A warning that names the dated rates and rules of the options that have no end; or none."""
    priced = {charge.price.row for one in options for charge in one.bill.charges}
    ruled = {name for one in options for name in (*one.warned, *one.barred)}
    told = [
        f"the {kind} {', '.join(names)}"
        for kind, names in (
            ("rates", _open(net, net.rates, priced, on)),
            ("rules", _open(net, net.rules, ruled, on)),
        )
        if names
    ]
    if not told:
        return []
    return [f"no end is known of {' and '.join(told)}: that they hold on {on} is an extrapolation"]


def _open(net: Network, table: Rates | Rules, used: Iterable[str], on: dt.date) -> list[str]:
    """Id and first day of the rows in use whose end is open and whose year is long past."""
    known = np.maximum(table.year, net.case.price_year) + YEARS_KNOWN
    dated = (table.valid_from != ALWAYS) & (table.valid_to == NEVER) & (known < on.year)
    names = np.isin(table.id.astype(object), list(used))
    rows = np.flatnonzero(names & dated).tolist()
    return [f"{table.id[row]} (since {date_of(int(table.valid_from[row]))})" for row in rows]
