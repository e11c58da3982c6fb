"""What cannot be read is refused kindly, at once, and costs one line of the log."""

import logging
from io import BytesIO

import pytest

MANY = {f"field-{number}": "Amara" for number in range(501)}
FORM = "application/x-www-form-urlencoded"
SENT = {
    "too many fields": ({"data": MANY}, 400, "More was sent"),
    "too many fields, not in parts": (
        {"data": "&".join(f"{name}=Amara" for name in MANY), "content_type": FORM},
        400,
        "More was sent",
    ),
    "too much": ({"data": b"a=" + b"b" * 6_000_000, "content_type": FORM}, 413, "More was sent"),
    "a form without an end": (
        {"data": b"--x\r\n", "content_type": "multipart/form-data; boundary=" + "y" * 300},
        400,
        "not in a form we understand",
    ),
    "a host of somebody else": (
        {"data": {}, "headers": {"host": "evil.example"}},
        400,
        "not in a form we understand",
    ),
    "a sign that no text has": (
        {"data": {"email": "amara\0@example.org"}},
        400,
        "not in a form we understand",
    ),
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("what", SENT)
def test_it_is_refused_kindly_with_one_quiet_line(web, caplog, what):
    sent, status, says = SENT[what]
    with caplog.at_level(logging.DEBUG):
        answer = web.post("/sign-in/", **sent)
    assert answer.status_code == status
    page = answer.content.decode()
    assert says in page
    assert "Nothing was changed." in page
    ours = [one for one in caplog.records if one.levelno >= logging.WARNING]
    assert [one.name for one in ours] == ["alongside.site.readable"]
    assert ours[0].exc_info is None
    assert not any(word in caplog.text for word in ("Amara", "evil", "Traceback"))


@pytest.mark.django_db
def test_it_is_said_in_the_readers_language(web):
    answer = web.post("/sign-in/", MANY, headers={"accept-language": "fr"})
    assert answer.status_code == 400
    assert 'lang="fr"' in answer.content.decode()


@pytest.mark.django_db
def test_what_is_asked_for_is_read_as_well(web):
    assert web.get("/sign-in/", {"next": "/\0"}).status_code == 400
    assert web.get("/sign-in/?" + "&".join(f"a{n}=1" for n in range(501))).status_code == 400


@pytest.mark.django_db
def test_what_can_be_read_goes_on(web):
    """The positive twin: one field fewer, and a name with every letter."""
    few = dict(list(MANY.items())[:500])
    assert web.post("/sign-in/", few).status_code == 200
    assert web.post("/sign-in/", {"email": "Zoë–Ωμέγα 😀", "password": "x"}).status_code == 200


@pytest.mark.django_db
def test_who_leaves_while_they_send_is_no_fault_of_ours(rf, caplog):
    from alongside.site.readable import Readable

    class Cut(BytesIO):
        def read(self, *_size):
            raise OSError("connection reset")

    request = rf.post("/sign-in/", {"a": "b"})
    request._stream = Cut()
    request._read_started = False
    assert Readable(lambda _request: None)(request).status_code == 400
    assert "Traceback" not in caplog.text
