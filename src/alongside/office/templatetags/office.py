"""Small words of the office's templates."""

from collections.abc import Iterable

from django import template
from django.forms import BaseForm
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from alongside.parts.part import Panel

register = template.Library()


@register.filter
def wrong(forms: Iterable[BaseForm]) -> bool:
    """Tell whether anything in these forms must be put right."""
    return any(form.errors for form in forms)


@register.simple_tag(takes_context=True)
def panel(context: template.Context, piece: Panel) -> SafeString:
    """Draw the piece of page that another part put into a slot."""
    request: HttpRequest | None = context.get("request")
    return SafeString(
        render_to_string(piece.template, {**piece.context, "panel": piece.context}, request)
    )
