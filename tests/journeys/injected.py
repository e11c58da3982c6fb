"""What an attacker would write into a field, a way to write it into every one, and eyes for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from conftest import NOW, signed_in
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.test import Client as Door
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Error, Page

from alongside.access import own
from alongside.access.actions.devices import add_device
from alongside.access.policy import row_for
from alongside.access.sessions import SessionStore
from alongside.access.who import DEVICE_COOKIE
from alongside.audit.actions.record import record
from alongside.clinics.current import across_clinics
from alongside.clinics.scoped import OfClinic
from alongside.people.actors import Actor, ActorKind, of_staff
from alongside.people.models import Client, CloseOne
from alongside.visits.models import Visit
from tests.house.canaries import MADE_BY_ACTIONS, READ_BY_CODE, Seeds, Sown, of_clinics
from tests.house.sweep import Address, addresses, arguments, sign_in_network, sign_in_own
from tests.journeys import morning

# `x9` marks each element that a payload would make, so that also one that does nothing is seen.
PAYLOADS = (
    "<script x9>alert(1)</script>",
    "</script><script x9>alert(1)</script>",
    "<img x9 src=x onerror=alert(1)>",
    '"><img x9 src=x onerror=alert(1)>',
    "'><img x9 src=x onerror=alert(1)>",
    "</title><img x9 src=x onerror=alert(1)>",
    "</textarea><img x9 src=x onerror=alert(1)>",
    "</option></select><img x9 src=x onerror=alert(1)>",
    "</style><img x9 src=x onerror=alert(1)>",
    "</noscript><img x9 src=x onerror=alert(1)>",
    "--><img x9 src=x onerror=alert(1)>",
    "]]><img x9 src=x onerror=alert(1)>",
    "<svg x9 onload=alert(1)>",
    "<svg><script x9>alert(1)</script></svg>",
    "<svg><a x9 xlink:href=javascript:alert(1)><text>x",
    "<svg><animate x9 onbegin=alert(1) attributeName=x>",
    "<svg><use x9 href=data:image/svg+xml,x>",
    "<math><mtext><img x9 src=x onerror=alert(1)>",
    "<body x9 onload=alert(1)>",
    "<iframe x9 src=javascript:alert(1)>",
    "<iframe x9 srcdoc='<script>parent.alert(1)</script>'>",
    "<object x9 data=javascript:alert(1)>",
    "<embed x9 src=javascript:alert(1)>",
    "<a x9 href=javascript:alert(1)>here</a>",
    "<a x9 href='java\tscript:alert(1)'>here</a>",
    "<a x9 href=' javascript:alert(1)'>here</a>",
    "<a x9 href=//evil.example/>here</a>",
    "<form x9 action=javascript:alert(1)><input type=submit autofocus>",
    "<button x9 form=f formaction=javascript:alert(1)>x</button>",
    "<input x9 autofocus onfocus=alert(1)>",
    "<select x9 autofocus onfocus=alert(1)>",
    "<textarea x9 autofocus onfocus=alert(1)>",
    "<details x9 open ontoggle=alert(1)>",
    "<video x9><source onerror=alert(1)></video>",
    "<audio x9 src=x onerror=alert(1)>",
    "<marquee x9 onstart=alert(1)>",
    "<div x9 style=animation-name:x onanimationstart=alert(1)>",
    "<p x9 style='background:url(//evil.example/)'>x",
    "<style x9>@import '//evil.example/x.css';</style>",
    "<link x9 rel=stylesheet href=//evil.example/x.css>",
    "<link x9 rel=prefetch href=//evil.example/>",
    "<meta x9 http-equiv=refresh content='0;url=//evil.example/'>",
    "<base x9 href=//evil.example/>",
    "<img x9 src=//evil.example/pixel.gif>",
    '" x9 onmouseover=alert(1) "',
    "' x9 onmouseover=alert(1) '",
    '" x9 autofocus onfocus=alert(1) "',
    "` x9 onmouseover=alert(1) `",
    "javascript:alert(1)",
    "data:text/html,<script x9>alert(1)</script>",
    "{{constructor.constructor('alert(1)')()}}",
    "${alert(1)}",
    "{% debug %}{{ settings.SECRET_KEY }}<b x9>",
    "';alert(1);//",
    '";alert(1);//',
    "\\';alert(1);//",
    "<div x9 hx-get=/ hx-trigger=load hx-on:load=alert(1)>",
    "<div x9 hx-vals='js:{a:alert(1)}' hx-get=/ hx-trigger=load>",
    "<div x9 hx-on::load=alert(1) hx-on-click=alert(1) hx-trigger='load[alert(1)]' hx-get=/>",
    "<scr\0ipt x9>alert(1)</scr\0ipt>",
    "＜script x9＞alert(1)＜/script＞",
    "&lt;img x9 src=x onerror=alert(1)&gt;",
    "<!--<img x9 src='--><img x9 src=x onerror=alert(1)>'>",
    "<noscript><p title='</noscript><img x9 src=x onerror=alert(1)>'>",
)
# A few of them in one field: what each `make test` looks at.
HANDFUL = "'\"`></title></textarea></script><svg x9 onload=alert(1)><img x9 src=x onerror=alert(1)>"

HOOKS = """
for (const name of ["alert", "confirm", "prompt", "print", "open"])
  window[name] = () => { window.seenByTest("ran " + name); return ""; };
document.addEventListener("securitypolicyviolation", (e) =>
  window.seenByTest(`policy: ${e.effectiveDirective} ${e.blockedURI} ${e.sample}`));
"""
# Elements that a payload made, addresses that are code, attributes that are code.
LOOK = r"""() => {
  const bad = [...document.querySelectorAll("[x9]")].map((e) => "made " + e.outerHTML.slice(0, 90));
  for (const e of document.querySelectorAll("*"))
    for (const a of e.attributes) {
      const code = /^[\s\0]*(javascript|vbscript|data:(?!image\/jpeg))/i.test(a.value);
      if (code && /^(href|xlink:href|src|action|formaction|data|srcdoc)$/.test(a.name))
        bad.push(`leads to code: ${e.tagName} ${a.name}=${a.value.slice(0, 60)}`);
      if (/^on/.test(a.name)) bad.push(`handles: ${e.tagName} ${a.name}`);
      if (/^hx-on|^js:|^javascript:/.test(a.name + " ")) bad.push(`asks: ${e.tagName} ${a.name}`);
    }
  return bad;
}"""


# Who opens a page: the first of these whom the table lets, and in a full run a second one, too.
READERS = ("manager", "desk", "trainer", "kiosk", "screen", "client", "network")
SECOND = {"manager": "therapist", "client": "close_one"}
OWN = ("client", "close_one")


@dataclass
class Eyes:
    """One browser that reports whatever an injected text managed to do."""

    context: BrowserContext
    url: str
    session: str = ""
    seen: list[str] = field(default_factory=list)
    pages: int = 0
    shown: int = 0
    # The address that is being looked at, and those at which a payload stood to be read.
    name: str = ""
    opened: set[str] = field(default_factory=set)
    showed: set[str] = field(default_factory=set)

    def watch(self) -> None:
        """Begin to look."""
        self.context.expose_function("seenByTest", lambda what: self.seen.append(what))
        self.context.add_init_script(HOOKS)
        self.context.on("dialog", lambda dialog: (self.seen.append("dialog"), dialog.dismiss()))
        self.context.on("request", self._asked)

    def knows_own(self, who: str, sown: Sown) -> None:
        """Let a session go on whose address was written over."""
        model = Client if who == "client" else CloseOne
        session = SessionStore(self.session)
        with sown.inside():
            somebody = model.objects.get(pk=session[own.KEY]["chosen"])
        session[own.KEY] = {**session[own.KEY], "email": somebody.email.lower()}
        session.save()

    def _asked(self, request) -> None:
        if not request.url.startswith((self.url, "data:", "blob:", "about:")):
            self.seen.append(f"left for {request.url}")

    def opens(self, page: Page, path: str) -> list[str]:
        """Open a page and give what was seen on it; what is no page (a file) shows nothing."""
        self.seen.clear()
        try:
            answer = page.goto(self.url + path, wait_until="load")
        except Error as error:
            if "Download is starting" in str(error) or "ERR_ABORTED" in str(error):
                return []
            raise
        if answer is None or answer.status >= 500:
            return [f"{path} broke"]
        return self.looks(page)

    def looks(self, page: Page) -> list[str]:
        """Look at what stands there now."""
        self.pages += 1
        self.opened.add(self.name)
        # A word from the page and back: whatever it wanted to report has been reported.
        made = page.evaluate(LOOK)
        if "alert(1)" in page.inner_text("body"):
            self.shown += 1
            self.showed.add(self.name)
        return [*self.seen, *made]


@dataclass
class Tour:
    """Every page that a browser shows, each as somebody who may open it."""

    sown: Sown
    browser: Browser
    url: str
    eyes: dict[str, tuple[Eyes, Page]] = field(default_factory=dict)
    left_out: set[str] = field(default_factory=set)

    def pages(self, *, second: bool = False) -> Iterator[tuple[Address, str, str]]:
        """Give each address, who opens it, and where it is; `second`: for the second readers."""
        for address in addresses():
            row = row_for(address.name)
            if row is None or row.background or not row.read or "demo" in address.name:
                continue
            who = reader({kind.value for kind in row.read}, has_link=bool(row.link), second=second)
            if who:
                yield address, who, reverse(address.name, kwargs=arguments(address, self.sown))
            elif not second:
                self.left_out.add(address.name)

    def plant(self, payload: str) -> int:
        """Write a payload into every field; whoever came in by their address, has it anew."""
        fields = plant(payload, self.sown)
        for who, (eyes, _) in self.eyes.items():
            if who in OWN:
                eyes.knows_own(who, self.sown)
        return fields

    def as_(self, who: str) -> tuple[Eyes, Page]:
        """Give the browser of somebody."""
        if who not in self.eyes:
            context = self.browser.new_context(viewport={"width": 1280, "height": 900})
            context.set_default_timeout(15000)
            eyes = Eyes(context, self.url)
            if cookie := self._cookie(who, eyes):
                context.add_cookies([cookie])
            eyes.watch()
            self.eyes[who] = (eyes, context.new_page())
            if who in OWN:
                eyes.knows_own(who, self.sown)
        return self.eyes[who]

    def _cookie(self, who: str, eyes: Eyes) -> dict[str, str] | None:
        if who in self.sown.devices:
            return {"name": DEVICE_COOKIE, "value": self.sown.devices[who], "url": self.url}
        door = Door()
        if who in self.sown.staff:
            signed_in(door, self.sown.staff[who])
        elif who in OWN:
            sign_in_own(door, self.sown, who)
        elif who == "network":
            sign_in_network(door, self.sown, looks_in=False)
        else:
            return None
        name = settings.SESSION_COOKIE_NAME
        eyes.session = door.cookies[name].value
        return {"name": name, "value": eyes.session, "url": self.url}

    def close(self) -> None:
        """Let the browsers go."""
        for eyes, _ in self.eyes.values():
            eyes.context.close()
        self.eyes.clear()


def reader(kinds: set[str], *, has_link: bool, second: bool) -> str:
    """Say who opens a page that these may read; "" for nobody whom we have."""
    may = [one for one in READERS if one in kinds]
    staff_first = may and may[0] not in OWN
    first = may[0] if may and (staff_first or not has_link) else ""
    if not first and (has_link or "anyone" in kinds):
        first = "anyone"
    if not second:
        return first
    other = SECOND.get(first, "")
    return other if other in kinds else ""


def lived_in() -> Sown:
    """Give Harbour Street's morning, with a row of every model there is, about Amara."""
    sown = _Lived("h", Seeds(), morning.harbour())
    with sown.inside():
        for name, role in (("Noor", "manager"), ("Dee", "desk"), ("Joon", "therapist")):
            sown.staff[role] = morning.worker(name)
        sown.visits = [morning.visit_of("Amara")]
        by = of_staff(sown.staff["manager"])
        for kind in ("kiosk", "screen"):
            sown.devices[kind] = add_device(name=kind, kind=kind, by=by, now=NOW)[1]
        sown.hers |= {Client: sown.visits[0].client, Visit: sown.visits[0]}
        # Twice: what belongs to a row of the second round is made by then.
        for model in [*of_clinics(), *of_clinics()]:
            if model.__name__ not in MADE_BY_ACTIONS:
                sown.about_her(model)
    return sown


# What only the code reads, and a page cannot be drawn without.
GIVEN = {"Filling": {"measure": "gad-7", "version": "1"}}


@dataclass
class _Lived(Sown):
    """A clinic in the middle of a day: a page is opened about Amara, who is here today."""

    hers: dict[type[models.Model], models.Model] = field(default_factory=dict)

    def row(self, model: type[OfClinic]) -> OfClinic:
        return self.hers.get(model) or Sown.row(self, model)

    def about_her(self, model: type[OfClinic]) -> None:
        """Find her row of a model, or make one; of what is nobody's, any."""
        of_hers = {
            one.name: self.hers[one.related_model]
            for one in model._meta.concrete_fields
            if isinstance(one, models.ForeignKey) and one.related_model in self.hers
        }
        if model in self.hers:
            return
        found = model.objects.filter(**of_hers).first()
        if found is None:
            try:
                with transaction.atomic():
                    found = self.make(model, **of_hers, **GIVEN.get(model.__name__, {}))
            except (IntegrityError, ValidationError):
                # There is one that is somebody else's, and may not be another.
                return
        if of_hers:
            self.hers[model] = found


def text_fields() -> list[tuple[type[models.Model], models.Field]]:
    """Give every field of ours that holds text which somebody wrote."""
    return [
        (model, one)
        for model in apps.get_models()
        if model.__module__.startswith("alongside.") and model.__name__ not in MADE_BY_ACTIONS
        for one in model._meta.concrete_fields
        if isinstance(one, models.CharField | models.TextField)
        if not one.choices and not one.primary_key and one.name not in NOT_WRITTEN_BY_PEOPLE
    ]


NOT_WRITTEN_BY_PEOPLE = READ_BY_CODE | {
    *("digest", "door_code", "session_key", "feed_digest", "key", "topic"),
    *("measure", "version", "band", "code"),
}


def plant(payload: str, sown: Sown) -> int:
    """Write a payload into every text field of every row, past all forms; give how many fields."""
    quote = connection.ops.quote_name
    fields = text_fields()
    with (
        across_clinics("a test writes into every row there is"),
        connection.cursor() as cursor,
        _without_triggers(cursor),
    ):
        for model, one in fields:
            table, column, key = (
                quote(name) for name in (model._meta.db_table, one.column, model._meta.pk.column)
            )
            cursor.execute(f"SELECT {key} FROM {table}")
            rows = cursor.fetchall()
            room = one.max_length or 4000
            cursor.executemany(
                f"UPDATE {table} SET {column} = %s WHERE {key} = %s",
                [(_fitting(payload, room, place), row[0]) for place, row in enumerate(rows)],
            )
    with sown.inside():
        # The record is only ever added to.
        by = Actor(kind=ActorKind.DESK, clinic=sown.clinic.pk, label=payload[:120])
        client = sown.visits[0].client_id
        record("people.read_card", by=by, now=NOW, client=client, is_read=True, about=payload[:80])
    return len(fields)


@contextmanager
def _without_triggers(cursor) -> Iterator[None]:
    """Write past what keeps words as they were; the record's own guard stays up."""
    cursor.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name <> 'audit_entry'"
    )
    guards = cursor.fetchall()
    for name, _ in guards:
        cursor.execute(f"DROP TRIGGER {name}")
    try:
        yield
    finally:
        for _, sql in guards:
            cursor.execute(sql)


def _fitting(payload: str, room: int, place: int) -> str:
    """Cut a payload to a field, and keep what must be different different."""
    tail = f"{place:x}"
    return payload.replace("\0", "")[: max(room - len(tail), 0)] + tail
