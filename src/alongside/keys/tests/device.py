"""A device that makes and shows passkeys, without a browser; it lies where a test asks it to."""

import hashlib
import json
import struct
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_encode

PRESENT, UNLOCKED, HAS_KEY = 1, 4, 64


class Device:
    """Somebody's phone, with one passkey on it."""

    def __init__(self, origin: str = "http://localhost:8000", *, unlocked: bool = True) -> None:
        self.origin = origin
        self.flags = PRESENT | (UNLOCKED if unlocked else 0)
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = hashlib.sha256(repr(id(self)).encode()).digest()
        self.owner = ""

    def makes(self, question: dict[str, Any]) -> dict[str, Any]:
        """Answer a question for a new passkey."""
        asked = question["publicKey"]
        self.owner = asked["user"]["id"]
        public = cbor.encode(dict(ES256.from_cryptography_key(self.key.public_key())))
        kept = bytes(16) + struct.pack(">H", len(self.id)) + self.id + public
        data = self._data(asked["rp"]["id"], self.flags | HAS_KEY) + kept
        said = self._said("webauthn.create", asked["challenge"])
        attested = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        return self._carried(clientDataJSON=said, attestationObject=attested)

    def shows(self, question: dict[str, Any], **more: Any) -> dict[str, Any]:
        """Answer a question for the passkey."""
        asked = question["publicKey"]
        data = self._data(more.get("rp", asked["rpId"]), self.flags)
        said = self._said("webauthn.get", asked["challenge"])
        key = more.get("key", self.key)
        signed = key.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        answer = self._carried(clientDataJSON=said, authenticatorData=data, signature=signed)
        answer["response"]["userHandle"] = more.get("owner", self.owner)
        return answer

    def _data(self, rp: str, flags: int) -> bytes:
        return hashlib.sha256(rp.encode()).digest() + struct.pack(">BI", flags, 0)

    def _said(self, kind: str, challenge: str) -> bytes:
        said = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(said).encode()

    def _carried(self, **response: bytes) -> dict[str, Any]:
        return {
            "id": websafe_encode(self.id),
            "rawId": websafe_encode(self.id),
            "type": "public-key",
            "clientExtensionResults": {"credProps": {"rk": True}},
            "response": {name: websafe_encode(value) for name, value in response.items()},
        }
