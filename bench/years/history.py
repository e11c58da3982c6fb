"""One clinic's years: every client's life drawn, then written down, then poured into the tables."""

from datetime import timedelta
from random import Random

import around
import people
from aims import pursue
from asked import measured
from book import Book, Written, book
from gather import Gathered, Who
from place import Place
from pour import pour
from record import Record

from alongside.audit.models import Entry, Head
from alongside.demo.years import Episode, life_of

DAYS = 3 * 365
# Of a thin life: no more visits of an episode than these, and so much of who saw and did what.
THIN_VISITS, THIN_SHARE = 4, 0.1


def live(place: Place, clients: int, *, thin: bool = False) -> dict[str, int]:
    """Fill a clinic with the years of so many clients; gives how many rows each table got."""
    rng = Random(f"years {place.number}")
    gathered = Gathered(place, Record(place, rng, THIN_SHARE if thin else 1.0), rng, thin)
    into = Book(gathered)
    most = {"most_visits": THIN_VISITS} if thin else {}
    for number in range(clients):
        one = life_of(rng, days=place.today, **most)
        who = people.client(gathered, number, place.at(one.episodes[0].bookings[0].day))
        for episode in one.episodes:
            _episode(gathered, into, who, episode)
    return _pour(gathered)


def _episode(gathered: Gathered, into: Book, who: Who, one: Episode) -> None:
    visits = [book(into, who, booking) for booking in one.bookings]
    written = [each or Written(key=None, at=None, ended_at=None) for each in visits]
    ended = [each.ended_at for each in written if each.ended_at is not None]
    if not ended:
        return
    first, last = ended[0], ended[-1]
    let_go = around.called(gathered, who, last) if one.just_ended else None
    for pursuit in one.pursuits:
        pursue(gathered, who, pursuit, written, let_go)
    measured(gathered, who, one, first, last)
    around.needs(gathered, who, first, last, is_over=one.is_over)
    around.life(gathered, who, first, last + timedelta(minutes=1))


def _pour(gathered: Gathered) -> dict[str, int]:
    """Pour each table in the order of time; the record last, with its end."""
    counts = {}
    for model in list(gathered.rows):
        counts[model._meta.db_table] = pour(model, gathered.in_order(model))
    counts[Entry._meta.db_table] = pour(Entry, gathered.record.rows())
    number, digest = gathered.record.end
    place = gathered.place
    head = {
        "id": place.keys.at(place.began),
        "clinic_id": place.clinic.pk,
        "number": number,
        "digest": digest,
    }
    pour(Head, [head])
    return counts
