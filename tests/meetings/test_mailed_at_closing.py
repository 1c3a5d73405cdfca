"""The page that closes a meeting names those who are mailed of what is passed on at the table, and escalated."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from base.swedish.words import listed, swedish_day
from issues.escalation_mails import LIFTED
from issues.models import Event, Issue
from issues.notices import ESCALATED
from issues.question_mails import answering_for
from meetings.attendance import note_expected
from meetings.closing import close_meeting
from meetings.closing_mails import mails_of_closing
from meetings.deciding import decide
from meetings.foreseen import preview
from meetings.models import AgendaItem
from meetings.table_answers import answer_at_table
from members.actor import Actor
from members.models import Member, NoticeCause, Organisation
from tests.days import in_days, today
from tests.factories import ActionFactory, IssueFactory, OrganisationFactory
from tests.meetings.at_table import asking, of
from tests.meetings.called import sent
from tests.meetings.meetings import under_way, words


def test_what_is_passed_on_at_the_table_is_mailed_to_whom_it_goes_to(
    item: AgendaItem,
    coordinator: Member,
    technical: Organisation,
    as_coordinator: Client,
    mailoutbox: list[EmailMessage],
) -> None:
    outside = OrganisationFactory(name="Skogsbolaget", mailbox="skog@exempel.se", in_group=False)
    meeting = asking(item, technical, by=Actor.of(coordinator))
    note_expected(meeting, by=Actor.of(coordinator))
    answer_at_table(of(technical), by=Actor.of(coordinator), kind="passed_on", passed_to=outside, text="Skogen är er.")

    shown = words(as_coordinator.get(reverse("meetings:close", args=[meeting.pk])))

    assert "Frågorna mejlas till en brevlåda" in shown
    assert "Skogsbolaget : skog@exempel.se." in shown
    due = swedish_day(coordinator.group.answer_due(), today=today())
    assert f"Svar senast {due} från Skogsbolaget." in shown
    assert "Tekniska förvaltningen :" not in shown
    close_meeting(meeting, by=Actor.of(coordinator))
    assert "skog" in sent(mailoutbox, timezone.now() + timedelta(days=1))


def test_those_whose_action_is_escalated_are_told_as_mailed(
    as_coordinator: Client, coordinator: Member, representative: Member, technical: Organisation
) -> None:
    asked: dict[str, Any] = {"assignment__organisation": technical, "assignment__answer_due": in_days(-3)}
    asked["assignment__asked_at"] = timezone.now() - timedelta(days=50)
    issue = IssueFactory(title="Mörkt i parken", state=Issue.State.OPEN)
    action = ActionFactory(issue=issue, title="Byt lamporna", **asked)
    meeting = under_way(coordinator)
    lamps = meeting.items.get(action=action)
    decide(lamps, by=Actor.of(coordinator), kind="escalate", lifts=action, rung=1, to="kommunledningsgruppen")
    note_expected(meeting, by=Actor.of(coordinator))

    shown = words(as_coordinator.get(reverse("meetings:close", args=[meeting.pk])))
    [foreseen] = mails_of_closing(meeting, preview(meeting, coordinator), coordinator).lifted

    assert "Det som eskaleras mejlas till " in shown
    assert f"Tekniska förvaltningen , om det som eskaleras: {listed([*map(str, answering_for(technical))])}." in shown
    close_meeting(meeting, by=Actor.of(coordinator))
    event = Event.objects.get(kind=Event.Kind.ESCALATED)
    mailed = [
        one for one in LIFTED.receivers(NoticeCause.of(ESCALATED, event.pk, at=event.at)) if isinstance(one, Member)
    ]
    assert representative in mailed
    assert foreseen.people == mailed
