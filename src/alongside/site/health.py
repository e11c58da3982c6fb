"""Is it up, and can it work? For supervisors and proxies; a stranger learns nothing else."""

import logging
import shutil

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

from alongside.clinics.database import open_walls

logger = logging.getLogger(__name__)
_migrated = False
_walled = False


def healthz(request: HttpRequest) -> JsonResponse:
    """Tell that this process answers."""
    return _said(is_well=True)


def readyz(request: HttpRequest) -> JsonResponse:
    """Tell whether this process can do its work; what is missing is said in the log only."""
    missing = what_is_missing()
    if missing:
        logger.warning("Not ready: %s", missing)
    return _said(is_well=not missing)


def what_is_missing() -> str:
    """Name what keeps us from working: the database, its migrations, or room on the disk."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        if not is_migrated():
            return "the database is not up to this release (alongside migrate)"
        if is_open():
            return "a wall between clinics does not stand (alongside migrate)"
    except (DatabaseError, InterfaceError) as fault:
        connection.close()
        return f"the database does not answer ({type(fault).__name__})"
    if not has_room():
        return f"less than {settings.MIN_FREE_MB} MB are free on the disk"
    return ""


def has_room() -> bool:
    """Tell whether the disk of the data folder has as much room as the settings ask for."""
    if not settings.DATA.is_dir():
        return True
    free: int = shutil.disk_usage(settings.DATA).free
    asked: int = settings.MIN_FREE_MB * 1024**2
    return free >= asked


def is_migrated() -> bool:
    """Tell whether every migration was applied; once they are, they stay so."""
    global _migrated
    if not _migrated:
        executor = MigrationExecutor(connection)
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _migrated


def is_open() -> bool:
    """Tell whether the database lets one clinic read another's rows; looked at once."""
    global _walled
    _walled = _walled or not open_walls()
    return not _walled


def _said(*, is_well: bool) -> JsonResponse:
    if is_well:
        return JsonResponse({"status": "ok"})
    return JsonResponse({"status": "unavailable"}, status=503, headers={"Retry-After": "5"})
