"""What the doctor sees."""

from datetime import UTC, datetime

NOW = datetime.now(UTC)
HTTPS = {
    "HTTPS": True,
    "PUBLIC_URL": "https://clinic.example.org",
    "ALLOWED_HOSTS": ["clinic.example.org"],
    "SECURE_HSTS_SECONDS": 31536000,
    "SESSION_COOKIE_NAME": "__Host-session",
    "CSRF_COOKIE_NAME": "__Host-csrf",
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "SECRET_KEY": "ten-different-signs-and-many-more-of-them-than-fifty-are-here",
    "EMAIL_IS_SET": True,
}


def ids(found) -> set[str]:
    return {one.id for one in found}
