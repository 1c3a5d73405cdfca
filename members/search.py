"""The search providers of members and organisations."""

from collections.abc import Iterator
from functools import cached_property

from django.db.models import QuerySet

from base.records.search_provider import SearchHit, SearchProvider, Step, in_names
from members.models import Member, Organisation
from members.rules import may_see_members


class Members(SearchProvider):
    """Finds medlemmar by name, title and organisation."""

    name, heading = "medlemmar", "Medlemmar"

    @cached_property
    def rows(self) -> QuerySet[Member]:
        people: QuerySet[Member] = Member.objects.active().select_related("organisation").in_order()
        return people if may_see_members(self.member) else people.none()

    def steps(self, words: str) -> Iterator[Step]:
        return in_names(self.rows, words, "name", "title", "organisation__name")

    def hit(self, row: Member) -> SearchHit:
        return SearchHit(
            row.name, row.get_absolute_url(), about=", ".join(filter(None, [row.title, str(row.organisation or "")]))
        )


class Organisations(SearchProvider):
    """Finds organisationer by name and area of responsibility."""

    name, heading = "organisationer", "Organisationer"

    @cached_property
    def rows(self) -> QuerySet[Organisation]:
        organisations = Organisation.objects.in_order()
        return organisations if may_see_members(self.member) else organisations.none()

    def steps(self, words: str) -> Iterator[Step]:
        return in_names(self.rows, words, "name", "short_name", "area")

    def hit(self, row: Organisation) -> SearchHit:
        return SearchHit(row.name, row.get_absolute_url(), row.area, row.get_kind_display())


OFFERED: tuple[type[SearchProvider], ...] = (Organisations, Members)
