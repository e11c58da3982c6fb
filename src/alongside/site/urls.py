"""Every address of the product; access/policy.py says who may open it."""

from django.conf import settings
from django.urls import include, path

from alongside.office.views.home import home
from alongside.office.views.set_up import first_run
from alongside.site import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("", home, name="home"),
    path("set-up/", first_run, name="set-up"),
    path("", include("alongside.ui.urls")),
    path("", include("alongside.live.urls")),
    path("", include("alongside.office.urls")),
    path("", include("alongside.mine.urls")),
    path("", include("alongside.messaging.urls")),
    path("", include("alongside.visits.urls")),
    path("", include("alongside.goals.urls")),
    path("", include("alongside.needs.urls")),
    path("", include("alongside.measures.urls")),
    path("", include("alongside.careplans.urls")),
    path("", include("alongside.life.urls")),
    *(path("", include(f"alongside.{part}.urls")) for part in settings.PARTS),
    path("", include("alongside.network.urls")),
    path("", include("alongside.demo.urls")),
]

handler500 = "alongside.site.away.broken"
