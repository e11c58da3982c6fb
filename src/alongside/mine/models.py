"""Who came in to their own page, so that they can see it and end it from elsewhere."""

from django.db import models

from alongside.clinics.scoped import Keyed


class CameIn(Keyed):
    """An open session of somebody who proved an e-mail address. It may be known to many clinics."""

    email = models.EmailField(db_index=True)
    session_key = models.CharField(max_length=40, unique=True)
    began_at = models.DateTimeField()
    # By which passkey, where it was one: taken away, it takes the session with it.
    passkey = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ["-began_at"]
