"""What a form offers to choose is all that can be chosen; and a secret opens one kind of thing.

Each choice of each form is sent with the key of another clinic's row in its place, as somebody who
may send the form: nothing may come of it that belongs to two clinics.
"""

import itertools
import logging
from collections.abc import Iterator
from copy import deepcopy
from uuid import UUID

import pytest
from django.db import models, transaction
from django.db.models import F
from django.urls import reverse
from scripts.figures import Figure, tell

from alongside.access.guesses import guesses
from alongside.clinics import current
from alongside.clinics.current import across_clinics
from alongside.clinics.models import Network
from alongside.clinics.scoped import OfClinic
from tests.house.canaries import Seeds, Sown, of_clinics, sow
from tests.house.forms import Form, forms_of
from tests.house.sweep import (
    MAKERS,
    OWN_ROWS,
    STAFF,
    Address,
    Sweep,
    addresses,
    arguments,
    by_table,
    may,
    writing,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten_past_ten")]
# What was found, for the figure that is told with its control.
FOUND: dict[str, int] = {}
WHO = ("client", "close_one", *STAFF)


@pytest.fixture
def swept(db, settings) -> Iterator[Sweep]:
    """The asker's clinic, its sister, and a foreign one."""
    settings.DEMO = True
    logging.disable(logging.ERROR)
    network, far = (Network.objects.create(name=name) for name in ("Two Streets", "Far Away"))
    seeds = Seeds()
    sweep = Sweep(seeds, (sow("h", network, seeds), sow("s", network, seeds), sow("f", far, seeds)))
    for who in WHO:
        sweep.browser(who, sweep.clinics[0])
    sweep.take_pictures()
    yield sweep
    logging.disable(logging.NOTSET)


def forms(sweep: Sweep) -> Iterator[tuple[str, str, Form]]:
    """Give each form with choices, once, with who may send it and from where."""
    here, seen = sweep.clinics[0], set()
    for address, who in itertools.product(addresses(), WHO):
        is_by_link = address.has_secret and who == "client" and ("", "token") in MAKERS
        if not (may(address, who, "GET") or is_by_link):
            continue
        path = reverse(address.name, kwargs=arguments(address, here))
        answer = sweep.browser(who, here).get(path)
        if answer.status_code != 200 or answer.streaming:
            continue
        for form in forms_of(answer.content.decode(errors="ignore")):
            action = form.action or path
            mark = (action if form.action else address.name, tuple(sorted(form.keys)))
            if form.keys and mark not in seen:
                seen.add(mark)
                yield who, action, form


def instead(key: str, here: Sown, there: Sown) -> UUID | None:
    """Give the key of a row of the same kind in another clinic."""
    with here.inside():
        model = next((one for one in of_clinics() if one.objects.filter(pk=key).exists()), None)
    if model is None:
        return None
    with there.inside():
        return model.objects.values_list("pk", flat=True).order_by("pk").first()


def of_two_clinics(tables: set[str]) -> list[str]:
    """Name what refers from one clinic's row to another's, among some tables."""
    found = []
    with across_clinics("a test looks for rows of two clinics"):
        for model in (by_table().get(table) for table in tables):
            for one in relations(model) if model else ():
                linked = model._base_manager.exclude(**{f"{one.name}__isnull": True})
                if linked.exclude(**{f"{one.name}__clinic": F("clinic")}).exists():
                    found.append(f"{model.__name__}.{one.name}")
    return found


def relations(model: type[models.Model]) -> list[models.ForeignKey]:
    """Give what refers to rows of a clinic."""
    if not issubclass(model, OfClinic):
        return []
    return [
        one
        for one in model._meta.concrete_fields
        if isinstance(one, models.ForeignKey) and issubclass(one.related_model, OfClinic)
    ]


def many() -> list[str]:
    """Name each many-to-many row that joins two clinics."""
    found = []
    with across_clinics("a test looks for rows of two clinics"):
        for model in of_clinics():
            for one in model._meta.local_many_to_many:
                if issubclass(one.related_model, OfClinic):
                    through = one.remote_field.through.objects
                    ours, theirs = one.m2m_field_name(), one.m2m_reverse_field_name()
                    same = {f"{ours}__clinic": F(f"{theirs}__clinic")}
                    if through.exclude(**same).exists():
                        found.append(f"{model.__name__}.{one.name}")
    return found


def send(
    sweep: Sweep, who: str, action: str, values: dict[str, str]
) -> tuple[int, bool, list[str]]:
    """Send a form; give the status, whether another clinic changed, and what is of two clinics."""
    here = sweep.clinics[0]
    browser = sweep.browser(who, here)
    # What comes of it is taken back, a new session too.
    cookies = deepcopy(browser.cookies)
    guesses.forget()
    with transaction.atomic():
        with writing() as wrote:
            answer = browser.post(action, values)
        browser.cookies = cookies
        touched, crossed = sweep.touched(here, wrote), [*of_two_clinics(wrote), *many()]
        transaction.set_rollback(True)
    return answer.status_code, touched, crossed


def choices(sweep: Sweep) -> list[tuple[str, str, str, dict[str, str]]]:
    """Give every choice of every form, with the row of another clinic in its place."""
    here, found = sweep.clinics[0], []
    for who, action, form in list(forms(sweep)):
        for (name, keys), there in itertools.product(form.keys.items(), sweep.clinics[1:]):
            other = instead(min(keys), here, there)
            if other is not None:
                said = f"{who} {action} {name} of {there.letter}"
                found.append((said, who, action, {**form.sends, name: str(other)}))
    return found


def taken(sweep: Sweep, tried: list[tuple[str, str, str, dict[str, str]]]) -> list[str]:
    """Send them; give what came of it that is not the asker's alone."""
    wrong = []
    for said, who, action, values in tried:
        status, touched, crossed = send(sweep, who, action, values)
        if status >= 500 or touched or crossed:
            wrong.append(f"{said}: {status} {crossed}")
    return wrong


def test_no_form_takes_a_row_of_another_clinic(swept, capsys):
    assert many() == []
    tried = choices(swept)
    wrong = taken(swept, tried)
    with capsys.disabled():
        print(f"\n{len(tried)} choices sent with another clinic's row: {len(wrong)} were taken")
    FOUND.update(tried=len(tried), wrong=len(wrong))
    assert wrong == []
    assert len(tried) > 20


def test_each_form_takes_a_row_of_its_own(swept, capsys):
    """The positive twin: as the page offers it, it is sent and does something."""
    done = [
        send(
            swept,
            who,
            action,
            {**form.sends, **{name: min(keys) for name, keys in form.keys.items()}},
        )
        for who, action, form in list(forms(swept))
    ]
    statuses = [status for status, _, _ in done]
    with capsys.disabled():
        print(f"\n{len(statuses)} forms sent as they stand: {statuses}")
    assert sum(status in (200, 302, 303) for status in statuses) > len(statuses) / 2


def test_with_the_narrowing_off_rows_of_two_clinics_come_of_it(swept, monkeypatch):
    """The negative control."""
    tried = choices(swept)
    monkeypatch.setattr(current, "reading_across", lambda: True)
    came = taken(swept, tried)
    if FOUND:
        tell(
            Figure(
                name="foreign-choices",
                chapter="Nobody where they do not belong",
                fault="a form is sent with another clinic's row where it offers a choice",
                tried=f"{FOUND['tried']} choices of every form of every page, with a row of the "
                "sister clinic and of a foreign network",
                figure=f"{FOUND['wrong']} were taken",
                asked="0",
                met=FOUND["wrong"] == 0,
                control=f"the narrowing to a clinic switched off: {len(came)} were taken",
                command="pytest tests/house/test_foreign_keys.py",
            )
        )
    assert came != []


def test_a_row_of_two_clinics_would_be_seen(swept):
    """The negative control: written straight into the table, it is found."""
    here, sister = swept.clinics[:2]
    with here.inside():
        visit = type(here.visits[0]).objects.get(pk=here.visits[0].pk)
        type(visit).objects.filter(pk=visit.pk).update(room_id=_room(sister))
    assert "Visit.room" in of_two_clinics({type(visit)._meta.db_table})


def _room(there: Sown) -> UUID:
    room = next(one for one in of_clinics() if one.__name__ == "Room")
    with there.inside():
        return room.objects.values_list("pk", flat=True).first()


def with_tokens() -> list[Address]:
    """Give the addresses that take a secret."""
    return [one for one in addresses() if "token" in one.asks and one.name != "live:visit"]


def kind(address: Address) -> str:
    """Tell apart the kinds of secrets: by purpose, or by an address of their own."""
    from alongside.access.policy import row_for

    row = row_for(address.name)
    return (row.link if row else "") or address.name


def test_a_secret_opens_what_it_was_made_for(swept, capsys):
    """Each kind of secret, of each clinic, at every address that takes another kind: not there."""
    from django.test import Client as Browser

    wrong, tried = [], 0
    for made_for, address in itertools.product(with_tokens(), with_tokens()):
        if kind(made_for) == kind(address):
            continue
        for there in swept.clinics:
            token = arguments(made_for, there)["token"]
            others = arguments(address, there)
            path = reverse(address.name, kwargs={**others, "token": token})
            guesses.forget()
            tried += 1
            if Browser().get(path).status_code != 404:
                wrong.append(f"{made_for.name} opened {address.name}")
    with capsys.disabled():
        print(f"\n{tried} secrets tried where another kind opens: {len(wrong)} opened")
    assert wrong == []
    assert tried > 50


def test_where_it_was_made_for_it_opens(swept):
    """The positive twin."""
    here = swept.clinics[0]
    shut = [
        address.name
        for address in with_tokens()
        if may_be_read(address)
        if swept.ask(address, "anyone", here, OWN_ROWS, "GET").status not in (200, 302)
    ]
    assert shut == []


def may_be_read(address: Address) -> bool:
    """Tell whether somebody may look at this address at all."""
    from alongside.access.policy import row_for

    row = row_for(address.name)
    return bool(row and row.read)
