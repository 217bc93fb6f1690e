"""Who pays what under each rule of Incoterms 2020 (ICC publication 723E).

The named place is the natural one of each chain: the first terminal for FCA, the port of loading
for FAS and FOB, the port of discharge for CFR and CIF, the destination for CPT, CIP, DAP, DPU, DDP.

=====  =======================================  ============================  ===================
rule   the seller pays legs                     the seller bears the capital  insurance
=====  =======================================  ============================  ===================
EXW    none                                     nowhere                       buyer
FCA    before the first terminal                before the first terminal     buyer
FAS    before the port of loading               before the port of loading    buyer
FOB    until the vessel sails                   until the vessel sails        buyer
CFR    until the vessel arrives                 until the vessel sails        buyer
CIF    until the vessel arrives                 until the vessel sails        seller
CPT    all                                      before the first terminal     buyer
CIP    all                                      before the first terminal     seller
D..    all                                      all                           seller
=====  =======================================  ============================  ===================

Papers of the whole chain are the seller's, but under EXW. Duty and taxes of import, which part DDP
from DAP, are not part of any charge here.
"""

from __future__ import annotations

from dataclasses import dataclass

from landbridge.errors import QuestionError
from landbridge.routing.itinerary import Itinerary

TERMS = ("EXW", "FCA", "CPT", "CIP", "DAP", "DPU", "DDP", "FAS", "FOB", "CFR", "CIF")
BY_SEA = {"FAS": "FCA", "FOB": "FCA", "CFR": "CPT", "CIF": "CIP"}
"""Rules for goods handed over at a vessel, and what takes their place for containers."""
SELLER_INSURES = frozenset({"CIP", "CIF", "DAP", "DPU", "DDP"})
SELLER, BUYER = "seller", "buyer"


@dataclass(frozen=True, slots=True)
class Split:
    """How far the seller pays along a chain."""

    term: str
    place: str
    """The named place."""
    paid: int
    """Legs before this one are the seller's to pay."""
    borne: int
    """Legs before this one see the goods at the seller's risk and capital."""
    warning: str = ""

    def payer(self, leg: int, kind: str) -> str:
        """Of a charge of ``kind`` on a leg."""
        if kind == "insurance":
            return SELLER if self.term in SELLER_INSURES else BUYER
        if kind == "documents":
            return BUYER if self.term == "EXW" else SELLER
        until = self.borne if kind == "interest" else self.paid
        return SELLER if leg < until else BUYER


def parse_incoterm(text: str) -> str:
    """The rule in capitals; raises ``QuestionError`` for what is none of 2020."""
    term = text.strip().upper()
    if term and term not in TERMS:
        raise QuestionError(
            f"--incoterm {text!r} is no rule of Incoterms 2020; use one of {', '.join(TERMS)}"
        )
    return term


def split(term: str, itinerary: Itinerary, *, loose: bool) -> Split:
    """Where the seller's part of a chain ends under a rule; ``loose``: in no container."""
    legs = itinerary.legs
    handovers = [k for k, leg in enumerate(legs) if leg.kind == "transfer"]
    sailings = [k for k, leg in enumerate(legs) if leg.kind == "move" and leg.mode == "sea"]
    first = handovers[0] if handovers else 0
    warning = ""
    rule = term
    if term in BY_SEA and not sailings:
        rule = BY_SEA[term]
        warning = f"{term} is for goods handed over at a vessel; this way has none: read as {rule}"
    elif term in BY_SEA and not loose:
        warning = (
            f"{term} is for goods handed over at a vessel; containers are handed over at a terminal"
            f" before it: {BY_SEA[term]} is right"
        )
    name = [leg.start.name for leg in legs]
    start, end = name[0] if name else "", legs[-1].to.name if legs else ""
    if rule in BY_SEA:
        sails, lands = sailings[0], sailings[-1] + 1
        loads = max((k for k in handovers if k < sails), default=sails)
        port, there = legs[sails].start.name, legs[sailings[-1]].to.name
        found = {
            "FAS": (port, loads, loads),
            "FOB": (port, sails, sails),
            "CFR": (there, lands, sails),
            "CIF": (there, lands, sails),
        }[rule]
    else:
        found = {
            "EXW": (start, 0, 0),
            "FCA": (name[first] if name else "", first, first),
            "CPT": (end, len(legs), first),
            "CIP": (end, len(legs), first),
        }.get(rule, (end, len(legs), len(legs)))
    return Split(rule, *found, warning)
