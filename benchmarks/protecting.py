"""What protects people in a register of any size: restricted, opened, withdrawn, struck, masked and kept."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from random import Random
from typing import Any

from base.swedish.passages import pattern
from base.ui.models import KeptPassage
from benchmarks import words
from benchmarks.copying import Rows
from benchmarks.filling import Filling
from issues.models import AccessGrant, Event, Issue, Note, Observation, Opening, Tombstone
from issues.models.withdrawn import emptied
from meetings.minutes.masking import mask_versions
from meetings.models import Minutes, OriginalOpening
from members.actor import Actor
from members.models import Member
from temagrupp.redaction.models import RedactedPlace, Redaction

OPENINGS = 60
"""Of each restricted thing, by those who are named on it in turn; of the one that is opened most:"""
MOST_OPENINGS = 3_000
NAMED = 4
RESTRICTED_OF = 500
"""Observations that are noted."""
WITHDRAWN_OF = 200
STRUCK_OF = 100
KEPT_OF = 20
MASKED_MINUTES_OF = 5
OPENINGS_OF_AN_ORIGINAL = 60
MASKED_OF = 40
"""Observations."""
PLACES = 4
FIELD = "issues.Observation.text"


def protect(filling: Filling) -> None:
    """Add it to what has been filled and not copied yet."""
    for issue in [issue for issue in filling.rows.get(Issue, []) if issue.restricted]:
        _is_restricted(filling, issue, issue=issue)
    for turn, observation in enumerate(list(filling.rows[Observation])):
        if turn % KEPT_OF == 0:
            _keeps(filling, observation)
        if turn % WITHDRAWN_OF == 0:
            _is_withdrawn(filling, observation, turn)
        if turn % RESTRICTED_OF == RESTRICTED_OF - 1 and observation.state == Observation.State.NOTED:
            observation.restricted = True
            _is_restricted(filling, observation, observation=observation)
    for turn in range(0, len(filling.rows.get(Issue, [])), STRUCK_OF):
        _is_struck(filling, turn)


def mask_minutes(filling: Filling) -> None:
    """Mask a sentence in some of the minutes that are frozen, and open their originals."""
    by = Actor.of(filling.coordinator)
    keys = [minutes.pk for minutes in Minutes.objects.order_by("-made_at", "-pk")[::MASKED_MINUTES_OF]]
    versions = Minutes.objects.filter(pk__in=keys).select_related("meeting")
    for copy in mask_versions(versions, pattern(words.WHO[0]), by=by, at=filling.now):
        for turn, how in enumerate(OriginalOpening.How.values * (OPENINGS_OF_AN_ORIGINAL // 3)):
            who = {"minutes_id": copy.minutes_id, "member": filling.coordinator}
            filling.add(OriginalOpening, filling.now, how=how, at=filling.ago(turn), **who)
    filling.copy()


class Masking(Rows):
    """The maskings that a samordnare has made in the notes of issues: their rows are the owner's to write."""

    def fill(self, observations: int) -> None:
        coordinator = Member.objects.filter(is_coordinator=True).order_by("pk")[0]
        notes = list(Note.objects.order_by("-pk").values_list("pk", "issue", "created_at")[: observations // MASKED_OF])
        for turn, (_, _, at) in enumerate(notes):
            why, digest = words.sentence(Random(f"why {turn}")), f"2:{sha256(str(turn).encode()).hexdigest()}"
            facts = {"kind": Redaction.Kind.PASSAGE, "why": why, "digests": [digest]}
            redaction = self.add(Redaction, at, at=at, by=coordinator, **facts)
            for key, issue, _ in notes[turn : turn + PLACES]:
                row = {"table": Note._meta.db_table, "column": "text", "key": str(key), "issue_id": issue}
                self.add(RedactedPlace, at, redaction=redaction, in_row=True, in_history=1, **row)
        self.copy()


# Private


def _is_restricted(filling: Filling, row: Any, **thing: Any) -> None:
    """Named are some of the group, who open it in turn; the first that is restricted is opened most."""
    named = [filling.coordinator, *(member for member in filling.group if not member.is_coordinator)][:NAMED]
    for member in named:
        if "observation" in thing or member != filling.coordinator:
            filling.add(AccessGrant, row.created_at, member=member, **thing)
    is_first = Opening not in filling.rows
    for turn in range(MOST_OPENINGS if is_first else OPENINGS):
        at = filling.ago(turn)
        how = Opening.How.PAGE if turn % 2 else Opening.How.SEARCH
        filling.add(Opening, at, member=named[turn % len(named)], how=how, at=at, within=at, **thing)


def _keeps(filling: Filling, observation: Observation) -> None:
    digest = sha256(f"kept {observation.pk}".encode()).hexdigest()
    at = observation.created_at
    filling.add(KeptPassage, at, field=FIELD, kind="name", digest=digest, by=observation.reporter, at=at)


def _is_withdrawn(filling: Filling, near: Observation, turn: int) -> None:
    """One more, which its reporter took back within the hour."""
    at, who = near.created_at + timedelta(hours=1), filling.members[turn // WITHDRAWN_OF % len(filling.members)]
    gone = filling.observe(Random(f"withdrawn {turn}"), near.created_at, near.category, near.place)
    gone.reporter, gone.organisation_id, gone.state_by, gone.state_since = who, who.organisation_id, who, at
    gone.state = Observation.State.WITHDRAWN
    for name, said in emptied(near.created_at).items():
        setattr(gone, name, said)
    filling.add(Tombstone, at, kind="observation", number=str(gone.pk), at=at, by=who, why="Det var en felanmälan.")


def _is_struck(filling: Filling, turn: int) -> None:
    """One more, which was a mistake."""
    random, opened = Random(f"struck {turn}"), filling.ago(turn)
    struck = filling.begin(opened, Issue.State.STRUCK, random)
    facts = {"was": Issue.State.NEW, "places": {}, "marked": []}
    filling.tell(struck, Event.Kind.OPENED, opened, facts={"observations": 0})
    filling.tell(struck, Event.Kind.ISSUE_STRUCK, opened, facts=facts, text=words.sentence(random))
