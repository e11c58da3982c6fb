"""Every sentence that the lead reads of outcomes: what can be said, and never more."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.rules.beside import Beside, Shares
from alongside.rules.funnel import Stands
from alongside.rules.outcomes import LEAST, Figures, Said, Share


def kinds() -> dict[str, str]:
    """The kinds of goal, from the smallest to the largest."""
    return {
        "task": _("One thing of the day"),
        "activity": _("Something they like or have to do"),
        "role": _("A part they play: at home, at work, for somebody"),
        "life": _("A hope for their life"),
    }


def without() -> str:
    """Those who said yes to none of our services."""
    return _("None of our services")


def number(value: float) -> str:
    """A number with one decimal, as the reader writes it."""
    return str(number_format(value, 1))


def gain(found: Figures) -> str:
    """How much better on average, with its interval."""
    values = {"gain": signed(found.gain), "low": signed(found.low), "high": signed(found.high)}
    return _("%(gain)s (%(low)s to %(high)s)") % values


def signed(value: float) -> str:
    """A number with its sign; what rounds to nothing has none."""
    shown = round(value, 1)
    sign = "+" if shown > 0 else "−" if shown < 0 else ""
    return f"{sign}{number(abs(shown))}"


def share(found: Share | None) -> str:
    """A share with its interval; why there is none, where there is none."""
    if found is None:
        return _("no agreed figure")
    values = {
        "percent": round(100 * found.share),
        "low": round(100 * found.low),
        "high": round(100 * found.high),
    }
    return _("%(percent)d %% (%(low)d to %(high)d %%)") % values


def fewer(least: int) -> str:
    """In the place of a group that may not be shown."""
    return _("not shown: fewer than %(n)d people, or the one gap beside such a group") % {
        "n": least
    }


def few(count: int) -> str:
    """So many people, where that may be told; "" for nobody."""
    if not count:
        return ""
    if count < LEAST:
        return _("fewer than %(n)d people") % {"n": LEAST}
    return ngettext("%(n)d person", "%(n)d people", count) % {"n": count}


def on_average(said: Said) -> str:
    """What can be said of a group's mean."""
    return {
        Said.BETTER: _("better"),
        Said.UNCLEAR: _("no clear change"),
        Said.WORSE: _("harder"),
    }[said]


def of_all(found: Figures) -> str:
    """Everybody together in a sentence or two."""
    values = {
        "n": found.n,
        "gain": number(abs(found.gain)),
        "low": signed(found.low),
        "high": signed(found.high),
    }
    mean = {
        Said.BETTER: _(
            "On average it goes %(gain)s points better (95 %% interval %(low)s to %(high)s)."
        ),
        Said.UNCLEAR: _(
            "On average no clear change: %(gain)s points, and it may be none "
            "(95 %% interval %(low)s to %(high)s)."
        ),
        Said.WORSE: _(
            "On average it goes %(gain)s points less well (95 %% interval %(low)s to %(high)s)."
        ),
    }[found.said]
    if found.better is None or found.worse is None:
        return mean % values
    counted = _("Of %(n)d people, %(better)d got noticeably better and %(worse)d noticeably worse.")
    return (
        counted % {"n": found.n, "better": found.better.hits, "worse": found.worse.hits}
        + " "
        + mean % values
    )


def beside(found: Beside, *, people: bool = False) -> str:
    """What groups beside each other show; without a difference, no order."""
    if not found.differ:
        said = _("The differences are no larger than chance makes: nobody is ahead of anybody.")
    else:
        ends = [one.value for one in found.family.groups]
        said = _(
            "They differ by more than chance: from %(low)s to %(high)s points, each drawn towards "
            "all of them as far as it is unsure."
        ) % {"low": signed(min(ends)), "high": signed(max(ends))}
    return f"{said} {_order(found, people=people)}"


def _order(found: Beside, *, people: bool) -> str:
    if not people:
        return _("Most stands first.") if found.differ else _("So they are not sorted.")
    if found.differ:
        return _("It is a reason to ask and no rank: the order is that of the alphabet.")
    return _("The order is that of the alphabet.")


def funnel(found: Shares) -> str:
    """What the funnel shows: at its edge some are always found, beyond it hardly any."""
    values = {
        "n": len(found.stands),
        "edge": found.how_many(Stands.OUTER),
        "beyond": found.how_many(Stands.BEYOND),
        "middle": round(100 * found.middle),
    }
    if values["beyond"]:
        said = ngettext(
            "%(beyond)d of %(n)d lies beyond what chance makes of groups of its size, around the "
            "%(middle)d %% of everybody. Ask why before you conclude anything.",
            "%(beyond)d of %(n)d lie beyond what chance makes of groups of their size, around the "
            "%(middle)d %% of everybody. Ask why before you conclude anything.",
            values["beyond"],
        )
    elif values["edge"]:
        said = ngettext(
            "None lies beyond chance. %(edge)d of %(n)d is at the edge of it, where one in 20 is "
            "found by chance alone.",
            "None lies beyond chance. %(edge)d of %(n)d are at the edge of it, where one in 20 is "
            "found by chance alone.",
            values["edge"],
        )
    else:
        said = _(
            "All %(n)d lie where chance puts groups of their size, around the %(middle)d %% of "
            "everybody."
        )
    return said % values


def stands(where: Stands) -> str:
    """Where one group stands in the funnel."""
    return {
        Stands.WITHIN: _("as chance has it"),
        Stands.OUTER: _("at the edge: one in 20 is there by chance"),
        Stands.BEYOND: _("beyond chance: ask why"),
    }[where]


def too_few(least: int) -> str:
    """Where nothing may be shown at all."""
    return _(
        "Fewer than %(n)d people have a first and a last value in these months, two weeks or more "
        "apart. Nothing is shown, so that nobody can be recognised."
    ) % {"n": least}


def of_pictures() -> dict[str, object]:
    """What the parts of the pictures are called."""
    return {
        "side_head": [_("Who"), _("Better by, drawn"), _("95 %"), _("As measured")],
        "side_key": [_("drawn towards all of them"), _("as measured"), _("the middle of all")],
        "funnel_head": [
            _("No."),
            _("Who"),
            _("Noticeably better"),
            _("People"),
            _("Where that stands"),
        ],
        "funnel_key": [
            _("19 in 20 lie inside by chance"),
            _("499 in 500 lie inside by chance"),
            _("everybody together"),
        ],
        "across": _("people"),
    }
