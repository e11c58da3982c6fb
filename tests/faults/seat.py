"""Sign one of the golden database's people in, and print the cookie: `seat NAME`."""

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.site.settings")

import django

django.setup()

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from alongside.people.models import User


def main() -> None:
    user = User.objects.get(name=sys.argv[1])
    session = SessionStore()
    # As if they had shown their second thing, too.
    session["strong"] = "code"
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    print(f"{settings.SESSION_COOKIE_NAME}={session.session_key}")


main()
