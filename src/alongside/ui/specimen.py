"""What the specimen pages show: one of everything, on one believable morning."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms

from alongside.rules.funnel import ONE_IN_20, ONE_IN_500, limits
from alongside.ui.charts import Bar, Series, bars, lines, rail
from alongside.ui.plots import Mark, Spot, caterpillar, funnel
from alongside.ui.ribbon import Band, Block, BlockState, Ribbon, RibbonLane, ribbon


class BookingForm(forms.Form):
    """A form with one field of each sort."""

    name = forms.CharField(label="Name", help_text="As the client likes to be called.")
    kind = forms.ChoiceField(
        label="For", choices=[("hand", "Hand therapy"), ("home", "Home visit")]
    )
    how = forms.ChoiceField(
        label="How shall we tell you?",
        choices=[("sms", "Text message"), ("mail", "E-mail")],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label="Worries", required=False, widget=forms.Textarea)
    quiet = forms.BooleanField(label="A quieter place, please", required=False)


def _day(now: datetime) -> Ribbon:
    def at(hour: int, minute: int = 0) -> datetime:
        return datetime.combine(now.date(), time(hour, minute), tzinfo=now.tzinfo)

    def visit(
        start: datetime,
        length: int,
        label: str,
        state: BlockState,
        note: str = "",
        band: Any = None,
    ) -> Block:
        return Block(
            starts_at=start,
            ends_at=start + timedelta(minutes=length),
            label=label,
            note=note,
            say=f"{label}, {note or state.value}",
            state=state,
            href="#main",
            band=band,
        )

    done, being, waits = BlockState.DONE, BlockState.WITH, BlockState.WAITING
    here, later, gone = BlockState.HERE, BlockState.EXPECTED, BlockState.GONE
    mika = RibbonLane(
        label="Mika R.",
        note="12 min behind",
        blocks=(
            visit(at(8), 45, "Olli", done, "8:00"),
            visit(at(8, 50), 50, "Sanna", done, "8:50"),
            visit(at(9, 42), 42, "Pekka", being, "since 9:42"),
            visit(
                at(10, 26),
                45,
                "Aino",
                waits,
                "▲ 14 min",
                Band(at(10, 20), at(10, 26), at(10, 38)),
            ),
            visit(at(11, 12), 45, "Ville", later, "10:45", Band(at(11), at(11, 12), at(11, 30))),
            visit(at(13), 45, "Liisa", later, "13:00"),
        ),
        away=((at(12), at(13)),),
    )
    priya = RibbonLane(
        label="Priya N.",
        note="on time",
        blocks=(
            visit(at(8, 3), 45, "Jean", done, "8:00"),
            visit(at(9), 30, "Fatou", gone, "did not come"),
            visit(at(9, 54), 31, "Marc", being, "since 9:54"),
            visit(
                at(10, 30),
                60,
                "Chloé",
                here,
                "told 8–14",
                Band(at(10, 24), at(10, 30), at(10, 36)),
            ),
            visit(at(11, 30), 45, "Noah", later, "11:30"),
        ),
    )
    return ribbon((mika, priya), opens_at=at(8), closes_at=at(17), now=at(10, 12))


def specimen_context(now: datetime) -> dict[str, Any]:
    """Give the pieces of the specimen pages; `now` only lends its day and zone."""
    well = Series(
        label="How well it goes",
        points=tuple(
            (date(2026, m, d), v) for m, d, v in ((9, 1, 3), (9, 29, 4), (10, 20, 6), (11, 18, 8))
        ),
    )
    glad = Series(
        label="How glad I am of it",
        points=tuple(
            (date(2026, m, d), v) for m, d, v in ((9, 1, 2), (9, 29, 4), (10, 20, 7), (11, 18, 9))
        ),
    )
    return {
        "now": now.replace(hour=10, minute=12),
        "clinic": {"name": "Harbour Street OT"},
        "actor": {"label": "Dee", "is_staff": True},
        "day": _day(now),
        "nav": [
            {"label": "Today", "url": "#", "icon": "today", "current": True, "count": 0},
            {"label": "People", "url": "#", "icon": "people", "current": False, "count": 0},
            {"label": "Told waits", "url": "#", "icon": "ledger", "current": False, "count": 3},
            {"label": "Messages", "url": "#", "icon": "message", "current": False, "count": 0},
        ],
        "steps": [
            {"label": "You told us you are here", "note": "9:50", "state": "done"},
            {"label": "You are next", "note": "Mika is with another person", "state": "now"},
            {"label": "Your time with Mika, about 45 minutes", "note": "", "state": "later"},
        ],
        "rail": rail(timedelta(minutes=5), timedelta(minutes=15)),
        "bars": bars(
            [
                Bar(label="Mika", value=81, low=70, high=89, shown="81 %"),
                Bar(label="Priya", value=93, low=85, high=97, shown="93 %"),
                Bar(label="Sam", value=88, low=77, high=94, shown="88 %"),
            ],
            high=100,
        ),
        "series": [well, glad],
        "chart": lines([well, glad], low=0, high=10, goal=(7, 10)),
        "heads": ("Therapist", "Share"),
        **_groups(),
        "blank": BookingForm(),
        "wrong": BookingForm({"name": "", "kind": "hand", "note": "Stairs worry me."}),
    }


def _groups() -> dict[str, Any]:
    """Groups beside each other, as on the page of outcomes."""
    marks = [
        Mark(label="Cooking group", value=2.6, low=1.9, high=3.3, own=3.4),
        Mark(label="Hands that hold", value=2.2, low=1.8, high=2.6, own=2.1),
        Mark(label="Home adaptation visit", value=2.0, low=1.1, high=2.9, own=1.2),
    ]
    spots = [
        Spot(number=1, share=0.9, n=21, beyond=True),
        Spot(number=2, share=0.6, n=64),
        Spot(number=3, share=0.52, n=12),
    ]
    return {
        "marks": marks,
        "side": caterpillar(marks, middle=2.2),
        "side_head": ["Service", "Better by", "95 %", "As measured"],
        "side_key": ["drawn towards all of them", "as measured", "the middle of all"],
        "funnel": funnel(
            spots,
            middle=0.6,
            limits=(lambda n: limits(n, 0.6, ONE_IN_20), lambda n: limits(n, 0.6, ONE_IN_500)),
            least=5,
        ),
        "spots": [
            {"number": 1, "label": "Cooking group", "share": 0.9, "n": 21, "where": "beyond"},
            {"number": 2, "label": "Hands that hold", "share": 0.6, "n": 64, "where": "within"},
            {"number": 3, "label": "Home visit", "share": 0.52, "n": 12, "where": "within"},
        ],
        "funnel_head": ["No.", "Service", "Noticeably better", "People", "Where that stands"],
        "funnel_key": ["19 in 20 lie inside", "499 in 500 lie inside", "everybody together"],
    }
