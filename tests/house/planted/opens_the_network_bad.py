import http.client  # found
import socket
import urllib.request  # found
from urllib.request import urlopen  # found

import requests  # found
from httpx import get  # found


def ask(url, asyncio):
    urlopen(url)  # found
    socket.create_connection((url, 80))  # found
    held = socket.socket()
    socket.socket.connect(held, (url, 80))  # found
    return asyncio.open_connection(url, 443)  # found
