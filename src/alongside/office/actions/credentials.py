"""End everything by which a person can show who they are."""

from alongside.keys.actions.pin import remove_pins
from alongside.keys.actions.remove import remove_all
from alongside.office.actions.sessions import end_sessions
from alongside.people.models import User


def end_credentials(user: User) -> None:
    """Take away the password, what they show besides, and every session.

    `office/tests/test_leaving.py` knows each kind that there is.
    """
    remove_all(user)
    remove_pins(user)
    user.set_unusable_password()
    user.save(update_fields=["password"])
    end_sessions(user)
