"""Networks, clinics, rooms, hours, kinds of visit."""

from django.apps import AppConfig


class ClinicsConfig(AppConfig):
    """The ground that every row stands on."""

    name = "alongside.clinics"
    label = "clinics"
