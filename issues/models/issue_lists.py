"""Lists of issues: what a search finds, and what a row shows of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Case, F, Func, IntegerField, Prefetch, Q, Value, When
from django.db.models.expressions import RawSQL
from django.utils import timezone

from base.records.search import COUNTED, SHORTEST_INSIDE, asked_number, has_word, number_in, plain, strict_to_loose
from issues.models.action import Action
from issues.models.action_lists import in_order_of_need
from issues.models.category import Category
from issues.models.issue import Issue, IssueQuerySet
from issues.models.observation import Observation
from issues.models.status import ENDED, UNENDED
from members.models import Member


def search(issues: IssueQuerySet, words: str, member: Member) -> IssueQuerySet:
    """The issues whose own words, or whose observations that the member may see, answer to the words.

    A number finds that issue alone. Otherwise exact words first, then words inside compounds, then words
    alike, last the category's name: what is only alike fills a short list up. `nearness` tells the step, 0 the
    nearest.
    """
    words = plain(words)
    number = number_in(words)
    if number and (found := issues.filter(number)).exists():
        return found.annotate(nearness=Value(0))
    *nearer, last = _met(issues, search_conditions(words, member))
    nearness = Case(*(When(pk__in=pks, then=n) for n, pks in enumerate(nearer)), default=len(nearer))
    return issues.filter(pk__in=[pk for pks in (*nearer, last) for pk in pks]).annotate(nearness=nearness)


def search_conditions(words: str, member: Member) -> Iterator[tuple[Q, int]]:
    """Yield conditions on the words of an issue or of its observations, the strictest first; last on its category.

    With each how many rows it may fill a list up to. A number is looked for as it stands.
    """
    sorted_in = Observation.objects.visible_to(member).filter(issue__isnull=False)
    for condition, up_to in strict_to_loose(words):
        own, observed = Issue.objects.filter(condition).values("pk"), sorted_in.filter(condition).values("issue")
        yield Q(pk__in=own.union(observed)), up_to  # each by an index of its own
        if asked_number(words):
            return
    if len(words) >= SHORTEST_INSIDE:
        yield Q(category__in=Category.objects.containing(words)), COUNTED


def with_some_of(issues: IssueQuerySet, words: Sequence[str], member: Member, up_to: int) -> dict[int, list[str]]:
    """The words that each issue has by its pk: itself, in its category's name or in an observation; in one query.

    Of each word no more issues than `up_to`, the latest: a word that more have tells no two of them apart.
    """
    sorted_in = Observation.objects.visible_to(member).filter(issue__isnull=False)

    def having(number: int) -> Any:
        condition = has_word(words[number])
        own, observed = Issue.objects.filter(condition).values("pk"), sorted_in.filter(condition).values("issue")
        found = issues.filter(Q(pk__in=own.union(observed)) | Q(category__name__icontains=words[number]))
        return found.order_by("-pk").values_list("pk", Value(number))[:up_to]

    first, *others = map(having, range(len(words)))
    met: defaultdict[int, list[str]] = defaultdict(list)
    for pk, number in sorted(first.union(*others, all=True)):
        met[pk].append(words[number])
    return met


def _met(issues: IssueQuerySet, steps: Iterable[tuple[Q, int]]) -> list[list[int]]:
    """Return what each step found that no narrower one had, the latest first, as far as it may fill the list up."""
    found: list[list[int]] = []
    for step, up_to in steps:
        met = [pk for pks in found for pk in pks]
        if len(met) < up_to:
            further = issues.filter(step).exclude(pk__in=met).order_by("-pk").values_list("pk", flat=True)
            found.append(list(further[: up_to - len(met)]))
    return found


def neediest_first(issues: IssueQuerySet, member: Member, day: date) -> IssueQuerySet:
    """Sorted as the list of actions is: by the neediest unended action of each that the member may see.

    After them those that have none, by when something last happened. The actions are sorted once, whatever issues
    are asked for.
    """
    by_need = _by_need(member.pk, member.is_coordinator, day)
    place = Func(by_need, "pk", function="array_position", output_field=IntegerField())
    return issues.order_by(place.asc(nulls_last=True), F("happened_at").desc(), F("pk").desc())


@lru_cache(maxsize=1024)
def _by_need(member: int, is_coordinator: bool, day: date) -> RawSQL:
    """The question in which issues the actions are that she knows of, by need, also in issues that are not for her.

    It is asked anew each time; kept is its wording, which costs more than all else of a list.
    """
    known = Action.objects.known_to(member, is_coordinator=is_coordinator)
    sql, told = known.in_status(UNENDED, day).in_order_of_need().values("issue").query.sql_with_params()
    return RawSQL(f"ARRAY({sql})", told)  # noqa: S611  as Django words it


def with_actions(issues: IssueQuerySet, member: Member) -> IssueQuerySet:
    """With the actions the member may see and who has each, from which the issue's status is made."""
    actions = Action.objects.visible_to(member).of_issues_at_hand().order_by("pk")
    return issues.prefetch_related(Prefetch("actions", queryset=actions))


def with_action_details(issues: IssueQuerySet, member: Member) -> IssueQuerySet:
    """With the actions the member may see and all that their small print is made of."""
    actions = Action.objects.visible_to(member).of_issues_at_hand().with_who_answered().order_by("pk")
    return issues.prefetch_related(Prefetch("actions", queryset=actions))


ACTIONS_IN_FULL = 25


def most_in_need(issue: Issue) -> tuple[list[Action], list[Action]]:
    """Return the actions that need the most today, which a page tells in full, and the others.

    Of an issue with_action_details().
    """
    actions = in_order_of_need(issue.actions.all(), timezone.localdate())
    return actions[:ACTIONS_IN_FULL], actions[ACTIONS_IN_FULL:]


ENDED_IN_FULL = 3


def going_on(issue: Issue) -> tuple[list[Action], list[Action]]:
    """Return the actions that somebody has something left to do in, and the others; of an issue that has none, three.

    Of an issue with_action_details(), in order of need.
    """
    actions = in_order_of_need(issue.actions.all(), timezone.localdate())
    left = sum(action.state not in ENDED for action in actions)
    first = min(left, ACTIONS_IN_FULL) or ENDED_IN_FULL
    return actions[:first], actions[first:]


def with_row_facts(issues: IssueQuerySet, member: Member) -> IssueQuerySet:
    """With all that a row of a list tells."""
    return with_actions(issues.with_related(), member)
