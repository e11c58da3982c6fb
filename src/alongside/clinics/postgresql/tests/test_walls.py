"""The database itself keeps clinics apart: every table, every way of asking, with and without."""

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction

from alongside.clinics.current import across_clinics, working_in
from alongside.clinics.database import open_walls, raise_walls, refuse_unsafe

if connection.vendor != "postgresql":
    pytest.skip("only PostgreSQL has row security", allow_module_level=True)

from alongside.clinics.postgresql.roles import UnsafePostgres
from alongside.clinics.postgresql.tests.everywhere import (
    BETWEEN,
    TABLES,
    asked,
    count,
    insert,
    one_in_each,
)
from alongside.clinics.tests.owner import take_the_walls_down, the_owner

# Tables without a clinic's rows, each with the reason. A table that is neither here nor walled
# fails: make its model an `OfClinic`, or write down why nobody's secret can stand in it.
OPEN = {
    "account_emailaddress": "who may sign in, before anybody's clinic is known",
    "account_emailconfirmation": "who may sign in, before anybody's clinic is known",
    "auth_group": "Django's own, unused",
    "auth_group_permissions": "Django's own, unused",
    "auth_permission": "the names of Django's own permissions",
    "clinics_clinic": "the clinic itself: its name, zone and settings; who signs in chooses one",
    "clinics_network": "the name of a network",
    "django_content_type": "the names of our models",
    "django_migrations": "which migrations were applied; the app may only read it",
    "django_session": "signed, and found by the key alone, before anybody's clinic is known",
    "keys_ownpasskey": "found by what a device sends, before anybody's clinic is known",
    "live_lease": "which server does the clock's errands",
    "mfa_authenticator": "a person's own second thing, who may work in several clinics",
    "mine_camein": "a client's own session, who may have pages in several clinics",
    "live_pulse": "how often a page changed; one listener reads for every clinic",
    "office_knock": "digests of who tried to sign in, before anybody's clinic is known",
    "office_signedin": "a person's own sessions, who may work in several clinics",
    "people_user": "who may sign in, before anybody's clinic is known",
    "people_user_groups": "Django's own, unused",
    "people_user_user_permissions": "Django's own, unused",
}
CATALOGUE = """
    SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity,
        EXISTS (SELECT 1 FROM pg_policies p
            WHERE p.schemaname = current_schema() AND p.tablename = c.relname),
        EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'clinic_id')
    FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace
        AND c.relkind IN ('r', 'p', 'm', 'f')
"""


def without_a_wall() -> list[str]:
    """Every table, view or foreign table that anybody may read across, and nobody gave a reason."""
    return sorted(
        name
        for name, forced, has_policy, _ in asked(CATALOGUE)
        if not (forced and has_policy) and name not in OPEN
    )


@pytest.fixture
def keys(db, harbour, hillside):
    """The keys of a row of each clinic in every table of a clinic."""
    return one_in_each(harbour.pk, hillside.pk)


def test_every_table_has_a_wall_or_a_reason(db):
    assert without_a_wall() == []
    assert {name for name, *_, of_clinic in asked(CATALOGUE) if of_clinic} <= {*TABLES, *OPEN}
    assert open_walls() == []


def test_a_table_without_a_wall_is_found(db):
    """The negative control: a new table, walls taken down, with a door in them, or of glass."""
    with the_owner():
        asked("CREATE TABLE newcomer (id uuid, clinic_id uuid)")
        asked("ALTER TABLE people_client NO FORCE ROW LEVEL SECURITY")
        asked("ALTER TABLE visits_visit DISABLE ROW LEVEL SECURITY")
        asked("CREATE POLICY anybody ON people_card FOR SELECT USING (true)")
        asked("ALTER POLICY within_its_clinic ON audit_entry USING (true)")
    assert without_a_wall() == ["newcomer", "people_client", "visits_visit"]
    assert open_walls() == ["audit_entry", "people_card", "people_client", "visits_visit"]


def test_a_wall_that_was_taken_down_is_raised_by_the_next_migration(db):
    with the_owner():
        asked("ALTER TABLE visits_visit DISABLE ROW LEVEL SECURITY")
        asked("CREATE POLICY anybody ON people_card FOR SELECT USING (true)")
        assert open_walls() == ["people_card", "visits_visit"]
        raise_walls()
        assert open_walls() == []
        raise_walls()


def test_nobody_starts_while_a_wall_is_down(db):
    refuse_unsafe()
    with the_owner():
        asked("ALTER TABLE visits_visit NO FORCE ROW LEVEL SECURITY")
    with pytest.raises(UnsafePostgres, match="no wall between clinics around visits_visit"):
        refuse_unsafe()


def test_without_a_clinic_a_direct_question_finds_nothing(keys):
    assert {table: count(table) for table in TABLES} == dict.fromkeys(TABLES, 0)


def test_in_a_clinic_a_direct_question_finds_its_own_rows_alone(keys, harbour, hillside):
    with working_in(harbour):
        for table in TABLES:
            found = asked(f'SELECT * FROM "{table}"')
            assert found, table
            assert str(hillside.pk) not in str(found), table
        # Staff and kinds of the fixtures are joined by nobody: this is the one that was made.
        assert asked(f"SELECT staff_id FROM {BETWEEN}") == [(keys[harbour.pk]["people_staff"],)]


def test_the_other_clinics_row_cannot_be_found_by_its_key(keys, harbour, hillside):
    with working_in(harbour):
        for table in TABLES:
            if table != BETWEEN:
                key = keys[hillside.pk][table]
                assert asked(f'SELECT 1 FROM "{table}" WHERE id = %s', [key]) == [], table


def test_over_all_clinics_everything_is_read(keys, harbour, hillside):
    with across_clinics("a test of the wall"):
        assert [table for table in TABLES if count(table) < 2] == []
    assert [table for table in TABLES if count(table)] == []


def test_without_policies_the_same_question_sees_everything(keys):
    """The negative control: it is the wall that hides the rows."""
    take_the_walls_down()
    assert [table for table in TABLES if count(table) < 2] == []


def refused(sql: str, *params: object) -> bool:
    """Whether the database says no to this."""
    no = "violates row-level security policy"
    with pytest.raises(ProgrammingError, match=no), transaction.atomic():
        asked(sql, list(params))
    return True


def test_nothing_is_written_into_another_clinic(keys, harbour, hillside):
    with working_in(harbour):
        for table in TABLES:
            if table == BETWEEN:
                theirs = keys[hillside.pk]["people_staff"]
                change = f"UPDATE {BETWEEN} SET staff_id = %s"
                new = f"INSERT INTO {BETWEEN} (staff_id, visitkind_id) VALUES (%s, %s)"
                assert refused(new, theirs, keys[harbour.pk]["clinics_visitkind"])
                assert refused(
                    new, keys[harbour.pk]["people_staff"], keys[hillside.pk]["clinics_visitkind"]
                )
                assert refused(change, theirs)
            else:
                with pytest.raises(ProgrammingError), transaction.atomic():
                    insert(table, {"clinic_id": hillside.pk})
                assert refused(f'UPDATE "{table}" SET clinic_id = %s', hillside.pk), table


def test_another_clinics_rows_are_neither_changed_nor_removed(keys, harbour, hillside):
    """Nor by whoever reads over all clinics: that is for reading."""
    for where in (working_in(harbour), across_clinics("a test of the wall")):
        with where:
            for table in TABLES:
                if table == BETWEEN:
                    theirs, named = keys[hillside.pk]["people_staff"], "staff_id"
                else:
                    theirs, named = hillside.pk, "clinic_id"
                changed = f'UPDATE "{table}" SET {named} = {named} WHERE {named} = %s'
                assert asked(changed, [theirs]) == [(0,)], table
                assert asked(f'DELETE FROM "{table}" WHERE {named} = %s', [theirs]) == [(0,)], table


def test_in_ones_own_clinic_one_writes(keys, harbour):
    """The positive twin: the wall refuses nobody at home."""
    with working_in(harbour):
        for table in TABLES:
            if table != BETWEEN:
                insert(table, {"clinic_id": harbour.pk})
                mine = f'UPDATE "{table}" SET clinic_id = clinic_id WHERE clinic_id = %s'
                assert asked(mine, [harbour.pk])[0][0] >= 2, table


@pytest.mark.parametrize(
    "sql",
    [
        "ALTER TABLE people_client DISABLE ROW LEVEL SECURITY",
        "DROP POLICY within_its_clinic ON people_client",
        "TRUNCATE people_client",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('x', 'y', now())",
    ],
)
def test_the_apps_role_cannot_take_a_wall_down(db, sql):
    with pytest.raises(DatabaseError, match=r"must be owner|permission denied"):
        asked(sql)


def test_a_clinic_that_is_no_key_is_an_error_and_not_a_way_in(keys):
    asked("SET LOCAL alongside.clinic = 'everything'")
    with pytest.raises(DatabaseError, match="invalid input syntax for type uuid"):
        count("people_client")
