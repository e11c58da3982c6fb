"""The two questions before a first visit."""

from typing import Self

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.welcome.models import Hopes

# More than anybody types on a phone; less than what slows a page down.
MOST = 4000


class HopesForm(forms.Form):
    """Two boxes, both may stay empty; what is typed is kept as it is, spaces and all."""

    hopes = forms.CharField(
        label=_("What do you hope for?"),
        help_text=_("For example: “I would like to cook again.”"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=MOST,
        required=False,
        strip=False,
    )
    worries = forms.CharField(
        label=_("Is anything worrying you?"),
        help_text=_("For example: “I do not know if I can climb the stairs.”"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=MOST,
        required=False,
        strip=False,
    )

    @classmethod
    def about(cls, hopes: Hopes | None) -> Self:
        """Fill in what was said before."""
        return cls(initial={"hopes": hopes.hopes, "worries": hopes.worries} if hopes else None)
