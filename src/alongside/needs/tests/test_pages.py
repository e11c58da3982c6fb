"""The pages of needs: the client's own, what somebody close sees, staff's, and services."""

import pytest
from django.test import Client as Browser

from alongside.clinics.current import working_in
from alongside.needs.actions.offer import offer
from alongside.needs.actions.say import say
from alongside.needs.models import Extent, Proposal, Service, Voice
from alongside.rules.needs import NEEDS

pytestmark = pytest.mark.usefixtures("at_ten_past_ten")
WORDS = "buttons take me ages"


def test_amara_says_what_is_hard_with_one_tap(amara_in, harbour):
    assert "dressing" in amara_in.get("/mine/needs/ask/?of=d5").content.decode()
    answer = amara_in.post("/mine/needs/ask/", {"code": "d540", "how": "3"})
    assert answer.status_code == 303
    assert answer["Location"].endswith("?of=d5#need-d540")
    with working_in(harbour):
        row = Extent.objects.get()
        assert (row.code, row.performance, row.voice, row.by) == ("d540", 3, "client", "Amara")
    page = amara_in.get("/mine/needs/ask/?of=d5").content.decode()
    assert 'value="3" aria-pressed="true"' in page


def test_she_adds_her_own_words_and_how_much_it_matters(amara_in, harbour):
    amara_in.post("/mine/needs/ask/", {"code": "d540", "how": "3"})
    sent = {"code": "d540", "do": "more", "words": f" {WORDS}", "importance": "9"}
    amara_in.post("/mine/needs/ask/", sent)
    page = amara_in.get("/mine/needs/").content.decode()
    assert f"“ {WORDS}”" in page
    assert "Matters 9 out of 10" in page
    with working_in(harbour):
        assert Extent.objects.count() == 2
        assert Extent.objects.last().performance == 3


def test_what_helps_is_said_too(amara_in):
    amara_in.post("/mine/needs/ask/", {"code": "e310", "how": "helps"})
    assert "It helps me" in amara_in.get("/mine/needs/").content.decode()


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"code": "d540"},
        {"code": "d540", "how": "7"},
        {"code": "d540", "how": "helps"},
        {"code": "x", "how": "1"},
        {"code": "d540", "do": "more", "words": "x"},
    ],
)
def test_what_is_not_on_the_page_is_not_saved(sent, amara_in, harbour):
    assert amara_in.post("/mine/needs/ask/", sent).status_code == 404
    with working_in(harbour):
        assert not Extent.objects.exists()


def test_every_need_of_the_list_is_asked_somewhere(amara_in):
    from alongside.needs.messages import CHAPTERS

    asked = "".join(
        amara_in.get(f"/mine/needs/ask/?of={code}").content.decode() for code in CHAPTERS
    )
    assert [one.code for one in NEEDS if f'id="need-{one.code}"' not in asked] == []
    assert amara_in.get("/mine/needs/ask/?of=d0").status_code == 404


def test_the_page_is_in_french(web, own_page, amara, dressing):
    web.cookies["alongside-language"] = "fr"
    page = own_page(web, amara).get("/mine/needs/").content.decode()
    assert "s&#x27;habiller" in page
    assert "What is hard" not in page


def test_another_clients_needs_are_not_there(web, own_page, luc, dressing, harbour):
    with working_in(harbour):
        luc.email = "luc@example.org"
        luc.save()
    lucs = own_page(web, luc)
    assert lucs.get("/mine/needs/").status_code == 200
    assert WORDS not in lucs.get("/mine/needs/").content.decode()


def test_somebody_close_sees_needs_only_if_they_may(web, own_page, close_to, amara, dressing):
    nothing = own_page(web, close_to(amara, "Luc", rights=["goals"]))
    assert nothing.get("/mine/needs/").status_code == 403
    assert WORDS not in nothing.get("/mine/").content.decode()


def test_who_may_see_them_may_not_say(web, own_page, close_to, amara, dressing, harbour):
    luc = own_page(web, close_to(amara, "Luc", rights=["needs"]))
    page = luc.get("/mine/needs/").content.decode()
    assert WORDS in page
    assert "Tell us more" not in page
    assert luc.post("/mine/needs/ask/", {"code": "d540", "how": "0"}).status_code == 403
    with working_in(harbour):
        assert Extent.objects.count() == 1


def test_who_may_act_has_a_view_of_their_own(web, own_page, close_to, amara, dressing, harbour):
    luc = own_page(web, close_to(amara, "Luc", rights=["needs"], may_act=True))
    luc.post("/mine/needs/ask/", {"code": "d540", "how": "1"})
    with working_in(harbour):
        assert list(Extent.objects.values_list("voice", "by")) == [
            ("client", "Amara"),
            ("close", "Luc"),
        ]


def test_joon_sees_every_view_side_by_side(web, sign_in, joon, amara, dressing, harbour):
    sign_in(web, joon)
    there = f"/people/{amara.pk}/needs/"
    sent = {"code": "d540", "voice": "therapist", "performance": "1", "capacity": "2"}
    assert web.post(there, sent).status_code == 303
    page = web.get(there).content.decode()
    assert page.index("Very hard") < page.index("A little hard")
    assert "seen differently" in page
    assert WORDS in page
    web.post(there, {"code": "d540", "voice": "therapist", "performance": "3"})
    page = web.get(there).content.decode()
    assert "seen differently" not in page
    assert "before, on 24 November: A little hard" in page


def test_what_does_not_go_together_is_said_at_the_field(web, sign_in, joon, amara):
    sign_in(web, joon)
    sent = {"code": "b280", "voice": "client", "performance": "1", "capacity": "2", "helps": "on"}
    answer = web.post(f"/people/{amara.pk}/needs/", sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Only surroundings can help." in page
    assert "This is said of activities only." in page


def test_joon_offers_what_fits_and_amara_says_yes(
    web, sign_in, own_page, joon, amara, dressing, daily_living, work, acting, harbour, now
):
    with working_in(harbour):
        say(amara, "b152", performance=3, importance=3, by=acting.client(amara), now=now)
    sign_in(web, joon)
    there = f"/people/{amara.pk}/needs/"
    page = web.get(there).content.decode()
    assert "It helps with: dressing." in page
    assert "cover 75 %" in page
    assert "Nothing here covers:</strong>" not in page
    assert "Nothing here covers: feelings and mood" in " ".join(page.split())
    assert "Back to work" not in page
    web.post(f"{there}offer/", {"service": str(daily_living.pk)})
    assert "Offered, waits for an answer" in web.get(there).content.decode()
    hers = own_page(Browser(), amara)
    hers.cookies["alongside-language"] = "en"
    assert "Daily-living group" in hers.get("/mine/").content.decode()
    with working_in(harbour):
        made = Proposal.objects.get()
    hers.post("/mine/needs/answer/", {"proposal": str(made.pk), "do": "accept"})
    assert "You said yes" in hers.get("/mine/needs/").content.decode()


def test_joon_notes_what_amara_answered(
    web, sign_in, joon, amara, dressing, daily_living, acting, harbour, now
):
    with working_in(harbour):
        made = offer(amara, daily_living, by=acting.staff(joon), now=now)
    sign_in(web, joon)
    there = f"/people/{amara.pk}/needs/"
    web.post(f"{there}answered/", {"proposal": str(made.pk), "do": "decline"})
    assert "said no" in web.get(there).content.decode()


def test_another_clients_offer_cannot_be_answered(
    web, own_page, luc, amara, joon, dressing, daily_living, acting, harbour, now
):
    with working_in(harbour):
        made = offer(amara, daily_living, by=acting.staff(joon), now=now)
        luc.email = "luc@example.org"
        luc.save()
    sent = {"proposal": str(made.pk), "do": "accept"}
    assert own_page(web, luc).post("/mine/needs/answer/", sent).status_code == 404
    with working_in(harbour):
        assert Proposal.objects.get().is_open


def test_needs_come_first_on_staffs_page_of_a_client(web, sign_in, joon, amara, dressing):
    sign_in(web, joon)
    page = web.get(f"/people/{amara.pk}/").content.decode()
    assert page.index('id="their-needs"') < page.index('id="their-goals"')
    assert "Very hard" in page


def test_the_front_desk_sees_no_needs(web, sign_in, dee, amara, dressing):
    sign_in(web, dee)
    assert web.get(f"/people/{amara.pk}/needs/").status_code == 403
    assert 'id="their-needs"' not in web.get(f"/people/{amara.pk}/").content.decode()


def test_charlie_sees_and_changes_nothing(
    web, sign_in, charlie, amara, dressing, daily_living, harbour
):
    sign_in(web, charlie)
    there = f"/people/{amara.pk}/needs/"
    assert web.get(there).status_code in (403, 404)
    sent = {"code": "d540", "voice": "client", "performance": "0"}
    assert web.post(there, sent).status_code in (403, 404)
    offered = web.post(f"{there}offer/", {"service": str(daily_living.pk)})
    assert offered.status_code in (403, 404)
    assert web.get(f"/services/{daily_living.pk}/").status_code in (403, 404)
    assert "Daily-living group" not in web.get("/services/").content.decode()
    with working_in(harbour):
        assert Extent.objects.count() == 1
        assert not Proposal.objects.exists()


def many(amara, acting, joon, now):
    for one in NEEDS[:60]:
        say(amara, one.code, performance=3, by=acting.client(amara), now=now)
        say(
            amara, one.code, performance=1, voice=Voice.THERAPIST, by=acting.staff(joon), now=now
        )  # fmt: skip
    for number in range(20):
        Service.objects.create(name=f"Service {number}", covers=[NEEDS[number].code])


def test_many_needs_cost_no_more_questions(
    amara_in, amara, joon, acting, harbour, now, django_assert_max_num_queries
):
    with working_in(harbour):
        many(amara, acting, joon, now)
    amara_in.get("/mine/needs/")
    with django_assert_max_num_queries(6):
        amara_in.get("/mine/needs/")


def test_many_needs_and_services_cost_staff_no_more_questions(
    web, sign_in, amara, joon, acting, harbour, now, django_assert_max_num_queries
):
    with working_in(harbour):
        many(amara, acting, joon, now)
    sign_in(web, joon)
    web.get(f"/people/{amara.pk}/needs/")
    with django_assert_max_num_queries(8):
        web.get(f"/people/{amara.pk}/needs/")
