"""Every address of the register."""

from django.conf import settings
from django.urls import include, path

from meetings.views.answer_link import call_answer_link
from meetings.views.feed import (
    calendar_feed,
    calendar_feed_change,
    calendar_feed_end,
    calendar_feed_file,
    calendar_feed_make,
)
from members.views.invitation import invitation
from members.views.member import account
from members.views.notice import no_more_mail, notice_choices
from temagrupp.home.accessibility import accessibility
from temagrupp.home.guard import guard
from temagrupp.home.handed_out import handed_out
from temagrupp.home.help import help_page
from temagrupp.home.own_data.views import own_data, own_data_json, own_data_pdf
from temagrupp.home.privacy import privacy
from temagrupp.home.search import search
from temagrupp.home.start import start, welcomed

handler400 = "temagrupp.home.errors.unreadable"
handler403 = "temagrupp.home.errors.forbidden"
handler404 = "temagrupp.home.errors.missing"
handler429 = "temagrupp.home.errors.too_many"  # asked for by allauth, which answers for our limits too
handler500 = "temagrupp.home.errors.fault"

urlpatterns = [
    path("", start, name="start"),
    path("valkommen/", welcomed, name="welcomed"),
    path("sok/", search, name="search"),
    path("hjalp/", help_page, name="help"),
    path("uppgifter/", privacy, name="privacy"),
    path("atgarder/utdelat/", handed_out, name="handed_out"),
    path("vakt/", guard, name="guard"),
    path("tillganglighet/", accessibility, name="accessibility"),
    path("", include("issues.urls")),
    path("moten/", include("meetings.urls")),
    path("gruppen/", include("members.urls")),
    path("", include("temagrupp.redaction.urls")),
    path("konto/", account, name="account"),
    path("konto/mejl/", notice_choices, name="notice_choices"),
    path("konto/kalender/", calendar_feed, name="calendar_feed"),
    path("konto/kalender/ny/", calendar_feed_make, name="calendar_feed_make"),
    path("konto/kalender/byt/", calendar_feed_change, name="calendar_feed_change"),
    path("konto/kalender/ta-bort/", calendar_feed_end, name="calendar_feed_end"),
    path("kalender/<str:token>.ics", calendar_feed_file, name="calendar_feed_file"),
    path("svar/<str:token>/", call_answer_link, name="call_answer_link"),
    path("mejl/<str:token>/", no_more_mail, name="no_more_mail"),
    path("inbjudan/<str:token>/", invitation, name="invitation"),
    path("konto/uppgifter/", own_data, name="own_data"),
    path("konto/uppgifter/mina-uppgifter.json", own_data_json, name="own_data_json"),
    path("konto/uppgifter/mina-uppgifter.pdf", own_data_pdf, name="own_data_pdf"),
    path("konto/", include("members.sign_in_urls")),
]
if settings.DEMO:
    urlpatterns.append(path("", include("demo.urls")))
