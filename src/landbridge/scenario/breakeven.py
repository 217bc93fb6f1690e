"""What would have to be true: the value of a parameter at which two options tie."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from landbridge.errors import NoAnswer, QuestionError
from landbridge.network.change import Scale
from landbridge.network.near import near
from landbridge.network.network import Network
from landbridge.routing.figures import Figure, Key, figure_of
from landbridge.routing.options import Option
from landbridge.routing.query import RouteParams, Shipment
from landbridge.routing.route import Limits, RouteResult, route
from landbridge.scenario.balance import (
    MEASURES,
    MOST,
    Z95,
    Balance,
    Tie,
    balance,
    tie_of,
    value_at,
    weights_of,
)

VALUE_OF_TIME = Key("question", "value-of-time", "value")
NOT_LINEAR = "ratio"
"""Unit of shares of a full cargo: a difference is not linear in them, so they are no parameters."""
CARBON_PRICE = Key("question", "carbon-price", "value")


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something that could be otherwise."""

    figure: Figure
    inverse: bool = False
    """The more of it, the less time: a speed."""


@dataclass(frozen=True, slots=True)
class BreakEven:
    """One parameter, and the value of it at which the two options tie."""

    parameter: Parameter
    value: float | None
    """None: there is no tie between ``tried_low`` and ``tried_high``."""
    low: float | None
    """95 % interval of ``value``, from the draws."""
    high: float | None
    tried_low: float
    tried_high: float
    winner_below: str
    """Id of the better option below the tie; throughout, where there is none."""
    winner_above: str

    @property
    def move(self) -> float:
        """How far the parameter would have to move: relative to what it is; inf for no tie."""
        if self.value is None:
            return math.inf
        typical = self.parameter.figure.typical
        return self.value / typical - 1 if typical else math.inf

    @property
    def within_range(self) -> bool:
        """Whether the tie lies between the low and the high of the figure's own row."""
        figure = self.parameter.figure
        return self.value is not None and figure.low <= self.value <= figure.high


@dataclass(frozen=True, slots=True)
class Verified:
    """What the search says of the network in which the parameter has the value of the tie."""

    difference: float
    """First less second, in the unit of the measure, best chains of each found anew."""
    same_chains: bool


@dataclass(frozen=True, eq=False)
class BreakEvenResult:
    """Two options, their difference, and what would make it vanish."""

    route: RouteResult = field(repr=False)
    pair: tuple[Option, Option]
    measure: str
    usd_per_teu_day: float
    gap: Balance = field(repr=False)
    share: float
    """Share of the draws in which the first is better."""
    found: tuple[BreakEven, ...]
    verified: Verified | None

    def __str__(self) -> str:
        from landbridge.scenario.breakeven_text import breakeven_text  # noqa: PLC0415

        return breakeven_text(self)


@dataclass(frozen=True, slots=True)
class BreakEvenParams:
    """How options are weighed against each other."""

    measure: str = "generalised"
    usd_per_teu_day: float = 25.0
    """Value of time (CST069, 10 to 80)."""

    def __post_init__(self) -> None:
        if self.measure not in MEASURES:
            raise QuestionError(f"--in is {self.measure!r}; use {', '.join(MEASURES)}")
        if not 0 <= self.usd_per_teu_day <= 1e6:  # noqa: PLR2004 - the limit named in the message
            raise QuestionError(
                f"the value of time is {self.usd_per_teu_day:g}; it must lie in 0 to 1,000,000"
                " USD per TEU and day"
            )


def breakeven(
    net: Network,
    shipment: Shipment,
    between: tuple[str, str],
    parameters: Sequence[str] = (),
    *,
    weigh: BreakEvenParams | None = None,
    limits: Limits | None = None,
    params: RouteParams | None = None,
) -> BreakEvenResult:
    """The values at which two options of a shipment tie, least move first.

    ``between``: ids of options or branches. ``parameters``: in words (``border hours at Incheh
    Borun``); none: all that tie. Chains are held while a parameter moves; where one parameter is
    asked for, the answer is verified by searching anew at its value.

    Raises ``QuestionError`` for words that fit no parameter or several, ``NoAnswer`` where an
    option is not there.
    """
    weigh = weigh or BreakEvenParams()
    result = route(net, shipment, limits=limits, params=params)
    first, second = (option_of(result, name) for name in between)
    if first is second:
        raise QuestionError(f"--between names {first.id} twice; give two options")
    gap, known = weighed(result, (first, second), weigh)
    chosen = [pick(known, text) for text in parameters] if parameters else known
    found = [solve(gap, one, (first.id, second.id)) for one in chosen]
    if not parameters:
        found = sorted((one for one in found if one.value is not None), key=distance)
    verified = None
    if len(parameters) == 1 and found[0].value is not None:
        verified = _verify(result, (first, second), found[0], weigh, (limits, params))
    share = float((gap.total.draws < 0).mean())
    return BreakEvenResult(result, (first, second), weigh.measure, weigh.usd_per_teu_day, gap,
                           share, tuple(found), verified)  # fmt: skip


def option_of(result: RouteResult, name: str) -> Option:
    """The option of that id or branch; ``NoAnswer`` with what there is, or why it is absent."""
    for one in result.options:
        if one.id == name:
            return one
    for one in result.options:
        if one.branch == name:
            return one
    ids = [one.id for one in result.options]
    rows = dict(zip(result.net.branches.id.tolist(), result.net.branches.title.tolist(),
                    strict=True))  # fmt: skip
    why = next((one.reason for one in result.absent if one.name == rows.get(name)), "")
    if why:
        raise NoAnswer(f"{rows[name]} is not offered: {why}. Offered are {', '.join(ids)}.")
    hint = " or ".join(repr(other) for other in near(name, ids))
    raise QuestionError(
        f"{name!r} is no option of this answer."
        + (f" Did you mean {hint}?" if hint else f" Offered are {', '.join(ids)}.")
    )


def weighed(
    result: RouteResult, pair: tuple[Option, Option], weigh: BreakEvenParams
) -> tuple[Balance, list[Parameter]]:
    """First less second in the measure, and every parameter that moves the difference."""
    teu = result.loaded.cargo.teu
    weights = weights_of(weigh.measure, weigh.usd_per_teu_day, teu)
    one, other = (balance(result, option, weights) for option in pair)
    gap = one.less(other)
    if weigh.measure in {"money", "generalised"}:
        gap = _with_carbon(result, pair, gap)
    if weigh.measure == "generalised" and weigh.usd_per_teu_day > 0:
        hours = weights_of("time", 0.0, teu)
        time = [balance(result, option, hours).total for option in pair]
        part = time[0].plus(time[1], -1.0)
        zero = part.plus(part, -1.0)
        gap.parts[VALUE_OF_TIME] = zero.plus(part, weigh.usd_per_teu_day * teu)
    return gap, parameters_of(result.net, gap, weigh)


def _with_carbon(result: RouteResult, pair: tuple[Option, Option], gap: Balance) -> Balance:
    """The kg of CO2e of the pair at 1 USD a tonne: what a carbon price is a factor of."""
    weights = weights_of("co2e", 0.0, 0.0)
    first, second = (balance(result, option, weights).total for option in pair)
    kg = first.plus(second, -1.0)
    zero = kg.plus(kg, -1.0)
    gap.parts[CARBON_PRICE] = zero.plus(kg, 1 / 1000.0)
    return gap


def parameters_of(net: Network, gap: Balance, weigh: BreakEvenParams) -> list[Parameter]:
    """The parameters of a difference, by their words."""
    found: list[Parameter] = []
    for key, part in gap.parts.items():
        if key == VALUE_OF_TIME:
            value = weigh.usd_per_teu_day
            figure = Figure(key, "value of time", "USD/TEU-day", 10.0, value, 80.0, "pert",
                            "CST069", estimated=True)  # fmt: skip
        elif key == CARBON_PRICE:
            figure = Figure(
                key, "carbon price", "USD/t CO2e", 0.0, 0.0, 100.0, "fixed", "", estimated=True
            )
        else:
            known = figure_of(net, key)
            if known is None or not known.typical or known.unit == NOT_LINEAR:
                continue
            figure = known
        inverse = key.table == "rates" and figure.unit == "km/day"
        if part.mean:
            found.append(Parameter(figure, inverse))
    return sorted(found, key=lambda one: one.figure.words)


def pick(known: Sequence[Parameter], text: str) -> Parameter:
    """The parameter that the words mean: all of them stand in its own words."""
    words = text.casefold().split()
    if not words:
        raise QuestionError("the parameter is empty; `--parameters` lists them")
    hits = [one for one in known if one.figure.words.casefold() == text.casefold()]
    hits = hits or [
        one for one in known
        if all(word in f"{one.figure.words} {one.figure.key.row}".casefold() for word in words)
    ]  # fmt: skip
    if len(hits) == 1:
        return hits[0]
    if hits:
        listed = "; ".join(one.figure.words for one in hits)
        raise QuestionError(f"parameter {text!r} may be {listed}. Give more of its words.")
    names = [one.figure.words for one in known]
    hint = " or ".join(repr(name) for name in near(text, names))
    raise QuestionError(
        f"parameter {text!r} moves nothing between these two options."
        + (f" Did you mean {hint}?" if hint else "")
        + " `--parameters` lists what does."
    )


def solve(gap: Balance, one: Parameter, ids: tuple[str, str]) -> BreakEven:
    """Where the balance is zero; ``ids`` win where it is below and above zero."""
    figure = one.figure
    if figure.key == CARBON_PRICE:
        return _solve_carbon(gap, one, ids)
    tie = tie_of(gap, figure.key, inverse=one.inverse)
    tried = (figure.typical / MOST if one.inverse else 0.0, figure.typical * MOST)
    below, above = (_winner(value_at(gap, figure.key, value / figure.typical, inverse=one.inverse),
                            ids) for value in tried)  # fmt: skip
    return _told(one, tie, figure.typical, tried, (below, above))


MOST_CARBON = 1000.0
"""USD a tonne: higher prices of carbon are not tried."""


def _solve_carbon(gap: Balance, one: Parameter, ids: tuple[str, str]) -> BreakEven:
    """The carbon price comes on top: its base is none."""
    part = gap.parts[CARBON_PRICE]
    with_one = Balance(gap.total.plus(part), {CARBON_PRICE: part})
    price = -gap.total.mean / part.mean
    tie = None
    if 0 <= price <= MOST_CARBON:
        residue = (gap.total.draws + price * part.draws) / part.mean
        error = Z95 * float(residue.std()) / math.sqrt(len(residue))
        tie = Tie(price, max(price - error, 0.0), price + error)
    ends = tuple(
        _winner(value_at(with_one, CARBON_PRICE, value, inverse=False), ids)
        for value in (0.0, MOST_CARBON)
    )
    return _told(one, tie, 1.0, (0.0, MOST_CARBON), (ends[0], ends[1]))


def _told(
    one: Parameter, tie: Tie | None, unit: float, tried: tuple[float, float],
    winners: tuple[str, str],
) -> BreakEven:  # fmt: skip
    if tie is None:
        return BreakEven(one, None, None, None, *tried, *winners)
    return BreakEven(one, tie.factor * unit, tie.low * unit, tie.high * unit, *tried, *winners)


def _winner(gap: float, ids: tuple[str, str]) -> str:
    return ids[0] if gap < 0 else ids[1]


def distance(one: BreakEven) -> tuple[float, str]:
    """Least move first: as a ratio, so that half and double are as far."""
    ratio = 1 + one.move
    far = abs(math.log(ratio)) if 0 < ratio < math.inf else math.inf
    return far, one.parameter.figure.words


def _verify(
    result: RouteResult, pair: tuple[Option, Option], one: BreakEven, weigh: BreakEvenParams,
    asked: tuple[Limits | None, RouteParams | None],
) -> Verified | None:  # fmt: skip
    key, value = one.parameter.figure.key, one.value
    if key.table == "question" or value is None:
        return None
    factor = value / one.parameter.figure.typical
    if factor in {0.0, 1.0} or (one.parameter.inverse and factor <= 0):
        return None
    changed = Scale(key.table, key.row, key.column, factor).apply(result.net)
    limits, params = asked
    again = route(changed, result.shipment, limits=limits, params=params)
    ids = {other.id: other for other in again.options}
    if pair[0].id not in ids or pair[1].id not in ids:
        return None
    new = ids[pair[0].id], ids[pair[1].id]
    gap, _ = weighed(again, new, weigh)
    same = all(_chain(a) == _chain(b) for a, b in zip(pair, new, strict=True))
    return Verified(gap.total.mean, same)


def _chain(option: Option) -> list[tuple[str, str, str, str | None]]:
    return [(leg.kind, leg.start.name, leg.to.name, leg.service) for leg in option.itinerary.legs]
