"""Who signed in, as Django finds them; the one question of each request is prepared."""

from uuid import UUID

from django.contrib.auth.backends import ModelBackend
from django.db.models import QuerySet

from alongside.clinics.prepared import prepared
from alongside.people.models import User


class ByPassword(ModelBackend):
    """People who sign in with an e-mail address and a password."""

    def get_user(self, user_id: UUID) -> User | None:
        """Find whoever a session belongs to, as long as they may sign in."""
        found = _users(user_id)
        return found[0] if found and self.user_can_authenticate(found[0]) else None


@prepared
def _users(key: UUID) -> QuerySet[User]:
    return User.objects.filter(pk=key)
