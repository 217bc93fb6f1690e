"""Bills as JSON; a charge has the fields of a charge in the DCSA booking standard, and our own."""

from __future__ import annotations

from landbridge.models.money import PERCENT
from landbridge.routing.charges import KINDS, Bill, Charge
from landbridge.routing.incoterms import BUYER, SELLER
from landbridge.routing.options import Option
from landbridge.routing.quote import Quote
from landbridge.units import date_of

Json = dict[str, object]


def invoice(option: Option) -> tuple[Charge, ...]:
    """The charges of an option in the order of its legs; they add up to the cent."""
    return tuple(sorted(option.bill.charges, key=lambda one: one.leg))


def cost_usd(option: Option) -> Json:
    """Sums of the charges: total, by kind, by country and by payer."""
    bill = option.bill
    return {
        "total": bill.usd,
        "p10": round(option.usd["p10"], 2),
        "p90": round(option.usd["p90"], 2),
        "by_kind": bill.by(lambda one: one.kind, KINDS),
        "by_country": bill.by(lambda one: one.country),
        "by_payer": _by_payer(bill),
    }


def cost_in(quote: Quote, option: Option) -> Json:
    """The same sum in the currency asked for."""
    return {
        "currency": quote.exchange.currency,
        "total": round(quote.amount(option.bill.usd), 2),
        "p10": round(quote.amount(option.usd["p10"]), 2),
        "p90": round(quote.amount(option.usd["p90"]), 2),
    }


def exchange(quote: Quote) -> Json | None:
    """The exchange rate used; None for USD."""
    one = quote.exchange
    if not one.source:
        return None
    return {
        "currency": one.currency,
        "usd_per_unit": one.usd_per,
        "valid_from": date_of(one.valid_from).isoformat(),
        "valid_to": date_of(one.valid_to - 1).isoformat(),
        "source": one.source,
        "estimated": one.estimated,
    }


def incoterm(option: Option) -> Json | None:
    """The rule, its named place and what is wrong with it; None where none was asked for."""
    part = option.bill.split
    if part is None:
        return None
    return {"rule": part.term, "place": part.place, "warning": part.warning or None}


def charges(option: Option) -> list[Json]:
    """Every line of the invoice."""
    return [_charge(one) for one in invoice(option)]


def _by_payer(bill: Bill) -> dict[str, float] | None:
    return bill.by(lambda one: one.payer, (SELLER, BUYER)) if bill.split is not None else None


def _charge(one: Charge) -> Json:
    price = one.price
    share = not price.currency
    return {
        "chargeName": one.name,
        "currencyAmount": round(one.usd if share else one.quantity * one.unit_price, 2),
        "currencyCode": price.currency or "USD",
        "calculationBasis": f"per {price.per}" if not share else f"{price.per} of the value",
        "unitPrice": round(one.unit_price, 6),
        "quantity": round(one.quantity, 6),
        "amount_usd": one.cents / PERCENT,
        "usd_per_unit": price.usd_per,
        "kind": one.kind,
        "leg": one.leg,
        "country": one.country,
        "payer": one.payer or None,
        "year": price.year,
        "row": price.row,
        "source": price.source,
        "estimated": price.estimated,
    }
