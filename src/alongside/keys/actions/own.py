"""Passkeys to one's own page: kept for an address that a letter has proven. No account, no user."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from allauth.mfa.webauthn.internal import auth
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from alongside.keys.actions.passkeys import WRONG, answered, ask_for, in_time
from alongside.keys.models import OwnPasskey

MOST = 20
# Where a new handle waits in the session, as the question does.
HANDLE = "own_handle"


class TooMany(Exception):
    """More passkeys than anybody has devices."""


def ask_for_new(request: HttpRequest, email: str, *, called: str, now: datetime) -> dict[str, Any]:
    """Ask a device to make a passkey for this address, unless it has one already."""
    mine = list(OwnPasskey.objects.filter(email=email))
    if len(mine) >= MOST:
        raise TooMany
    handle = _handle_of(mine)
    whose = PublicKeyCredentialUserEntity(id=bytes.fromhex(handle), name=email, display_name=called)
    request.session[HANDLE] = handle
    with ask_for(request, now=now):
        question, state = auth.get_server().register_begin(
            user=whose,
            credentials=[_public(one) for one in mine],
            resident_key_requirement=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
            extensions=auth.EXTENSIONS,
        )
        auth.set_state(state)
    return dict(question)


def keep(
    request: HttpRequest, email: str, name: str, answer: Any, *, pages: Iterable[str], now: datetime
) -> OwnPasskey | None:
    """Keep the passkey that a device made, if this is the answer to what was asked."""
    with answered(request):
        try:
            if not in_time(request, now):
                return None
            handle = str(request.session.pop(HANDLE, ""))
            made = auth.parse_registration_response(answer)
            auth.complete_registration(answer)
            with transaction.atomic():
                kept: OwnPasskey = OwnPasskey.objects.create(
                    email=email,
                    digest=_digest(made.raw_id),
                    handle=handle,
                    name=name,
                    credential=answer,
                    pages=sorted(pages),
                    added_at=now,
                )
        except (*WRONG, IntegrityError):
            return None
    return kept


def shows(request: HttpRequest, answer: Any, *, now: datetime) -> OwnPasskey | None:
    """Give the passkey that this answer shows, and none if it is not right."""
    with answered(request):
        try:
            if not in_time(request, now):
                return None
            shown = auth.parse_authentication_response(answer)
            kept: OwnPasskey | None = OwnPasskey.objects.filter(
                digest=_digest(shown.raw_id)
            ).first()
            state = auth.get_state()
            if kept is None or state is None or not _is_whose(shown, kept):
                return None
            auth.get_server().authenticate_complete(state, [_public(kept)], answer)
        except WRONG:
            return None
    OwnPasskey.objects.filter(pk=kept.pk).update(used_at=now)
    return kept


def _handle_of(mine: list[OwnPasskey]) -> str:
    return mine[0].handle if mine else secrets.token_hex(32)


def _is_whose(shown: AuthenticationResponse, kept: OwnPasskey) -> bool:
    """Tell whether the device calls its owner as it was told to."""
    return bool(shown.response.user_handle == bytes.fromhex(kept.handle))


def _public(kept: OwnPasskey) -> AttestedCredentialData:
    made = auth.parse_registration_response(kept.credential)
    public: AttestedCredentialData | None = (
        made.response.attestation_object.auth_data.credential_data
    )
    if public is None:
        raise ValueError(kept.pk)
    return public


def _digest(credential: bytes) -> str:
    return hashlib.sha256(credential).hexdigest()
