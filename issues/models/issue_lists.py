"""Lists of issues: what a search finds, and what a row shows of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Case, IntegerField, Prefetch, Q, Value, When

from base.records.search import FEW, MOST, SHORTEST_INSIDE, number_in, plain, strict_to_loose
from issues.models.action import Action
from issues.models.issue import Issue, IssueQuerySet
from issues.models.observation import Observation
from members.models import Member


def search(issues: IssueQuerySet, words: str, member: Member) -> IssueQuerySet:
    """The issues whose own words, or whose observations that the member may see, answer to the words.

    A number finds that issue alone. Otherwise exact words first, then words inside compounds, then words
    alike, last the category's name: a wider step is taken only when the narrower ones found few. `nearness`
    tells the step, 0 the nearest.
    """
    words = plain(words)
    number = number_in(words)
    if number and (found := issues.filter(number)).exists():
        return found.annotate(nearness=Value(0))
    steps = _met(issues, _steps(words, member))
    nearness = Case(*(When(pk__in=pks, then=n) for n, pks in enumerate(steps)), output_field=IntegerField())
    return issues.filter(pk__in=[pk for pks in steps for pk in pks]).annotate(nearness=nearness)


def _met(issues: IssueQuerySet, steps: Iterable[Q]) -> list[list[int]]:
    """Return what each step found that no narrower one had, until there is enough."""
    found: list[list[int]] = []
    for step in steps:
        met = [pk for pks in found for pk in pks]
        found.append(list(issues.filter(step).exclude(pk__in=met).order_by().values_list("pk", flat=True)[:MOST]))
        if len(met) + len(found[-1]) >= FEW:
            break
    return found


def _steps(words: str, member: Member) -> Iterator[Q]:
    """The conditions of a search, asked of an issue's own words and of its observations, each by its own index."""
    for condition in strict_to_loose(words):
        own = Issue.objects.filter(condition).values("pk")
        observed = Observation.objects.visible_to(member).filter(condition, issue__isnull=False).values("issue")
        yield Q(pk__in=own.union(observed))
    if len(words) >= SHORTEST_INSIDE:
        yield Q(category__name__icontains=words)


def with_actions(issues: IssueQuerySet, member: Member) -> IssueQuerySet:
    """With the actions the member may see and their assignments, from which the issue's status is made."""
    actions = Action.objects.visible_to(member).with_assignments().select_related(None)  # each is given its issue
    return issues.prefetch_related(Prefetch("actions", queryset=actions.order_by("pk")))


def with_row_facts(issues: IssueQuerySet, member: Member) -> IssueQuerySet:
    """With all that a row of a list tells."""
    return with_actions(issues.with_related(), member)
