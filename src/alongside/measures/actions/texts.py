"""A clinic loads the text of an instrument, once it has confirmed its licence; or ends it."""

import hashlib
from datetime import date, datetime

from django.db import IntegrityError, transaction

from alongside.audit.actions.record import record
from alongside.measures.actions.ask import withdraw
from alongside.measures.models import Filling, Mode, OwnText
from alongside.people.actors import Actor
from alongside.rules.measures import Measure
from alongside.rules.measures.loading import is_loadable, read_text


class MayNotBeLoaded(Exception):
    """Its text is shipped, or there is no rule for its single items: only its total can be kept."""


class SayWhichLicence(Exception):
    """A text is loaded with the licence written down, and only by who confirmed it."""


class LicenceIsOver(Exception):
    """The licence had ended by the day it was confirmed."""


class VersionIsThere(Exception):
    """Another text was loaded under this version: what was answered to it must stay readable."""


@transaction.atomic
def load_text(
    measure: Measure,
    raw: bytes,
    *,
    licence: str,
    confirmed: bool,
    valid_until: date | None,
    by: Actor,
    now: datetime,
    today: date,
) -> OwnText:
    """Load a text; from now on it is asked. Raises BadText with all that is wrong in the file."""
    if not is_loadable(measure):
        raise MayNotBeLoaded
    if not (confirmed and licence.strip()):
        raise SayWhichLicence
    if valid_until is not None and valid_until < today:
        raise LicenceIsOver
    page = read_text(measure, raw)
    version = page["version"].strip()
    try:
        with transaction.atomic():
            text: OwnText = OwnText.objects.create(
                measure=measure.name,
                version=version,
                definition={**page, "version": version},
                licence=licence.strip(),
                valid_until=valid_until,
                confirmed_at=now,
                confirmed_by=by.label,
                sha256=hashlib.sha256(raw).hexdigest(),
            )
    except IntegrityError:
        raise VersionIsThere from None
    detail = {"measure": measure.name, "version": version, "sha256": text.sha256}
    record("measures.load_text", by=by, now=now, about=str(text.pk), detail=detail)
    return text


@transaction.atomic
def end_text(text: OwnText, *, by: Actor, now: datetime) -> None:
    """Show it no more: what is being asked with it is withdrawn, what was answered stays."""
    rows = OwnText.objects.filter(measure=text.measure, ended_at=None)
    if not rows.update(ended_at=now, ended_by=by.label):
        return
    open_ones = Filling.objects.open().filter(measure=text.measure).exclude(mode=Mode.SCORE)
    for filling in open_ones:
        withdraw(filling, by=by, now=now)
    detail = {"measure": text.measure, "version": text.version}
    record("measures.end_text", by=by, now=now, about=str(text.pk), detail=detail)
