"""Signing in, and choosing a password."""

from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from alongside.people.models import User


class SignInForm(forms.Form):
    """E-mail address and password."""

    email = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class NewPassword(forms.Form):
    """A password that is long enough and not one of the best known."""

    password = forms.CharField(
        label=_("Password"),
        help_text=_("12 characters or more. Four words that you remember make a good one."),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: object, user: User | None = None, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.user = user

    def clean_password(self) -> str:
        """Check against the rules, one's own name and address among them."""
        password = str(self.cleaned_data["password"])
        password_validation.validate_password(password, self.user)
        return password


class Invited(NewPassword):
    """The password of somebody invited: a new one, or the one they sign in with already."""

    def clean_password(self) -> str:
        """Hold only a new password to the rules."""
        if self.user is not None and self.user.has_usable_password():
            return str(self.cleaned_data["password"])
        return super().clean_password()


class ChangePassword(NewPassword):
    """A new password, by somebody who knows the old one."""

    old = forms.CharField(
        label=_("Your password until now"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ["old", "password"]
