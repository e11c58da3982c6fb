"""A colleague's photo, for new clients."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.office.actions.photo import NoPicture, TooManyBytes, TooManyPixels, drawn_anew


class PhotoForm(forms.Form):
    """A picture from this computer or phone."""

    photo = forms.FileField(
        label=gettext_lazy("A picture"),
        help_text=gettext_lazy(
            "JPEG, PNG or WebP, at most 5 MB. It is cut to a square; where and with what it was "
            "taken is left out."
        ),
        error_messages={"required": gettext_lazy("Please choose a picture first.")},
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )

    def clean_photo(self) -> str:
        """Give the picture as the pages show it: a small JPEG in a data address."""
        try:
            return drawn_anew(self.cleaned_data["photo"])
        except TooManyBytes:
            raise forms.ValidationError(
                _("This file is too large: at most 5 MB. Nothing was changed.")
            ) from None
        except TooManyPixels:
            raise forms.ValidationError(
                _(
                    "This picture is too large: at most 40 megapixels as a plain JPEG, 3 as "
                    "anything else. Nothing was changed."
                )
            ) from None
        except NoPicture:
            raise forms.ValidationError(
                _("This is not a picture that we can read. Please choose a JPEG, PNG or WebP.")
            ) from None
