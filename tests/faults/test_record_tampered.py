"""Whatever the owner of the database does to the record: it is found, and the row is named."""

import os
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection, transaction
from scripts.figures import Figure, tell

from alongside.audit.actions.record import record_many
from alongside.audit.chain import key
from alongside.audit.models import Entry, Head
from alongside.audit.verify import verify_clinic
from alongside.clinics.scoped import new_key
from alongside.clinics.tests.owner import the_owner
from alongside.rules.record_chain import walk
from tests.faults.tampering import COLUMNS, TABLE, Tampering, run, without_guards

FULL = bool(os.environ.get("ALONGSIDE_TEST_FULL"))
LENGTH, TRIES = (1000, 5200) if FULL else (60, 400)
pytestmark = pytest.mark.django_db


@pytest.fixture
def chain(here, hillside, dee, acting, now) -> Iterator[Tampering]:
    """A record of some length, its guards taken away."""
    by = acting.staff(dee)
    for minute in range(LENGTH // 20):
        at, people = now + timedelta(minutes=minute), [new_key() for _ in range(20)]
        record_many("visits.see_board", people, by=by, now=at, is_read=minute % 2 == 0)
    with the_owner():
        without_guards()
        yield Tampering(here.pk, hillside.pk, LENGTH, seed=4)


def only_numbers(clinic) -> bool:
    """The control: a check that counts rows and looks at no digest."""
    numbers = Entry.objects.order_by("number").values_list("number", flat=True)
    return list(numbers) == list(range(1, len(numbers) + 1))


def test_every_way_to_change_the_record_is_found_and_its_place_named(chain: Tampering):
    assert verify_clinic(chain.clinic).first_bad is None, "it was good before"
    missed, misplaced, kinds, unseen = [], [], Counter(), 0
    for index in range(TRIES):
        with chain.one(index) as done:
            kinds[index % len(chain.ways)] += 1
            verdict = verify_clinic(chain.clinic)
            unseen += only_numbers(chain.clinic)
        if verdict.first_bad is None:
            missed.append(done)
        # A row that was the last and is gone is missed where the chain's end is looked for.
        elif done.at not in (verdict.rows, verdict.rows + 1):
            misplaced.append((done, verdict))
    assert verify_clinic(chain.clinic).first_bad is None, "everything was taken back"
    engine = "PostgreSQL" if connection.vendor == "postgresql" else "SQLite"
    tell(
        Figure(
            name=f"record-tampered-{engine.lower()}",
            chapter="The record",
            fault=f"the record changed by whoever owns the database ({engine})",
            tried=f"{TRIES:,} changes among {LENGTH:,} rows, of {len(chain.ways)} kinds: each of "
            f"{len(COLUMNS)} columns, rows removed, swapped, put in, written twice, in another "
            "order, and numbered anew",
            figure=f"{TRIES - len(missed):,} found, {len(misplaced)} in another place than it was",
            asked="all found, each at its row",
            met=not missed and not misplaced,
            control=f"a check of the numbers alone misses {unseen:,}",
            command="make faults ARGS='-k record_tampered'",
        )
    )
    assert missed == []
    assert misplaced == []
    assert min(kinds.values()) >= TRIES // len(chain.ways)
    assert unseen > TRIES // 3


def test_an_end_that_was_cut_off_shows_by_the_clinics_own_book_or_else_by_an_anchor(chain):
    last = Entry.objects.order_by("-number").first()
    anchor = [(last.number, last.digest)]
    for many in (1, 7, LENGTH // 2, LENGTH):
        with transaction.atomic():
            run(f"DELETE FROM {TABLE} WHERE number > %s", LENGTH - many)
            assert verify_clinic(chain.clinic).first_bad == LENGTH - many + 1
            # Somebody careful mends the book as well.
            left = Entry.objects.order_by("-number").first()
            Head.objects.update(
                number=left.number if left else 0, digest=left.digest if left else ""
            )
            assert verify_clinic(chain.clinic).first_bad is None, "by itself it is a good chain"
            verdict = verify_clinic(chain.clinic, known=anchor)
            assert verdict.first_bad == LENGTH - many + 1
            assert "cut off" in verdict.why
            transaction.set_rollback(True)


def test_a_record_that_is_emptied_at_one_stroke_shows(chain: Tampering, engine: str):
    """TRUNCATE asks no guard of rows: the app may not, and the owner's leaves the book behind."""
    last = Entry.objects.order_by("-number").first()
    anchor = [(last.number, last.digest)]
    refused = engine == "PostgreSQL" and _refused_to_the_app()
    with transaction.atomic():
        _empty(TABLE)
        by_the_book = verify_clinic(chain.clinic)
        _empty("audit_head")
        unseen = verify_clinic(chain.clinic)
        by_the_anchor = verify_clinic(chain.clinic, known=anchor)
        transaction.set_rollback(True)
    tell(
        Figure(
            name=f"record-emptied-{engine.lower()}",
            chapter="The record",
            fault=f"the whole record is emptied at one stroke ({engine})",
            tried=f"TRUNCATE of {LENGTH:,} rows as the app and as the owner of the tables, then of "
            "the book that says where each record ends"
            if refused
            else f"DELETE of {LENGTH:,} rows by whoever owns the file, then of the book that says "
            "where each record ends",
            figure=f"{'the app: refused; ' if refused else ''}the owner: found at row "
            f"{by_the_book.first_bad} by the book, and with the book gone at row "
            f"{by_the_anchor.first_bad} by an anchor",
            asked="prevented or found",
            met=bool(by_the_book.first_bad and by_the_anchor.first_bad),
            control="without an anchor, book and rows gone: "
            + ("not seen" if unseen.first_bad is None else "seen"),
            command="make faults ARGS='-k record_tampered'",
        )
    )
    assert by_the_book.first_bad == 1
    assert by_the_anchor.first_bad is not None
    assert unseen.first_bad is None
    assert refused or engine == "SQLite"


def _empty(table: str) -> None:
    run(f"TRUNCATE {table}" if connection.vendor == "postgresql" else f"DELETE FROM {table}")


def _refused_to_the_app() -> bool:
    """Ask the catalogue whether the role of the pages may do it to any table of the record."""
    role = settings.DATABASES["default"]["ROLE"]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_table_privilege(%s, 'audit_entry', 'TRUNCATE')"
            " OR has_table_privilege(%s, 'audit_head', 'TRUNCATE')",
            [role, role],
        )
        return not cursor.fetchone()[0]


def test_a_record_written_anew_with_another_key_is_bad_from_its_first_row(chain):
    from alongside.audit.chain import row_of
    from alongside.rules.record_chain import digest_of

    rows, before = [], ""
    for entry in Entry.objects.order_by("number"):
        row = row_of(entry)._replace(previous=before, verb="visits.nothing")
        before = digest_of(row, b"a key of their own")
        rows.append(row._replace(digest=before))
    assert walk(rows, b"a key of their own").first_bad is None, "the control: well made"
    assert walk(rows, key()).first_bad == 1
