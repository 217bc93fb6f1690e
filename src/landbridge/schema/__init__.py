"""Typed columns, tables and their rules."""
