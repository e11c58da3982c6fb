"""Sessions in the database, as Django keeps them; the one question of each request is prepared."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.db.models.functions import Now

from alongside.clinics.prepared import prepared


class SessionStore(db.SessionStore):
    """One browser's session."""

    def _get_session_from_db(self) -> Session | None:
        found = _sessions(self.session_key) if self.session_key else []
        if not found:
            self._session_key = None
            return None
        return found[0]


@prepared
def _sessions(key: str) -> QuerySet[Session]:
    # A session ends by the real clock, whatever time it is for the product.
    return Session.objects.filter(session_key=key, expire_date__gt=Now())
