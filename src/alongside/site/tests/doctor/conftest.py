"""An installation that is well."""

import pytest

from alongside.site.tests.doctor.seen import HTTPS


@pytest.fixture
def well(settings):
    """An installation as it should be."""
    for name, value in HTTPS.items():
        setattr(settings, name, value)
    return settings
