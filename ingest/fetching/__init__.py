"""Fetching: official texts from the addresses in a catalogue, checked, and kept with their checksums."""

from __future__ import annotations

from .fetch import Outcome, fetch
from .plan import LeftOut, Wanted, plan

__all__ = ["LeftOut", "Outcome", "Wanted", "fetch", "plan"]
