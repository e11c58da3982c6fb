"""End everything by which a person can show who they are."""

from alongside.office.actions.sessions import end_sessions
from alongside.people.models import User


def end_credentials(user: User) -> None:
    """Take away the password and every session. `test_leaving` knows each kind that there is."""
    user.set_unusable_password()
    user.save(update_fields=["password"])
    end_sessions(user)
