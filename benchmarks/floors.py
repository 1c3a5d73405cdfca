"""What a page is measured against, served by the same processes behind the same sign-in.

*plainest*: 25 rows in a list, three statements. *fair*: a good plain view of the issue list over our tables, with its
rows, columns, tabs, counters, filter form, menu and links, as somebody would write it who has no other page to think
of. It knows nothing of handovers, of who may know what, or of a search.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Exists, Max, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path
from django.utils import timezone

from issues.models import Action, Assignment, Category, Issue, Observation
from members.models import Group, Organisation
from temagrupp.urls import handler400, handler403, handler404, handler500
from temagrupp.urls import urlpatterns as ours

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

LATEST = 25
WAITING = Q(state__in=["proposed", "question"])

FAIR = engines["django"].from_string(Path(__file__).with_name("fair.html").read_text())
PLAINEST = engines["django"].from_string("<ul>{% for issue in issues %}<li>{{ issue.title }}</li>{% endfor %}</ul>")


@login_required
def plainest(request: HttpRequest) -> HttpResponse:
    return HttpResponse(PLAINEST.render({"issues": Issue.objects.order_by("-created_at", "-pk")[:LATEST]}, request))


class Counted(Paginator):  # type: ignore[type-arg]  # Django's takes none when it runs
    """The paginator of a list whose length is known already."""

    def __init__(self, rows: QuerySet[Issue], size: int, length: int) -> None:
        super().__init__(rows, size)
        self.count = length


@login_required
def fair(request: HttpRequest) -> HttpResponse:
    """The open issues, the latest first, each with who it waits for, how often it was seen and when last."""
    today = timezone.localdate()
    issues = Issue.objects.all()  # who may know of which is not asked: the counts are read off an index
    waiting = Exists(Action.objects.filter(WAITING, issue=OuterRef("pk")))
    in_state: dict[str, int] = dict(issues.order_by().values_list("state").annotate(Count("pk")))
    this_year = Issue.objects.filter(state="closed", state_since__year=today.year).count()
    still_open = issues.exclude(state="closed")
    handovers = Assignment.objects.filter(ended_at=None).select_related("organisation", "answer")
    actions = Action.objects.prefetch_related(Prefetch("assignments", handovers)).order_by("pk")
    rows = still_open.select_related("category", "place", "closure").prefetch_related(Prefetch("actions", actions))
    total = sum(in_state.values()) - in_state.get("closed", 0)
    page = Counted(rows.order_by("-created_at", "-pk"), LATEST, total).get_page(request.GET.get("sida"))
    keys = [issue.pk for issue in page]
    seen = Observation.objects.filter(issue__in=keys, restricted=False).values("issue")
    observed = {row["issue"]: row for row in seen.annotate(number=Count("pk"), latest=Max("created_at"))}
    context: dict[str, Any] = {
        "group": Group.objects.first(),
        "page": page,
        "rows": [(issue, observed.get(issue.pk), issue.actions.all()) for issue in page],
        "in_state": in_state,
        "all": sum(in_state.values()),
        "this_year": this_year,
        "waiting": still_open.filter(waiting).count(),
        "to_sort": Observation.objects.filter(state="new").count(),
        "categories": Category.objects.order_by("position"),
        "organisations": Organisation.objects.order_by("name"),
        "today": today,
    }
    return HttpResponse(FAIR.render(context, request))


urlpatterns = [path("enklast/", plainest), path("rimlig/", fair), *ours]
