"""What is filled in: one question, several activities, a score from elsewhere."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.measures.models import Mode
from alongside.measures.queries.forms import Form, Question, has_form
from alongside.rules.measures import ALL, Measure

MOST_ROWS = 5
MANY = 16
LARGEST = 1024 * 1024
TO_TEN = [(str(number), str(number)) for number in range(11)]


def one_answer(question: Question, sent: Mapping[str, str]) -> object:
    """The answer that was sent for a question; None where nothing was chosen, or "rather not"."""
    if sent.get("do") == "skip":
        return None
    given = sent.get("answer", "").strip().replace(",", ".")
    if not given:
        return None
    if question.options:
        return given if given in {option.code for option in question.options} else None
    if question.kind == "boolean":
        return given == "1"
    return given


class RowsForm(forms.Form):
    """One activity in one's own words with its ratings."""

    name = forms.CharField(
        max_length=300,
        required=False,
        strip=False,
        widget=forms.TextInput(attrs={"data-talk": ""}),
    )

    def __init__(self, questions: Sequence[Question], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in questions:
            if question.name == "name":
                self.fields["name"].label = question.words
                continue
            self.fields[question.name] = forms.ChoiceField(
                label=question.words,
                choices=TO_TEN,
                required=False,
                widget=forms.RadioSelect(attrs={"class": "ten"}),
            )

    @classmethod
    def read(cls, forms_of_rows: "Sequence[RowsForm]") -> list[dict[str, object]]:
        """The rows that have words, as the rule reads them; [] where nothing was said."""
        rows = []
        for number, one in enumerate(forms_of_rows, start=1):
            if not one.is_valid() or not one.cleaned_data["name"].strip():
                continue
            ratings = {
                name: int(value)
                for name, value in one.cleaned_data.items()
                if name != "name" and value != ""
            }
            rows.append({"id": str(number), "text": one.cleaned_data["name"], **ratings})
        return rows


def row_forms(
    form: Form, known: Sequence[Mapping[str, Any]], sent: Mapping[str, Any] | None
) -> list[RowsForm]:
    """Five rows, filled in with what is known."""
    found = []
    for number in range(1, MOST_ROWS + 1):
        own = next((row for row in known if row.get("id") == str(number)), {})
        initial = {**own, "name": own.get("text", "")}
        found.append(RowsForm(form.rows, sent, prefix=f"r{number}", initial=initial))
    return found


class AskForm(forms.Form):
    """Which measure, and how."""

    measure = forms.ChoiceField(label=_("Which measure?"))
    mode = forms.ChoiceField(
        label=_("How?"), choices=Mode.choices, initial=Mode.SELF, widget=forms.RadioSelect
    )
    due_on = forms.DateField(
        label=_("By when?"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, own: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = {name for name in ALL if has_form(name) or name in own}
        field = self.fields["measure"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type alone
        field.choices = [
            (_("Filled in here"), [(m.name, m.title) for m in ALL.values() if m.name in here]),
            (
                _("Score only: the form itself is not ours to ship"),
                [(m.name, m.title) for m in ALL.values() if m.name not in here and _scored(m)],
            ),
        ]


def _scored(measure: Measure) -> bool:
    """Goals and needs have pages of their own."""
    return measure.name not in ("gas", "functioning-profile")


class AnswersForm(forms.Form):
    """All questions of a form on one page, for whoever fills it in together with a client."""

    def __init__(self, form: Form, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in form.questions:
            self.fields[one.name] = _field(one)

    def answers(self) -> dict[str, object]:
        """What was filled in, by item."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if value is not None and value != ""
        }


def _field(one: Question) -> forms.Field:
    if one.options:
        choices = [(option.code, option.words) for option in one.options]
        return forms.ChoiceField(
            label=one.words, choices=choices, required=False, widget=forms.RadioSelect
        )
    if one.kind == "boolean":
        return forms.BooleanField(label=one.words, required=False)
    if one.is_to_ten:
        widget = forms.RadioSelect(attrs={"class": "ten"})
        return forms.ChoiceField(label=one.words, choices=TO_TEN, required=False, widget=widget)
    return forms.FloatField(label=one.words, required=False, min_value=one.low, max_value=one.high)


class ScoreForm(forms.Form):
    """A score that was worked out elsewhere: its total, or its figures by name."""

    total = forms.FloatField(label=_("Total score"), required=False)

    def __init__(self, measure: Measure, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.named = [item for item in measure.items if not item.name.isdecimal()]
        if measure.takes.startswith('"answers": {') and not self.named:
            self.named = []
        for item in self.named[:MANY]:
            self.fields[item.name] = forms.FloatField(
                label=item.name.replace("_", " ").capitalize(),
                required=False,
                min_value=item.low,
                max_value=item.high,
            )

    def answers(self) -> dict[str, object]:
        """The figures by name, or the total."""
        named = {
            item.name: self.cleaned_data[item.name]
            for item in self.named[:MANY]
            if self.cleaned_data.get(item.name) is not None
        }
        total = self.cleaned_data.get("total")
        return named or ({} if total is None else {"total": total})


class TextForm(forms.Form):
    """An instrument's text to load, and what is confirmed with it."""

    file = forms.FileField(
        label=_("The file"),
        help_text=_("A FHIR Questionnaire (JSON), at most 1 MB. Download the empty one to begin."),
        error_messages={"required": _("Choose the file with the text.")},
        widget=forms.FileInput(attrs={"accept": "application/json,.json"}),
    )
    licence = forms.CharField(
        label=_("Which licence or permission?"),
        help_text=_("From whom, its number or date, and for what. It is kept on record."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write down which licence or permission you have.")},
    )
    valid_until = forms.DateField(
        label=_("Until when does it hold?"),
        help_text=_("After this day the text is shown to nobody any more."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    confirmed = forms.BooleanField(
        label=_("I have checked that our clinic may use this text in software"),
        error_messages={"required": _("Only with a licence may the text be loaded.")},
    )

    def clean_file(self) -> bytes:
        """Give what is in the file, unless it is too large to be a questionnaire."""
        sent = self.cleaned_data["file"]
        if sent.size > LARGEST:
            raise forms.ValidationError(_("This file is too large: at most 1 MB."))
        return bytes(sent.read())


class DoneForm(forms.Form):
    """What was done about an alert."""

    done = forms.CharField(
        label=_("What was done"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )
