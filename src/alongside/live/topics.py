"""The names of what a page can watch."""

from uuid import UUID


def clinic_topic(clinic: UUID) -> str:
    """Everything on a clinic's board and screen."""
    return f"clinic:{clinic}"


def client_topic(client: UUID) -> str:
    """Everything on a client's own page."""
    return f"client:{client}"


def visit_topic(visit: UUID) -> str:
    """One client's own page."""
    return f"visit:{visit}"
