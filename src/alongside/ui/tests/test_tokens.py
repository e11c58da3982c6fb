"""The colours can be read: every pair of text and ground, in light and in dark."""

import math
import re

import pytest

from alongside.ui.look import SHEET

CSS = SHEET.read_text(encoding="utf-8")
LIGHT_DARK = re.compile(
    r"--([\w-]+): light-dark\(oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\), "
    r"oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\)\)"
)
GROUNDS = ("paper", "card", "brand-soft", "good-soft", "care-soft", "joy-soft")
# Client pages share the tokens, so 7:1 (AAA) holds for every text, staff pages too.
TEXTS = [(ink, ground) for ink in ("ink", "ink-2") for ground in GROUNDS] + [
    *((ink, ground) for ink in ("brand", "good", "care") for ground in ("paper", "card")),
    ("brand", "brand-soft"),
    ("good", "good-soft"),
    ("care", "care-soft"),
    ("on-brand", "brand"),
    ("paper", "care"),
]
# What must be seen but is not text: edges of fields, lines of charts.
SHAPES = [(line, ground) for line in ("edge", "joy-2", "brand") for ground in ("paper", "card")]

Linear = tuple[float, float, float]


def linear(lightness: float, chroma: float, hue: float) -> Linear:
    """Turn oklch into linear sRGB, cut to what a screen shows (Ottosson 2020)."""
    a, b = (chroma * f(math.radians(hue)) for f in (math.cos, math.sin))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    rgb = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    red, green, blue = (min(1.0, max(0.0, part)) for part in rgb)
    return red, green, blue


def from_hex(text: str) -> Linear:
    """Turn #rrggbb into linear sRGB."""
    parts = [int(text[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return red, green, blue


def contrast(one: Linear, other: Linear) -> float:
    """Give WCAG's contrast ratio."""
    bright, dim = sorted(
        (0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in (one, other)), reverse=True
    )
    return (bright + 0.05) / (dim + 0.05)


def tokens(scheme: str) -> dict[str, Linear]:
    """Read the tokens of one scheme: light, dark, or the fallback for old phones."""
    if scheme == "old":
        return {
            name: from_hex(value) for name, value in re.findall(r"--([\w-]+): (#[0-9a-f]{6})", CSS)
        }
    start = 2 if scheme == "light" else 5
    return {
        found[1]: linear(
            float(found[start]) / 100, float(found[start + 1]), float(found[start + 2])
        )
        for found in LIGHT_DARK.finditer(CSS)
    }


@pytest.mark.parametrize("scheme", ["light", "dark", "old"])
@pytest.mark.parametrize(("ink", "ground"), TEXTS)
def test_text_has_the_contrast_of_aaa(scheme, ink, ground):
    known = tokens(scheme)
    assert contrast(known[ink], known[ground]) >= 7.0


@pytest.mark.parametrize("scheme", ["light", "dark", "old"])
@pytest.mark.parametrize(("line", "ground"), SHAPES)
def test_shapes_stand_out_from_their_ground(scheme, line, ground):
    known = tokens(scheme)
    assert contrast(known[line], known[ground]) >= 3.0


def test_an_old_phone_gets_the_light_colours():
    light, old = tokens("light"), tokens("old")
    assert set(light) == set(old)
    for name, colour in light.items():
        assert contrast(colour, old[name]) < 1.02, name


def test_the_measure_itself_can_tell():
    assert contrast(from_hex("#000000"), from_hex("#ffffff")) == pytest.approx(21)
    known = tokens("light")
    assert contrast(known["joy"], known["card"]) < 3.0, "gold alone must never carry a meaning"
