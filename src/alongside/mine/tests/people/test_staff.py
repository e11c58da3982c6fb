"""What staff may do about those close to a client."""

import pytest

from alongside.mine.tests.people.given import PLAIN, given

pytestmark = pytest.mark.usefixtures("at_ten_past_ten")


def test_dee_writes_down_what_amara_agreed_to(web, sign_in, dee, amara, harbour):
    sign_in(web, dee)
    path = f"/people/{amara.pk}/close-ones/"
    assert web.post(path, PLAIN).status_code == 422, "how did she agree?"
    assert given(harbour) == []
    web.post(path, {**PLAIN, "how": "At the desk, Luc beside her."})
    (luc,) = given(harbour)
    assert (luc.agreed_by, luc.agreed_how) == ("Dee", "At the desk, Luc beside her.")
    page = web.get(f"/people/{amara.pk}/").content.decode()
    assert "Luc" in page
    web.post(f"{path}{luc.pk}/end/")
    assert given(harbour)[0].ended_by == "Dee"


def test_charlie_writes_down_nothing_here(web, sign_in, charlie, amara, close_to, harbour):
    luc = close_to(amara, "Luc")
    sign_in(web, charlie)
    path = f"/people/{amara.pk}/close-ones/"
    assert web.get(path).status_code == 404
    assert web.post(path, {**PLAIN, "how": "He said so."}).status_code == 404
    assert web.post(f"{path}{luc.pk}/end/").status_code == 404
    assert [one.ended_at for one in given(harbour)] == [None]


def test_an_address_goes_with_its_own_client(web, sign_in, dee, amara, luc, close_to, harbour):
    """Amara's close one cannot be ended as if he were another client's."""
    one = close_to(amara, "Luc")
    sign_in(web, dee)
    assert web.post(f"/people/{luc.pk}/close-ones/{one.pk}/end/").status_code == 404
    assert given(harbour)[0].ended_at is None
