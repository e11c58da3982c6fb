"""The addresses of one's own page."""

from django.urls import path

from alongside.mine.views import door, home, passkeys, people, staff

app_name = "mine"
urlpatterns = [
    path("mine/", home.home, name="home"),
    path("mine/who-saw/", home.seen, name="seen"),
    path("mine/people/", people.people, name="people"),
    path("mine/people/<uuid:close_one_id>/", people.person, name="person"),
    path("mine/people/<uuid:close_one_id>/end/", people.end, name="end-person"),
    path("people/<uuid:client_id>/close-ones/", staff.people, name="staff-people"),
    path(
        "people/<uuid:client_id>/close-ones/<uuid:close_one_id>/end/", staff.end, name="staff-end"
    ),
    path("mine/sign-in/", door.sign_in, name="sign-in"),
    path("mine/sign-in/passkey/", passkeys.shown, name="passkey"),
    path("mine/sign-in/passkey/question/", passkeys.question, name="passkey-question"),
    path("mine/passkeys/", passkeys.passkeys, name="passkeys"),
    path("mine/passkeys/new/", passkeys.add, name="new-passkey"),
    path("mine/passkeys/question/", passkeys.question_for_new, name="new-passkey-question"),
    path("mine/enter/<str:token>/", door.enter, name="enter"),
    path("mine/choose/", door.choose, name="choose"),
    path("mine/sign-out/", door.sign_out, name="sign-out"),
    path("mine/sign-ins/", door.sign_ins, name="sign-ins"),
]
