"""What a page is measured against: the plainest Django view of the same rows, behind the same sign-in."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from issues.models import Issue
from temagrupp.urls import urlpatterns as ours

ROWS = engines["django"].from_string("<ul>{% for issue in issues %}<li>{{ issue.title }}</li>{% endfor %}</ul>")


def plainest(request: HttpRequest) -> HttpResponse:
    return HttpResponse(ROWS.render({"issues": Issue.objects.latest_first()[:25]}, request))


urlpatterns = [path("enklast/", plainest), *ours]
