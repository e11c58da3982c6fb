"""What this installation's backups are made of, as its settings say."""

from django.conf import settings

from alongside.site.backups.make import Source


def source() -> Source:
    """Give the data folder, the database and the secret key; needs the settings."""
    named = settings.BACKUP_DATABASE or settings.DATABASES["default"]
    return Source(folder=settings.DATA, database=named, secret=settings.SECRET_KEY)
