"""How many questions each page asks of the database, for several people: printed as JSON.

`questions.py NAME` for the pages with this in their name; `questions.py --plans NAME` prints their
slowest questions instead, with the database's own plan of each.
"""

import json
import os
import sys
from collections.abc import Iterator
from importlib import import_module
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.site.settings")
import_module("django").setup()

from addresses import PAGES, Page
from django.conf import settings
from django.db import Error, connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from doors import doors

from alongside.clinics.database import as_owner

PEOPLE, SLOWEST = 12, 4
EXPLAIN = {"sqlite": "EXPLAIN QUERY PLAN ", "postgresql": "EXPLAIN (ANALYZE, BUFFERS) "}
Asked = list[dict[str, str]]


def asked_by(page: Page, made: dict[str, Any]) -> Iterator[Asked]:
    """Open a page for some people, each for the second time in the hour."""
    for clinic in made["clinics"]:
        for client in clinic["clients"]:
            path = page.address(client)
            if path is None:
                continue
            browser = Browser()
            name, _, value = page.cookie(clinic, client).partition("=")
            browser.cookies[name] = value
            assert browser.get(path).status_code == 200, path
            with CaptureQueriesContext(connection) as captured:
                browser.get(path)
            yield captured.captured_queries


def spent(asked: Asked) -> float:
    """Give the milliseconds that the database needed."""
    return 1000 * sum(float(one["time"]) for one in asked)


def show(page: Page, asked: Asked) -> None:
    """Print the slowest questions of a page with their plans."""
    print(f"== {page.name}: {len(asked)} questions, {spent(asked):.0f} ms in the database")
    for one in sorted(asked, key=lambda one: -float(one["time"]))[:SLOWEST]:
        print(f"-- {1000 * float(one['time']):.1f} ms: {one['sql'][:900]}")
        for line in plan(one["sql"]):
            print(f"      {line}")


def plan(sql: str) -> list[str]:
    """Ask the database how it answers; as the owner of the tables, who sees over the walls."""
    try:
        with as_owner(connection), connection.cursor() as cursor:
            cursor.execute(EXPLAIN[connection.vendor] + sql)
            return [str(row[-1]) for row in cursor.fetchall()]
    except Error as problem:
        return [f"no plan: {problem}"]


def main() -> None:
    """Count, or show the plans."""
    words = sys.argv[1:]
    only, made, counts = words[-1] if words else "", doors(PEOPLE), {}
    settings.ALLOWED_HOSTS = ["testserver"]
    for page in PAGES:
        if only not in page.name:
            continue
        every = list(asked_by(page, made))
        if words[:1] == ["--plans"]:
            show(page, max(every, key=spent))
        counts[page.name] = (min(map(len, every)), max(map(len, every)))
    if words[:1] != ["--plans"]:
        print(json.dumps(counts))


main()
