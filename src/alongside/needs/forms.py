"""What one fills in about needs and services. What is typed is kept as it is."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.needs import messages as said
from alongside.needs.models import LONGEST, Kind, Service, Voice, Whom
from alongside.office.forms.both import SeenForm
from alongside.people.models import Staff
from alongside.rules.needs import BY_CODE, Area
from alongside.rules.who_sees import AT_THE_DESK, Word
from alongside.rules.who_sees import Whom as Said

TO_TEN = [(number, str(number)) for number in range(11)]


def whole(value: object) -> int:
    """A choice as the number it stands for."""
    return int(str(value))


def own_words(label: Any, hint: Any = "") -> forms.CharField:
    """A box for somebody's own words."""
    return forms.CharField(
        label=label,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=LONGEST,
        required=False,
        strip=False,
    )


class HowHardForm(forms.Form):
    """One tap: how hard it is, or that it helps."""

    code = forms.ChoiceField(choices=[(code, code) for code in BY_CODE])
    how = forms.ChoiceField(choices=[(one, one) for one in ("0", "1", "2", "3", "4", "9", "helps")])

    def values(self) -> dict[str, Any]:
        """What was tapped, for the action."""
        how = self.cleaned_data["how"]
        helps = how == "helps"
        return {"performance": 4 if helps else whole(how), "helps": helps}


class MoreForm(forms.Form):
    """One's own words about it, and how much it matters."""

    words = own_words(_("In your own words, if you like"))
    importance = forms.TypedChoiceField(
        label=_("How much does it matter to you?"),
        help_text=_("0: not at all. 10: very much."),
        choices=TO_TEN,
        coerce=whole,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect(attrs={"class": "ten"}),
    )


def of_the_list(areas: Collection[Area]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Every need of these parts that we ask about, by chapter, for a list to choose from."""
    return [
        (said.title(chapter), [(code, f"{said.need(code)} ({code})") for code in codes])
        for chapter in said.chapters(areas)
        if (codes := said.in_chapter(chapter))
    ]


NUMBERS = [
    ("0", _("0: none")),
    ("1", _("1: mild")),
    ("2", _("2: moderate")),
    ("3", _("3: severe")),
    ("4", _("4: complete")),
    ("8", _("8: not known")),
    ("9", _("9: does not apply")),
]
NOT_SAID = [("", _("not said"))]


class ExtentForm(forms.Form):
    """How hard something is, entered by staff, in whose view it is."""

    code = forms.ChoiceField(label=_("What is it about?"))
    voice = forms.ChoiceField(
        label=_("In whose view?"), choices=Voice.choices, initial=Voice.THERAPIST
    )
    performance = forms.TypedChoiceField(
        label=_("How hard it is in their life"), choices=NUMBERS, coerce=whole
    )
    capacity = forms.TypedChoiceField(
        label=_("How hard without help or aids"),
        choices=[*NOT_SAID, *NUMBERS],
        coerce=whole,
        empty_value=None,
        required=False,
    )
    importance = forms.TypedChoiceField(
        label=_("How much it matters (0 to 10)"),
        choices=[*NOT_SAID, *TO_TEN],
        coerce=whole,
        empty_value=None,
        required=False,
    )
    helps = forms.BooleanField(label=_("It helps: it is not in the way"), required=False)
    words = own_words(_("In their own words"))

    def __init__(self, *args: Any, areas: Collection[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        assert isinstance(code, forms.ChoiceField)  # noqa: S101 - declared above
        code.choices = of_the_list(areas)

    def clean(self) -> dict[str, Any]:
        """Say at the field what does not go together."""
        sent: dict[str, Any] = super().clean() or {}
        code = sent.get("code", "")
        if sent.get("helps") and not code.startswith("e"):
            self.add_error("helps", _("Only surroundings can help."))
        if sent.get("capacity") is not None and not code.startswith("d"):
            self.add_error("capacity", _("This is said of activities only."))
        return sent


class WhoSeesForm(forms.Form):
    """Whom of us a client lets see one part."""

    whom = forms.ChoiceField(
        label=_("Who of us may see this?"), choices=Whom.choices, widget=forms.RadioSelect
    )
    named = forms.MultipleChoiceField(
        label=_("The people I choose"),
        help_text=_("These count only with “Only the people I choose”."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, *args: Any, area: Area, word: Word, people: Sequence[Staff], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"whom": word.whom.value, "named": [str(one) for one in word.named]}
        whom, named = self.fields["whom"], self.fields["named"]
        assert isinstance(whom, forms.ChoiceField)  # noqa: S101 - declared above
        assert isinstance(named, forms.MultipleChoiceField)  # noqa: S101 - declared above
        if area not in AT_THE_DESK:
            whom.choices = [one for one in Whom.choices if one[0] != Whom.FRONT]
        named.choices = [(str(one.pk), one.name) for one in people]

    def clean(self) -> dict[str, Any]:
        """Only the people I choose: at least one of them."""
        sent: dict[str, Any] = super().clean() or {}
        if sent.get("whom") == Whom.NAMED and not sent.get("named"):
            self.add_error("named", _("Choose at least one person."))
        return sent

    def values(self) -> dict[str, Any]:
        """What was chosen, for the action."""
        sent = self.cleaned_data
        return {"whom": Said(sent["whom"]), "named": [UUID(one) for one in sent["named"]]}


class HowSaidForm(forms.Form):
    """How the client said it, when staff write it down for them."""

    how = forms.CharField(
        label=_("How did they say it?"),
        max_length=200,
        help_text=_("“He said so on the telephone.” It stays on record, and they see it."),
    )


def tags() -> list[tuple[str, str]]:
    """What a service may say that it covers: chapters, and each need."""
    return [(chapter, said.title(chapter)) for chapter in said.CHAPTERS] + [
        (code, said.need(code)) for code in BY_CODE
    ]


class ServiceForm(SeenForm):
    """Something that the clinic can offer."""

    covers = forms.MultipleChoiceField(
        label=_("What it helps with"),
        choices=tags,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one thing that it helps with.")},
    )
    kind = forms.ChoiceField(label=_("What it is"), choices=Kind.choices, widget=forms.RadioSelect)

    class Meta:
        model = Service
        fields = ("name", "words", "kind", "wait_days", "is_open", "covers")

    def by_chapter(self) -> list[dict[str, Any]]:
        """The boxes of `covers`, a chapter at a time: (value, words, whether it is ticked)."""
        ticked = {str(one) for one in (self["covers"].value() or [])}
        return [
            {
                "title": said.title(chapter),
                "whole": (chapter, said.title(chapter), chapter in ticked),
                "boxes": [(code, said.need(code), code in ticked) for code in codes],
                "is_open": chapter in ticked or any(code in ticked for code in codes),
            }
            for chapter in said.CHAPTERS
            if (codes := said.in_chapter(chapter))
        ]
