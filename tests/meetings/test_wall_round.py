"""On the wall: laget runt with what each organisation has reported, and what is answered at the table; no reporter."""

import pytest
from django.test import Client
from django.urls import reverse

from meetings.deciding import propose_action
from meetings.models import AgendaItem, Meeting, OrganisationAtMeeting, ProposedAction, RoundNote
from meetings.table_answers import answer_at_table
from members.actor import Actor
from members.models import Member, Organisation
from tests.factories import ObservationFactory
from tests.meetings.meetings import words

pytestmark = pytest.mark.django_db


def wall(client: Client, item: AgendaItem, query: str = "") -> str:
    client.post(reverse("meetings:wall_show", args=[item.pk]))
    return words(client.get(reverse("meetings:wall", args=[item.meeting_id]) + query))


def round_of(meeting: Meeting) -> AgendaItem:
    return meeting.items.get(heading__rule="round", kind=AgendaItem.Kind.HEADING)


def test_it_shows_what_each_has_reported_and_no_reporter(
    as_coordinator: Client, representative: Member, technical: Organisation, police: Organisation, item: AgendaItem
) -> None:
    ObservationFactory(reporter=representative, organisation=technical, text="Två lampor är trasiga.")

    page = wall(as_coordinator, round_of(item.meeting))

    assert "En organisation har rapporterat en observation" in page
    assert "Nya observationer: Tekniska förvaltningen 1." in page
    assert str(representative) not in page
    assert "Två lampor" not in page
    assert "Nya observationer" not in wall(as_coordinator, item)


def test_what_is_said_there_is_shown_where_that_is_chosen(
    as_coordinator: Client, coordinator: Member, item: AgendaItem, police: Organisation
) -> None:
    around = round_of(item.meeting)
    RoundNote.write(around, police, text="Lugnt i centrum.", version=0, by=Actor.of(coordinator))

    page = wall(as_coordinator, around)

    assert "Lugnt i centrum." not in page
    assert "Visa noteringen här" in page
    assert "Polisen: Lugnt i centrum." in wall(as_coordinator, around, "?noteringar=1")


def test_what_is_answered_at_the_table_stands_with_the_decision(
    as_coordinator: Client, coordinator: Member, technical: Organisation, item: AgendaItem
) -> None:
    by = Actor.of(coordinator)
    decision = propose_action(item, by=by, title="Laga lampan", organisation=technical)
    item.meeting.organisations.get(organisation=technical).note(by=by, state=OrganisationAtMeeting.State.REPRESENTED)
    answer_at_table(ProposedAction.objects.get(decision=decision), by=by, kind="question", text="Vilken stolpe?")

    page = wall(as_coordinator, item)

    said = "Laga lampan: Tekniska förvaltningen svarade på mötet: begär komplettering. ”Vilken stolpe?”"
    assert f"{said} Gäller när mötet avslutas." in page
    assert said not in wall(as_coordinator, round_of(item.meeting))
