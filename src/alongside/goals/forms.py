"""What one fills in about a goal. What is typed is kept as it is, spaces and all."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.goals.models import LONGEST, Ladder, Meaning, Reach, Step

TO_TEN = [(number, str(number)) for number in range(11)]


def own_words(
    label: Any, hint: Any = "", *, required: bool = False, rows: int = 3
) -> forms.CharField:
    """A box for somebody's own words."""
    return forms.CharField(
        label=label,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": rows}),
        max_length=LONGEST,
        required=required,
        strip=False,
    )


class ToTen(forms.TypedChoiceField):
    """0 to 10, one tap each; may stay open unless it is required."""

    def __init__(self, label: Any, ends: Any = "", *, required: bool = False) -> None:
        super().__init__(
            label=label,
            help_text=ends,
            choices=TO_TEN,
            coerce=int,
            empty_value=None,
            required=required,
            widget=forms.RadioSelect(attrs={"class": "ten"}),
        )


class GoalForm(forms.Form):
    """A goal in one's own words."""

    words = own_words(
        _("What would you like to do?"),
        _("In your own words. For example: “I want to cook for my family again.”"),
        required=True,
    )
    why = own_words(_("Why does it matter to you?"), rows=2)
    reach = forms.ChoiceField(
        label=_("How big is it?"),
        choices=Reach.choices,
        initial=Reach.ACTIVITY,
        required=False,
        widget=forms.RadioSelect,
    )
    meaning = forms.ChoiceField(
        label=_("What would it give you?"),
        choices=Meaning.choices,
        required=False,
        widget=forms.RadioSelect,
    )

    def clean_words(self) -> str:
        """Only spaces are no words."""
        said: str = self.cleaned_data["words"]
        if not said.strip():
            raise forms.ValidationError(_("Write what you would like to do."))
        return said

    def clean_reach(self) -> str:
        """Nothing chosen: something one likes or has to do."""
        return self.cleaned_data["reach"] or str(Reach.ACTIVITY)


class AnewForm(GoalForm):
    """The same goal in other words, and what has changed."""

    changed = own_words(_("What has changed? Only if you like."), rows=2)


class RatingForm(forms.Form):
    """How it goes today."""

    going = ToTen(
        _("How well does it go?"), _("0: not at all. 10: as well as I want."), required=True
    )
    happy = ToTen(_("How happy are you with that?"), _("0: not at all. 10: very."))
    important = ToTen(_("How important is it to you now?"), _("0: not any more. 10: very."))
    means = ToTen(_("How much does it give you that?"), _("0: not at all. 10: very much."))
    words = own_words(_("Do you want to add a few words?"), rows=2)

    def __init__(self, *args: Any, meaning: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if meaning:
            self.fields["means"].label = _("How much does it let you feel that: %(meaning)s?") % {
                "meaning": meaning
            }
        else:
            del self.fields["means"]


class StepForm(forms.Form):
    """A step on the way."""

    words = forms.CharField(
        label=_("A step on the way"),
        max_length=300,
        strip=False,
        widget=forms.TextInput(attrs={"data-talk": ""}),
    )
    important = ToTen(_("How important is it to you?"))


class ReasonForm(forms.Form):
    """Why staff change something of a client's plan, and whether the client said yes to it."""

    why = forms.CharField(
        label=_("Why?"),
        help_text=_("They read it on their own page: plain words."),
        max_length=LONGEST,
    )
    agreed = forms.BooleanField(label=_("They said yes to it, here with us"), required=False)


class OurStepForm(ReasonForm, StepForm):
    """A step that staff propose."""

    field_order = ("words", "important", "why", "agreed")


class DropForm(ReasonForm):
    """A step that is no longer needed, in staff's view."""

    step = forms.ChoiceField(label=_("Which step?"))
    field_order = ("step", "why", "agreed")

    def __init__(self, *args: Any, steps: Iterable[Step], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["step"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [(str(one.pk), one.words) for one in steps if one.done_at is None]


class AchievementForm(forms.Form):
    """Something somebody did."""

    words = own_words(
        _("What did you do?"),
        _("However small. For example: “I buttoned my shirt.”"),
        required=True,
    )


class AsideForm(forms.Form):
    """Why a goal is set aside; it may stay unsaid."""

    why = own_words(_("Would you like to say why?"), rows=2)


class WordingForm(ReasonForm):
    """How staff put it."""

    field_order = ("words", "why", "agreed")

    words = own_words(
        _("In our words"), _("Beside the client’s words, never in their place."), required=True
    )


class LadderForm(forms.ModelForm):  # type: ignore[type-arg]
    """The five levels of Goal Attainment Scaling."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=1)
    why = ReasonForm.base_fields["why"]
    agreed = ReasonForm.base_fields["agreed"]

    class Meta:
        model = Ladder
        fields = (
            "much_more", "more", "hoped", "less", "much_less", "baseline", "important", "difficult",
        )  # fmt: skip

    def values(self) -> dict[str, object]:
        """What was filled in, for the action."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}
