"""The first run: one page that makes the clinic."""

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from alongside.access.actions.once import TooManyTries
from alongside.access.address import address_of, household
from alongside.access.asked import Asked
from alongside.clinics.clock import now
from alongside.office.actions.knock import forgive, knock
from alongside.office.actions.set_up import AlreadySetUp, Ready, WrongCode, set_up
from alongside.office.actions.setup_code import is_code
from alongside.office.actions.staff import WorksHereAlready
from alongside.office.forms.clinic import AboutClinic, zones
from alongside.office.forms.code import CodeForm
from alongside.office.forms.rows import KINDS_AT_FIRST, KindRows, RoomNames, lines
from alongside.office.forms.staff import FirstManager, Team
from alongside.office.forms.week import Week
from alongside.office.queries.clinic import is_set_up
from alongside.office.views.coming_in import welcome
from alongside.office.views.shown_once import Handed


class Page:
    """All the forms of the set-up page, sent together."""

    def __init__(self, request: Asked) -> None:
        sent = request.POST or None
        self.code = CodeForm(sent, initial={"code": request.GET.get("code", "")})
        self.about = AboutClinic(sent, initial={"languages": ["en", "fr"]})
        self.week = Week(sent)
        self.rooms = RoomNames(sent)
        self.kinds = KindRows(sent, prefix="kinds", initial=KINDS_AT_FIRST)
        self.manager = FirstManager(sent, prefix="you")
        self.team = Team(sent, prefix="team")
        for line in self.kinds.forms:
            del line.fields["remove"]

    def forms(self) -> list[BaseForm]:
        """Give every form, in the order of the page."""
        before: list[BaseForm] = [self.code, self.about, self.week, self.rooms]
        return [*before, *self.kinds.forms, self.manager, *self.team.forms]

    def is_valid(self) -> bool:
        """Check all of them, so that everything wrong is said at once."""
        parts = (self.code, self.about, self.week, self.rooms, self.kinds, self.manager, self.team)
        found = [part.is_valid() for part in parts]
        return all(found)

    def make(self) -> Ready:
        """Set the clinic up from what was typed."""
        return set_up(
            code=self.code.cleaned_data["code"],
            about=self.about.cleaned_data,
            week=self.week.spans(),
            rooms=self.rooms.names(),
            kinds=lines(self.kinds),
            manager=self.manager.who(),
            password=self.manager.cleaned_data["password"],
            team=lines(self.team),
            now=now(),
        )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def first_run(request: Asked) -> HttpResponse:
    """Ask for everything a first day needs; only where there is no clinic yet."""
    if is_set_up():
        raise Http404("set up")
    page = Page(request)
    status = 200
    if request.method == "POST":
        try:
            if _has_the_code(request, page) and page.is_valid():
                return _begin(request, page.make())
        except AlreadySetUp:
            raise Http404("set up") from None
        except TooManyTries:
            page.code.add_error("code", _("Too many tries. Wait ten minutes, then try again."))
        except WrongCode:
            _say_wrong(page)
        except WorksHereAlready:
            page.manager.add_error("email", _("One address stands for one person only."))
        except ValidationError as error:
            page.about.add_error(None, error)
        status = 422
    context = {"page": page, "forms": page.forms(), "zones": zones()}
    return render(request, "office/client/set_up.html", context, status=status)


def _has_the_code(request: Asked, page: Page) -> bool:
    """Check the code first; a wrong one counts as a try, and says nothing about the rest."""
    tries = knock(f"set-up:{household(address_of(request))}", now=now())
    if page.code.is_valid() and is_code(page.code.cleaned_data["code"]):
        forgive(tries)
        return True
    if not page.code.errors:
        _say_wrong(page)
    page.is_valid()
    return False


def _say_wrong(page: Page) -> None:
    page.code.add_error(
        "code", _("This is not the code. It stands where you started Alongside, and in the folder.")
    )


def _begin(request: Asked, ready: Ready) -> HttpResponse:
    answer = welcome(request, ready.manager.user, how="set-up", after="/")
    if not ready.invited:
        return answer
    handed = [Handed.invitation(staff, token) for staff, token in ready.invited]
    context = {"handed": handed, "clinic": ready.manager.clinic}
    return render(request, "office/client/ready.html", context)
