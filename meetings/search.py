"""What the meetings offer the search over everything: what was decided and what was spoken of."""

from collections.abc import Iterator
from functools import cached_property

from django.db.models import Q, QuerySet

from base.records.search import number_in
from base.records.search_provider import SearchHit, SearchProvider, Step
from meetings.models import AgendaItem, Decision, Meeting
from meetings.models.meeting import shares_its_day, told_apart
from meetings.texts.meeting import short_name


class Decisions(SearchProvider):
    """Finds beslut by number and by their words; a draft only for those who write it."""

    name, heading = "beslut", "Beslut"

    @cached_property
    def rows(self) -> QuerySet[Decision]:
        decisions = Decision.objects.visible_to(self.member).select_related("item__meeting", "item__issue")
        decisions = decisions.annotate(shares_its_day=shares_its_day("item__meeting__"))
        return decisions.order_by("-item__meeting__starts_at", "-pk")

    def steps(self, words: str) -> Iterator[Step]:
        if number := number_in(words):
            yield Step(self.rows.filter(number), last=True)
        yield from super().steps(words)

    def hit(self, row: Decision) -> SearchHit:
        number = f"Beslut {row.number} · " if row.number else ""
        about = f"{number}{short_name(told_apart(row.item.meeting, row))}"
        return SearchHit(row.item.title, row.item.get_absolute_url(), row.text, about, opens=(row.item.issue,))


class Items(SearchProvider):
    """Finds punkter by their title and what was noted; not the standing headings under which nothing was written."""

    name, heading = "punkter", "Punkter på möten"

    @cached_property
    def rows(self) -> QuerySet[AgendaItem]:
        readable = Q(meeting__in=Meeting.objects.readable_by(self.member).values("pk")) | Q(note="")
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


OFFERED: tuple[type[SearchProvider], ...] = (Decisions, Items)
