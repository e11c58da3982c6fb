"""The settings of a control: a database that confirms before it has kept."""

from copy import deepcopy

from alongside.clinics.postgresql import roles
from alongside.site.settings import *  # noqa: F403
from alongside.site.settings import DATABASES

DATABASES = deepcopy(DATABASES)
_how = DATABASES["default"]["OPTIONS"]
if "init_command" in _how:
    _how["init_command"] = _how["init_command"].replace("synchronous=FULL", "synchronous=NORMAL")
else:
    # The product refuses such a session.
    roles.refuse_forgetful = lambda _kept: None
    _how["options"] = _how["options"].replace("synchronous_commit=on", "synchronous_commit=off")
