import datetime as dt
from datetime import datetime


def now(at):
    datetime.now()  # found
    datetime.utcnow()  # found
    dt.datetime.today()  # found
    datetime.fromtimestamp(at)  # found
