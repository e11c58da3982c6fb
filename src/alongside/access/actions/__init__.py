"""Giving and taking away access."""
