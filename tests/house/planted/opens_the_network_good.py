import http
import socket
from http import HTTPStatus
from urllib.parse import urlsplit

from alongside.messaging.fetch import fetch


def ask(url, moments):
    moments.connect(url)
    socket.socket().bind(("127.0.0.1", 0))
    return fetch("GET", url), urlsplit(url), HTTPStatus.OK, http
