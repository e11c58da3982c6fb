"""What the head of a request must not be, found before anybody acts on it.

Browsers send none of this. A length said in two ways is how one request is hidden behind another
from a proxy that reads the other way; a packed body is how a few bytes become a gigabyte.
"""

from collections.abc import Mapping
from typing import Any

from alongside.site.refusals import LongAddress, LongHead, Packed, Refusal

ADDRESS = 8 * 1024
HEAD = 32 * 1024
HEADERS = 100


def unfit(scope: Mapping[str, Any]) -> Refusal | None:
    """Give what is wrong with the head of a request, if anything is."""
    headers = scope["headers"]
    if len(scope["raw_path"]) + len(scope["query_string"]) > ADDRESS:
        return LongAddress()
    if len(headers) > HEADERS or sum(len(name) + len(value) for name, value in headers) > HEAD:
        return LongHead()
    names = {name for name, _value in headers}
    if {b"content-length", b"transfer-encoding"} <= names:
        return Refusal()
    if b"content-encoding" in names:
        return Packed()
    return None
