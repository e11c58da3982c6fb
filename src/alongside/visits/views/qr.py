"""A code that a phone's camera can read, as a picture in the page itself."""

import segno
from django.utils.safestring import SafeString, mark_safe


def qr(address: str) -> SafeString:
    """Draw an address: black on white whatever the page's colours, with its quiet margin."""
    code = segno.make(address, micro=False, error="m")
    drawn = code.svg_inline(
        omitsize=True, border=4, dark="#000", light="#fff", svgclass="qr", lineclass=None
    )
    return mark_safe(drawn)
