"""Formulas of a leg: time, money, emissions; their numbers are rows of ``net.rates``."""
