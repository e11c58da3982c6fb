"""The migrations say what the models say."""

from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState


def missing(state: ProjectState, loader: MigrationLoader) -> list[str]:
    changes = MigrationAutodetector(state, ProjectState.from_apps(apps)).changes(loader.graph)
    return [
        f"{app}: {one.describe()}"
        for app in changes
        for step in changes[app]
        for one in step.operations
    ]


def test_no_migration_is_missing():
    loader = MigrationLoader(None)
    assert loader.detect_conflicts() == {}
    assert missing(loader.project_state(), loader) == []


def test_a_model_without_a_migration_is_found():
    loader = MigrationLoader(None)
    state = loader.project_state()
    state.remove_model("people", "user")
    assert any("User" in line for line in missing(state, loader))
