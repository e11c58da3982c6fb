"""What was sent: for the desk and the manager."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from alongside.access.asked import Asked
from alongside.audit.actions.record import record_seen
from alongside.clinics import clock
from alongside.clinics.models import Clinic
from alongside.messaging.actions import send_again as again
from alongside.messaging.models import ChannelName, Message, State
from alongside.messaging.queries import midnight_before, not_sent_since, sent_list

PAGE = 50
WHEN = {
    "week": gettext_lazy("These 7 days"),
    "today": gettext_lazy("Today"),
    "": gettext_lazy("Any time"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What the reader of the list wants to see; what nobody offers is left out."""

    when: str
    channel: str
    state: str
    who: str

    @classmethod
    def of(cls, request: Asked) -> "Choice":
        """Read it from the address."""
        asked = request.GET
        when, channel, state = (asked.get(name, "") for name in ("when", "channel", "state"))
        return cls(
            when=when if "when" in asked and when in WHEN else "week",
            channel=channel if channel in ChannelName.values else "",
            state=state if state in State.values else "",
            who=asked.get("who", "")[:80],
        )

    def since(self, now: datetime, clinic: Clinic) -> datetime | None:
        """Give from when on."""
        midnight = midnight_before(now, clinic)
        return {"today": midnight, "week": midnight - timedelta(days=6)}.get(self.when)

    @property
    def is_plain(self) -> bool:
        """Whether this is the list as one finds it."""
        return (self.when, self.channel, self.state, self.who) == ("week", "", "", "")


def sent(request: Asked) -> HttpResponse:
    """List what was sent, newest first, with what did not go."""
    now, choice = clock.now(), Choice.of(request)
    found = sent_list(
        since=choice.since(now, request.clinic),
        channel=choice.channel,
        state=choice.state,
        who=choice.who,
    )
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    clients = {message.client_id for message in page}
    record_seen("messaging.see_list", clients, by=request.actor, now=now)
    context = {
        "page": page,
        "choice": choice,
        "whens": WHEN.items(),
        "channels": ChannelName.choices,
        "states": State.choices,
        "not_sent": not_sent_since(midnight_before(now, request.clinic) - timedelta(days=6)),
        "now": now,
    }
    return render(request, "messaging/sent.html", context)


def message(request: Asked, message: UUID) -> HttpResponse:
    """Show the exact text of one message."""
    now = clock.now()
    found = get_object_or_404(Message.objects.select_related("client"), pk=message)
    record_seen("messaging.read", [found.client_id], by=request.actor, now=now)
    return render(request, "messaging/message.html", {"message": found, "now": now})


@require_POST
def send_again(request: Asked, message: UUID) -> HttpResponse:
    """Send a message again that failed."""
    found = get_object_or_404(Message, pk=message)
    try:
        queued = again.send_again(found, by=request.actor, now=clock.now())
    except again.CannotSendAgain as why:
        messages.warning(request, str(why))
    else:
        words = _("The message waits for the morning.") if queued.waits_for_morning else ""
        messages.success(request, words or _("The message is on its way again."))
    return redirect("messaging:message", message=found.pk)
