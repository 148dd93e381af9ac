"""Writes the digests that ship with nurt from the maintainers' facts; nurt itself never needs it."""
