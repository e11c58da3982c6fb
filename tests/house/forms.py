"""The forms of a page, as a browser sees them: where they go, and what can be chosen in them."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
TYPED = {"email": "somebody@example.org", "date": "2026-12-01", "time": "09:00", "number": "5"}


@dataclass
class Form:
    """One form: its address, what it would send as it stands, and the keys that can be chosen."""

    action: str
    method: str
    sends: dict[str, str] = field(default_factory=dict)
    keys: dict[str, set[str]] = field(default_factory=dict)


def forms_of(page: str) -> list[Form]:
    """Give the forms of a page that send something."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return [form for form in reader.forms if form.method == "post"]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.open: Form | None = None
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.open = Form(has.get("action", ""), has.get("method", "get").lower())
            self.forms.append(self.open)
        elif self.open is None:
            return
        elif tag == "select":
            self.select = has.get("name", "")
        elif tag == "option":
            self._offers(self.select, has.get("value", ""), is_first=True)
        elif tag in ("input", "button", "textarea") and has.get("name"):
            self._takes(tag, has)

    handle_startendtag = handle_starttag

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None

    def _takes(self, tag: str, has: dict[str, str]) -> None:
        assert self.open is not None
        kind = has.get("type", "text")
        if tag == "button" or kind in ("radio", "checkbox", "hidden"):
            self._offers(
                has["name"],
                has.get("value", "" if kind == "hidden" else "on"),
                is_first=kind != "checkbox",
            )
        else:
            self.open.sends[has["name"]] = has.get("value") or TYPED.get(kind, "Some words here")

    def _offers(self, name: str, value: str, *, is_first: bool) -> None:
        """Keep the first that is offered, and every key that is."""
        assert self.open is not None
        if value and is_first:
            self.open.sends.setdefault(name, value)
        if KEY.fullmatch(value):
            self.open.keys.setdefault(name, set()).add(value)
