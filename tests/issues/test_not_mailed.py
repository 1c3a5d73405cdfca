"""Who is asked and whom no mail reaches: said to whoever asks, so that nobody waits for an answer to it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from issues.models import Action, Issue
from issues.receivers import not_mailed
from issues.restricting import restrict
from members.actor import Actor
from members.models import AnswersFor, How, Member, NoticeChoice, Organisation, Subject
from tests.factories import ActionFactory, IssueFactory, MemberFactory, OrganisationFactory, SeatFactory
from tests.meetings.meetings import words

pytestmark = pytest.mark.django_db

DUE = f"{timezone.localdate() + timedelta(days=20)}"
NOBODY = "Ingen hos Hamnbolaget får mejl om det. Säg till på annat sätt."


@pytest.fixture
def harbour() -> Organisation:
    """Ida is its ordinary, and has ended the mails about what she is to answer; it has no mailbox."""
    harbour: Organisation = OrganisationFactory(name="Hamnbolaget", mailbox="")
    ida = MemberFactory(name="Ida Utkast", organisation=harbour)
    SeatFactory(member=ida, role="ordinary")
    ends(ida)
    return harbour


def ends(member: Member) -> None:
    NoticeChoice.objects.choose(member, {Subject.ASKED: How.NEVER}, by=Actor.of(member))


def test_it_is_said_where_all_who_are_to_answer_want_no_such_mail_and_there_is_no_mailbox(
    harbour: Organisation, technical: Organisation
) -> None:
    issue = IssueFactory()
    assert not_mailed([harbour], issue) == NOBODY

    handler = MemberFactory(name="Hugo Skiss")
    AnswersFor.objects.create(member=handler, organisation=harbour)
    assert not_mailed([harbour], issue) == ""  # who has chosen nothing is mailed
    ends(handler)
    assert not_mailed([harbour], issue) == NOBODY

    deputy = MemberFactory(name="Doris Mall", organisation=harbour)
    SeatFactory(member=deputy, role="deputy")
    assert not_mailed([harbour], issue) == NOBODY  # while there is an ordinary
    Member.objects.filter(name="Ida Utkast").update(is_active=False)
    assert not_mailed([harbour], issue) == ""
    ends(deputy)
    assert not_mailed([harbour], issue) == NOBODY

    Organisation.objects.filter(pk=harbour.pk).update(mailbox="hamnen@exempel.se")
    harbour.refresh_from_db()
    assert not_mailed([harbour], issue) == ""
    empty = OrganisationFactory(name="Tomma bolaget", mailbox="")
    assert not_mailed([harbour, empty], issue) == "Ingen hos Tomma bolaget får mejl om det. Säg till på annat sätt."


def test_of_what_is_restricted_nothing_is_said(harbour: Organisation, coordinator: Member) -> None:
    issue = IssueFactory()
    restrict(issue, by=Actor.of(coordinator), reason="Utredning", named=[])
    assert not_mailed([harbour], Issue.objects.get(pk=issue.pk)) == ""


def test_whoever_proposes_or_hands_over_is_told(
    as_coordinator: Client, harbour: Organisation, technical: Organisation
) -> None:
    def receipt(route: str, pk: object, **sent: Any) -> str:
        return words(as_coordinator.post(reverse(route, args=[pk]), sent, follow=True))

    Organisation.objects.filter(pk=technical.pk).update(mailbox="tekniska@exempel.se")
    issue = IssueFactory()
    asked = {
        "title": "Laga grinden",
        "text": "Den står öppen.",
        "organisations": [harbour.pk, technical.pk],
        "answer_due": DUE,
        "term": "short",
    }
    said = receipt("issues:action_create", issue.number, **asked)
    assert f"Åtgärden är föreslagen för Hamnbolaget och {technical}. {NOBODY}" in said

    action: Action = ActionFactory(assignment__organisation=technical)
    moved = {"organisation": harbour.pk, "answer_due": DUE, "version": action.version}
    sent = {f"overlamna-{name}": value for name, value in moved.items()}
    said = receipt("issues:action_hand_over", action.pk, **sent)
    assert f"Hamnbolaget är ansvarig och har fått frågan. {NOBODY}" in said


def test_her_page_tells_the_samordnare_what_she_has_ended_and_since_when(
    as_coordinator: Client, as_representative: Client, harbour: Organisation
) -> None:
    ida = Member.objects.get(name="Ida Utkast")

    page = words(as_coordinator.get(ida.get_absolute_url()))

    assert "Tar inte emot mejl om frågor att svara på, sedan " in page
    assert "Tar inte emot mejl" not in words(as_representative.get(ida.get_absolute_url()))

    NoticeChoice.objects.choose(ida, {Subject.ASKED: How.WEEKLY}, by=Actor.of(ida))
    assert "Tar inte emot mejl" not in words(as_coordinator.get(ida.get_absolute_url()))
