"""Places in a picture, as SVG takes them: across in per cent, down in rem."""


def number(value: float) -> str:
    """Write a number with a point, whatever the reader's language does."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def across(value: float) -> str:
    """Write a place or a length across."""
    return f"{number(value)}%"


def down(value: float) -> str:
    """Write a place or a length down."""
    return f"{number(value)}rem"
