"""The clinic's own pages: set-up, signing in, staff, clients and their cards, devices."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from alongside.parts import registry
from alongside.parts.part import Errand, NavEntry, Part

PART = Part(
    name="office",
    label=_("The office"),
    about=_("Who works here, who comes to us, and how the clinic is set up."),
    can_be_off=False,
    nav=(
        NavEntry(label=_("People"), url_name="office:clients", icon="people", order=30),
        NavEntry(label=_("Settings"), url_name="office:settings", icon="settings", order=90),
    ),
    restores=("alongside.office.errands.after_restore",),
    errands={
        "alongside.office.errands.scrub_when_due": Errand(every=timedelta(minutes=10)),
    },
    holds={
        "people.Client": _("Name and how to reach them"),
        "people.CloseOne": _("Whom they let see a part of their page"),
        "people.Card": _("The card “Before you meet me”"),
        "access.Link": _("Links that were sent"),
    },
    # Also for the parts below, which have no card of their own: access, audit, people, clinics.
    says={
        "access.add_device": _("%(who)s added a kiosk or a screen."),
        "access.end_device": _("%(who)s removed a kiosk or a screen."),
        "clinics.change": _("%(who)s changed the clinic’s settings."),
        "clinics.change_hours": _("%(who)s changed the opening hours."),
        "clinics.change_kinds": _("%(who)s changed the kinds of visit."),
        "clinics.change_rooms": _("%(who)s changed the rooms."),
        "clinics.renew_door_code": _("%(who)s gave the poster at the door a new address."),
        "clinics.set_up": _("%(who)s set up the clinic."),
        "people.add_client": _("%(who)s wrote this person down for the first time."),
        "people.add_key": _("%(who)s added a code app or a passkey to sign in with."),
        "people.add_staff": _("%(who)s added a colleague."),
        "people.change_card": _("%(who)s wrote on the card “Before you meet me”."),
        "people.change_client": _(
            "%(who)s changed the name, the language or how to write to them."
        ),
        "people.change_password": _("%(who)s changed their password."),
        "people.change_staff": _("%(who)s changed what a colleague is called or does."),
        "people.deactivate_staff": _("%(who)s ended a colleague’s access."),
        "people.erase": _("%(who)s erased this person’s data."),
        "people.choose_pin": _("%(who)s chose a PIN for their locked screen, or took it away."),
        "people.end_session": _("%(who)s ended sessions of their own elsewhere."),
        "people.invite": _("%(who)s made an invitation for a colleague."),
        "people.list_clients": _("%(who)s saw the name in the list of people."),
        "people.lock_tried": _(
            "Wrong PINs were typed at the locked screen of %(who)s; it is ended."
        ),
        "people.make_codes": _("%(who)s made new recovery codes of their own."),
        "people.read_card": _("%(who)s read the card “Before you meet me”."),
        "people.read_data": _("%(who)s looked at everything that is held about this person."),
        "people.read_client": _("%(who)s opened this person’s page."),
        "people.read_record": _("%(who)s looked at this record."),
        "people.remove_key": _("%(who)s took away a code app or a passkey of their own."),
        "people.reset_keys": _("%(who)s let a colleague choose a new code app or passkey."),
        "people.sign_in": _("%(who)s signed in."),
        "people.sign_out": _("%(who)s signed out."),
        "people.take_copy": _("%(who)s took a copy of everything about this person."),
        "people.welcome_back": _("%(who)s let a former colleague come back."),
    },
    tells={
        "people.erase": _("%(who)s erased your data."),
        "people.read_data": _("%(who)s looked at everything that is held about you."),
        "people.take_copy": _("%(who)s took a copy of everything about you."),
        "people.add_client": _("%(who)s wrote you down for the first time."),
        "people.change_card": _("%(who)s wrote on your card “Before you meet me”."),
        "people.change_client": _("%(who)s changed your name, language or how to write to you."),
        "people.list_clients": _("%(who)s saw your name in the list of people."),
        "people.read_card": _("%(who)s read your card “Before you meet me”."),
        "people.read_client": _("%(who)s opened the page about you."),
        "people.read_record": _("%(who)s looked at the record of who saw what about you."),
    },
)


class OfficeConfig(AppConfig):
    """Registers the part."""

    name = "alongside.office"
    label = "office"

    def ready(self) -> None:
        """Make the part known."""
        registry.add(PART)
