"""Add a person who can sign in."""

from alongside.people.models import User


def add_user(email: str, *, name: str, password: str | None = None) -> User:
    """Make a person who signs in with this address; without a password they cannot yet."""
    user = User(email=User.objects.normalize_email(email.strip()).lower(), name=name)
    user.set_password(password)
    user.save()
    return user
