"""The ways out of the room and back: an answer, the roll call, and that an organisation has nothing to report."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from issues.models import Action, Answer, NilReport
from meetings.attendance import note_expected
from meetings.models import AgendaItem, Meeting, Presence
from members.actor import Actor
from members.models import Member, Organisation
from tests.days import in_days, today
from tests.factories import ActionFactory, IssueFactory
from tests.meetings.meetings import item_of, under_way, undo, words
from tests.meetings.reopening import close
from tests.pages import Response
from tests.people import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def late(technical: Organisation) -> Action:
    """An action that is a point of its own."""
    due = in_days(-3)
    return ActionFactory(title="Laga lampan", assignment__organisation=technical, assignment__answer_due=due)


@pytest.fixture
def item(coordinator: Member, late: Action) -> AgendaItem:
    return item_of(under_way(coordinator), "Laga lampan")


def link(response: Response, words_of_it: str) -> str:
    """The address of the link with the words."""
    [address] = re.findall(rf'href="([^"]*)"[^>]*>{words_of_it}<', response.content.decode())
    return str(address)


def answer(client: Client, page: Response, **typed: Any) -> Response:
    """Say no in the form on the action's page, as it is sent from there."""
    [address] = re.findall(r'action="(/overlamningar/\d+/nej/[^"]*)"', page.content.decode())
    facts = {"nej-reason": "priority", "nej-text": "Skolvägarna först.", "nej-next_step": "I mars."}
    return client.post(address, facts | typed, follow=True)


def test_an_answer_is_noted_from_the_room_and_one_is_back_at_the_point(
    as_coordinator: Client, coordinator: Member, representative: Member, item: AgendaItem
) -> None:
    note_expected(item.meeting, by=Actor.of(coordinator))
    page = as_coordinator.get(item.get_absolute_url())
    assert {step.form["channel"].value() for step in page.context["answers"]} == {"meeting"}
    assert "Hur kom beskedet?" not in words(page)

    room = answer(as_coordinator, page, **{"nej-channel": "meeting"})

    assert room.redirect_chain == [(item.get_absolute_url(), 302)]
    assert "Tekniska förvaltningen svarade på mötet: avböjer, annat går före. ”" in words(room)
    assert words(room).count("Skolvägarna först.") == 1
    back = undo(as_coordinator, room)
    assert back.redirect_chain == [(item.get_absolute_url(), 302)]
    assert Answer.objects.get().withdrawn_at is not None
    assert "svarade på mötet" not in words(back)


def test_of_one_who_is_not_there_at_the_point_it_is_asked_how_the_answer_came(
    as_coordinator: Client, coordinator: Member, representative: Member, item: AgendaItem
) -> None:
    note_expected(item.meeting, by=Actor.of(coordinator))
    noted = Presence.objects.get(member=representative)
    Presence.objects.filter(pk=noted.pk).update(items=(1, item.heading.number))

    page = as_coordinator.get(item.get_absolute_url())

    assert {step.form["channel"].value() for step in page.context["answers"]} == {None}
    assert "Hur kom beskedet?" in words(page)
    assert "Ingen från dem är noterad på punkten." in words(page)
    refused = answer(as_coordinator, page)
    assert not Answer.objects.exists()
    assert link(refused, "Tillbaka till mötet") == item.get_absolute_url()


def test_an_answer_that_was_refused_keeps_the_way_back(as_coordinator: Client, item: AgendaItem) -> None:
    page = as_coordinator.get(item.get_absolute_url())

    refused = answer(as_coordinator, page, **{"nej-channel": "meeting", "nej-text": ""})

    assert "Skriv skälet så att gruppen förstår." in words(refused)
    assert link(refused, "Tillbaka till mötet") == item.get_absolute_url()
    assert (
        answer(as_coordinator, refused, **{"nej-channel": "meeting"}).redirect_chain[-1][0] == item.get_absolute_url()
    )


def test_at_the_point_of_an_issue_each_of_its_questions_is_answered(
    as_coordinator: Client, coordinator: Member, technical: Organisation
) -> None:
    action = ActionFactory(issue=IssueFactory(title="Mörkt"), title="Laga", assignment__organisation=technical)
    item = item_of(under_way(coordinator), "Mörkt")

    address = link(as_coordinator.get(item.get_absolute_url()), "Notera svaret")

    assert address == f"{action.get_absolute_url()}?punkt={item.pk}#answer"


def test_who_was_asked_answers_from_the_room_in_her_own_name(
    as_representative: Client, coordinator: Member, item: AgendaItem
) -> None:
    note_expected(item.meeting, by=Actor.of(coordinator))
    page = as_representative.get(link(as_representative.get(item.get_absolute_url()), "Svara"))

    room = answer(as_representative, page)

    assert Answer.objects.get().channel == "meeting"
    assert "Tekniska förvaltningen svarade på mötet: avböjer, annat går före. ”" in words(room)


def test_her_own_answer_from_the_room_is_told_as_given_on_the_meeting_as_long_as_it_lasts(
    as_representative: Client, as_coordinator: Client, coordinator: Member, item: AgendaItem, late: Action
) -> None:
    note_expected(item.meeting, by=Actor.of(coordinator))
    at_the_point = as_representative.get(late.get_absolute_url(), {"punkt": item.pk})
    answer(as_representative, at_the_point)
    told = "Omar Prov för Tekniska förvaltningen, på mötet"
    assert told in words(as_coordinator.get(late.issue.get_absolute_url()))

    late.current.withdraw_answer(by=Actor.of(coordinator))
    close(item.meeting, coordinator)
    answer(as_representative, at_the_point)

    assert Answer.objects.get(withdrawn_at=None).channel == "signed_in"


@pytest.mark.parametrize("where", ["absent", "left", "another point"])
def test_who_is_not_at_the_point_of_the_question_answers_beside_the_meeting(
    as_representative: Client, coordinator: Member, representative: Member, item: AgendaItem, late: Action, where: str
) -> None:
    if where != "absent":
        note_expected(item.meeting, by=Actor.of(coordinator))
    if where == "left":
        noted = Presence.objects.get(member=representative)
        Presence.objects.filter(pk=noted.pk).update(items=(1, item.heading.number))
    others = item.meeting.items.exclude(pk=item.pk).filter(action=None)
    point = others[0] if where == "another point" else item

    answer(as_representative, as_representative.get(late.get_absolute_url(), {"punkt": point.pk}))

    assert Answer.objects.get().channel == "signed_in"


def test_one_who_may_not_answer_reads_the_action_and_comes_back(as_officer: Client, item: AgendaItem) -> None:
    page = as_officer.get(link(as_officer.get(item.get_absolute_url()), "Läs åtgärden"))

    assert link(page, "Tillbaka till mötet") == item.get_absolute_url()
    assert page.context["answers"] == []


def test_when_the_meeting_has_closed_nothing_is_chosen_beforehand(
    as_coordinator: Client, coordinator: Member, item: AgendaItem, late: Action
) -> None:
    close(item.meeting, coordinator)

    page = as_coordinator.get(late.get_absolute_url(), {"punkt": item.pk})

    assert {form["channel"].value() for form in page.context["answers"]} == {None}
    assert link(page, "Tillbaka till mötet") == item.get_absolute_url()


@pytest.mark.parametrize(
    "point", ["", "0", "999999", "-1", "9" * 40, "9" * 4400, "https://exempel.se/", "//exempel.se", "²"]
)
def test_no_other_way_leads_anywhere(as_coordinator: Client, item: AgendaItem, late: Action, point: str) -> None:
    page = as_coordinator.get(late.get_absolute_url(), {"punkt": point})
    assert page.context["way_back"] is None

    url = reverse("issues:assignment_ask", args=[late.current.pk])
    typed = {"fraga-text": "Vilken?", "fraga-channel": "phone"}
    sent = as_coordinator.post(f"{url}?punkt={point}", typed, follow=True)

    assert sent.redirect_chain == [(late.get_absolute_url(), 302)]


def test_the_way_to_a_point_that_she_may_not_see_is_none(
    as_handler: Client, as_coordinator: Client, item: AgendaItem, late: Action
) -> None:
    asked = as_handler.get(late.get_absolute_url(), {"punkt": item.pk})

    assert asked.status_code == 404 or asked.context["way_back"] is None


def test_the_roll_call_in_the_room_keeps_one_in_the_room(as_coordinator: Client, item: AgendaItem) -> None:
    opening = item.meeting.items.get(heading__key="opening")
    page = as_coordinator.get(opening.get_absolute_url()).content.decode()
    [address] = re.findall(r'action="(/moten/\d+/narvaro/[^"]*)"', page)

    room = as_coordinator.post(address, {"expected": "ja"}, follow=True)

    assert room.redirect_chain == [(opening.get_absolute_url(), 302)]
    assert "Alla som väntades är noterade." in words(room)
    assert undo(as_coordinator, room).redirect_chain == [(opening.get_absolute_url(), 302)]
    assert not item.meeting.organisations.exclude(state="unnoted").exists()


def say(client: Client, item: AgendaItem, organisation: Organisation) -> Response:
    days = {"first_day": in_days(-9).isoformat(), "last_day": today().isoformat(), "key": str(uuid4())}
    address = reverse("meetings:nothing_to_report", args=[item.pk, organisation.pk])
    here = f"{item.get_absolute_url()}#laget-runt"
    return client.post(address, days | {"channel": "meeting", "back": here}, follow=True)


@pytest.mark.parametrize("leads", ["chair", "secretary"])
def test_whoever_writes_in_the_room_notes_that_an_organisation_has_nothing_to_report(
    coordinator: Member, representative: Member, police: Organisation, leads: str
) -> None:
    item = under_way(coordinator).items.get(heading__key="round")
    Meeting.objects.update(**{leads: representative})
    client = signed_in(representative)
    shown = client.get(item.get_absolute_url()).content.decode()
    assert reverse("meetings:nothing_to_report", args=[item.pk, police.pk]) in shown

    room = say(client, item, police)

    said = NilReport.objects.get()
    assert (said.organisation, said.by, said.channel) == (police, representative, "meeting")
    assert "Noterat: Polisen har inget att rapportera" in words(room)
    assert undo(client, room).redirect_chain == [(f"{item.get_absolute_url()}#laget-runt", 302)]
    assert not NilReport.objects.exists()


def test_nobody_else_in_the_room_speaks_for_others(
    as_representative: Client, as_reader: Client, coordinator: Member, police: Organisation
) -> None:
    item = under_way(coordinator).items.get(heading__key="round")

    sent = [say(client, item, police).status_code for client in (as_representative, as_reader)]

    assert sent == [403, 404]
    assert not NilReport.objects.exists()
    shown = as_representative.get(item.get_absolute_url()).content.decode()
    assert "/inget/" not in re.sub(r"/rapportera/inget/\d+/", "", shown)


def test_when_the_meeting_has_closed_nothing_more_is_noted_in_its_round(
    coordinator: Member, representative: Member, police: Organisation
) -> None:
    item = under_way(coordinator, secretary=representative).items.get(heading__key="round")
    close(Meeting.objects.get(), coordinator)

    page = words(say(signed_in(representative), item, police))

    assert "Mötet är avslutat" in page
    assert not NilReport.objects.exists()


def test_an_issue_is_read_from_the_room_and_one_is_back_at_the_point(
    as_coordinator: Client, coordinator: Member
) -> None:
    issue = IssueFactory(title="Mörkt vid tunneln")
    item = item_of(under_way(coordinator), "Mörkt vid tunneln")

    page = as_coordinator.get(link(as_coordinator.get(item.get_absolute_url()), f"Läs ärende {issue.number}"))
    from_the_list = as_coordinator.get(issue.get_absolute_url())

    assert link(page, "Tillbaka till mötet") == item.get_absolute_url()
    assert "Tillbaka till mötet" not in from_the_list.content.decode()
