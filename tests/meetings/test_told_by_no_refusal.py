"""What can no longer be done does not tell one who is not named that something restricted was written or decided."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from base.records import NotAllowed
from issues.models import Action, Issue
from issues.restricting import restrict
from meetings.agenda.ordering import add_item
from meetings.deciding import decide, propose_action
from meetings.models import AgendaItem, ItemDraft, Meeting
from meetings.reopening import unclose_meeting
from meetings.starting import start_meeting, unstart_meeting
from members.actor import Actor
from members.models import Member, Organisation
from tests.factories import IssueFactory
from tests.meetings.reopening import close, issue, told
from tests.pages import text_of

HIDDEN = "Vassruggen"


@pytest.fixture
def named(representative: Member) -> Actor:
    """She alone reads the issue; the samordnare, who runs the meeting, is not named."""
    restrict(
        IssueFactory(title=HIDDEN, state=Issue.State.OPEN), reason="Pekar ut.", named=[], by=Actor.of(representative)
    )
    return Actor.of(representative)


def on_agenda_of(meeting: Meeting, named: Actor) -> AgendaItem:
    item = AgendaItem.objects.filter(meeting=meeting, issue=issue(HIDDEN)).first()
    return item or add_item(meeting, issue=issue(HIDDEN), by=named)


# The start


def test_the_start_is_undone_by_one_who_knows_of_nothing_that_is_written(
    as_coordinator: Client, coordinator: Member, named: Actor
) -> None:
    meeting = Meeting.plan(starts_at=timezone.now(), by=Actor.of(coordinator))
    start_meeting(meeting, by=Actor.of(coordinator))
    item = on_agenda_of(meeting, named)
    item.write_note(text="Vassen brinner.", version=0, by=named)
    decide(item, text="Vassen får stå.", by=named)

    assert "Ångra starten" in text_of(as_coordinator, meeting.get_absolute_url())
    with pytest.raises(NotAllowed, match="Starten kan inte ångras"):
        unstart_meeting(meeting, by=named)
    unstart_meeting(meeting, by=Actor.of(coordinator))

    assert meeting.is_planned
    start_meeting(meeting, by=Actor.of(coordinator))
    item.refresh_from_db()
    assert (item.note, item.removed, item.decisions.get().text) == ("Vassen brinner.", False, "Vassen får stå.")


def test_what_is_being_typed_of_a_hidden_issue_keeps_the_meeting_going_and_is_not_told(
    as_coordinator: Client, coordinator: Member, named: Actor
) -> None:
    meeting = Meeting.plan(starts_at=timezone.now(), by=Actor.of(coordinator))
    start_meeting(meeting, by=Actor.of(coordinator))
    item = on_agenda_of(meeting, named)
    draft = ItemDraft.keep(item, "decision", texts={"text": "Vassen får stå."}, chosen={}, version=0, by=named)

    assert "Ångra starten" not in text_of(as_coordinator, meeting.get_absolute_url())
    with pytest.raises(NotAllowed, match="Något är skrivet på mötet och inte sparat än") as refusal:
        unstart_meeting(meeting, by=Actor.of(coordinator))
    assert HIDDEN not in str(refusal.value)

    ItemDraft.keep(item, "decision", texts={"text": ""}, chosen={}, version=draft.version, by=named)
    unstart_meeting(meeting, by=Actor.of(coordinator))
    assert meeting.is_planned


# The closing, undone


def test_the_closing_is_undone_and_a_hidden_issue_that_has_gone_on_goes_on(
    decided: Meeting, coordinator: Member, named: Actor, technical: Organisation
) -> None:
    propose_action(on_agenda_of(decided, named), title="Rensa vassen", organisation=technical, by=named)
    close(decided, coordinator)
    action = Action.objects.get(title="Rensa vassen")
    action.current.accept(planned=timezone.localdate(), by=named)

    with pytest.raises(NotAllowed, match=f"något har redan hänt i ärendet ”{HIDDEN}”"):
        unclose_meeting(Meeting.objects.get(pk=decided.pk), by=named)
    unclose_meeting(decided, by=Actor.of(coordinator))

    action.refresh_from_db()
    assert decided.is_under_way
    assert (action.state, Action.objects.get(title="Laga lampan").state) == (Action.State.ACCEPTED, Action.State.DRAFT)
    assert "ångrades" not in " ".join(told(HIDDEN))

    close(decided, coordinator)

    action.refresh_from_db()
    assert decided.is_closed
    assert action.state == Action.State.ACCEPTED


# The closing


def decide_what_cannot_be(item: AgendaItem, named: Actor) -> None:
    """The meeting decides that it rests; it is closed elsewhere meanwhile."""
    decide(item, kind="pause", text="Vassen får vila.", by=named)
    ending: dict[str, Any] = {"outcome": "solved", "feedback": "Vassen är borta."}
    issue(HIDDEN).close(**ending, by=named)


def test_a_hidden_decision_that_cannot_be_carried_out_hinders_no_closing_and_says_so_where_it_is_read(
    decided: Meeting, coordinator: Member, named: Actor
) -> None:
    decide_what_cannot_be(on_agenda_of(decided, named), named)

    close(decided, coordinator)

    assert (decided.is_closed, issue("Räcket").state) == (True, Issue.State.CLOSED)
    last = told(HIDDEN)[-1]
    assert "Vassen får vila. Beslutet är inte verkställt: Ärendet är avslutat (Omar Prov" in last


def test_one_who_is_named_is_told_and_may_strike_it(decided: Meeting, coordinator: Member, named: Actor) -> None:
    decide_what_cannot_be(on_agenda_of(decided, named), named)

    with pytest.raises(ValidationError, match=r"Beslutet ”.*Vassen får vila\.” kan inte verkställas"):
        close(decided, named.member)
