"""The people who work in the clinic."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.clinics.models import VisitKind
from alongside.office.actions.set_up import Colleague
from alongside.office.forms.door import NewPassword
from alongside.office.forms.rows import Rows
from alongside.people.models import Role, Staff, User

if TYPE_CHECKING:
    StaffModelForm = forms.ModelForm[Staff]
else:
    StaffModelForm = forms.ModelForm


class NewColleague(forms.Form):
    """Somebody to invite."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(
        label=_("E-mail address"), help_text=_("They sign in with it. Nothing is sent to it now.")
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=Role.choices,
        help_text=_(
            "Front desk and therapists see the day and the people. A manager also changes these "
            "settings. A trainer sees no client."
        ),
    )


class TeamLine(NewColleague):
    """Somebody to invite, as a line of the set-up page: it may be left empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False
            field.help_text = ""

    def clean(self) -> dict[str, Any]:
        """Ask for both the name and the address of somebody who is named."""
        data: dict[str, Any] = super().clean() or {}
        for here, other in (("name", "email"), ("email", "name")):
            if data.get(other) and not data.get(here) and here not in self.errors:
                self.add_error(here, _("Give both the name and the e-mail address."))
        return data

    def line(self) -> Colleague | None:
        """Give who is named here, if anybody is."""
        data = self.cleaned_data
        if not data.get("email"):
            return None
        return Colleague(name=data["name"], email=data["email"], role=data["role"] or Role.DESK)


class TeamRows(Rows):
    """The lines of the team; nobody stands there twice."""

    def clean(self) -> None:
        """Refuse the same address twice."""
        seen: set[str] = set()
        for form in self.forms:
            email = (form.cleaned_data.get("email") or "").lower()
            if email and email in seen:
                form.add_error("email", _("This address is already on the list."))
            seen.add(email)


Team = forms.formset_factory(TeamLine, formset=TeamRows, extra=5)


class FirstManager(NewPassword):
    """Whoever sets the clinic up, and runs it from then on."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("You sign in with it."),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    field_order = ["name", "email", "password"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Nothing typed is lost when something else on this long page must be put right.
        self.fields["password"].widget.render_value = True

    def clean_password(self) -> str:
        """Check against the name and the address typed just above."""
        data = self.cleaned_data
        self.user = User(email=data.get("email", ""), name=data.get("name", ""))
        return super().clean_password()

    def who(self) -> Colleague:
        """Give the person."""
        return Colleague(name=self.cleaned_data["name"], email=self.cleaned_data["email"])


class StaffForm(StaffModelForm):
    """What a colleague is called, does, and what new clients read about them."""

    # The rows come with the form: outside a clinic nothing may be asked, not even "none".
    kinds: "forms.ModelMultipleChoiceField[VisitKind]" = forms.ModelMultipleChoiceField(
        label=_("Kinds of visit"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The kinds of visit this person gives. None ticked means all of them."),
    )

    class Meta:
        model = Staff
        fields = ("name", "short_name", "role", "profession", "about")
        help_texts = {
            "short_name": _("On the board and to clients: “Joon will see you now.”"),
            "profession": _("New clients read it: occupational therapist, for example."),
            "about": _("A line or two that makes a first visit easier."),
        }
        widgets = {"about": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = self.fields["kinds"]
        kinds.queryset = VisitKind.objects.all()  # type: ignore[attr-defined]
        kinds.initial = list(self.instance.kinds.all())
