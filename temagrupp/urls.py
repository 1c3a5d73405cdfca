"""Every address of the register."""

from django.urls import include, path

from temagrupp import search, start
from temagrupp.showcase import views as showcase

urlpatterns = [
    path("", start.start, name="start"),
    path("sok/", search.search, name="search"),
    path("komponenter/", showcase.components, name="components"),
    path("", include("issues.urls")),
    path("moten/", include("meetings.urls")),
    path("gruppen/", include("members.urls")),
    path("konto/", include("allauth.account.urls")),
]
