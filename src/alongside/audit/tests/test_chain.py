"""The record is added to, never changed; and if it were, the first changed row is named."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from alongside.audit.actions.record import record, record_seen
from alongside.audit.chain import key, verify
from alongside.audit.models import Entry
from alongside.audit.queries import about_client, whole
from alongside.clinics.current import working_in
from alongside.clinics.scoped import new_key

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries(here, amara, dee, acting, now):
    by = acting.staff(dee)
    for minute in range(5):
        record("visits.check_in", by=by, now=now + timedelta(minutes=minute), client=amara.pk)
    return list(Entry.objects.order_by("number"))


def test_a_whole_chain_is_whole(entries):
    assert whole().first_bad is None
    assert whole().rows == 5


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("verb", "visits.nothing"),
        ("actor_label", "Somebody else"),
        ("at", None),
        ("is_read", True),
        ("detail", {"more": 1}),
        ("client_key", None),
    ],
)
def test_any_changed_field_is_found_and_its_row_named(entries, field, value, now):
    setattr(entries[2], field, now if field == "at" else value)
    assert verify(entries, key()).first_bad == 3


def test_a_row_that_was_taken_out_is_found(entries):
    assert verify(entries[:2] + entries[3:], key()).first_bad == 4


def test_rows_that_changed_places_are_found(entries):
    entries[1], entries[2] = entries[2], entries[1]
    assert verify(entries, key()).first_bad == 3


def test_with_another_key_nothing_holds(entries):
    """The negative control: the check does look at the digests."""
    assert verify(entries, b"another key").first_bad == 1


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_entry SET verb = 'x'", "DELETE FROM audit_entry"]
)
def test_the_database_itself_refuses_to_change_the_record(entries, statement):
    refused = pytest.raises(DatabaseError, match="never changed")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Entry.objects.count() == 5


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite replaces")
@pytest.mark.parametrize("same", ["id", "number"])
def test_a_row_cannot_be_replaced_by_one_with_its_key_or_number(entries, same):
    there = Entry.objects.filter(number=3).values_list()[0]
    names = [field.column for field in Entry._meta.concrete_fields]
    new = dict(zip(names, there, strict=True)) | {"verb": "visits.nothing", "detail": "{}"}
    if same == "id":
        new["number"] = 99
    else:
        new["id"] = new_key()
    marks = ", ".join("%s" for _ in new)
    values = [value.hex if isinstance(value, UUID) else value for value in new.values()]
    refused = pytest.raises(DatabaseError, match="never changed")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT OR REPLACE INTO audit_entry ({', '.join(new)}) VALUES ({marks})", values
        )
    assert whole().first_bad is None


def test_each_clinic_has_a_chain_of_its_own(entries, hillside, charlie, acting, now):
    with working_in(hillside):
        record("visits.see_board", by=acting.staff(charlie), now=now)
        assert Entry.objects.get().number == 1
        assert whole().first_bad is None
        assert about_client(entries[0].client_key).count() == 0


def test_a_live_board_is_read_once_an_hour_for_the_record(here, amara, luc, dee, acting, now):
    by = acting.staff(dee)
    for second in range(20):
        moment = now + timedelta(seconds=second)
        record_seen("visits.see_board", [amara.pk, luc.pk], by=by, now=moment)
    assert Entry.objects.filter(verb="visits.see_board", is_read=True).count() == 2
    record_seen("visits.see_board", [amara.pk], by=by, now=now + timedelta(hours=1))
    assert Entry.objects.filter(client_key=amara.pk).count() == 2
