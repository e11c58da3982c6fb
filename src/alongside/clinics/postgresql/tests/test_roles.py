"""Who the product is at the database, and what it refuses to be."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, connections

if connection.vendor != "postgresql":
    pytest.skip("only PostgreSQL has roles", allow_module_level=True)

from alongside.clinics.postgresql import admit, roles
from alongside.clinics.postgresql.base import DatabaseWrapper
from alongside.clinics.tests.owner import the_owner

WHO = """
    SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,
        (SELECT count(*) FROM pg_class WHERE relowner = pg_roles.oid)
    FROM pg_roles WHERE rolname = current_user
"""
Another = Callable[..., DatabaseWrapper]


@pytest.fixture
def another(db) -> Iterator[Another]:
    """One more connection to the database of the tests, set up in another way."""
    opened = []

    def _another(*, asks_for: str = "", **settings: Any) -> DatabaseWrapper:
        one = connections["default"].copy()
        one.settings_dict |= settings
        if asks_for:
            one.settings_dict["OPTIONS"] = {"options": f"-c {asks_for}"}
        opened.append(one)
        return one

    yield _another
    for one in opened:
        one.close()


def said(one: DatabaseWrapper, sql: str) -> Any:
    with one.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()


def test_pages_work_under_a_role_that_owns_nothing_and_may_do_nothing_special(another: Another):
    one = another()
    assert said(one, WHO) == (one.settings_dict["ROLE"], False, False, False, False, 0)
    assert not one.may_change_tables()


def test_tables_are_changed_under_another_and_then_we_are_ourselves_again(another: Another):
    one = another()
    before = said(one, "SELECT current_user")
    with one.as_owner():
        assert said(one, "SELECT current_user") != before
        assert one.may_change_tables()
    assert said(one, "SELECT current_user") == before


def test_whoever_sees_past_every_wall_is_refused(another: Another):
    """A superuser in DATABASE_URL, and no role that it could become."""
    one = another(ROLE="alongside_nobody_made_this")
    if not said(connection, "SELECT rolsuper FROM pg_roles WHERE rolname = session_user")[0]:
        pytest.skip("the tests' own role is an ordinary one")
    with pytest.raises(roles.UnsafePostgres, match="sees past every wall"):
        one.ensure_connection()


@pytest.mark.parametrize("setting", ["alongside.across=reading", "alongside.clinic=x"])
def test_a_wall_that_is_open_for_a_whole_session_is_refused(another: Another, setting):
    with pytest.raises(roles.UnsafePostgres, match="opens the walls"):
        another(asks_for=setting).ensure_connection()


def test_each_session_waits_for_the_disk(another: Another):
    assert said(another(), "SHOW synchronous_commit") == ("on",)
    with pytest.raises(roles.UnsafePostgres, match="synchronous_commit = off"):
        another(asks_for="synchronous_commit=off").ensure_connection()


def test_whoever_waits_for_a_second_server_goes_on_waiting(another: Another):
    another(asks_for="synchronous_commit=remote_apply").ensure_connection()


@pytest.mark.parametrize("kept", [("off", "on", "on"), ("on", "off", "on"), ("on", "on", "off")])
def test_a_server_that_forgets_is_refused(kept):
    roles.refuse_forgetful(roles.Kept("on", "on", "on"))
    with pytest.raises(roles.UnsafePostgres, match="power cut"):
        roles.refuse_forgetful(roles.Kept(*kept))


def test_the_listener_for_live_pages_steps_down_too(another: Another):
    one = another()
    params = one.get_connection_params()
    named = {key: params[key] for key in ("dbname", "user", "password", "host") if params.get(key)}
    with psycopg.connect(**named) as listener:
        listener.execute(roles.STEP_DOWN, [one.settings_dict["ROLE"]])
        found = listener.execute("SELECT current_user").fetchone()
    assert found == (one.settings_dict["ROLE"],)


@pytest.fixture
def a_new_role(db, monkeypatch) -> str:
    """An address that names a role which is not there yet; what is made ends with the test."""
    name = f"alongside_new_{uuid4().hex[:8]}"
    monkeypatch.setitem(connection.settings_dict, "ROLE", name)
    monkeypatch.setitem(connection.settings_dict, "PASSWORD", "it's 100 % secret")
    return name


@pytest.mark.parametrize("signs_in", [True, False])
def test_the_pages_role_is_made_on_the_first_start(a_new_role, monkeypatch, signs_in):
    if signs_in:
        monkeypatch.setitem(connection.settings_dict, "OWNER", {"user": "somebody"})
    found = f"""SELECT rolcanlogin, rolsuper, rolbypassrls, rolcreaterole,
        has_table_privilege(oid, 'visits_visit', 'DELETE'),
        has_table_privilege(oid, 'visits_visit', 'TRUNCATE'),
        has_table_privilege(oid, 'django_migrations', 'INSERT')
        FROM pg_roles WHERE rolname = '{a_new_role}'"""
    with the_owner():
        if not said(connection, admit.MAY_MAKE)[0]:
            pytest.skip("the tests' own role may make no other")
        for _ in ("once", "and safe to run again"):
            admit.admit(connection)
        assert said(connection, found) == (signs_in, False, False, False, True, False, False)


def test_with_two_addresses_the_pages_sign_in_as_who_they_are(another: Another):
    name = f"alongside_two_{uuid4().hex[:8]}"
    mine = connection.settings_dict
    owner = another(ROLE=name, PASSWORD="secret", OWNER={"user": mine["USER"] or "postgres"})
    if not said(connection, "SELECT rolsuper FROM pg_roles WHERE rolname = session_user")[0]:
        pytest.skip("the tests' own role may make no other")
    owner.settings_dict["OWNER"] |= {"password": mine["PASSWORD"]} if mine["PASSWORD"] else {}
    with owner.as_owner():
        admit.admit(owner)
        pages = another(ROLE=name, USER=name, PASSWORD="secret", OWNER=owner.settings_dict["OWNER"])
        try:
            assert said(pages, "SELECT session_user, current_user") == (name, name)
            assert said(pages, "SELECT count(*) FROM visits_visit") == (0,)
            assert not pages.may_change_tables()
            with pages.as_owner():
                assert pages.may_change_tables()
        except OperationalError as no:
            pytest.skip(f"this server lets no new role sign in: {no}")
        finally:
            pages.close()
            with owner.cursor() as cursor:
                cursor.execute(f"DROP OWNED BY {name}; DROP ROLE {name}")


@pytest.mark.django_db(transaction=True)
def test_without_the_owners_address_one_may_start_and_not_migrate(monkeypatch):
    """The owner's address need not stand where the pages are served."""
    monkeypatch.setattr(DatabaseWrapper, "may_change_tables", lambda _self: False)
    call_command("migrate", verbosity=0)
    with connections["default"].as_owner():
        said_gone = "DELETE FROM django_migrations WHERE app = 'welcome' RETURNING name"
        assert said(connection, said_gone)
    try:
        with pytest.raises(CommandError, match="ALONGSIDE_DATABASE_OWNER_URL"):
            call_command("migrate", verbosity=0)
    finally:
        monkeypatch.undo()
        call_command("migrate", "welcome", fake=True, verbosity=0)
