"""A copy of everything we hold about one person: to read, and for another program (GDPR 15, 20)."""

from __future__ import annotations

import json
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.template.loader import render_to_string

from alongside.audit.queries import about_client
from alongside.clinics.scoped import OfClinic
from alongside.office.queries.held import about_clients
from alongside.office.queries.sentences import names_about, sentence
from alongside.people.models import Client

# A secret's digest opens nothing for its reader and says nothing about them.
NOT_TOLD = frozenset({"digest", "clinic"})


def copy_of(client: Client, *, now: datetime) -> dict[str, Any]:
    """Give everything about a person as plain values, and who saw and did what, in words."""
    sections = [
        {"what": about.heading, "model": about.label, "rows": rows}
        for about in about_clients()
        if (rows := [_row(row) for row in about.rows(client)])
    ]
    names = names_about(client.pk)
    record = [
        {
            "at": entry.at,
            "said": sentence(entry, names),
            "verb": entry.verb,
            "who": entry.actor_label,
            "is_read": entry.is_read,
            "about": entry.about,
            "detail": entry.detail,
        }
        for entry in about_client(client.pk)
    ]
    whole = {"made_at": now, "about": str(client.pk), "sections": sections, "record": record}
    # What is read and what another program reads are the same values.
    plain: dict[str, Any] = json.loads(json.dumps(whole, cls=DjangoJSONEncoder))
    return plain


def _row(row: OfClinic) -> dict[str, Any]:
    return {
        one.name: _value(row, one) for one in row._meta.concrete_fields if one.name not in NOT_TOLD
    }


def _value(row: OfClinic, one: models.Field[Any, Any]) -> Any:
    value = getattr(row, one.attname)
    if value is None or not isinstance(one, models.ForeignKey) or one.related_model is Client:
        return value
    # Whom they saw and where, by name; the key as well, for it ties the sections together.
    return {"name": str(getattr(row, one.name)), "key": value}


def zipped(client: Client, *, now: datetime, language: str) -> bytes:
    """Give the copy as a zip with a page to read and a file for a program."""
    whole = copy_of(client, now=now)
    page = render_to_string(
        "office/copy.html",
        {"client": client, "sections": _to_read(whole), "record": whole["record"], "now": now,
         "language": language},
    )  # fmt: skip
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        packed.writestr("read-me.html", page)
        packed.writestr("data.json", json.dumps(whole, ensure_ascii=False, indent=1))
    return out.getvalue()


def _to_read(whole: dict[str, Any]) -> list[dict[str, Any]]:
    """Give each section as a person reads it: named fields, and only those that say something."""
    models_by_label = {about.label: about.model for about in about_clients()}
    return [
        {
            "what": section["what"],
            "rows": [_named(row, models_by_label[section["model"]]) for row in section["rows"]],
        }
        for section in whole["sections"]
    ]


def _named(row: dict[str, Any], model: type[OfClinic]) -> list[tuple[str, str]]:
    said = []
    for name, value in row.items():
        if value in (None, "", [], {}) or name == "id":
            continue
        plain = value["name"] if isinstance(value, dict) and "key" in value else value
        said.append((str(model._meta.get_field(name).verbose_name), str(plain)))  # type: ignore[union-attr]
    return said
