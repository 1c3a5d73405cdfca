"""The register's addresses, and some that do what a page must never do."""

import threading
import time

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from temagrupp.urls import handler400, handler403, handler404, handler500
from temagrupp.urls import urlpatterns as ours

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


@login_not_required
def sleeps(request: HttpRequest, milliseconds: int) -> HttpResponse:
    time.sleep(milliseconds / 1_000)
    return HttpResponse("awake")


@login_not_required
@csrf_exempt
def asks(request: HttpRequest, milliseconds: int) -> HttpResponse:
    """A statement that takes so long."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(%s)", [milliseconds / 1_000])
    return HttpResponse("told")


@login_not_required
def never_ends(request: HttpRequest) -> HttpResponse:
    """Leaves a thread behind that the process waits for."""
    threading.Thread(target=time.sleep, args=[60], daemon=False).start()
    return HttpResponse("left")


@login_not_required
def large(request: HttpRequest) -> HttpResponse:
    """More than lies anywhere between the server and a client that does not read."""
    return HttpResponse(b"x" * 12_000_000)


urlpatterns = [
    path("sover/<int:milliseconds>/", sleeps),
    path("fragar/<int:milliseconds>/", asks),
    path("stort/", large),
    path("utan-slut/", never_ends),
    *ours,
]
