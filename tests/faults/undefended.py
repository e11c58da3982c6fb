"""The product behind a server that has no deadlines of ours: what the guards are compared with."""

import sys

import uvicorn

from alongside.site import asgi

uvicorn.run(
    asgi.application,
    port=int(sys.argv[1]),
    http="h11",
    ws="none",
    log_level="error",
    access_log=False,
)
