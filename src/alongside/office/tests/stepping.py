"""Signing in with a password, and with what comes after it."""

from alongside.clinics.current import working_in

PASSWORD = "tea before the first visit"
STEP = "/sign-in/second/"


def types_password(web, staff, **more):
    staff.user.set_password(PASSWORD)
    staff.user.save()
    return web.post("/sign-in/", {"email": staff.user.email, "password": PASSWORD, **more})


def becomes(staff, role):
    with working_in(staff.clinic_id):
        staff.role = role
        staff.save()
    return staff
