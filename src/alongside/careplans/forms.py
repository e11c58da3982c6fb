"""What one fills in after a visit: one line is enough, the rest is a tap or stays open."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.careplans.models import LONGEST, Setting, Understood

TO_TEN = [(number, str(number)) for number in range(11)]


def words(label: Any, hint: Any = "", *, required: bool = False) -> forms.CharField:
    """A small box for words."""
    return forms.CharField(
        label=label,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=LONGEST,
        required=required,
    )


def to_ten(label: Any) -> forms.TypedChoiceField:
    """0 to 10, one tap; may stay open."""
    return forms.TypedChoiceField(
        label=label,
        help_text=_("0: very badly. 10: very well."),
        choices=TO_TEN,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect(attrs={"class": "ten"}),
    )


class NoteForm(forms.Form):
    """A visit note."""

    did = words(
        _("What we did"), _("They read this on their own page: plain words."), required=True
    )
    # The first thing one types, without a tap to get there.
    did.widget.attrs["autofocus"] = True
    next_step = words(_("The next step"), _("They read this too. One step is enough."))
    agreed = forms.BooleanField(label=_("They said yes to it, here with us"), required=False)
    setting = forms.ChoiceField(
        label=_("Where we met"), choices=Setting.choices, widget=forms.RadioSelect
    )
    how_client = to_ten(_("How it went, they say"))
    how_us = to_ten(_("How it went, we say"))
    explained = words(_("What was explained"))
    said_back = words(
        _("What they said back"), _("“Tell me in your own words”: what did they say?")
    )
    understood = forms.ChoiceField(
        label=_("Is it clear to them?"),
        choices=Understood.choices,
        required=False,
        widget=forms.RadioSelect,
    )
