"""Figures of a row from observed values: ``distribution`` names a sample instead of a family.

``samples.csv`` of a case holds the values (``sample,value``), or quantiles of them where only those
are published (``sample,value,quantile``). A row with ``sample:astara`` in ``distribution`` leaves
its low, typical and high blank and gets them, and its family, from there:

- *lognormal*, with the 10, 50 and 90 % quantiles of the sample, where what lies above the median
  reaches farther than what lies below: waits and queues have a long tail, and a lognormal goes on
  beyond the largest value that happened to be seen;
- *pert*, from the least to the largest value with the sample's own mean, where the sample has no
  longer tail above than below.
"""

from __future__ import annotations

import math
from pathlib import Path
from statistics import NormalDist

import numpy as np

from landbridge.errors import Fault
from landbridge.network.case_file import Sheet, read_sheet, read_text
from landbridge.network.near import did_you_mean
from landbridge.schema.column import Floats

FILE = "samples.csv"
PREFIX = "sample:"
LEAST = 10
"""Fewer values than that are no sample: a tenth of them is no quantile."""
FIGURES = {
    "crossings": ("hours_low", "hours_typical", "hours_high"),
    "operations": ("hours_low", "hours_typical", "hours_high"),
    "services": ("headway_low_h", "headway_typical_h", "headway_high_h"),
    "rates": ("low", "value", "high"),
}
"""The columns of the figure that ``distribution`` is about, by table."""
LEVELS = (0.1, 0.5, 0.9)
Fit = tuple[str, float, float, float]
"""Family, low, typical, high."""


def fit(values: Floats) -> Fit:
    """Family and figures of observed values (n,), all above 0."""
    low, middle, high = np.quantile(values, LEVELS).tolist()
    if high - middle > middle - low:
        return "lognormal", low, middle, high
    least, most, mean = float(values.min()), float(values.max()), float(values.mean())
    mode = min(max((6 * mean - least - most) / 4, least), most)
    return "pert", least, mode, most


def fit_quantiles(levels: Floats, values: Floats) -> Fit:
    """A lognormal through published quantiles, straight between them on the scale of logarithms."""
    normal = NormalDist()
    z, wanted = ([normal.inv_cdf(one) for one in some] for some in (levels.tolist(), LEVELS))
    low, middle, high = np.exp(np.interp(wanted, z, np.log(values))).tolist()
    return "lognormal", low, middle, high


def read_samples(folder: Path) -> tuple[dict[str, Fit], list[Fault]]:
    """The fits of the samples of a case folder by name; nothing where it has none."""
    if not (folder / FILE).exists() and not (folder / FILE).is_symlink():
        return {}, []
    text, faults = read_text(folder, FILE)
    if faults:
        return {}, faults
    sheet = read_sheet(FILE, text)
    faults = list(sheet.faults)
    unknown = [name for name in sheet.header if name not in {"sample", "value", "quantile"}]
    if unknown or not {"sample", "value"} <= set(sheet.header):
        found = f"has the columns {', '.join(sheet.header)}"
        rule = "columns are sample, value and, for published quantiles, quantile"
        return {}, [*faults, Fault(f"{FILE}, line 1", found, rule)]
    rows: dict[str, list[tuple[float, float]]] = {}
    levels = sheet.columns.get("quantile", [""] * len(sheet.lines))
    cells = zip(sheet.columns["sample"], sheet.columns["value"], levels, sheet.lines, strict=True)
    for name, value, level, line in cells:
        number, share = _number(value), _number(level) if level else math.nan
        if number <= 0 or not math.isfinite(number) or (level and not 0 < share < 1):
            rule = "a value is a number above 0, a quantile one between 0 and 1"
            faults.append(Fault(f"{FILE}, line {line}", f"holds {value!r} {level!r}".strip(), rule))
        else:
            rows.setdefault(name, []).append((share, number))
    fits: dict[str, Fit] = {}
    for name, listed in rows.items():
        found = np.array(sorted(listed))
        wrong = _too_little(found)
        if wrong:
            faults.append(Fault(f"{FILE}, sample {name}", *wrong))
        elif np.isnan(found[:, 0]).all():
            fits[name] = fit(found[:, 1])
        else:
            fits[name] = fit_quantiles(found[:, 0], found[:, 1])
    return fits, faults


def with_samples(table: str, sheet: Sheet, fits: dict[str, Fit]) -> list[Fault]:
    """Fill the rows of a sheet that name a sample; what is wrong with them."""
    words = sheet.columns.get("distribution", [])
    asked = [row for row, word in enumerate(words) if word.startswith(PREFIX)]
    if not asked:
        return []
    faults: list[Fault] = []
    names = FIGURES.get(table, ())
    for row in asked:
        where, name = f"{sheet.name}, line {sheet.lines[row]}", words[row].removeprefix(PREFIX)
        given = [column for column in names if sheet.columns.get(column, [""] * len(words))[row]]
        if not names:
            faults.append(Fault(where, f"names {words[row]!r}", f"{table} take no sample"))
        elif name not in fits:
            rule = f"{FILE} of the case holds {', '.join(fits) or 'no sample'}"
            faults.append(
                Fault(where, f"names the sample {name!r}", rule, did_you_mean(name, fits))
            )
        elif given:
            rule = "a row has figures or a sample, not both"
            faults.append(Fault(where, f"has {', '.join(given)} as well", rule, "Blank them."))
        else:
            family, *figures = fits[name]
            words[row] = family
            for column, figure in zip(names, figures, strict=True):
                sheet.columns.setdefault(column, [""] * len(words))[row] = f"{figure:.6g}"
    return faults


def _too_little(found: Floats) -> tuple[str, str] | None:
    """What is wrong with the rows (n, 2) of a sample, and the rule."""
    told = ~np.isnan(found[:, 0])
    if told.any() and not told.all():
        return "has values and quantiles", "a sample is one or the other"
    if not told.any():
        rule = f"a sample has {LEAST} values or more"
        return None if len(found) >= LEAST else (f"has {len(found)} values", rule)
    if found[0, 0] > LEVELS[0] or found[-1, 0] < LEVELS[-1] or (np.diff(found[:, 1]) < 0).any():
        return "has quantiles that do not do", "they rise, from 0.1 or less to 0.9 or more"
    return None


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan
