"""Everything we hold about one person: found by walking the models, so that none is forgotten.

A row is about a client when it points at them, or at a row that does. What such a row keeps after
an erasure is said by its own model (`KEPT_WHEN_ERASED`); a model that says nothing keeps nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _

from alongside.clinics.scoped import OfClinic
from alongside.parts import registry
from alongside.people.models import Client


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """A model whose rows are about a client, and the way from it to them ("visit__client")."""

    model: type[OfClinic]
    way: str

    @property
    def label(self) -> str:
        """The model's name as a part's card writes it."""
        return f"{self.model._meta.app_label}.{self.model.__name__}"

    @property
    def heading(self) -> str:
        """What it is called in a copy of one person's data."""
        return str(headings().get(self.label) or self.model._meta.verbose_name)

    @property
    def depth(self) -> int:
        """How many steps it is from the client."""
        return self.way.count("__") + 1 if self.way else 0

    @property
    def kept(self) -> frozenset[str]:
        """The fields that stay after an erasure; with none, the rows go."""
        return frozenset(getattr(self.model, "KEPT_WHEN_ERASED", ()))

    def rows(self, client: Client) -> models.QuerySet[OfClinic]:
        """Give this model's rows about a client."""
        own = {self.way: client.pk} if self.way else {"pk": client.pk}
        return self.model.objects.filter(**own).order_by("pk")


def headings() -> dict[str, object]:
    """Give what each model is called, as the parts' cards say it."""
    return {label: said for part in registry.every() for label, said in part.holds.items()}


@cache
def about_clients() -> tuple[About, ...]:
    """Give every model about a client, the client first and the farthest last."""
    ways: dict[type[models.Model], str] = {Client: ""}
    while True:
        new = {
            model: way
            for model in apps.get_models()
            if model not in ways and (way := _way(model, ways)) is not None
        }
        if not new:
            break
        ways |= new
    found = [About(model=model, way=way) for model, way in ways.items()]  # type: ignore[arg-type]
    return tuple(sorted(found, key=lambda one: (one.depth, one.label)))


def _way(model: type[models.Model], known: dict[type[models.Model], str]) -> str | None:
    for one in model._meta.concrete_fields:
        if isinstance(one, models.ForeignKey) and one.related_model in known:
            onward = known[one.related_model]
            return f"{one.name}__{onward}" if onward else one.name
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """How much of one sort we hold about a person, and how much of it stays when erased."""

    heading: str
    count: int
    stays: bool


def held(client: Client) -> Iterator[Held]:
    """Say what we hold about a person, sort by sort; what there is none of is left out."""
    for about in about_clients():
        count = about.rows(client).count()
        if count:
            stays = bool(about.kept) and about.model is not Client
            yield Held(heading=about.heading or _("Other"), count=count, stays=stays)
