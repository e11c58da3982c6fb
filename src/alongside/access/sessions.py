"""Sessions in the database, as Django keeps them; the one question of each request is prepared."""

import logging
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.db import InterfaceError, OperationalError
from django.db.models import QuerySet
from django.db.models.functions import Now

from alongside.access.presence import BEGAN, ENDS, IDLE_FROM, SEEN
from alongside.clinics.prepared import prepared

logger = logging.getLogger(__name__)
PRESENCE = {BEGAN, ENDS, IDLE_FROM, SEEN}


class SessionStore(db.SessionStore):
    """One browser's session."""

    def _get_session_from_db(self) -> Session | None:
        found = _sessions(self.session_key) if self.session_key else []
        if not found:
            self._session_key = None
            return None
        return found[0]

    def load(self) -> dict[str, Any]:
        """Read it, and remember how it was."""
        self._loaded: dict[str, Any] = super().load()
        return dict(self._loaded)

    def save(self, must_create: bool = False) -> None:
        """Write it down; on a full disk a page need not fail because somebody looked at it.

        That somebody was here is then forgotten, and their session ends sooner, not later.
        """
        try:
            super().save(must_create)
        except UpdateError as update:
            # Django takes every fault of the database for a session that was deleted meanwhile.
            away = update.__context__
            if not isinstance(away, OperationalError | InterfaceError):
                raise
            if self._changed() - PRESENCE:
                raise away from None
            logger.warning("It could not be kept that somebody was here: %s", away)

    def _changed(self) -> set[str]:
        before, after = getattr(self, "_loaded", {}), dict(self.items())
        return {
            name for name in {*before, *after} if before.get(name, after) != after.get(name, before)
        }


@prepared
def _sessions(key: str) -> QuerySet[Session]:
    # A session ends by the real clock, whatever time it is for the product.
    return Session.objects.filter(session_key=key, expire_date__gt=Now())
