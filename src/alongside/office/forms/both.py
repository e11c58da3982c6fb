"""Two people wrote the same page: what each of them wrote."""

from dataclasses import dataclass
from typing import Any, cast

from django.db.models import Model
from django.forms import BoundField, ModelForm
from django.http import QueryDict
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True, kw_only=True)
class Both:
    """A field that stands differently on record from what is typed."""

    label: str
    theirs: str
    mine: str
    anchor: str


def both_values(form: "ModelForm[Any]", theirs: Model) -> list[Both]:
    """Give the fields that differ; the form will overwrite knowingly when it is sent again."""
    typed_before = cast("QueryDict", form.data).copy()
    typed_before[form.add_prefix("version")] = str(getattr(theirs, "version", 0))
    form.data = typed_before
    there = type(form)(instance=theirs)
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
    choices = dict(getattr(bound.field, "choices", ()) or ())
    return str(choices.get(value, "" if value is None else value))
