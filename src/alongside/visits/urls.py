"""The addresses of a visit."""

from django.urls import path

from alongside.visits.views import (
    board,
    book,
    bookings,
    client,
    door,
    feed,
    how,
    importing,
    kiosk,
    ledger,
    manage,
    mine,
    screen,
    slip,
    steps,
)

app_name = "visits"
urlpatterns = [
    path("mine/visit/", mine.open_own, name="mine"),
    path("today/", board.board, name="board"),
    path("today/visit/<uuid:visit>/", board.visit, name="board-visit"),
    path("today/visit/<uuid:visit>/step/", steps.step, name="step"),
    path("today/undo/<uuid:step>/", steps.undo, name="undo"),
    path("today/said/<uuid:told>/", steps.said, name="said"),
    path("today/asked/<uuid:asked>/", steps.asked, name="asked"),
    path("today/therapist/<uuid:therapist>/", steps.therapist, name="therapist"),
    path("today/move/<uuid:visit>/", steps.carry_out, name="carry-out"),
    path("the-wait/", ledger.the_wait, name="ledger"),
    path("the-wait/how/", how.how, name="how"),
    path("the-wait.csv", ledger.the_wait_csv, name="ledger-csv"),
    # a client's own page
    path("v/<str:token>/", client.visit, name="visit"),
    path("v/<str:token>/here/", client.here, name="check-in"),
    path("v/<str:token>/late/", client.late, name="late"),
    path("v/<str:token>/ask/", client.ask, name="ask"),
    path("v/<str:token>/mood/", client.mood, name="mood"),
    # the poster at the door
    path("door/<str:code>/", door.door, name="door"),
    # the tablet at the door, the slip, the wall
    path("kiosk/", kiosk.kiosk, name="kiosk"),
    path("kiosk/done/", kiosk.done, name="kiosk-done"),
    path("kiosk/<str:key>/", kiosk.result, name="kiosk-result"),
    path("kiosk/<str:key>/mood/", kiosk.mood, name="kiosk-mood"),
    path("kiosk/<str:key>/slip/", kiosk.slip, name="kiosk-slip"),
    path("today/visit/<uuid:visit>/slip/", slip.slip, name="slip"),
    path("screen/", screen.screen, name="screen"),
    path("v/<str:token>/confirm/", manage.confirm, name="confirm"),
    path("v/<str:token>/change/", manage.change, name="change"),
    path("v/<str:token>/cancel/", manage.cancel, name="cancel"),
    path("v/<str:token>/visit.ics", manage.calendar, name="visit-calendar"),
    # the book
    path("bookings/", bookings.bookings, name="bookings"),
    path("bookings/new/", book.book, name="book"),
    path("bookings/import/", importing.importing, name="import"),
    path("bookings/import/example.csv", importing.example, name="import-example"),
    path("bookings/<uuid:visit>/", bookings.booking, name="booking"),
    path("bookings/<uuid:visit>/move/", bookings.move, name="booking-move"),
    path("bookings/<uuid:visit>/note/", bookings.note, name="booking-note"),
    path("bookings/<uuid:visit>/cancel/", bookings.cancel, name="booking-cancel"),
    path("calendar/", feed.calendar, name="calendar"),
    path("calendar/<str:token>.ics", feed.feed, name="feed"),
]
