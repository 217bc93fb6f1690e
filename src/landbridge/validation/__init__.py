"""Checks of the shipped network against published lengths."""
