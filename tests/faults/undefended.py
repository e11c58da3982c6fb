"""The product without our guards: what they are compared with.

`undefended PORT` has no deadlines; `undefended PORT bodies` takes whatever is sent, too.
"""

import sys

import uvicorn
from django.conf import settings

from alongside.site import asgi, body, heads

if "bodies" in sys.argv:
    body.MOST = body.MOST_TOGETHER = heads.HEAD = heads.HEADERS = 2**40
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = None
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = None
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = None

uvicorn.run(
    asgi.application,
    port=int(sys.argv[1]),
    http="h11",
    ws="none",
    log_level="error",
    access_log=False,
)
