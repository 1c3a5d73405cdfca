from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from base.swedish.order import swedish_order
from members.models.member import AnswersFor, Member
from members.models.organisation import Organisation
from members.models.seat import Seat


@dataclass(frozen=True)
class Roster:
    """Who has an organisation's two places today, and who else answers for it."""

    organisation: Organisation
    ordinary: Seat | None
    deputy: Seat | None
    handlers: list[Member]

    @classmethod
    def of(cls, organisation: Organisation) -> Roster:
        return cls.of_each([organisation])[0]

    @classmethod
    def of_each(cls, organisations: Iterable[Organisation]) -> list[Roster]:
        """The roster of each organisation, in as many queries however many there are."""
        organisations = list(organisations)
        seats = Seat.objects.current().filter(organisation__in=organisations).select_related("member")
        seated = {(seat.organisation_id, seat.role): seat for seat in seats}
        handlers: dict[int, list[Member]] = {organisation.pk: [] for organisation in organisations}
        marks = AnswersFor.objects.filter(organisation__in=organisations, member__is_active=True)
        for mark in marks.select_related("member__organisation").order_by(swedish_order("member__name")):
            handlers[mark.organisation_id].append(mark.member)
        return [
            cls(one, seated.get((one.pk, Seat.Role.ORDINARY)), seated.get((one.pk, Seat.Role.DEPUTY)), handlers[one.pk])
            for one in organisations
        ]

    @property
    def vacant_places(self) -> int:
        return [self.ordinary, self.deputy].count(None)
