"""Whom of us a client lets see each part: said on their own page, or noted by staff for them."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.access.asked import Asked
from alongside.audit.actions.record import record_seen
from alongside.clinics import clock
from alongside.mine.reader import whose_page
from alongside.needs.actions.let_see import let_see
from alongside.needs.forms import HowSaidForm, WhoSeesForm
from alongside.needs.models import Area, Whom
from alongside.needs.queries.who_sees import WhoSees, seen_by, who_sees, who_treats, words_of
from alongside.people.models import Client
from alongside.rules import needs as rule
from alongside.rules.who_sees import UNSAID
from alongside.ui.see_other import see_other

GET_OR_POST = ["GET", "HEAD", "POST"]


@require_safe
def who(request: Asked) -> HttpResponse:
    """Show who sees each part of what I told."""
    client = whose_page(request)
    record_seen("needs.see_who", [client.pk], by=request.actor, now=clock.now())
    return render(request, "needs/client/who.html", {"parts": parts(request, client)})


@require_http_methods(GET_OR_POST)
def change(request: Asked) -> HttpResponse:
    """Say who of us may see one part; it holds from this moment."""
    client, part = whose_page(request), _part(request)
    form = _form(request, client, part)
    if request.method == "POST" and form.is_valid():
        let_see(client, part, **form.values(), by=request.actor, now=clock.now())
        messages.success(request, _("It is changed, from this moment on."))
        return see_other("needs:who")
    context = {"form": form, "title": Area(part).label}
    status = 422 if form.is_bound else 200
    return render(request, "needs/client/who_sees.html", context, status=status)


@require_http_methods(GET_OR_POST)
def note(request: Asked, client_id: UUID) -> HttpResponse:
    """Note what a client said about one part, by who sees it themselves."""
    client, part = get_object_or_404(Client, pk=client_id), _part(request)
    if part not in seen_by(request.actor, client.pk):
        raise Http404("area")
    record_seen("needs.see_who", [client.pk], by=request.actor, now=clock.now())
    form, said = _form(request, client, part), HowSaidForm(request.POST or None)
    if request.method == "POST" and all([form.is_valid(), said.is_valid()]):
        how = said.cleaned_data["how"]
        let_see(client, part, **form.values(), how=how, by=request.actor, now=clock.now())
        messages.success(request, _("Written down, with how they said it."))
        return see_other("needs:of-client", client_id=client.pk)
    context = {"client": client, "form": form, "said": said, "title": Area(part).label}
    status = 422 if form.is_bound else 200
    return render(request, "needs/staff/who_sees.html", context, status=status)


def parts(request: Asked, client: Client) -> list[dict[str, object]]:
    """Each part, and in words who sees it."""
    today = clock.now().astimezone(request.clinic.zone).date()
    return [_in_words(one) for one in who_sees(client.pk, today=today)]


def _in_words(one: WhoSees) -> dict[str, object]:
    whom = Whom(one.word.whom.value)
    return {
        "area": one.area.value,
        "title": Area(one.area.value).label,
        "whom": "" if whom == Whom.NAMED else whom.label,
        "named": [person.name for person in one.named] if whom == Whom.NAMED else [],
        "close": [person.name for person in one.close],
    }


def _form(request: Asked, client: Client, area: rule.Area) -> WhoSeesForm:
    word = words_of(client.pk).get(area, UNSAID)
    return WhoSeesForm(request.POST or None, area=area, word=word, people=who_treats())


def _part(request: Asked) -> rule.Area:
    try:
        return rule.Area(request.GET.get("of", ""))
    except ValueError:
        raise Http404("of") from None
