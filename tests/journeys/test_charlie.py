"""Charlie works in the other clinic: on no page that he can open is anything of Harbour Street."""

from collections.abc import Iterable
from urllib.parse import urlsplit

import pytest

from alongside.people.models import Card, Client
from tests.journeys.morning import device, in_harbour, visit_of, worker
from tests.journeys.people import Person

MOST_PAGES = 60
WHERE_TO = "all => all.map((a) => new URL(a.getAttribute('href'), location).href)"


@pytest.fixture
def canaries(the_morning) -> set[str]:
    """What only Harbour Street knows: its people's names and words."""
    with in_harbour():
        people = Client.objects.all()
        names = {name for one in people for name in (one.first_name, one.last_name, one.email)}
        words = {text for card in Card.objects.all() for _heading, text in card.lines()}
    staff = {"Joon", "Mika", "Priya", "Noor", "Dee"}
    return {word for word in names | words | staff if len(word) > 3} | {"Dee"}


def test_charlie_finds_nothing_of_amara_wherever_he_goes(the_morning, at_work, canaries):
    charlie = at_work("Charlie")
    charlie.expects(404, 403)
    seen = _walks(charlie, ["/", "/people/?q=Amara", "/people/?q=Diallo", *_addresses_of_harbour()])
    assert len(seen) >= 8
    found = {path: [word for word in canaries if word in text] for path, text in seen.items()}
    # What Charlie wrote himself into the search box stands there again; nothing else does.
    found["/people/?q=Amara"].remove("Amara")
    found["/people/?q=Diallo"].remove("Diallo")
    assert not {path: words for path, words in found.items() if words}


def test_dee_walks_the_same_way_and_finds_her(the_morning, at_work, canaries):
    """The positive twin: the words that are looked for are there to be found."""
    dee = at_work("Dee")
    seen = _walks(dee, ["/", "/people/?q=Amara", *_addresses_of_harbour()], most=20)
    with_amara = [path for path, text in seen.items() if "Amara" in text]
    assert len(with_amara) >= 5
    assert {word for word in canaries if any(word in text for text in seen.values())} >= {
        "Diallo",
        "Joon",
        "Aino",
    }


def test_charlie_cannot_move_amara_on(the_morning, at_work):
    charlie = at_work("Charlie")
    charlie.expects(403, 404)
    page = charlie.opens("/today/")
    before = visit_of("Amara")
    status = page.evaluate(
        """async (path) => {
          const sent = new FormData(document.querySelector("form[method=post]"));
          sent.set("verb", "check_in");
          const answer = await fetch(path, { method: "POST", body: new URLSearchParams(sent) });
          return answer.status;
        }""",
        f"/today/visit/{before.pk}/step/",
    )
    assert status == 404
    assert visit_of("Amara").version == before.version


def test_hillsides_wall_knows_no_code_of_harbour(the_morning, somebody):
    wall = somebody()
    wall.opens(device("screen", worker_name="Charlie"))
    wall.presses(wall.button("Start"))
    wall.page.wait_for_url("**/screen/")
    assert visit_of("Aino").code not in wall.made_of()


def _walks(person: Person, begin: Iterable[str], *, most: int = MOST_PAGES) -> dict[str, str]:
    """Open every page that a link leads to, and give what stands there."""
    ways, seen = list(begin), {}
    known = {_shape(way) for way in ways}
    while ways and len(seen) < most:
        way = ways.pop(0)
        person.opens(way)
        seen[way] = person.made_of()
        for link in person.page.eval_on_selector_all("a[href]", WHERE_TO):
            parts = urlsplit(link)
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            if link.startswith(person.url) and _shape(path) not in known and _is_page(path):
                known.add(_shape(path))
                ways.append(path)
    return seen


def _shape(path: str) -> str:
    """Pages of one kind count once or twice: a diary could be leafed through for ever."""
    bare = path.split("?")[0]
    return bare if len(path) > len(bare) else path


def _is_page(path: str) -> bool:
    return not path.split("?")[0].endswith((".csv", ".ics"))


def _addresses_of_harbour() -> list[str]:
    """Addresses that Charlie could only have been told."""
    amara, joon = visit_of("Amara"), worker("Joon")
    return [
        f"/today/visit/{amara.pk}/",
        f"/today/visit/{visit_of('Aino').pk}/slip/",
        f"/bookings/{amara.pk}/",
        f"/people/{amara.client_id}/",
        f"/people/{amara.client_id}/card/",
        f"/bookings/?therapist={joon.pk}",
    ]
