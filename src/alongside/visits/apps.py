"""The visit, whole on one screen."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from alongside.parts import registry
from alongside.parts.part import Errand, NavEntry, Part

PART = Part(
    name="visits",
    label=_("Visits"),
    about=_("The visit from the booking to the end, with an honest wait."),
    can_be_off=False,
    nav=(
        NavEntry(label=_("Today"), url_name="visits:board", icon="today", order=10),
        NavEntry(label=_("Bookings"), url_name="visits:bookings", icon="calendar", order=20),
        NavEntry(label=_("The wait"), url_name="visits:ledger", icon="clock", order=40),
    ),
    holds={
        "visits.Visit": _("Visits"),
        "visits.Told": _("Waits that were told"),
        "visits.Asked": _("When they asked how long it takes"),
        "visits.Step": _("Steps of their visits"),
        "visits.Outlook": _("What is expected of a visit just now"),
        "visits.CancelReason": _("Why a visit was called off"),
    },
    says={
        "visits.ask_for_update": _("%(who)s asked how long it takes now."),
        "visits.book": _("%(who)s booked a visit."),
        "visits.call": _("%(who)s called this person in."),
        "visits.cancel": _("%(who)s cancelled a visit."),
        "visits.check_in": _("%(who)s noted that this person is here."),
        "visits.client_is_late": _("%(who)s noted that this person comes later."),
        "visits.come_back": _("%(who)s noted that a therapist is back."),
        "visits.confirm": _("%(who)s confirmed a visit."),
        "visits.did_not_come": _("%(who)s noted that this person did not come."),
        "visits.end_feed": _("%(who)s closed a calendar address."),
        "visits.export_ledger": _("%(who)s took a copy of the waits that were told."),
        "visits.finish": _("%(who)s ended a visit."),
        "visits.give_slip": _("%(who)s printed a slip with the time that was told."),
        "visits.go_away": _("%(who)s noted that a therapist is not there for now."),
        "visits.import": _("%(who)s brought in bookings from a file."),
        "visits.make_feed": _("%(who)s made a calendar address."),
        "visits.move": _("%(who)s moved a visit."),
        "visits.note": _("%(who)s wrote a note on a visit."),
        "visits.open_own": _("%(who)s opened a visit from their own page."),
        "visits.read_feed": _("%(who)s read this visit in a calendar."),
        "visits.said_in_person": _("%(who)s told the new time in person."),
        "visits.say_mood": _("%(who)s noted how this person is today."),
        "visits.see_asked": _("%(who)s saw that this person asked how long it takes."),
        "visits.see_board": _("%(who)s saw this person on the board."),
        "visits.see_booking": _("%(who)s opened a booking."),
        "visits.see_bookings": _("%(who)s saw this person in the bookings."),
        "visits.see_ledger": _("%(who)s saw the waits that were told."),
        "visits.see_own": _("%(who)s saw the next visits on the own page."),
        "visits.see_slip": _("%(who)s looked at a slip."),
        "visits.see_visit": _("%(who)s opened a visit on the board."),
        "visits.start": _("%(who)s began a visit."),
        "visits.swap": _("%(who)s let this person and another change places."),
        "visits.undo": _("%(who)s took back the last step of a visit."),
        "people.import_client": _("%(who)s wrote this person down from a file of bookings."),
    },
    rights={"visits": _("my visits")},
    slots={
        "mine.home": "alongside.visits.views.mine.next_visits",
        "office.erasure": "alongside.visits.queries.expected.in_the_way",
    },
    tells={
        "visits.ask_for_update": _("%(who)s asked how long your wait is now."),
        "visits.book": _("%(who)s booked a visit for you."),
        "visits.call": _("%(who)s called you in."),
        "visits.cancel": _("%(who)s cancelled your visit."),
        "visits.check_in": _("%(who)s noted that you are here."),
        "visits.client_is_late": _("%(who)s noted that you come later."),
        "visits.confirm": _("%(who)s confirmed your visit."),
        "visits.did_not_come": _("%(who)s noted that you did not come."),
        "visits.finish": _("%(who)s ended your visit."),
        "visits.give_slip": _("%(who)s printed a slip with the time you were told."),
        "visits.move": _("%(who)s moved your visit."),
        "visits.note": _("%(who)s wrote a note on your visit."),
        "visits.open_own": _("%(who)s opened your visit’s page."),
        "visits.read_feed": _("%(who)s saw your visit in a calendar."),
        "visits.said_in_person": _("%(who)s told you the new time in person."),
        "visits.say_mood": _("%(who)s noted how you are today."),
        "visits.see_asked": _("%(who)s saw that you asked how long it takes."),
        "visits.see_board": _("%(who)s saw you on the board of the day."),
        "visits.see_booking": _("%(who)s opened your booking."),
        "visits.see_bookings": _("%(who)s saw you in the bookings."),
        "visits.see_ledger": _("%(who)s saw the waits that you were told."),
        "visits.see_own": _("%(who)s saw your next visits."),
        "visits.see_slip": _("%(who)s looked at your slip."),
        "visits.see_visit": _("%(who)s saw your visit."),
        "visits.start": _("%(who)s began your visit."),
        "visits.swap": _("%(who)s let two people change places, you and somebody else."),
        "visits.undo": _("%(who)s took back the last step of your visit."),
        "people.import_client": _("%(who)s wrote you down from a file of bookings."),
    },
    errands={
        "alongside.visits.actions.work_out.work_out_when_changed": Errand(
            every=timedelta(seconds=0.3), where="alongside.visits.queries.due.changed_days"
        ),
        "alongside.visits.actions.work_out.work_out": Errand(
            every=timedelta(seconds=10), where="alongside.visits.queries.due.old_days"
        ),
        "alongside.visits.actions.remind.remind_due": Errand(every=timedelta(minutes=1)),
        "alongside.visits.errands.learn_at_night": Errand(
            every=timedelta(minutes=20), where="alongside.visits.queries.due.night_has_come"
        ),
    },
)


class VisitsConfig(AppConfig):
    """Registers the part."""

    name = "alongside.visits"
    label = "visits"

    def ready(self) -> None:
        """Make the part known."""
        registry.add(PART)
