"""The one file that reads the environment. docs/reference/settings.md names each variable."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote

import environ
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from alongside.site import sqlite

env = environ.FileAwareEnv()
ROOT = Path(__file__).resolve().parents[1]

DEBUG = env.bool("ALONGSIDE_DEBUG", default=False)
DEMO = env.bool("ALONGSIDE_DEMO", default=False)
DATA = Path(env.str("ALONGSIDE_DATA", default="alongside-data")).absolute()
SECRET_KEY = env.str("ALONGSIDE_SECRET_KEY", default="")
if not SECRET_KEY and (DATA / "secret-key").is_file():
    SECRET_KEY = (DATA / "secret-key").read_text().strip()
ALLOWED_HOSTS = env.list("ALONGSIDE_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
PUBLIC_URL = env.str("ALONGSIDE_PUBLIC_URL", default="http://localhost:8000").rstrip("/")
HTTPS = PUBLIC_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if HTTPS else []

# The parts that a clinic may switch off, in the order of their addresses: docs/adding-a-part.md.
PARTS = ["welcome", "outcomes"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    # Passkeys, code apps and recovery codes; none of their addresses is mounted.
    "alongside.keys.apps.Accounts",
    "allauth.mfa",
    "template_partials.apps.SimpleAppConfig",
    "alongside.clinics",
    "alongside.people",
    "alongside.audit",
    "alongside.access",
    "alongside.keys",
    "alongside.live",
    "alongside.ui",
    "alongside.messaging",
    "alongside.office",
    "alongside.mine",
    "alongside.visits",
    "alongside.goals",
    "alongside.needs",
    "alongside.measures",
    "alongside.careplans",
    "alongside.life",
    *(f"alongside.{part}" for part in PARTS),
    "alongside.network",
    "alongside.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # Pages hold no secret that an attacker could guess by length: Django pads each answer.
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "alongside.site.middleware.Restrained",
    "alongside.site.middleware.Unreachable",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "alongside.site.middleware.Language",
    "alongside.site.readable.Readable",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "alongside.access.middleware.DenyByDefault",
    # The last: the first to hear what a view came to.
    "alongside.site.middleware.Again",
]

ROOT_URLCONF = "alongside.site.urls"
WSGI_APPLICATION = "alongside.site.wsgi.application"
ASGI_APPLICATION = "alongside.site.asgi.application"

_LOADERS = [
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    _LOADERS if DEBUG else [("alongside.ui.spoken.Loader", _LOADERS)],
                )
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
                "alongside.ui.templatetags.ui",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "alongside.site.context.page",
            ],
        },
    }
]


SIGNS_IN = ("user", "password", "host", "port")


def _read(url: str) -> dict[str, Any]:
    named = dict(env.db_url_config(url))
    # A socket's folder is written as in libpq's own URLs: postgres://user@%2Fvar%2Frun%2F.../name
    named["HOST"] = unquote(str(named["HOST"] or ""))
    return named


def _walled(named: dict[str, Any]) -> dict[str, Any]:
    """Keep clinics apart in the database too: docs/how-to/postgres.md."""
    owner_url = env.str("ALONGSIDE_DATABASE_OWNER_URL", default="")
    role = env.str("ALONGSIDE_DATABASE_ROLE", default="alongside_app")
    owner = _read(owner_url) if owner_url else {}
    return {
        **named,
        "ENGINE": "alongside.clinics.postgresql",
        # As the driver names them. The database is the same one, whatever that address says.
        "OWNER": {name: owner[name.upper()] for name in SIGNS_IN if owner.get(name.upper())},
        "ROLE": (named["USER"] if owner else "") or role,
    }


def _database() -> dict[str, Any]:
    url = env.str("DATABASE_URL", default="")
    if url:
        named = _read(url)
        named["CONN_MAX_AGE"] = 600
        named["CONN_HEALTH_CHECKS"] = True
        # Whatever the server is set to: without it a check-in that was confirmed can be lost. What
        # the URL itself says (a stricter `remote_apply`, say) comes after, and holds.
        options = dict(named.get("OPTIONS") or {})
        theirs = str(options.get("options", ""))
        options["options"] = f"-c synchronous_commit=on {theirs}".strip()
        named["OPTIONS"] = options
        return _walled(named) if str(named["ENGINE"]).endswith(".postgresql") else named
    return {
        "ENGINE": "alongside.site.sqlite_in_turn",
        "NAME": DATA / "alongside.sqlite3",
        "CONN_MAX_AGE": 600,
        "TEST": {"NAME": ":memory:"},
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            # FULL, not NORMAL: a power cut under NORMAL loses check-ins that were confirmed.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
            "PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;",
        },
    }


DATABASES = {"default": _database()}
if not env.str("DATABASE_URL", default=""):
    sqlite.install()
    sqlite.refuse_unsafe()
    sqlite.refuse_shared(DATA)
# Backups: docs/how-to/back-up-and-restore.md.
BACKUP_TO = env.str("ALONGSIDE_BACKUP_TO", default="")
BACKUP_KEYS = env.list("ALONGSIDE_BACKUP_KEYS", default=[])
BACKUP_PASSPHRASE = env.str("ALONGSIDE_BACKUP_PASSPHRASE", default="")
BACKUP_KEEP = env.str("ALONGSIDE_BACKUP_KEEP", default="7d 5w 12m")
BACKUP_HOUR = env.int("ALONGSIDE_BACKUP_HOUR", default=2)
_whole = env.str("ALONGSIDE_BACKUP_DATABASE_URL", default="")
BACKUP_DATABASE = _read(_whole) if _whole else None
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.User"
LOGIN_URL = "office:sign-in"
LOGIN_REDIRECT_URL = "/"
PASSWORD_HASHERS = ["alongside.people.hashers.SmallArgon2"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

# The second thing (docs/decisions/signing-in.md). There is no setting that makes it unneeded.
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
MFA_ADAPTER = "alongside.keys.adapter.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
# A code of the half minute before or after counts too: clocks differ.
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_USER_VERIFICATION = "required"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French"))]
LOCALE_PATHS = [ROOT.parents[1] / "locale", ROOT / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
# The commands that serve lay the static files out, compressed and under names that never change
# their meaning (`_folder.lay_out`); tests and developers read them from the packages.
_LAID_OUT = env.bool("ALONGSIDE_STATIC", default=False)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if _LAID_OUT
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not _LAID_OUT
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 0 if DEBUG else 3600

AUTHENTICATION_BACKENDS = ["alongside.access.backend.ByPassword"]
SESSION_ENGINE = "alongside.access.sessions"
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "alongside-session"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "alongside-csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "alongside.site.errors.stale_form"
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = env.int("ALONGSIDE_HSTS_SECONDS", default=3600 if HTTPS else 0)
SECURE_REFERRER_POLICY = "same-origin"
if env.bool("ALONGSIDE_BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# smtp://user:password@host:25, smtp+tls://..., consolemail:// (default: printed, not sent)
_mail = env.email_url("ALONGSIDE_EMAIL_URL", default="consolemail://")
EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
EMAIL_HOST, EMAIL_PORT = _mail.get("EMAIL_HOST") or "localhost", _mail.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = _mail.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = _mail.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = bool(_mail.get("EMAIL_USE_TLS"))
EMAIL_USE_SSL = bool(_mail.get("EMAIL_USE_SSL"))
EMAIL_FILE_PATH = _mail.get("EMAIL_FILE_PATH") or None
EMAIL_TIMEOUT = 10
EMAIL_IS_SET = bool(env.str("ALONGSIDE_EMAIL_URL", default=""))
DEFAULT_FROM_EMAIL = env.str("ALONGSIDE_EMAIL_FROM", default="clinic@localhost")
# SMS: "" (off) or "twilio"; docs/how-to/send-sms.md.
SMS_PROVIDER = env.str("ALONGSIDE_SMS_PROVIDER", default="")
SMS_ACCOUNT = env.str("ALONGSIDE_SMS_ACCOUNT", default="")
SMS_TOKEN = env.str("ALONGSIDE_SMS_TOKEN", default="")
SMS_FROM = env.str("ALONGSIDE_SMS_FROM", default="")
SMS_URL = env.str("ALONGSIDE_SMS_URL", default="https://api.twilio.com")
# What is asked on the network is public and by https (messaging/fetch.py), but for these.
FETCH_LOCAL = env.list("ALONGSIDE_FETCH_LOCAL", default=[])

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_secrets": {"()": "alongside.site.redact.WithoutSecrets"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["without_secrets"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
# One process also runs the clock's errands (site/errands.py); `alongside web` leaves them to
# `tick`.
ERRANDS = env.bool("ALONGSIDE_ERRANDS", default=True)
# `readyz` turns red below this: a supervisor hears of a disk that fills before anything is lost.
MIN_FREE_MB = env.int("ALONGSIDE_MIN_FREE_MB", default=200)
WEB_THREADS = env.int("ALONGSIDE_WEB_THREADS", default=4)
