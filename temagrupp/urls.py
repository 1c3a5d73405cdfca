"""Every address of the register."""

from django.urls import include, path

from members.views import account
from temagrupp import help_page, search, start
from temagrupp.showcase import views as showcase

handler403 = "temagrupp.failures.forbidden"
handler404 = "temagrupp.failures.missing"
handler500 = "temagrupp.failures.fault"

urlpatterns = [
    path("", start.start, name="start"),
    path("valkommen/", start.welcomed, name="welcomed"),
    path("sok/", search.search, name="search"),
    path("hjalp/", help_page.help_page, name="help"),
    path("komponenter/", showcase.components, name="components"),
    path("", include("issues.urls")),
    path("moten/", include("meetings.urls")),
    path("gruppen/", include("members.urls")),
    path("konto/", account.account, name="account"),
    path("konto/", include("allauth.account.urls")),
]
