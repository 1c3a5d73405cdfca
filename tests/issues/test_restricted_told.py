"""What the pages of a restricted issue say of who reads what is written there."""

from __future__ import annotations

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.utils import timezone

from issues.models import Issue
from issues.notices import TOLD_AFTER
from members.actor import Actor
from members.models import Member, Organisation
from tests.factories import ActionFactory, IssueFactory, ObservationFactory
from tests.issues.answering import NO, send
from tests.pages import text_of


def test_closing_says_who_of_the_reporters_may_not_read_the_feedback(
    as_coordinator: Client, coordinator: Member, hidden: Issue, representative: Member, officer: Member
) -> None:
    for reporter in (representative, officer):
        ObservationFactory(issue=hidden, reporter=reporter)

    page = text_of(as_coordinator, f"{hidden.get_absolute_url()}avslut/")

    assert f"En person från {representative.organisation} har rapporterat om det här och läser det du skriver." in page
    assert "En person som har rapporterat är inte namngiven och får inte läsa det. Berätta det själv." in page
    hidden.close(outcome="solved", feedback="Klart.", by=Actor.of(coordinator))
    after = text_of(as_coordinator, hidden.get_absolute_url())
    assert "Det läser de som är namngivna." in after
    assert "Det läser de som har rapporterat." not in after


def test_an_answer_in_it_is_said_to_be_seen_by_those_named(
    as_representative: Client, hidden: Issue, representative: Member
) -> None:
    asked = ActionFactory(issue=hidden, assignment__organisation=representative.organisation)

    page = text_of(as_representative, asked.get_absolute_url())
    *_, receipt = map(str, get_messages(send(as_representative, asked, "decline", **NO).wsgi_request))

    assert "De som är namngivna ser svaret direkt, och ni kan ta tillbaka det i tio minuter." in page
    assert "De som har rapporterat" not in page
    assert "De som är namngivna ser det direkt." in receipt
    assert "Gruppen ser" not in page + receipt


def test_striking_says_which_of_those_asked_will_not_know_of_it(
    as_coordinator: Client, hidden: Issue, representative: Member, housing: Organisation
) -> None:
    for organisation in (representative.organisation, housing):
        ActionFactory(issue=hidden, assignment__organisation=organisation)
    ObservationFactory(issue=hidden)

    page = text_of(as_coordinator, f"{hidden.get_absolute_url()}stryk/")

    assert f"Ingen som svarar för {housing} är namngiven och får veta det. Berätta det själv." in page
    assert "och de får veta det" not in page
    assert "Spridningen är fortfarande begränsad, och bara en samordnare som är namngiven kan sortera." in page
    assert "läses också av dem som har fått frågor i det och får läsa det." in page


def test_striking_what_all_may_read_tells_all_who_were_asked(as_coordinator: Client, housing: Organisation) -> None:
    action = ActionFactory(assignment__organisation=housing)

    page = text_of(as_coordinator, f"{action.issue.get_absolute_url()}stryk/")

    assert f"Åtgärden hos {housing} tas tillbaka av samma skäl, och de får veta det." in page
    assert "Spridningen" not in page


@pytest.mark.parametrize("has_reporter", [True, False])
def test_who_closes_is_told_when_the_feedback_goes_out_and_what_stops_it(
    as_coordinator: Client, representative: Member, has_reporter: bool
) -> None:
    issue = IssueFactory()
    if has_reporter:
        ObservationFactory(issue=issue, reporter=representative)
    sent = {"outcome": "solved", "feedback": "Lagat."}

    closed = as_coordinator.post(f"{issue.get_absolute_url()}avslut/", sent)
    [receipt] = map(str, get_messages(closed.wsgi_request))

    closed_at = Issue.objects.get().state_since
    assert closed_at
    told_at = timezone.localtime(closed_at + TOLD_AFTER)
    when = f"De som har rapporterat får återkopplingen tidigast klockan {told_at:%H.%M}. Öppnas ärendet igen"
    assert (receipt.startswith("Ärendet är avslutat."), when in receipt) == (True, has_reporter)
