"""Letters as a search compares them."""

import unicodedata


def plain(text: str) -> str:
    """Give a text without accents and capitals: Zoé is found by zoe, and zoe by ZOÉ."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(sign for sign in apart if not unicodedata.combining(sign)).split())
