"""What somebody at the door or the kiosk is asked: a name and a time, and nothing is listed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.rules.door.words import times_meant

# The same words whether nobody fits or two do: who asks must not learn which.
NOT_FOUND = _(
    "We could not find your visit with this. Please check the name and the time, and add one "
    "thing more below. Or tell the front desk: they gladly check you in."
)


class FindForm(forms.Form):
    """The name they go by, the time of their visit, and one thing more when it is needed."""

    name = forms.CharField(
        label=_("Your name"),
        help_text=_("The name you like to be called, or your first name."),
        max_length=80,
        error_messages={"required": _("Please write your name.")},
    )
    at = forms.CharField(
        label=_("The time of your visit"),
        help_text=_("For example 10:30. You can also write 1030."),
        max_length=12,
        error_messages={"required": _("Please write the time of your visit.")},
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "text"}),
    )
    more = forms.CharField(
        label=_("One thing more"),
        help_text=_(
            "The last 3 digits of your mobile number, or the first letter of your last name."
        ),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"class": "short"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs |= {
                "autocomplete": "off",
                "autocapitalize": "words",
                "spellcheck": "false",
            }

    def clean_at(self) -> str:
        """Refuse what cannot be read as a time, and say how to write one."""
        at = str(self.cleaned_data["at"])
        if not times_meant(at):
            raise forms.ValidationError(_("Please write the time like this: 10:30."))
        return at
