"""One person with many words written about them, in a database that the environment names.

`python -m tests.faults.erased make|left|erase|delete` plants the words, looks for them in every
table, erases the person as the product does, or deletes the rows as anybody would (the control).
Prints what it found as JSON.
"""

import json
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.site.settings")

WORD = "CNRY{:03d}tellsofher"
WORDS = 84


def make() -> dict[str, object]:
    """A clinic, a person, and a word of their own in every place where words can be written."""
    from datetime import UTC, datetime, timedelta

    from django.core.management import call_command

    from alongside.clinics.current import working_in
    from alongside.clinics.models import Clinic, Network, VisitKind
    from alongside.messaging.models import Message
    from alongside.people.actions.add_user import add_user
    from alongside.people.models import Card, Client, Staff
    from alongside.visits.models import CancelReason, State, Visit
    from alongside.welcome.models import Hopes

    call_command("migrate", interactive=False, verbosity=0)
    word = iter([WORD.format(number) for number in range(WORDS)]).__next__
    began = datetime(2026, 3, 2, 9, tzinfo=UTC)
    clinic = Clinic.objects.create(network=Network.objects.create(name="Two"), name="Harbour")
    with working_in(clinic):
        user = add_user("joon@example.org", name="Joon")
        joon = Staff.objects.create(user=user, role="therapist", name="Joon", short_name="Joon")
        kind = VisitKind.objects.create(name="Visit")
        # Neighbours before and after, so that the person's rows share pages with others'.
        _others(Client, 200)
        amara = Client.objects.create(
            first_name=word(), last_name=word(), called=word(), said=word(), number=word(),
            email=f"{word()}@example.org", mobile="+33612345678",
        )  # fmt: skip
        _others(Client, 200)
        Card.objects.create(client=amara, **{name: word() for name in Card.SHOWN})
        for week in range(12):
            visit = Visit.objects.create(
                client=amara, therapist=joon, kind=kind, booked_at=began + timedelta(weeks=week),
                planned=timedelta(minutes=45), asked_for=word(), state=State.CANCELLED,
                cancelled_at=began,
            )  # fmt: skip
            CancelReason.objects.create(visit=visit, said=word())
            Hopes.objects.create(visit=visit, hopes=word(), worries=word(), said_at=began)
            Message.objects.create(
                client=amara, about=visit.pk, template="booked", channel="email", to="x@x.org",
                language="en", subject=word(), body=f"{word()}\n" * 200, queued_at=began,
                send_after=began, sent_at=began,
            )  # fmt: skip
            # Written again, as people do: what was there before is also a trace.
            Visit.objects.filter(pk=visit.pk).update(asked_for="")
    return {"person": str(amara.pk), "planted": WORDS}


def _others(model: type, count: int) -> None:
    model.objects.bulk_create(
        model(first_name=f"Somebody{number}", clinic_id=_here()) for number in range(count)
    )


def _here():
    from alongside.clinics import current

    return current.clinic_id()


def left() -> dict[str, object]:
    """Count the words that any table still holds."""
    from django.apps import apps

    from alongside.clinics.current import across_clinics

    found = set()
    with across_clinics("a test looks for traces everywhere"):
        for model in apps.get_models():
            for row in model._base_manager.values():
                text = repr(row).casefold()
                found |= {n for n in range(WORDS) if WORD.format(n).casefold() in text}
    return {"left": len(found)}


def delete() -> dict[str, object]:
    """The control: delete the rows, and think that they are gone."""
    from django.db import connection

    from alongside.clinics.current import across_clinics
    from alongside.office.queries.held import about_clients
    from alongside.people.models import Client

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete=OFF")
    with across_clinics("a test deletes"):
        person = Client.objects.exclude(called="").get()
        for about in reversed(about_clients()):
            about.rows(person).delete()
    return left()


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps({"make": make, "left": left, "delete": delete}[sys.argv[1]]()))
