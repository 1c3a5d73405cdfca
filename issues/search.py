"""The search providers of observations, issues, actions and places."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from base.records.search import COUNTED, ISSUE, asked_number
from base.records.search_provider import SearchHit, SearchProvider, Step, in_names
from base.swedish.words import capital, swedish_moment
from issues import rules
from issues.models import Action, Category, Issue, Note, Observation, Place, search_conditions, with_actions
from issues.texts.action import action_state
from issues.texts.issue import issue_state
from issues.texts.observation import when_seen


class Issues(SearchProvider):
    """Finds ärenden by number, by their own words and by those of their observations; a struck one by number alone."""

    name, heading, numbers = "arenden", "Ärenden", ISSUE

    @cached_property
    def rows(self) -> QuerySet[Issue]:
        return with_actions(Issue.with_struck.visible_to(self.member).with_related(), self.member).latest_first()

    def steps(self, words: str) -> Iterator[Step]:
        if asked := asked_number(words):
            yield Step(self.rows.filter(asked.condition), last=True)
        standing = self.rows.exclude(state=Issue.State.STRUCK)
        for condition, up_to in search_conditions(words, self.member):
            yield Step(standing.filter(condition), up_to)

    def hit(self, row: Issue) -> SearchHit:
        state = issue_state(row, timezone.localdate())
        return SearchHit(
            row.title, row.get_absolute_url(), row.text, f"Ärende {row.number}{_at(row.where)}", state, (row,)
        )


class Observations(SearchProvider):
    """Finds observationer by what was written and where, last by what they are about."""

    name, heading = "observationer", "Observationer"

    @cached_property
    def rows(self) -> QuerySet[Observation]:
        return Observation.objects.visible_to(self.member).with_related().select_related("issue").latest_first()

    def steps(self, words: str) -> Iterator[Step]:
        yield from super().steps(words)
        if not asked_number(words):
            yield Step(self.rows.filter(category__in=Category.objects.containing(words)), COUNTED)

    def hit(self, row: Observation) -> SearchHit:
        about = f"{capital(when_seen(row, timezone.localdate()))} · {row.organisation}"
        return SearchHit(str(row), row.get_absolute_url(), row.text, about, opens=(row, row.issue))


class Actions(SearchProvider):
    """Finds åtgärder by what is to be done, why, and what was done."""

    name, heading = "atgarder", "Åtgärder"

    @cached_property
    def rows(self) -> QuerySet[Action]:
        return Action.objects.visible_to(self.member).with_current().order_by("-created_at", "-pk")

    def hit(self, row: Action) -> SearchHit:
        state = action_state(row, timezone.localdate())
        text = f"{row.text} {row.done_note}"
        about = f"Ärende {row.issue.number}: {row.issue}"
        return SearchHit(row.title, row.get_absolute_url(), text.strip(), about, state, (row.issue,))


class Notes(SearchProvider):
    """Finds anteckningar by what was written, for the group."""

    name, heading = "anteckningar", "Anteckningar"

    @cached_property
    def rows(self) -> QuerySet[Note]:
        known = Note.objects.visible_to(self.member).standing().exclude(issue__state=Issue.State.STRUCK)
        return known.select_related("issue", "by").latest_first()

    def hit(self, row: Note) -> SearchHit:
        written = capital(swedish_moment(row.created_at, today=timezone.localdate()))
        issue = row.issue
        about = f"{written} av {row.by}, ärende {issue.number}"
        return SearchHit(issue.title, row.get_absolute_url(), row.text, about, opens=(issue,))


class Places(SearchProvider):
    """Finds platser by name and locality. A place leads to its issues."""

    name, heading = "platser", "Platser"

    @cached_property
    def rows(self) -> QuerySet[Place]:
        known = Place.objects.select_related("locality").in_order()
        return known if rules.may_follow_issues(self.member) else known.none()

    def steps(self, words: str) -> Iterator[Step]:
        return in_names(self.rows, words, "name", "locality__name")

    def hit(self, row: Place) -> SearchHit:
        query = urlencode({"lage": "alla", "plats": row.name})
        locality = str(row.locality) if row.locality else ""
        return SearchHit(row.name, f"{reverse('issues:list')}?{query}", about=locality or "Visa ärendena på platsen")


OFFERED: tuple[type[SearchProvider], ...] = (Issues, Observations, Actions, Notes, Places)


def _at(where: Any) -> str:
    return f", {where}" if where else ""
