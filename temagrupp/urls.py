"""Every address of the register."""

from django.urls import include, path

from temagrupp import start

urlpatterns = [
    path("", start.start, name="start"),
    path("", include("issues.urls")),
    path("moten/", include("meetings.urls")),
    path("gruppen/", include("members.urls")),
    path("konto/", include("allauth.account.urls")),
]
