from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from issues.models import Observation
from issues.models.observation_queryset import ObservationQuerySet
from members.models import Member

STATE_WORDS = {
    Observation.State.NEW: "nya observationer",
    Observation.State.ATTACHED: "observationer i ärenden",
    Observation.State.NOTED: "noterade observationer",
    Observation.State.REJECTED: "avvisade observationer",
}


@dataclass(frozen=True)
class ObservationChoice:
    """Which observations a list shows, read from its address; what is unknown there is left aside."""

    own: bool = False
    state: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> ObservationChoice:
        state = query.get("lage", "")
        return cls(own=query.get("mina") == "1", state=state if state in Observation.State.values else "")

    def base(self, member: Member) -> ObservationQuerySet:
        """Those the choice is made among, whatever their state."""
        visible: ObservationQuerySet = Observation.objects.visible_to(member)
        return visible.reported_by(member) if self.own else visible

    def rows(self, member: Member) -> ObservationQuerySet:
        return self.base(member).in_state(self.state).with_facts().with_issue_for(member).latest_first()

    @property
    def states(self) -> list[tuple[str, str, bool]]:
        """The answers to choose among: value, words and whether it is the one chosen."""
        return [(value, words, value == self.state) for value, words in STATE_WORDS.items()]
