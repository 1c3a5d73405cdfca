from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from issues.models.action import ActionQuerySet
from issues.models.status import OUT_OF_TIME, UNENDED
from members.models import Organisation


@dataclass(frozen=True)
class OrganisationLoad:
    """An organisation with how much sits with it, and how much of that has waited longer than agreed."""

    organisation: Organisation
    open: int
    out_of_time: int

    @classmethod
    def of(cls, actions: ActionQuerySet) -> list[OrganisationLoad]:
        """Of actions `with_demand`: those who have something, the one that is waited for most first."""
        sitting = actions.demanding(UNENDED).order_by().values("sits__organisation")  # type: ignore[misc]
        numbers = sitting.annotate(
            open=Count("pk"),
            out_of_time=Count("pk", filter=Q(demand__in=OUT_OF_TIME)),
        ).values_list("sits__organisation", "open", "out_of_time")
        counted = {pk: (open_, out_of_time) for pk, open_, out_of_time in numbers}
        holders = [cls(one, *counted[one.pk]) for one in Organisation.objects.in_order().filter(pk__in=counted)]
        return sorted(holders, key=lambda holder: (-holder.out_of_time, -holder.open))
