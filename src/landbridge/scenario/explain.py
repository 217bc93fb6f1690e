"""Why an option takes what it takes: its legs by figure; and what decides against another."""

from __future__ import annotations

from dataclasses import dataclass, field

from landbridge.network.network import Network
from landbridge.routing.charges import Bill
from landbridge.routing.figures import Figure, Key, figure_of, key_of
from landbridge.routing.itinerary import Amount, Leg
from landbridge.routing.options import Option
from landbridge.routing.route import RouteResult, rule_texts
from landbridge.scenario.balance import Balance, balance, weights_of


@dataclass(frozen=True, slots=True)
class Line:
    """One amount: ``quantity`` x the rate's mean; of hours, USD or kg CO2e."""

    what: str
    """``hours``, ``usd`` or ``co2e_kg``."""
    kind: str
    quantity: float
    rate: float
    """Expected figure; for a wait half the interval, for a move one over the speed."""
    amount: float
    figure: Figure | None


@dataclass(frozen=True, slots=True)
class LegTold:
    """A leg with its lines."""

    number: int
    leg: Leg
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Decides:
    """What one figure adds to the first option more than to the second."""

    words: str
    days: float
    usd: float
    co2e_kg: float
    weight_usd: float
    """USD, and days at the value of time."""


@dataclass(frozen=True, eq=False)
class Explanation:
    """One option leg by leg, and what decides against another."""

    route: RouteResult = field(repr=False)
    option: Option
    legs: tuple[LegTold, ...]
    against: Option | None
    decides: tuple[Decides, ...]
    usd_per_teu_day: float

    def warnings(self) -> list[str]:
        """Those of the answer that are not about other options alone."""
        shown = [one for one in (self.option, self.against) if one is not None]
        about = {text for one in shown for text in rule_texts(self.route.net, one)}
        every = {text for one in self.route.options for text in rule_texts(self.route.net, one)}
        return [text for text in self.route.warnings if text not in every - about]

    def __str__(self) -> str:
        from landbridge.scenario.explain_text import explanation_text  # noqa: PLC0415

        return explanation_text(self)


def explain(
    result: RouteResult, option: Option, against: Option | None = None,
    *, usd_per_teu_day: float = 25.0,
) -> Explanation:  # fmt: skip
    """The legs of an option with their amounts; the differences to another, largest first."""
    legs = tuple(
        LegTold(number, leg, (*_lines(result.net, leg, option.bill), *_billed(option, number - 1)))
        for number, leg in enumerate(option.itinerary.legs, start=1)
    )
    decides = () if against is None else _decides(result, (option, against), usd_per_teu_day)
    return Explanation(result, option, legs, against, decides, usd_per_teu_day)


def _billed(option: Option, k: int) -> list[Line]:
    """What the trip as played through adds to a leg: demurrage, interest over its hours."""
    leg = option.itinerary.legs[k]
    rest = option.bill.by_leg()[k] - sum(option.bill.expected(one) for one in leg.usd)
    told = "demurrage, and interest over the hours as played through"
    return [Line("usd", told, 1.0, rest, rest, None)] if abs(rest) > 0.5 else []  # noqa: PLR2004 - less is rounding to cents


def _lines(net: Network, leg: Leg, bill: Bill) -> list[Line]:
    found: list[Line] = []
    for what, amounts in (("hours", leg.hours), ("usd", leg.usd), ("co2e_kg", leg.wtw)):
        for one in amounts:
            key = key_of(one, money=what != "hours")
            figure = figure_of(net, key) if key else None
            level = bill.level_of(one) if what == "usd" else None
            found.append(_line(what, one, figure, level.mean if level else 1.0))
    return found


def _line(what: str, one: Amount, figure: Figure | None, level: float) -> Line:
    rate = one.spread.mean * (0.5 if one.wait else 1.0) * level
    return Line(what, one.kind, one.factor, rate, one.mean * level, figure)


def _decides(
    result: RouteResult, pair: tuple[Option, Option], usd_per_teu_day: float
) -> tuple[Decides, ...]:
    teu = result.loaded.cargo.teu
    gaps: list[Balance] = []
    for measure in ("time", "money", "co2e"):
        weights = weights_of(measure, usd_per_teu_day, teu)
        first, second = (balance(result, one, weights) for one in pair)
        gaps.append(first.less(second))
    keys = dict.fromkeys(key for gap in gaps for key in gap.parts)
    found: list[Decides] = []
    for key in keys:
        days, usd, kg = (gap.parts[key].mean if key in gap.parts else 0.0 for gap in gaps)
        found.append(_one(_words(result.net, key), (days, usd, kg), usd_per_teu_day * teu))
    rest = [gap.total.mean - sum(part.mean for part in gap.parts.values()) for gap in gaps]
    found.append(_one("nights, holidays, cut-offs and stops", (rest[0], rest[1], rest[2]),
                      usd_per_teu_day * teu))  # fmt: skip
    told = [one for one in found if abs(one.weight_usd) > 0.5 or abs(one.co2e_kg) > 0.5]  # noqa: PLR2004 - what rounds to nothing
    return tuple(sorted(told, key=lambda one: (-abs(one.weight_usd), -abs(one.co2e_kg), one.words)))


def _one(words: str, gap: tuple[float, float, float], usd_per_day: float) -> Decides:
    return Decides(words, *gap, gap[1] + gap[0] * usd_per_day)


def _words(net: Network, key: Key) -> str:
    figure = figure_of(net, key)
    return figure.words if figure else f"{key.row} ({key.column})"
