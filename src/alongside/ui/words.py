"""Signs that differ from language to language, for templates and for what is said in Python."""

from django.utils.translation import gettext as _


def quoted(words: object) -> str:
    """Set somebody's own words, or a name, in the quotation marks of the reader's language."""
    return _("“%(words)s”") % {"words": words}
