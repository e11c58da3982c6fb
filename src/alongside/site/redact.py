"""Keep the secrets of addresses out of the logs."""

import logging
import re

# The places in an address after which a secret stands.
SECRET = re.compile(
    r"(/(?:v|live/visit|enter|device|invitation|calendar|door|set-up)/)([A-Za-z0-9_-]{8,})"
)


def without_secrets(text: str) -> str:
    """Write an address with its secret left out."""
    return SECRET.sub(r"\1…", text)


class WithoutSecrets(logging.Filter):
    """Let every line through, with the secrets of its addresses left out."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the line before anybody writes it down."""
        said = record.getMessage()
        clean = without_secrets(said)
        if clean != said:
            record.msg, record.args = clean, ()
        return True
