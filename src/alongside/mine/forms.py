"""What somebody types at their own page: their address, and who may see what."""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from alongside.parts import registry
from alongside.people.actors import gives
from alongside.people.models import CloseOne, Relation

if TYPE_CHECKING:
    CloseOneModelForm = forms.ModelForm[CloseOne]
else:
    CloseOneModelForm = forms.ModelForm


class AskForm(forms.Form):
    """One's e-mail address."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class PasskeyForm(forms.Form):
    """What somebody calls a passkey."""

    name = forms.CharField(
        label=_("What you call it"), max_length=40, help_text=_("“My phone”, for example.")
    )


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class CloseOneForm(CloseOneModelForm):
    """Somebody close, and what they may see: nothing, unless it is ticked."""

    rights = forms.MultipleChoiceField(
        label=_("May see"), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = CloseOne
        fields = (
            "name",
            "relation",
            "email",
            "mobile",
            "language",
            "rights",
            "may_act",
            "begins_on",
            "until_on",
        )
        labels = {
            "name": _("Their name"),
            "relation": _("Who are they?"),
            "email": _("Their e-mail address"),
            "mobile": _("Their mobile telephone"),
            "language": _("The language they read"),
            "may_act": _(
                "They may also act, in what they see: move or cancel a visit, agree to goals "
                "and changes, answer offers and questionnaires"
            ),
            "begins_on": _("From which day on"),
            "until_on": _("Until which day"),
        }
        widgets = {
            "begins_on": _day(),
            "until_on": _day(),
            "language": forms.Select(choices=settings.LANGUAGES),
            "mobile": forms.TextInput(attrs={"type": "tel"}),
        }

    def __init__(
        self, *args: Any, off: Collection[str], decides_from: int, today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        rights = self.fields["rights"]
        assert isinstance(rights, forms.MultipleChoiceField)  # noqa: S101 - declared above
        rights.choices = list(registry.rights(off).items())
        self.initial["rights"] = [
            name for name, _said in rights.choices if gives(self.initial.get("rights", ()), name)
        ]
        self.fields["begins_on"].required = False
        self.fields["begins_on"].help_text = _("Left empty: from today on.")
        self.fields["email"].help_text = _("They sign in with it. Nothing is sent to them now.")
        self.fields["until_on"].help_text = _(
            "It ends by itself when this day begins. For a parent: the day on which the child is "
            "%(age)d, and decides alone."
        ) % {"age": decides_from}
        for field in self.fields.values():
            field.widget.attrs.setdefault("autocomplete", "off")

    def clean(self) -> dict[str, Any] | None:
        """Ask for the day on which a child decides alone; whatever has passed shares nothing."""
        data = super().clean() or self.cleaned_data
        until = data.get("until_on")
        if data.get("relation") == Relation.PARENT and until is None:
            self.add_error("until_on", _("Say from which day on the child decides alone."))
        if until is not None and until <= (data.get("begins_on") or self.today):
            self.add_error("until_on", _("The last day must be later than the first."))
        return data

    def _post_clean(self) -> None:
        """Leave the row alone: what was agreed is never edited, so none is made of this form."""

    def values(self) -> dict[str, Any]:
        """Give what was typed, as a row keeps it."""
        return dict(self.cleaned_data)


class AgreedForm(forms.Form):
    """How the client agreed, when staff write it down for them."""

    how = forms.CharField(
        label=_("How did they agree?"),
        max_length=200,
        help_text=_("“She said so at the desk, her brother beside her.” It stays on record."),
    )
