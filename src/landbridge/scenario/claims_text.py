"""Checked claims as text of 80 columns, and as JSON."""

from __future__ import annotations

from landbridge.network.summary import network_json, state_in_words
from landbridge.routing.wrap import wrapped
from landbridge.scenario.balance import UNITS
from landbridge.scenario.breakeven import BreakEven
from landbridge.scenario.breakeven_text import parameter_json
from landbridge.scenario.claims import VERDICTS, Checked, ClaimsResult
from landbridge.scenario.claims_table import Claim

Json = dict[str, object]


def claims_text(found: ClaimsResult) -> str:
    """Each claim with verdict, our figure, and what would have to be true."""
    counts = {word: sum(one.verdict == word for one in found.claims) for word in VERDICTS}
    lines = [
        *wrapped(f"Base case: {state_in_words(found.net)}; one 20-foot box with 15 t,"
                  " on average over departures", ""),
        ", ".join(f"{word}: {count}" for word, count in counts.items()),
    ]  # fmt: skip
    for one in found.claims:
        lines += ["", *_claim(one)]
    return "\n".join(line.rstrip() for line in lines)


def _claim(one: Checked) -> list[str]:
    claim = one.claim
    reading = f" ({claim.reading})" if claim.reading else ""
    lines = wrapped(f"{claim.id} {claim.claim!r}{reading}: {one.verdict.upper()}", "", "  ")
    if one.ours:
        ours = one.ours
        spread = "" if ours.p10 == ours.p90 else f" ({ours.p10:,.0f} to {ours.p90:,.0f})"
        odds = "" if one.share is None else f"; it holds in {one.share:.0%} of the draws"
        text = f"ours: {ours.mean:,.0f}{spread} {ours.unit}, {one.option}{odds}"
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
        "claimed": _claimed_json(claim),
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


def _claimed_json(claim: Claim) -> Json | None:
    """What is claimed of our figure, in the same unit."""
    if claim.check == "none":
        return None
    if claim.check == "length":
        return {"bound": "about", "value": claim.limit, "unit": "km"}
    if claim.check == "share":
        value, unit = round(100 * claim.factor, 6), f"% of {claim.second}"
        return {"bound": "at most", "value": value, "unit": unit}
    unit = UNITS[claim.measure]
    if claim.check == "less":
        return {"bound": "at least", "value": claim.limit, "unit": f"{unit} less"}
    return {"bound": "at most", "value": claim.limit, "unit": unit}
