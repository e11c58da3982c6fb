"""Two people wrote the same page: what each of them saw, and what each of them wrote."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.db.models import Model
from django.forms import BoundField, ModelForm
from django.http import QueryDict
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    AnyModelForm = ModelForm[Any]
else:
    AnyModelForm = ModelForm


class SeenForm(AnyModelForm):
    """A row that more than one person may change: the page says which one it was made from."""

    # How many changes the person saw when they opened the page.
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("version", self.instance.version)

    @property
    def seen(self) -> int:
        """The version that the page was made from."""
        return int(self.cleaned_data["version"] or 0)

    def values(self) -> dict[str, Any]:
        """Give what was typed, as the row keeps it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Both:
    """A field that stands differently on record from what is typed."""

    label: str
    theirs: str
    mine: str
    anchor: str


def both_values(form: SeenForm, theirs: Model) -> list[Both]:
    """Give the fields that differ; the form will overwrite knowingly when it is sent again."""
    typed_before = cast("QueryDict", form.data).copy()
    there = type(form)(instance=theirs)
    typed_before[form.add_prefix("version")] = str(there.initial["version"])
    form.data = typed_before
    found = []
    for bound in form.visible_fields():
        before = _shown(there[bound.name], there.get_initial_for_field(bound.field, bound.name))
        typed = _shown(bound, form.cleaned_data.get(bound.name))
        if before != typed:
            found.append(
                Both(
                    label=str(bound.label),
                    theirs=before or _("(empty)"),
                    mine=typed or _("(empty)"),
                    anchor=bound.id_for_label or bound.auto_id,
                )
            )
    return found


def _shown(bound: BoundField, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    choices = {str(code): str(words) for code, words in getattr(bound.field, "choices", ()) or ()}
    if isinstance(value, list):
        # In the order of the form, however they were kept.
        chosen = {str(one) for one in value}
        return ", ".join(words for code, words in choices.items() if code in chosen)
    return choices.get(str(value), "" if value is None else str(value))
