"""The style sheet as a page on a slow phone wants it: inside, without comments."""

import re
from functools import lru_cache
from pathlib import Path

from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

SHEET = Path(__file__).parent / "static" / "ui" / "alongside.css"


def squeeze(css: str) -> str:
    """Drop comments and spare white space; strings keep theirs."""
    bare = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return re.sub(r"\s*([{};,>])\s*", r"\1", re.sub(r"\s+", " ", bare)).strip()


@lru_cache(maxsize=1)
def inline() -> SafeString:
    """Give the sheet ready to stand in a page: its fonts named by their full address."""
    css = squeeze(SHEET.read_text(encoding="utf-8"))
    for name in ("atkinson-latin", "atkinson-latin-ext"):
        css = css.replace(f"fonts/{name}.woff2", static(f"ui/fonts/{name}.woff2"))
    return mark_safe(css)  # our own file, no outside text
