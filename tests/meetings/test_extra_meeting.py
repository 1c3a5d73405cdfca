"""An extra meeting on short notice is planned and called in one act, and is told as one."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from base.documents.pdf import pdf
from issues.models import Action, Issue
from meetings.agenda.building import Extent, agenda, coming_for
from meetings.agenda.document import agenda_document
from meetings.agenda.ordering import add_item
from meetings.calling import called_at
from meetings.calling_off import call_off
from meetings.changing_headings import Typed, change_headings
from meetings.deciding import decide, propose_action
from meetings.followed_up import meetings_told_of
from meetings.models import AgendaItem, Heading, Meeting
from meetings.round import Round
from meetings.starting import start_meeting
from members.actor import Actor
from members.models import Member, Organisation
from tests.base.documents.reading import pdf_text
from tests.factories import IssueFactory
from tests.meetings.meetings import item_of, undo, words
from tests.meetings.reopening import close
from tests.pages import Response
from tests.the import the

pytestmark = pytest.mark.django_db
ADDRESS = reverse("meetings:extra")


def tomorrow(member: Member, **typed: object) -> dict[str, object]:
    day = timezone.localdate() + timedelta(days=1)
    people = {"chair": member.pk, "secretary": member.pk}
    return {"day": day.isoformat(), "starts": "10:00", "points": "Branden i skolan", **people, **typed}


def test_it_is_planned_given_its_points_and_called_at_once(as_coordinator: Client, coordinator: Member) -> None:
    issue = IssueFactory(state=Issue.State.ON_HOLD, title="Bränder på skolor")
    points = f"Branden i skolan\n\n{issue.number}\nBranden i skolan"

    page = words(as_coordinator.post(ADDRESS, tomorrow(coordinator, points=points, place="Teams"), follow=True))

    meeting = Meeting.objects.get()
    assert (meeting.is_extra, meeting.place, str(meeting).partition(" ")[0]) == (True, "Teams", "Extra")
    assert called_at(meeting) is not None
    standing = AgendaItem.objects.at(meeting).order_by("pk")
    assert [(item.title, item.issue) for item in standing] == [("Branden i skolan", None), (issue.title, issue)]
    assert "är planerat, och kallelsen skickas nu." in page


def headings(meeting: Meeting) -> list[str]:
    return [str(heading) for heading in Heading.objects.of(meeting)]


def called(client: Client, coordinator: Member, points: str = "Branden i skolan") -> Meeting:
    client.post(ADDRESS, tomorrow(coordinator, points=points), follow=True)
    return Meeting.objects.get()


def turn(client: Client, meeting: Meeting, extent: str) -> Response:
    return client.post(reverse("meetings:agenda_extent", args=[meeting.pk]), {"extent": extent}, follow=True)


SHORT = ["Öppnande och närvaro", "Det mötet handlar om", "Övriga frågor", "Nästa möte"]


def test_its_agenda_is_the_opening_what_it_is_about_and_the_end_and_raises_nothing_else(
    as_coordinator: Client, coordinator: Member
) -> None:
    other = IssueFactory(title="Glas på gården")
    meeting = called(as_coordinator, coordinator)

    assert headings(meeting) == SHORT
    page = words(as_coordinator.get(meeting.get_absolute_url()))
    assert "2.1 Branden i skolan" in page
    assert "Glas på gården" not in page
    start_meeting(meeting, by=Actor.of(coordinator))
    assert not AgendaItem.objects.filter(meeting=meeting, issue=other).exists()
    minutes = close(meeting, coordinator)
    assert "Glas på gården" not in str(minutes.content)


def test_the_rest_is_one_press_away_and_the_press_can_be_undone(as_coordinator: Client, coordinator: Member) -> None:
    IssueFactory(title="Glas på gården")
    meeting = called(as_coordinator, coordinator)

    whole = turn(as_coordinator, meeting, "whole")

    assert "Hela dagordningen är med." in words(whole)
    assert "Glas på gården" in words(whole)
    assert "2.1 Branden i skolan" in words(whole)
    assert [label for label in headings(meeting) if label in SHORT] == SHORT
    assert len(headings(meeting)) == 14
    short = words(undo(as_coordinator, whole))
    assert "Dagordningen är kort." in short
    assert "2.1 Branden i skolan" in short
    assert headings(meeting) == SHORT


def test_short_again_it_has_what_somebody_had_added_and_what_was_added_since(
    as_coordinator: Client, coordinator: Member
) -> None:
    meeting = called(as_coordinator, coordinator)
    add_heading(meeting, "Pressen", coordinator)
    stood = headings(meeting)
    assert "Pressen" in stood

    whole = turn(as_coordinator, meeting, "whole")
    add_heading(meeting, "Efteråt", coordinator)
    undo(as_coordinator, whole)

    assert headings(meeting) == [*stood[:-1], "Efteråt", stood[-1]]


def add_heading(meeting: Meeting, label: str, member: Member) -> None:
    meeting = Meeting.objects.get(pk=meeting.pk)
    known = list(Heading.objects.of(meeting))
    typed = [Typed(one.key, one.label, one.kind, one.rule, minutes=one.minutes) for one in known]
    added = Typed("", label, Heading.Kind.FREE, "", minutes=None)
    change_headings(meeting, [typed[0], added, *typed[1:]], by=Actor.of(member), version=meeting.version)


def test_who_presses_twice_is_told_and_nothing_changes(as_coordinator: Client, coordinator: Member) -> None:
    meeting = called(as_coordinator, coordinator)
    turn(as_coordinator, meeting, "whole")

    assert "Hela dagordningen är redan med." in words(turn(as_coordinator, meeting, "whole"))


def test_one_that_has_begun_keeps_its_agenda(as_coordinator: Client, coordinator: Member) -> None:
    meeting = called(as_coordinator, coordinator)
    start_meeting(meeting, by=Actor.of(coordinator))

    assert "Dagordningen ligger fast." in words(turn(as_coordinator, meeting, "whole"))
    assert headings(meeting) == SHORT


def test_what_a_meeting_left_waits_for_the_usual_one(as_coordinator: Client, coordinator: Member) -> None:
    by = Actor.of(coordinator)
    held = Meeting.plan(starts_at=timezone.now(), by=by)
    start_meeting(held, by=by)
    add_item(held, by=by, title="Nattvandring")
    close(held, coordinator, next_starts_at=timezone.now() + timedelta(weeks=4))
    as_coordinator.post(ADDRESS, tomorrow(coordinator))

    waiting = AgendaItem.objects.filter(title="Nattvandring", meeting__state="planned")
    assert [item.meeting.is_extra for item in waiting] == [False]


def test_what_waits_on_the_usual_one_stands_there_untouched(as_coordinator: Client, coordinator: Member) -> None:
    """It was moved to the extra one and back, and came under another heading, as what comes after the call."""
    by = Actor.of(coordinator)
    IssueFactory(title="Tunneln", state=Issue.State.OPEN)
    held = Meeting.plan(starts_at=timezone.now(), by=by)
    start_meeting(held, by=by)
    decide(item_of(held, "Tunneln"), by=by, kind="defer")
    close(held, coordinator, next_starts_at=timezone.now() + timedelta(weeks=4))
    items = AgendaItem.objects.at(the(held.following())).order_by("pk")
    before = list(items.values())

    as_coordinator.post(ADDRESS, tomorrow(coordinator))

    assert before
    assert Meeting.objects.filter(is_extra=True).exists()
    assert list(items.values()) == before


def test_what_was_done_before_it_is_told_by_the_usual_one_after(as_coordinator: Client, coordinator: Member) -> None:
    by = Actor.of(coordinator)
    meeting = called(as_coordinator, coordinator)
    start_meeting(meeting, by=by)
    close(meeting, coordinator)
    usual = Meeting.plan(starts_at=timezone.now() + timedelta(weeks=2), by=by)

    assert list(meetings_told_of(usual)) == [meeting]
    assert (usual.previous(), Round.of(usual).previous) == (None, None)


def test_the_usual_one_after_it_follows_up_what_both_it_and_the_usual_one_before_decided(
    as_coordinator: Client, coordinator: Member, technical: Organisation
) -> None:
    by = Actor.of(coordinator)
    issue = IssueFactory(title="Lampan", state=Issue.State.OPEN)
    first = Meeting.plan(starts_at=timezone.now(), by=by)
    start_meeting(first, by=by)
    propose_action(item_of(first, "Lampan"), by=by, title="Laga lampan", organisation=technical)
    decide(add_item(first, title="Parken", by=by), by=by, kind="other", text="Vi röjer i maj.")
    close(first, coordinator)
    asked = Action.objects.with_current().get(issue=issue).current
    asked.decline(by=by, reason="priority", text="Inte i år.", next_step="Nästa år.")
    as_coordinator.post(ADDRESS, tomorrow(coordinator))
    extra = Meeting.objects.get(is_extra=True)
    start_meeting(extra, by=by)
    decide(item_of(extra, "Branden i skolan"), by=by, kind="other", text="Vi spärrar av.")
    close(extra, coordinator)
    usual = Meeting.plan(starts_at=timezone.now() + timedelta(weeks=2), by=by)

    told = agenda(usual, coordinator, extent=Extent.DECISIONS)
    followed = the(next(each for each in told if each.heading.rule == "previous")).followed

    assert followed.earlier == []
    lamp, park, fire = map(str, followed.last)
    assert "Tekniska förvaltningen avböjer, eftersom annat går före." in lamp
    assert "Vi röjer i maj." in park
    assert "Vi spärrar av." in fire
    paper = " ".join(pdf_text(pdf(agenda_document(usual, coordinator))).split())
    assert f"{first}. {extra}." in paper
    start_meeting(usual, by=by)
    heading = AgendaItem.objects.at(usual).get(kind="heading", heading__rule="previous")
    room = words(as_coordinator.get(heading.get_absolute_url()))
    assert room.count("Minnesanteckningar, ") == 2


def test_an_issue_that_waits_for_the_usual_one_says_so_though_an_extra_comes_first(
    as_coordinator: Client, coordinator: Member
) -> None:
    issue = IssueFactory(title="Glas på gården")
    usual = Meeting.plan(starts_at=timezone.now() + timedelta(weeks=2), by=Actor.of(coordinator))
    as_coordinator.post(ADDRESS, tomorrow(coordinator))

    assert coming_for(issue, coordinator) == usual


def test_an_issue_that_the_rules_put_there_stands_there_once(as_coordinator: Client, coordinator: Member) -> None:
    issue = IssueFactory(title="Glas på gården")

    page = words(as_coordinator.post(ADDRESS, tomorrow(coordinator, points=issue.number), follow=True))

    assert page.count("Glas på gården") == 1
    assert called_at(Meeting.objects.get()) is not None


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"points": ""}, "Skriv vad mötet handlar om."),
        ({"points": "Branden\n2031-7"}, "Det finns inget ärende med numret 2031-7. Skriv det som 2026-41."),
        ({"points": "x" * 201}, "är för lång. Högst 200 tecken får plats."),
        ({"points": "\n".join(map(str, "abcdefghijklmnopqrstuvw"))}, "Högst 20 punkter kan skrivas här."),
        ({"day": "2020-01-01"}, "Den tiden har redan varit."),
    ],
)
def test_what_is_wrong_is_said_nobody_is_called_and_what_was_typed_stands(
    as_coordinator: Client, coordinator: Member, typed: dict[str, str], sentence: str
) -> None:
    facts = tomorrow(coordinator, place="Teams", **typed)

    page = as_coordinator.post(ADDRESS, facts)

    assert sentence in words(page)
    assert 'value="Teams"' in page.content.decode()
    assert not Meeting.objects.exists()


def test_two_who_call_to_the_same_time_call_once(as_coordinator: Client, coordinator: Member) -> None:
    facts = tomorrow(coordinator)
    as_coordinator.post(ADDRESS, facts)

    page = as_coordinator.post(ADDRESS, facts | {"place": "Teams"})

    assert "Ett möte som börjar då är redan planerat." in words(page)
    assert 'value="Teams"' in page.content.decode()
    assert Meeting.objects.count() == 1
    call_off(Meeting.objects.get(), by=Actor.of(coordinator))
    as_coordinator.post(ADDRESS, facts)
    assert Meeting.objects.count() == 2


def test_the_list_of_meetings_leads_to_it(as_coordinator: Client, as_representative: Client) -> None:
    assert "Kalla till extra möte" in words(as_coordinator.get(reverse("meetings:list")))
    assert "Kalla till extra möte" not in words(as_representative.get(reverse("meetings:list")))
