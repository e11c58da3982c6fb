"""Only actions write; only the settings read the environment; only the edges read the clock."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.house import habits
from tests.house.tree import SRC, modules, place

Find = Callable[[ast.AST], Iterator[str]]


def offenders(find: Find, allowed: Callable[[tuple[str, ...]], bool]) -> list[str]:
    found = []
    for path in modules():
        if allowed(path.relative_to(SRC).with_suffix("").parts):
            continue
        tree = ast.parse(path.read_text())
        found += [f"{place(path)}, {what}" for what in find(tree)]
    return found


def in_a(*folders: str) -> Callable[[tuple[str, ...]], bool]:
    return lambda parts: any(folder in parts for folder in folders)


def test_only_actions_write():
    # Where the prepared writes are made, nothing is written yet.
    def allowed(parts: tuple[str, ...]) -> bool:
        return "actions" in parts or parts == ("clinics", "prepared_writes")

    assert offenders(habits.writes, allowed) == []


def test_only_the_settings_read_the_environment():
    # A command sets what the settings will read, and looks at what it sets.
    def allowed(parts: tuple[str, ...]) -> bool:
        return parts[0] == "site" and parts[1] in ("settings", "commands")

    assert offenders(habits.environment_reads, allowed) == []


def test_only_views_commands_and_jobs_read_the_clock():
    def allowed(parts: tuple[str, ...]) -> bool:
        is_edge = in_a("views", "commands", "middleware", "errands", "asgi")(parts)
        # The clock itself; a stream, which is a view that does not end; the demo, which sets it.
        return is_edge or parts in (("clinics", "clock"), ("live", "stream")) or parts[0] == "demo"

    assert offenders(habits.clock_reads, allowed) == []


def test_rules_read_neither_clock_nor_disk():
    rules = [path for path in modules() if path.relative_to(SRC).parts[0] == "rules"]
    assert rules
    for path in rules:
        tree = ast.parse(path.read_text())
        assert [*habits.clock_reads(tree), *habits.disk_reads(tree)] == [], place(path)


# --- the negative controls: each finds what was planted, and leaves what is like it alone ---

WRITES = """
visit.save()
Visit.objects.create(at=now)
Visit.objects.filter(id=1).update(state="done")
Visit.objects.all().delete()
Visit.objects.bulk_create(rows)
cursor.execute("  UPDATE visits SET x = 1")
insert(Step(visit=visit))
@prepared_change
def count_up(): ...
"""
NO_WRITES = """
seen.update({"a": 1})
digest.update(b"x")
super().save(*args)
cursor.execute("select 1")
cache.delete("key")
venv.create(folder)
"""


def found(find: Find, source: str) -> int:
    return len(list(find(ast.parse(source))))


def test_a_planted_write_is_found():
    assert found(habits.writes, WRITES) == 8
    assert found(habits.writes, NO_WRITES) == 0


def test_a_planted_look_at_the_environment_is_found():
    assert found(habits.environment_reads, "import os\nos.environ['A']\nos.getenv('B')") == 2
    assert found(habits.environment_reads, "from os import environ, path") == 1
    assert found(habits.environment_reads, "key = os.environ.pop('A')") == 1
    assert found(habits.environment_reads, "import os\nos.path.join('a')") == 0
    only_set = "os.environ['A'] = 'b'\nos.environ.setdefault('A', 'b')\nos.environ.pop('A', None)"
    assert found(habits.environment_reads, only_set) == 0


def test_a_planted_look_at_the_clock_is_found():
    looks = "timezone.now()\ndatetime.now(UTC)\ndatetime.datetime.now()\ndate.today()\ntime.time()"
    assert found(habits.clock_reads, looks) == 5
    assert found(habits.clock_reads, "models.DateTimeField(default=timezone.now)") == 1
    assert found(habits.clock_reads, "day.now\ntime.monotonic()\nnow = request.now") == 0


def test_a_planted_look_at_the_disk_is_found():
    assert found(habits.disk_reads, "open('x')\nPath('x').read_text()") == 2
    assert found(habits.disk_reads, "opened(x)\nlaws.to_json()") == 0


def test_the_walk_sees_the_product(tmp_path: Path):
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_a.py").write_text("")
    (tmp_path / "b.py").write_text("")
    assert [path.name for path in modules(of=tmp_path)] == ["b.py"]
    assert len(list(modules())) > 40
