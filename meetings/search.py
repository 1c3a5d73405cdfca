"""What the meetings offer the search over everything: decisions, what was spoken of and said in the round, and files
by their names.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.fields.json import KT
from django.urls import reverse
from django.utils import timezone

from base.records.search import DECISION, asked_number
from base.records.search_provider import SearchHit, SearchProvider, Step, in_names
from base.swedish.words import day_and_month
from issues.models import Event, Issue, Tombstone
from meetings.followed_up import HasDecision
from meetings.models import AgendaItem, Appendix, Decision, Meeting, Minutes, RoundNote
from meetings.models.meeting import shares_its_day, told_apart
from meetings.texts.meeting import short_name


class Decisions(SearchProvider):
    """Finds beslut by number and by their words; a draft only for those who write it."""

    name, heading, numbers = "beslut", "Beslut", DECISION

    @cached_property
    def rows(self) -> QuerySet[Decision]:
        decisions = Decision.with_struck.visible_to(self.member).select_related("item__meeting", "item__issue")
        decisions = decisions.annotate(shares_its_day=shares_its_day("item__meeting__"))
        return decisions.order_by("-item__meeting__starts_at", "-pk")

    def steps(self, words: str) -> Iterator[Step]:
        if asked := asked_number(words):
            yield Step(self.rows.filter(asked.condition), last=True)
        yield from super().steps(words)

    def hit(self, row: Decision) -> SearchHit:
        number = f"Beslut {row.number} · " if row.number else ""
        about = f"{number}{short_name(told_apart(row.item.meeting, row))}"
        return SearchHit(row.item.title, row.item.get_absolute_url(), row.text, about, opens=(row.item.issue,))


class StruckDecisions(SearchProvider):
    """Finds by its number a beslut that was struck when the minutes with it had been sent, for who may know of it."""

    name, heading, numbers = "strukna-beslut", "Strukna beslut", DECISION

    @cached_property
    def rows(self) -> QuerySet[Tombstone]:
        """Each with `told_at`, the meeting whose minutes have it, and `about`, the issue that it was made in."""
        gone = Tombstone.objects.filter(kind=Decision._meta.model_name).select_related("by").order_by("-at", "-pk")
        if not self.member.reads_all:
            return gone.none()
        told = Minutes.objects.filter(HasDecision("content", OuterRef("number"))).order_by("pk")
        told = told.exclude(meeting__state=Meeting.State.CANCELLED)  # it was entered by mistake, and is in no list
        struck = Event.objects.filter(kind=Event.Kind.STRUCK).alias(cited=KT("facts__number"))
        struck = struck.filter(cited=OuterRef("number")).order_by("pk")
        hidden = Exists(struck.filter(Issue.hidden_from(self.member, "issue")))
        gone = gone.exclude(hidden).annotate(told_at=Subquery(told.values("meeting")[:1]))
        gone = gone.annotate(about=Subquery(struck.values("issue")[:1]))
        return gone.exclude(told_at=None, about=None)

    def steps(self, words: str) -> Iterator[Step]:
        if asked := asked_number(words):
            number = Q(number=f"{asked.year}-{asked.serial}") if asked.year else Q(number__endswith=f"-{asked.serial}")
            yield Step(self.rows.filter(number), last=True)

    def hit(self, row: Any) -> SearchHit:
        issue = Issue.with_struck.filter(pk=row.about).first()
        url = issue.get_absolute_url() if issue else ""
        if row.told_at:
            url = reverse("meetings:minutes_detail", args=[row.told_at])
        day = day_and_month(timezone.localdate(row.at), today=timezone.localdate())
        about = f"Struket {day}{f' av {row.by}' if row.by else ''}. {row.why}"
        return SearchHit(f"Beslut {row.number}, struket", url, row.text, about, opens=(issue,))


class Items(SearchProvider):
    """Finds punkter by their title and what was noted; not the standing headings under which nothing was written."""

    name, heading = "punkter", "Punkter på möten"

    @cached_property
    def rows(self) -> QuerySet[AgendaItem]:
        readable = Q(meeting__in=Meeting.objects.with_notes_for(self.member).values("pk")) | Q(note="")
        items = (
            AgendaItem.objects.visible_to(self.member)
            .filter(readable, removed=False)
            .select_related("meeting", "issue")
        )
        items = items.annotate(shares_its_day=shares_its_day("meeting__"))
        return items.exclude(kind=AgendaItem.Kind.HEADING, note="").order_by("-meeting__starts_at", "position", "pk")

    def hit(self, row: AgendaItem) -> SearchHit:
        off = ", inställt" if row.meeting.is_cancelled else ""
        about = f"{short_name(told_apart(row.meeting, row))}{off}"
        return SearchHit(row.title, row.get_absolute_url(), row.note, about, opens=(row.issue,))


class Appendices(SearchProvider):
    """Finds bilagor by what they are called; nothing in them is read."""

    name, heading = "bilagor", "Bilagor"

    @cached_property
    def rows(self) -> QuerySet[Appendix]:
        files = Appendix.objects.visible_to(self.member).listed().filter(erased_at=None)
        files = files.select_related("meeting", "item__meeting", "item__issue")
        shares = Case(When(item=None, then=shares_its_day("meeting__")), default=shares_its_day("item__meeting__"))
        return files.annotate(shares_its_day=shares).order_by("-created_at", "-pk")

    def hit(self, row: Appendix) -> SearchHit:
        at = row.item.title if row.item else "Hela mötet"
        about = f"{at} · {short_name(told_apart(row.of_meeting, row))}"
        return SearchHit(row.name, row.get_absolute_url(), about=about, opens=(row.issue,))


class RoundNotes(SearchProvider):
    """Finds what organisations have said in the round by their words; a draft only for those who write it."""

    name, heading = "laget-runt", "Laget runt på möten"

    @cached_property
    def rows(self) -> QuerySet[RoundNote]:
        notes = RoundNote.objects.visible_to(self.member).filled().filter(item__removed=False)
        notes = notes.select_related("item__meeting", "organisation")
        return notes.annotate(shares_its_day=shares_its_day("item__meeting__")).order_by(
            "-item__meeting__starts_at", "pk"
        )

    def hit(self, row: RoundNote) -> SearchHit:
        about = short_name(told_apart(row.item.meeting, row))
        return SearchHit(str(row.organisation), row.item.get_absolute_url(), row.text, about)


class Meetings(SearchProvider):
    """Finds möten by their diarienummer."""

    name, heading = "moten", "Möten"

    @cached_property
    def rows(self) -> QuerySet[Meeting]:
        return Meeting.objects.visible_to(self.member).order_by("-starts_at", "-pk")

    def steps(self, words: str) -> Iterator[Step]:
        yield from in_names(self.rows, words, "registry_no")

    def hit(self, row: Meeting) -> SearchHit:
        return SearchHit(str(row), row.get_absolute_url(), row.registry_no)


OFFERED: tuple[type[SearchProvider], ...] = (Decisions, StruckDecisions, Items, Appendices, RoundNotes, Meetings)
