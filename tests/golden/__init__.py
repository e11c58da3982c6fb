"""Databases of earlier releases, and what reads them; `scripts/golden.py` makes one a release."""
