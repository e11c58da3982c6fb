"""Small words of our templates: the clock, minutes, a field, an icon."""

from collections.abc import Hashable
from datetime import datetime, timedelta, tzinfo
from typing import Any
from uuid import uuid4

from django import template
from django.forms import BoundField, CheckboxInput
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _

from alongside.ui import kept as pieces
from alongside.ui import look as looks
from alongside.ui import words as spoken

register = template.Library()


@register.filter
def clock(at: datetime | None, zone: tzinfo | None = None) -> str:
    """Give a moment as the clock on the clinic's wall, 24 hours: 9:05."""
    if at is None:
        return ""
    local = timezone.localtime(at, zone or None)
    return f"{local.hour}:{local.minute:02d}"


@register.filter
def whole_minutes(length: timedelta | None) -> int | str:
    """Give a length in whole minutes; half a minute counts up."""
    if length is None:
        return ""
    return int((length.total_seconds() + 30) // 60)


@register.filter
def whole_hours(length: timedelta) -> str:
    """Give a length in hours, with its half where it has one: 12, 1.5."""
    return f"{length / timedelta(hours=1):g}"


@register.filter
def minutes(length: timedelta | None) -> str:
    """Say a length in words: 8 minutes."""
    if length is None:
        return ""
    count = int(whole_minutes(length))
    return ngettext("%(count)d minute", "%(count)d minutes", count) % {"count": count}


@register.filter
def short_minutes(length: timedelta | None) -> str:
    """Say a length briefly, for staff: 8 min."""
    return "" if length is None else _("%(count)d min") % {"count": whole_minutes(length)}


@register.filter
def own_name(code: str) -> str:
    """Name a language in that language: fr is Français."""
    return str(get_language_info(code)["name_local"]).capitalize()


@register.filter(is_safe=True)
def quoted(words: str) -> str:
    """Set somebody's own words in the quotation marks of the reader's language."""
    return spoken.quoted(words)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon of our sprite; without a label it is decoration beside a word."""
    href = f"{static('ui/icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}"/></svg>', label, href
        )
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}"/></svg>', href
    )


@register.simple_tag
def field(bound: BoundField, **attrs: Any) -> SafeString:
    """Draw a form's field whole: label, hint, error and input, tied together for every reader."""
    named = (("hint", bound.help_text), ("wrong", bound.errors))
    described = " ".join(f"{bound.auto_id}_{name}" for name, there in named if there)
    group = bool(bound.use_fieldset)
    if described and not group:
        attrs["aria-describedby"] = described
    drawn = {
        "bound": bound,
        "widget": bound.as_widget(attrs={k.replace("_", "-"): v for k, v in attrs.items()}),
        "described": described,
        "group": group,
        "check": isinstance(bound.field.widget, CheckboxInput),
    }
    return SafeString(render_to_string("ui/parts/field.html", drawn))


@register.simple_tag
def kept(template: str, **values: Hashable) -> SafeString:
    """Draw a piece from values alone, once for all who see the same (ui/kept.py)."""
    return pieces.kept(template, **values)


@register.simple_tag
def new_key() -> str:
    """Make the key by which a form sent twice is known as one."""
    return str(uuid4())


@register.simple_tag(takes_context=True)
def look(context: template.Context) -> SafeString:
    """Put the look into the page itself where the policy allows: one round trip less on a phone."""
    # Its text, not its truth: a nonce is "false" until somebody has read it.
    nonce = str(context.get("CSP_NONCE", ""))
    if not nonce:
        return format_html('<link rel="stylesheet" href="{}">', static("ui/alongside.css"))
    return format_html('<style nonce="{}">{}</style>', nonce, looks.inline())
