"""Pages: Django under WSGI. Whoever reads this module is a server of pages: ours, or another."""

import gc
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.site.settings")

from django.core.wsgi import get_wsgi_application

# Seconds after which a busy thread lets another go on. At each word with the database a thread
# lets go of the interpreter, and stands in line to get it back. At Python's own 5 ms a check-in of
# thirty such words waited longer than it worked, and held the one place where SQLite can write.
SWITCH = 0.0005
# New objects after which the collector looks at the young ones; a page makes several thousand.
YOUNG = 20_000

application = get_wsgi_application()

sys.setswitchinterval(SWITCH)
# What was loaded to begin with stays: the collector need not look at it again and again.
gc.collect()
gc.freeze()
gc.set_threshold(YOUNG, 20, 50)
