"""Checked claims as text of 80 columns, and as JSON."""

from __future__ import annotations

from landbridge.network.summary import network_json, state_in_words
from landbridge.routing.query import Shipment
from landbridge.routing.wrap import wrapped
from landbridge.scenario.balance import UNITS
from landbridge.scenario.breakeven import BreakEven
from landbridge.scenario.breakeven_text import parameter_json
from landbridge.scenario.claims import ClaimsResult
from landbridge.scenario.claims_facts import VERDICTS, Checked, Ours
from landbridge.scenario.claims_table import Claim

Json = dict[str, object]
LARGE = 20.0
"""From here on figures are shown without digits behind the point."""
COUNTED = ("countries",)
FACTS = {"growth": "at least", "reached": "at least", "below": "at most", "countries": "at least",
         "paid_in": "at least", "chosen": "at most", "gains": "at least", "turnover": "at least",
         "capacity": "at least"}  # fmt: skip
"""The bound of a check whose unit is that of our figure."""


def claims_text(found: ClaimsResult) -> str:
    """Each claim with verdict, our figure, and what would have to be true."""
    counts = {word: sum(one.verdict == word for one in found.claims) for word in VERDICTS}
    lines = [
        *wrapped(f"Base case: {state_in_words(found.net)}; {cargo_in_words(found.sent)},"
                  " on average over departures", ""),
        ", ".join(f"{word}: {count}" for word, count in counts.items()),
    ]  # fmt: skip
    for one in found.claims:
        lines += ["", *_claim(one)]
    return "\n".join(line.rstrip() for line in lines)


def cargo_in_words(sent: Shipment) -> str:
    """The cargo that claims are asked for."""
    if sent.cargo != "container":
        what = f"{sent.tonnes or 0:g} t of {sent.cargo} cargo"
    else:
        boxes, feet = (sent.feu, 40) if sent.feu else (sent.teu, 20)
        kind = f" ({sent.equipment})" if sent.equipment else ""
        what = "boxes" if boxes is None else f"one {feet}-foot box" if boxes == 1 else (
            f"{boxes} {feet}-foot boxes")  # fmt: skip
        what += kind + (f" with {sent.tonnes:g} t" if sent.tonnes else "")
    return what + (f", dangerous goods {sent.dangerous}" if sent.dangerous else "")


def _digits(ours: Ours) -> int:
    """Digits behind the point: none where figures are large."""
    if ours.unit.startswith("times"):
        return 2
    return 0 if abs(ours.mean) >= LARGE or ours.unit in COUNTED else 1


def _claim(one: Checked) -> list[str]:
    claim = one.claim
    reading = f" ({claim.reading})" if claim.reading else ""
    lines = wrapped(f"{claim.id} {claim.claim!r}{reading}: {one.verdict.upper()}", "", "  ")
    if one.ours:
        ours = one.ours
        digits = _digits(ours)
        spread = (
            "" if ours.p10 == ours.p90 else f" ({ours.p10:,.{digits}f} to {ours.p90:,.{digits}f})"
        )
        odds = "" if one.share is None else f"; it holds in {one.share:.0%} of the draws"
        named = f", {one.option}" if one.option else ""
        text = f"ours: {ours.mean:,.{digits}f}{spread} {ours.unit}{named}{odds}"
        lines += wrapped(text, "  ", "    ")
    if one.change:
        lines += wrapped(_would_hold(one.change), "  ", "    ")
    if one.reason:
        lines += wrapped(one.reason, "  ", "    ")
    return lines + wrapped(f"said by: {claim.source} ({claim.year})", "  ", "    ")


def _would_hold(one: BreakEven) -> str:
    figure = one.parameter.figure
    moved = f" ({one.move:+.0%})" if figure.typical else ""
    inside = "within" if one.within_range else "outside"
    return (
        f"would hold with {figure.words} at {one.value:,.4g} instead of {figure.typical:,.4g}"
        f" {figure.unit}{moved}, {inside} its {figure.low:,.4g} to {figure.high:,.4g}"
    )


def claims_json(found: ClaimsResult) -> Json:
    """Figures in the unit that stands beside them."""
    return {
        "network": network_json(found.net),
        "cargo": cargo_in_words(found.sent),
        "claims": [_claim_json(one) for one in found.claims],
    }


def _claim_json(one: Checked) -> Json:
    claim, ours, change = one.claim, one.ours, one.change
    return {
        "id": claim.id,
        "claim": claim.claim,
        "reading": claim.reading or None,
        "year": claim.year,
        "source": claim.source,
        "url": claim.url or None,
        "verdict": one.verdict,
        "option": one.option or None,
        "claimed": _claimed_json(claim, ours),
        "ours": None if ours is None else {
            "mean": round(ours.mean, 2), "p10": round(ours.p10, 2), "p90": round(ours.p90, 2),
            "unit": ours.unit,
        },
        "probability": None if one.share is None else round(one.share, 4),
        "would_hold_if": None if change is None else {
            **parameter_json(change.parameter),
            "value": change.value,
            "within_range": change.within_range,
        },
        "reason": one.reason or None,
    }  # fmt: skip


def _claimed_json(claim: Claim, ours: Ours | None) -> Json | None:
    """What is claimed of our figure, in the same unit."""
    if claim.check in {"none", "absent"} or (ours is None and claim.check in FACTS):
        return None
    if ours and claim.check in FACTS:
        share = claim.check in {"growth", "chosen"}
        times = claim.factor if claim.check == "turnover" else claim.limit
        return {"bound": FACTS[claim.check], "unit": ours.unit,
                "value": round(100 * claim.factor, 6) if share else times}  # fmt: skip
    if claim.check == "length":
        return {"bound": "about", "value": claim.limit, "unit": "km"}
    if claim.check == "share":
        value, unit = round(100 * claim.factor, 6), f"% of {claim.second}"
        return {"bound": "at most", "value": value, "unit": unit}
    unit = UNITS[claim.measure]
    less = claim.check == "less"
    return {"bound": "at least" if less else "at most", "value": claim.limit,
            "unit": f"{unit} less" if less else unit}  # fmt: skip
