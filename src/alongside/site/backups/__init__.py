"""Copies of a clinic's data that can be trusted: made while it works, locked, and tried."""
