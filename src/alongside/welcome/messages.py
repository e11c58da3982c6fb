"""Every sentence that the welcome says to a client."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from alongside.visits.messages import booking
from alongside.visits.models import Visit
from alongside.welcome.models import Wish, WishKind


def button(kind: str) -> str:
    """What stands on the button for a wish."""
    return {
        WishKind.WATER: _("A glass of water"),
        WishKind.QUIET: _("A quieter place"),
        WishKind.PRINT: _("Larger print"),
        WishKind.HELP: _("I need help now"),
    }[WishKind(kind)]


def state_of(wish: Wish) -> str:
    """Where a wish is: asked for, or somebody is coming."""
    if wish.taken_by is not None:
        return _coming(wish.kind) % {"name": wish.taken_by.short_name}
    return _asked(wish.kind)


def _asked(kind: str) -> str:
    return {
        WishKind.WATER: _("You asked for a glass of water. The front desk can see it."),
        WishKind.QUIET: _("You asked for a quieter place. The front desk can see it."),
        WishKind.PRINT: _(
            "The words on this page are bigger now. The front desk can see that larger print helps"
            " you."
        ),
        WishKind.HELP: _(
            "You asked for help. The front desk can see it now. If it cannot wait, call out to us."
        ),
    }[WishKind(kind)]


def _coming(kind: str) -> str:
    return {
        WishKind.WATER: _("%(name)s is coming with your water."),
        WishKind.QUIET: _("%(name)s is coming to show you a quieter place."),
        WishKind.PRINT: _("%(name)s is coming with larger print."),
        WishKind.HELP: _("%(name)s is coming to help you."),
    }[WishKind(kind)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """What many people wonder before a first visit, answered before they have to ask."""

    question: str
    answer: str


def concerns(visit: Visit, *, now: datetime) -> list[Concern]:
    """Give the common questions with an answer that holds in this clinic."""
    name = {"name": visit.therapist.short_name}
    asked = [
        (
            _("Will it hurt?"),
            _("It should not. If something hurts, say so, and we stop at once.")
            + " "
            + _you_decide(),
        ),
        (
            _("Can I bring somebody?"),
            _("Yes. Bring somebody you trust, if you like. You can also talk to us alone."),
        ),
        (
            _("What if I am late?"),
            _(
                "Come anyway. On the day, this page has a button: “I will be late”. Then %(name)s"
                " knows, and we do what we can."
            )
            % name,
        ),
        (_("What if I have to cancel?"), _if_you_cancel(visit, now)),
        (
            _("Do I have to undress?"),
            _(
                "Mostly not. Wear something that is easy to move in. If %(name)s would like to see"
                " your arm or your leg, they ask you first. You may say no."
            )
            % name,
        ),
    ]
    return [Concern(question=question, answer=answer) for question, answer in asked]


def _you_decide() -> str:
    return _("You decide what we do.")


def _if_you_cancel(visit: Visit, now: datetime) -> str:
    until = visit.booked_at - visit.clinic.change_until
    said = {
        "day": booking.day(visit, until),
        "time": booking.time(visit, until),
        # A number is not broken at the end of a line.
        "phone": visit.clinic.phone.replace(" ", "\N{NO-BREAK SPACE}"),
    }
    if now >= until:
        return (
            _("That happens. Call us: %(phone)s.") % said
            if said["phone"]
            else _("That happens. Please tell the front desk.")
        )
    words = _("That happens. You can do it on this page until %(day)s at %(time)s.") % said
    after = (
        _("After that, call us: %(phone)s.")
        if said["phone"]
        else _("After that, tell the front desk.")
    )
    return f"{words} {after % said}"


def letter_line() -> str:
    """What the confirmation of a first visit asks; what it is about stands behind the link."""
    return _("There you can also tell us what you hope for, and if anything worries you.")
