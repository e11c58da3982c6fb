"""Words that visits' templates need: a mood, a step, a channel, a day."""

from collections.abc import Iterable
from datetime import datetime, tzinfo

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.rules.ledger import Share
from alongside.visits.messages.staff import verb_words
from alongside.visits.models import Channel

register = template.Library()


@register.filter
def mood_word(mood: int | None) -> str:
    """Say how somebody is, as they tapped it."""
    words = [_("very low"), _("low"), _("so-so"), _("well"), _("very well")]
    return words[mood] if mood is not None and 0 <= mood < len(words) else ""


@register.filter
def step_word(verb: str) -> str:
    """Name a step."""
    return verb_words(verb)


@register.filter
def channel_words(channels: Iterable[str]) -> str:
    """Name the ways by which something was told."""
    known = dict(Channel.choices)
    return ", ".join(str(known.get(channel, channel)) for channel in channels)


@register.filter
def day_in(moment: datetime, zone: tzinfo | None) -> str:
    """Write the day that it is at the clinic: Tuesday 24 November."""
    return date_format(timezone.localtime(moment, zone), _("l j F"))


@register.filter
def percent(share: Share) -> str:
    """Write a share of the ledger with what it is of: "87 % of 23"."""
    if share.share is None:
        return "–"
    return _("%(percent)d %% of %(n)d") % {"percent": round(100 * share.share), "n": share.n}


@register.filter
def interval(share: Share) -> str:
    """Write a share's 95 % interval: "68 to 95 %"."""
    if share.interval is None:
        return "–"
    low, high = (round(100 * end) for end in share.interval)
    return _("%(low)d to %(high)d %%") % {"low": low, "high": high}


@register.filter
def therapist_head(ledger: object) -> list[str]:
    """Name the columns of the table behind the therapists' bars."""
    return [_("Therapist"), _("Within ten minutes")]


@register.filter
def kind_head(ledger: object) -> list[str]:
    """Name the columns of the table behind the kinds' bars."""
    return [_("Kind of visit"), _("Within ten minutes")]
