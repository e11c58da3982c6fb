"""What the waiting-room screen says aloud when somebody is called."""

from django.utils import translation
from django.utils.translation import gettext as _


def call(code: str, room: str) -> str:
    """A call, so that a voice reads letter and number apart: "A 12, room 2"."""
    spoken = f"{code[:1]} {code[1:]}"
    if room:
        return _("%(code)s, please come in: %(room)s") % {"code": spoken, "room": room}
    return _("%(code)s, please come in") % {"code": spoken}


def calls_in(languages: list[str], code: str, room: str) -> list[tuple[str, str]]:
    """The same call in each of the clinic's languages, the first one first."""
    said = []
    for language in languages or ["en"]:
        with translation.override(language):
            said.append((language, call(code, room)))
    return said
