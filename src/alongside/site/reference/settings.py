"""Every environment variable that the settings read."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .page import code, page, table

ABOUT = {
    "ALONGSIDE_BACKUP_DATABASE_URL": "PostgreSQL only: who may read every row, for a backup. "
    "Without it, the owner of the tables.",
    "ALONGSIDE_BACKUP_HOUR": "The hour, in the first clinic's time zone, of the night's backup.",
    "ALONGSIDE_BACKUP_KEEP": "The last backup of so many days, weeks and months stays.",
    "ALONGSIDE_BACKUP_KEYS": "Public keys of age (`age1...`), with commas between: whoever holds "
    "one of the private keys can open a backup. The machine itself then need not be able to.",
    "ALONGSIDE_BACKUP_PASSPHRASE": "A passphrase that opens a backup, of 12 signs or more.",
    "ALONGSIDE_BACKUP_TO": "The folder for backups, on another disk. When it is set, a backup is "
    "made every night.",
    "ALONGSIDE_BEHIND_PROXY": "A proxy of yours stands in front and sets `X-Forwarded-Proto`. "
    "Only then is that header believed.",
    "ALONGSIDE_DATA": "The folder of this clinic's data: the SQLite file and the secret key.",
    "ALONGSIDE_DATABASE_OWNER_URL": "The same PostgreSQL, as the role that owns the tables. Only "
    "migrations use it; `DATABASE_URL` is then a role that cannot change a table.",
    "ALONGSIDE_DATABASE_ROLE": "With one address only: the role that the pages step down to.",
    "ALONGSIDE_DEBUG": "Show errors in the browser. Never with real people's data.",
    "ALONGSIDE_DEMO": "This is the demo: the cast can sign in with one line. "
    "`alongside demo` sets it.",
    "ALONGSIDE_EMAIL_FROM": "Who the clinic's e-mail is from.",
    "ALONGSIDE_EMAIL_URL": "The mail server, as `smtp+tls://user:password@host:587`. "
    "Without it no e-mail leaves the house; the outbox shows what would have been sent.",
    "ALONGSIDE_ERRANDS": "Whether this process also does what is due by the clock. "
    "`alongside web` and `alongside live` leave it to `alongside tick`.",
    "ALONGSIDE_FETCH_LOCAL": "Services on this same machine that may be asked without https, such "
    "as `http://127.0.0.1:8010`, with commas between. All else that is asked must be public.",
    "ALONGSIDE_HOSTS": "The names this installation answers to, with commas between.",
    "ALONGSIDE_HSTS_SECONDS": "How long browsers are told to come back by HTTPS only.",
    "ALONGSIDE_MIN_FREE_MB": "With less room on the data folder's disk, in MB, `/readyz` says 503.",
    "ALONGSIDE_PUBLIC_URL": "The address that people type; links in messages begin with it.",
    "ALONGSIDE_SECRET_KEY": "The key that signs sessions and links. Without it, the file "
    "`secret-key` in the data folder; `alongside serve` makes that on its first run.",
    "ALONGSIDE_SMS_ACCOUNT": "The account at the provider of text messages.",
    "ALONGSIDE_SMS_FROM": "The number or name that text messages come from.",
    "ALONGSIDE_SMS_PROVIDER": "Who sends text messages: `twilio`, or nothing for none.",
    "ALONGSIDE_SMS_TOKEN": "The secret of that account.",
    "ALONGSIDE_SMS_URL": "Where that provider answers.",
    "ALONGSIDE_STATIC": "Styles and scripts are laid out, compressed, in the data folder. The "
    "commands that serve do that, and set it.",
    "ALONGSIDE_WEB_THREADS": "How many pages are worked on at the same time in one process.",
    "DATABASE_URL": "A PostgreSQL: `postgres://user:password@host:5432/name`. "
    "Without it, one SQLite file in the data folder.",
}
ABOUT_PAGE = """Alongside reads these environment variables, and nothing else of its surroundings.
Each may also be given as a file: `ALONGSIDE_SECRET_KEY_FILE=/run/secrets/key` is the content of
that file, so that no secret need stand in a list of processes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One variable: what sort of value it has, and what it is when it is not given."""

    name: str
    sort: str
    default: str


def settings() -> list[Setting]:
    """Return the variables in the order of their names, as the settings' own text reads them."""
    source = Path(__file__).resolve().parents[1] / "settings.py"
    found = {setting.name: setting for setting in _read(ast.parse(source.read_text()))}
    return [found[name] for name in sorted(found)]


def _read(tree: ast.AST) -> Iterator[Setting]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        on, first = node.func.value, node.args[0] if node.args else None
        if isinstance(on, ast.Name) and on.id == "env" and isinstance(first, ast.Constant):
            given = [word.value for word in node.keywords if word.arg == "default"]
            default = ast.unparse(given[0]) if given else ""
            yield Setting(name=str(first.value), sort=node.func.attr, default=default)


def write() -> str:
    """Return the page."""
    rows = [
        (code(one.name), one.sort, code("" if one.default == "''" else one.default), about(one))
        for one in settings()
    ]
    return page("Settings", ABOUT_PAGE, table(["variable", "sort", "else", "what it is"], rows))


def about(setting: Setting) -> str:
    """Return the sentence on a setting; raises KeyError for one that nobody described."""
    return ABOUT[setting.name]
