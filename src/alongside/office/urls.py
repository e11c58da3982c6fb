"""The office's addresses."""

from django.urls import path

from alongside.office.views import (
    clients,
    devices,
    door,
    letters,
    me,
    one_person,
    own_keys,
    second,
    settings,
    sign_ins,
    staff,
)

app_name = "office"
urlpatterns = [
    # the door
    path("sign-in/", door.sign_in, name="sign-in"),
    path("sign-in/second/", second.second, name="second"),
    path("sign-in/first-key/", second.first_key, name="first-key"),
    path("sign-in/again/", second.again, name="again"),
    path("sign-out/", door.sign_out, name="sign-out"),
    path("choose-clinic/", door.choose_clinic, name="choose-clinic"),
    path("enter/<str:token>/", letters.enter, name="enter"),
    path("invitation/<str:token>/", letters.invitation, name="invitation"),
    path("device/<str:token>/", letters.device_enter, name="device-enter"),
    path("me/", me.me, name="me"),
    path("me/sign-ins/", sign_ins.sign_ins, name="sign-ins"),
    path("me/sign-ins/end/", sign_ins.end, name="end-sign-in"),
    path("me/code-app/", own_keys.code_app, name="code-app"),
    path("me/recovery-codes/", own_keys.recovery_codes, name="recovery-codes"),
    path("me/keys/remove/", own_keys.remove_key, name="remove-key"),
    # clients
    path("people/", clients.clients, name="clients"),
    path("people/new/", clients.add, name="add-client"),
    path("people/<uuid:client_id>/", clients.client, name="client"),
    path("people/<uuid:client_id>/change/", clients.change, name="change-client"),
    path("people/<uuid:client_id>/card/", clients.card, name="card"),
    path("people/<uuid:client_id>/record/", clients.record, name="record"),
    path("people/<uuid:client_id>/data/", one_person.data, name="data"),
    path("people/<uuid:client_id>/data/copy/", one_person.copy, name="copy"),
    path("people/<uuid:client_id>/data/erase/", one_person.erase, name="erase"),
    # settings
    path("settings/", settings.settings, name="settings"),
    path("settings/clinic/", settings.clinic, name="clinic"),
    path("settings/hours/", settings.hours, name="hours"),
    path("settings/rooms/", settings.rooms, name="rooms"),
    path("settings/kinds/", settings.kinds, name="kinds"),
    path("settings/messages/", settings.letters, name="letters"),
    path("settings/signing-in/", settings.signing_in, name="signing-in"),
    path("settings/parts/", settings.parts, name="parts"),
    path("settings/staff/", staff.team, name="team"),
    path("settings/staff/<uuid:staff_id>/", staff.colleague, name="colleague"),
    path("settings/staff/<uuid:staff_id>/photo/", staff.photo, name="photo"),
    path("settings/staff/<uuid:staff_id>/send-off/", staff.send_off, name="send-off"),
    path("settings/staff/<uuid:staff_id>/keys/", staff.reset_keys, name="reset-keys"),
    path("settings/staff/<uuid:staff_id>/link/", staff.new_link, name="new-link"),
    path("settings/devices/", devices.devices, name="devices"),
    path("settings/devices/<uuid:device_id>/remove/", devices.remove_device, name="remove-device"),
    path("settings/poster/", devices.poster, name="poster"),
]
