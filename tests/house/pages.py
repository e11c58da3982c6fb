"""What a template must not have (a strict policy would refuse it), and what it must."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

COMMENT = re.compile(r"\{#.*?#\}|\{%\s*comment.*?endcomment\s*%\}", re.DOTALL)
DJANGO = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
ASKS = ("hx-get", "hx-post", "hx-put", "hx-patch", "hx-delete")
EVENT = re.compile(r"on[a-z]+$")
# In Python, only text that is HTML: a keyword argument called `style` is not.
IN_PYTHON = re.compile(r"""<[a-z][^<>]*\s(style|on[a-z]+)\s*=\s*["'\\{]""")

Attributes = dict[str, str | None]


def faults(template: str) -> list[str]:
    """Give each fault of a template, with its line."""
    reader = _Reader()
    reader.feed(_without_django(template))
    reader.close()
    return reader.found


def in_python(source: str) -> list[str]:
    """Give each inline style or handler in HTML that Python writes."""
    return [match.group(0) for match in IN_PYTHON.finditer(source)]


def _without_django(template: str) -> str:
    def blank(match: re.Match[str]) -> str:
        return re.sub(r"[^\n]", " ", match.group(0))

    def value(match: re.Match[str]) -> str:
        # A nonce must still be seen to be there.
        return re.sub(r"[^\n]", "-", match.group(0)) if "nonce" in match.group(0) else blank(match)

    return DJANGO.sub(value, COMMENT.sub(blank, template))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        for fault in (*_inline(tag, has), *_asking(tag, has)):
            self.found.append(f"line {self.getpos()[0]}: {fault}")

    handle_startendtag = handle_starttag


def _inline(tag: str, has: Attributes) -> Iterator[str]:
    for name in has:
        if name == "style" or EVENT.match(name):
            yield f"<{tag} {name}=...> is inline"
    is_code = tag in ("script", "style") and has.get("type") != "application/json"
    if is_code and not has.get("src") and not (has.get("nonce") or "").strip():
        yield f"<{tag}> without a nonce"


def _asking(tag: str, has: Attributes) -> Iterator[str]:
    if not any(name in has for name in ASKS):
        return
    if "hx-swap" not in has:
        yield f"<{tag}> asks, and has no hx-swap of its own"
    if "hx-target" not in has and has.get("hx-swap") != "none":
        yield f"<{tag}> asks, and has no hx-target of its own"
    if tag == "a" and (has.get("href") or "#") == "#":
        yield "<a> asks, and has no href for when there is no script"
    plain = "action" in has and (has.get("method") or "").lower() == "post"
    if tag == "form" and "hx-get" not in has and not plain:
        yield "<form> asks, and has no action and method for when there is no script"
