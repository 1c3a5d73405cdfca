"""What of the agenda hangs on those who do not come, for who prepares the meeting."""

from __future__ import annotations

import pytest
from django.test import Client

from issues.restricting import restrict
from meetings.agenda.ordering import add_item
from meetings.models import Meeting
from members.actor import Actor
from members.models import How, Member, NoticeChoice, Organisation, Subject
from tests.factories import ActionFactory, AgendaItemFactory
from tests.meetings.meetings import excuse, planned, words
from tests.people import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(coordinator: Member, representative: Member, technical: Organisation) -> Meeting:
    """Omar of Tekniska has been asked to mend a lamp, which the rules raise, and stands at an item of his own."""
    ActionFactory(title="Laga lampan", issue__title="Mörkt", assignment__organisation=technical)
    return planned(coordinator)


def page(client: Client, meeting: Meeting) -> str:
    return words(client.get(meeting.get_absolute_url()))


def test_the_points_that_nobody_is_there_to_answer_for(
    as_coordinator: Client, representative: Member, meeting: Meeting
) -> None:
    assert "hänger på" not in page(as_coordinator, meeting)

    excuse(meeting, representative, by=Actor.of(representative))

    assert "Omar Prov kan inte komma. Punkt 6.1 hänger på dem." in page(as_coordinator, meeting)


def test_who_will_be_missing_stands_above_the_agenda_for_who_prepares_it_and_for_nobody_else(
    as_coordinator: Client, representative: Member, technical: Organisation, meeting: Meeting
) -> None:
    assert f"Ingen från {technical} kommer" not in page(as_coordinator, meeting)

    excuse(meeting, representative, by=Actor.of(representative))

    told = page(as_coordinator, meeting)
    missing = f"Ingen från {technical} kommer. Punkt 6.1 hänger på dem."
    assert 0 < told.index(missing) < told.index("Ladda ner")
    assert f"Ingen från {technical} kommer" not in page(signed_in(representative), meeting)


def test_also_where_the_point_was_stored(
    as_coordinator: Client, coordinator: Member, representative: Member, technical: Organisation, meeting: Meeting
) -> None:
    other = ActionFactory(title="Måla", issue__title="Klotter", assignment__organisation=technical)
    AgendaItemFactory(meeting=meeting, issue=other.issue, action=other, under="action_log", kind="action")
    excuse(meeting, representative, by=Actor.of(representative))

    assert "Punkterna 4.1, 6.1 och 6.2 hänger på dem." in page(as_coordinator, meeting)


def test_where_the_deputy_comes_only_what_the_ordinary_was_to_present(
    as_coordinator: Client, coordinator: Member, representative: Member, deputy: Member, meeting: Meeting
) -> None:
    add_item(meeting, title="Nattvandring", presenters=[representative], by=Actor.of(coordinator))
    excuse(meeting, representative, by=Actor.of(representative))

    told = page(as_coordinator, meeting)

    assert "Gun Prototyp, ersättare, väntas." in told
    assert "Punkt 12.1 skulle föredras av Omar Prov." in told
    assert "hänger på" not in told


def test_it_is_told_to_who_prepares_the_meeting_and_to_nobody_else(
    as_representative: Client, representative: Member, meeting: Meeting
) -> None:
    excuse(meeting, representative, by=Actor.of(representative))

    assert "hänger på" not in page(as_representative, meeting)


def test_what_she_may_not_know_of_hangs_on_nobody(
    as_coordinator: Client, representative: Member, officer: Member, technical: Organisation, meeting: Meeting
) -> None:
    hidden = ActionFactory(title="Hemligt", issue__title="Hemligt", assignment__organisation=technical)
    restrict(hidden.issue, named=[], reason="Pekar ut.", by=Actor.of(officer))
    excuse(meeting, representative, by=Actor.of(representative))

    assert "Punkt 6.1 hänger på dem." in page(as_coordinator, meeting)
    assert "Hemligt" in page(signed_in(officer), meeting)


def test_who_is_expected_and_has_chosen_mail_away_is_named_for_who_prepares_the_meeting(
    as_coordinator: Client, as_officer: Client, representative: Member, deputy: Member, meeting: Meeting
) -> None:
    for member in (representative, deputy):
        NoticeChoice.objects.choose(member, {Subject.MEETINGS: How.NEVER}, by=Actor.of(member))

    told = "Omar Prov har valt bort mejl om möten. Säg till på annat sätt."
    assert [told in page(client, meeting) for client in (as_coordinator, as_officer)] == [True, False]
    assert "Gun Prototyp har valt bort" not in page(as_coordinator, meeting)
