from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from issues.forms.fields import known_pk
from issues.models import Issue, Observation
from issues.models.observation_queryset import ObservationQuerySet
from issues.numbers import is_number
from issues.observation_wording import list_headline
from members.models import Member, Organisation

STATE_WORDS = {
    Observation.State.NEW: "nya observationer",
    Observation.State.ATTACHED: "observationer i ärenden",
    Observation.State.NOTED: "noterade observationer",
    Observation.State.REJECTED: "avvisade observationer",
}


@dataclass(frozen=True)
class ObservationChoice:
    """Which observations a list shows, read from its address; what is unknown there is left aside.

    issue         the number of the one issue they belong to
    organisation  the pk of the one they come from
    """

    own: bool = False
    state: str = ""
    issue: str = ""
    organisation: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> ObservationChoice:
        state, issue, organisation = (query.get(name, "") for name in ("lage", "arende", "organisation"))
        return cls(
            own=query.get("mina") == "1",
            state=state if state in Observation.State.values else "",
            issue=issue if is_number(issue) else "",
            organisation=known_pk(organisation),
        )

    @property
    def narrows(self) -> bool:
        """Whether the list shows less than all."""
        return self != ObservationChoice(own=self.own)

    def base(self, member: Member) -> ObservationQuerySet:
        """Those the choice is made among, whatever their state."""
        visible: ObservationQuerySet = Observation.objects.visible_to(member)
        return visible.reported_by(member) if self.own else visible

    def rows(self, member: Member) -> ObservationQuerySet:
        chosen = self.base(member).in_state(self.state)
        if self.issue:
            chosen = chosen.in_issues(Issue.objects.visible_to(member).numbered(self.issue))
        if self.organisation:
            chosen = chosen.from_organisation(int(self.organisation))
        return chosen.with_facts().with_issue_for(member).latest_first()

    def headline(self, member: Member, waiting: int) -> str:
        whole = member.sees_everything_unrestricted
        return list_headline(any_at_all=self.base(member).exists(), waiting=waiting, own=self.own, whole=whole)

    @property
    def states(self) -> list[tuple[str, str, bool]]:
        """The answers to choose among: value, words and whether it is the one chosen."""
        return [(value, words, value == self.state) for value, words in STATE_WORDS.items()]

    @property
    def organisations(self) -> list[tuple[str, str, bool]]:
        """The same of whom they come from, also those that have left: what they reported remains."""
        rows = Organisation.objects.in_order().values_list("pk", "name")
        return [(str(pk), name, str(pk) == self.organisation) for pk, name in rows]
