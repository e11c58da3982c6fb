"""A colleague's photo: new clients see a face, and nothing of the file that it came in."""

from base64 import b64decode
from io import BytesIO

import pytest
from conftest import NOW, book_for
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from alongside.access.actions.links import give_link
from alongside.clinics.current import working_in
from alongside.office.actions import photo as photos
from alongside.people.models import Staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten_past_ten")]


def a_file(kind: str = "JPEG", *, size=(800, 400), name: str = "me.jpg", **more) -> object:
    out = BytesIO()
    mode = "RGBA" if kind != "JPEG" else "RGB"
    Image.new(mode, size, "teal").save(out, kind, **more)
    return SimpleUploadedFile(name, out.getvalue())


def send(web, staff, file, do="keep"):
    data = {"do": do} | ({"photo": file} if file else {})
    return web.post(f"/settings/staff/{staff.pk}/photo/", data)


def kept(staff) -> str:
    with working_in(staff.clinic_id):
        return Staff.objects.get(pk=staff.pk).photo


def picture_in(photo: str) -> Image.Image:
    head, _, data = photo.partition(",")
    assert head == "data:image/jpeg;base64"
    return Image.open(BytesIO(b64decode(data)))


@pytest.mark.parametrize("kind", photos.KINDS)
def test_a_manager_puts_a_face_to_a_name(web, sign_in, noor, joon, kind):
    assert send(sign_in(web, noor), joon, a_file(kind)).status_code == 302
    assert picture_in(kept(joon)).size == (photos.SIDE, photos.SIDE)
    assert len(kept(joon)) < 20_000


def test_a_new_client_sees_it_before_the_first_visit(web, sign_in, noor, joon, amara, now):
    send(sign_in(web, noor), joon, a_file())
    visit = book_for(amara, joon, NOW.replace(hour=11), is_first=True)
    with working_in(amara.clinic_id):
        token = give_link(amara, purpose="visit", subject=visit.pk, now=NOW, until=visit.ends_at)
    web.logout()
    assert "data:image/jpeg;base64," in web.get(f"/v/{token}/").content.decode()


def test_where_it_was_taken_is_left_out(web, sign_in, noor, joon):
    exif = Image.Exif()
    exif[0x010E] = "canary: her kitchen"
    send(sign_in(web, noor), joon, a_file(exif=exif, comment=b"canary in a comment"))
    data = b64decode(kept(joon).partition(",")[2])
    assert b"canary" not in data
    assert not picture_in(kept(joon)).getexif()


@pytest.mark.parametrize(
    "content",
    [b"", b"GIF89a", b"<svg onload=alert(1)>", b"\xff\xd8\xff\xe0 cut off", b"%PDF-1.7"],
    ids=["empty", "gif", "svg", "half a jpeg", "pdf"],
)
def test_what_is_no_picture_is_refused_and_nothing_changes(web, sign_in, noor, joon, content):
    send(sign_in(web, noor), joon, a_file())
    before = kept(joon)
    answer = send(web, joon, SimpleUploadedFile("me.jpg", content))
    assert answer.status_code == 422
    assert kept(joon) == before


def test_a_trap_that_unpacks_to_gigabytes_is_refused_before_it_does(
    web, sign_in, noor, joon, monkeypatch
):
    monkeypatch.setattr(photos, "MOST_UNPACKED", 1000)
    answer = send(sign_in(web, noor), joon, a_file("PNG", size=(40, 40)))
    assert answer.status_code == 422
    assert "at most 40 megapixels" in answer.content.decode()


def test_a_file_that_is_too_large_is_not_even_opened(web, sign_in, noor, joon, monkeypatch):
    monkeypatch.setattr(photos, "LARGEST", 1000)
    monkeypatch.setattr(photos.Image, "open", lambda *_, **__: pytest.fail("opened"))
    answer = send(sign_in(web, noor), joon, a_file("PNG", size=(400, 400)))
    assert answer.status_code == 422
    assert "at most 5 MB" in answer.content.decode()


def test_what_a_file_calls_itself_does_not_matter(web, sign_in, noor, joon):
    """By content, not by name; and no name of a file is kept or ever served."""
    send(sign_in(web, noor), joon, a_file("PNG", name="../../evil.html"))
    assert picture_in(kept(joon)).format == "JPEG"
    page = web.get(f"/settings/staff/{joon.pk}/").content.decode()
    assert "evil" not in page


def test_it_is_taken_away_again(web, sign_in, noor, joon):
    send(sign_in(web, noor), joon, a_file())
    assert send(web, joon, None, do="remove").status_code == 302
    assert kept(joon) == ""


def test_nobody_else_changes_it(web, sign_in, dee, charlie, noor, joon):
    assert send(sign_in(web, dee), joon, a_file()).status_code == 403
    charlie.role = "manager"
    with working_in(charlie.clinic_id):
        charlie.save()
    assert send(sign_in(web, charlie), joon, a_file()).status_code == 404
    assert kept(joon) == ""
