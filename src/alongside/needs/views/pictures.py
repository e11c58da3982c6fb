"""A line of the profile in words: what templates get."""

from dataclasses import dataclass
from datetime import tzinfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.needs import messages as said
from alongside.needs.models import Voice
from alongside.needs.queries.profile import Fits
from alongside.rules.profile import Line, Said, Side
from alongside.rules.profile import Voice as Speaker


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one of them says."""

    label: str
    how: str
    number: int | None
    before: str
    capacity: str
    words: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One need, as a page shows it."""

    code: str
    name: str
    area: str
    importance: int | None
    apart: str
    helps: bool
    cells: tuple[Cell, ...]


def rows(found: tuple[Line, ...], zone: tzinfo) -> list[Row]:
    """Lines of a profile in words."""
    return [
        Row(
            code=line.code,
            name=said.need(line.code),
            area=said.area(line.code),
            importance=line.importance,
            apart=said.apart(line.apart),
            helps=line.helps,
            cells=tuple(_cell(voice, line.sides.get(voice), zone) for voice in Speaker),
        )
        for line in found
    ]


def _cell(voice: Speaker, side: Side | None, zone: tzinfo) -> Cell:
    label = str(Voice(voice.value).label)
    if side is None:
        return Cell(label=label, how="", number=None, before="", capacity="", words="", by="")
    now = side.now
    return Cell(
        label=label,
        how=_how(now),
        number=None if now.helps else now.performance,
        before=_before(side.before, zone),
        capacity="" if now.capacity is None else said.how(now.code, now.capacity),
        words=now.words,
        by=now.by,
    )


def _how(one: Said) -> str:
    return said.how(one.code, one.performance, helps=one.helps)


def _before(one: Said | None, zone: tzinfo) -> str:
    if one is None:
        return ""
    values = {"how": _how(one), "day": date_format(one.at.astimezone(zone), _("j F"))}
    return _("before, on %(day)s: %(how)s") % values


def fitting(found: Fits) -> dict[str, object]:
    """What fits, in words and in percent."""
    return {
        "chosen": [
            {
                "service": one.service,
                "kind": one.service.get_kind_display(),
                "reason": said.reason(one.covered),
                "in_part": said.joined(one.in_part),
                "alone": percent(one.alone),
                "adds": percent(one.adds),
                "is_offered": one.is_offered,
            }
            for one in found.chosen
        ],
        "others": [(service, percent(share)) for service, share in found.others],
        "coverage": percent(found.match.coverage),
        "uncovered": said.joined(found.match.uncovered),
        "is_any": found.match.total > 0,
    }


def percent(share: float) -> str:
    """A share of all that is hard, in whole percent."""
    return f"{100 * share:.0f}"
