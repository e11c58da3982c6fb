"""Addresses of what was sent."""

from django.urls import path

from alongside.messaging.views import staff

app_name = "messaging"
urlpatterns = [
    path("messages/", staff.sent, name="sent"),
    path("messages/<uuid:message>/", staff.message, name="message"),
    path("messages/<uuid:message>/send-again/", staff.send_again, name="send-again"),
]
