"""Alongside: the client-experience system for occupational therapy and rehab clinics."""

__version__ = "0.1.0"
