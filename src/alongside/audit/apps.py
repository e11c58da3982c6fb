"""The record of who saw and did what."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Rows are added here, and never changed."""

    name = "alongside.audit"
    label = "audit"
