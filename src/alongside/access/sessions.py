"""Sessions in the database, as Django keeps them; the one question of each request is prepared."""

import logging
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.db.models import QuerySet
from django.db.models.functions import Now

from alongside.access.presence import ENDS, IDLE_FROM
from alongside.clinics.prepared import prepared

logger = logging.getLogger(__name__)
PRESENCE = {IDLE_FROM, ENDS}


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
        except OperationalError as error:
            if must_create or self._changed() - PRESENCE:
                raise
            logger.warning("It could not be kept that somebody was here: %s", error)

    def _changed(self) -> set[str]:
        before, after = getattr(self, "_loaded", {}), dict(self.items())
        return {
            name for name in {*before, *after} if before.get(name, after) != after.get(name, before)
        }


@prepared
def _sessions(key: str) -> QuerySet[Session]:
    # A session ends by the real clock, whatever time it is for the product.
    return Session.objects.filter(session_key=key, expire_date__gt=Now())
