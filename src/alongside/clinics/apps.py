"""Networks, clinics, rooms, hours, kinds of visit."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ClinicsConfig(AppConfig):
    """The ground that every row stands on."""

    name = "alongside.clinics"
    label = "clinics"

    def ready(self) -> None:
        """After migrations, once, when the tables of every app are there."""
        from alongside.clinics.database import raise_walls

        post_migrate.connect(raise_walls, sender=self)
