"""The page that closes a meeting shows every decision as the minutes will have it, and tells what has changed since."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from base.swedish.words import listed
from issues.models import Event, Issue
from issues.notices import ASKED
from issues.question_mails import QUESTION, answering_for
from issues.restricting import restrict
from meetings.closing import close_meeting
from meetings.closing_mails import mails_of_closing
from meetings.deciding import decide, propose_action, withdraw
from meetings.foreseen import preview
from meetings.models import AgendaItem, Decision, ItemDraft, Meeting, OrganisationAtMeeting
from members.actor import Actor
from members.models import How, Member, NoticeCause, NoticeChoice, Organisation, Subject
from tests.factories import AnswersForFactory, MemberFactory
from tests.issues.restricted import WHY
from tests.meetings.meetings import words
from tests.pages import Response
from tests.the import the


@pytest.fixture
def meeting(item: AgendaItem, coordinator: Member) -> Meeting:
    """Under way, every organisation noted."""
    for row in item.meeting.organisations.filter(state=OrganisationAtMeeting.State.UNNOTED):
        row.note(by=Actor.of(coordinator), state=OrganisationAtMeeting.State.ABSENT)
    return item.meeting


def page(client: Client, meeting: Meeting) -> Response:
    return client.get(reverse("meetings:close", args=[meeting.pk]))


def closing(client: Client, meeting: Meeting, shown: Response) -> str:
    seen = str(shown.context["form"]["seen"].value())
    return words(client.post(reverse("meetings:close", args=[meeting.pk]), {"seen": seen}, follow=True))


def test_each_decision_stands_with_the_number_and_the_words_that_it_gets(
    as_coordinator: Client, item: AgendaItem, meeting: Meeting, coordinator: Member, technical: Organisation
) -> None:
    by, other = Actor.of(coordinator), meeting.items.exclude(pk=item.pk).filter(issue__isnull=False).get()
    propose_action(item, by=by, title="Laga lampan", organisation=technical)
    decide(item, by=by, kind="refer", to="nämnden")
    decide(other, by=by, kind="defer")

    shown = words(page(as_coordinator, meeting))
    year = meeting.day.year
    assert f"Beslut {year}-1: Gruppen föreslår Tekniska förvaltningen att laga lampan." in shown
    assert f"Beslut {year}-2: Gruppen hänskjuter frågan till nämnden." in shown
    assert f"En punkt är bordlagd till nästa möte 6.2 {other.title} Beslut {year}-3: Gruppen bordlägger" in shown

    closing(as_coordinator, meeting, page(as_coordinator, meeting))
    assert [decision.number for decision in Decision.objects.at(meeting)] == [f"{year}-{n}" for n in (1, 2, 3)]


def test_what_is_typed_in_another_window_since_is_told_before_it_closes(
    as_coordinator: Client, item: AgendaItem, meeting: Meeting, coordinator: Member
) -> None:
    shown = page(as_coordinator, meeting)
    typed = {"text": "Vi ses på plats"}
    ItemDraft.keep(item, "decision", texts=typed, chosen={}, version=0, by=Actor.of(coordinator))

    told = closing(as_coordinator, meeting, shown)
    assert f"Ett utkast är skrivet men inte sparat på punkten ”{item}”." in told

    closing(as_coordinator, meeting, page(as_coordinator, meeting))
    meeting.refresh_from_db()
    assert meeting.is_closed


def test_what_has_changed_since_is_told_before_it_closes(
    as_coordinator: Client, item: AgendaItem, meeting: Meeting, coordinator: Member
) -> None:
    by = Actor.of(coordinator)
    first = decide(item, by=by, text="Vi ses på plats.")
    shown = page(as_coordinator, meeting)
    withdraw(first, by=by)
    decide(item, by=by, kind="inform")
    meeting.items.exclude(pk=item.pk).filter(issue__isnull=False).get().mark_discussed(by=by)

    told = closing(as_coordinator, meeting, shown)
    assert "det här har ändrats sedan du läste sidan: Nytt beslut: Gruppen noterar informationen." in told
    assert "Ett beslut som du läste står inte kvar på sidan. Punkten ”Trasigt räcke” är behandlad." in told
    meeting.refresh_from_db()
    assert meeting.is_under_way

    closing(as_coordinator, meeting, page(as_coordinator, meeting))
    meeting.refresh_from_db()
    assert meeting.is_closed


def test_what_became_restricted_since_is_not_told_as_struck(
    as_coordinator: Client, item: AgendaItem, meeting: Meeting, coordinator: Member
) -> None:
    decide(item, by=Actor.of(coordinator), text="Vi ses på plats.")
    shown = page(as_coordinator, meeting)
    Issue.objects.filter(title=item.title).update(restricted=True)

    told = closing(as_coordinator, meeting, shown)
    gone = "Ett beslut som du läste står inte kvar på sidan. En punkt står inte längre som behandlad."
    assert gone in told
    assert not [word for word in ("struket", item.title, "Vi ses") if word in told]

    closing(as_coordinator, meeting, page(as_coordinator, meeting))
    meeting.refresh_from_db()
    assert meeting.is_closed


def test_it_closes_from_the_page_that_told_what_had_changed(
    as_coordinator: Client, item: AgendaItem, meeting: Meeting, coordinator: Member
) -> None:
    shown = page(as_coordinator, meeting)
    decide(item, by=Actor.of(coordinator), kind="inform")
    address = reverse("meetings:close", args=[meeting.pk])

    refused = as_coordinator.post(address, {"seen": str(shown.context["form"]["seen"].value())})
    assert "Nytt beslut" in words(refused)

    closing(as_coordinator, meeting, refused)
    meeting.refresh_from_db()
    assert meeting.is_closed


def test_what_is_hidden_from_her_is_not_told_and_hinders_nothing(
    as_coordinator: Client, item: AgendaItem, meeting: Meeting, coordinator: Member
) -> None:
    shown = page(as_coordinator, meeting)
    decision = decide(item, by=Actor.of(coordinator), text="Hemligt.")
    assert decision.issue
    type(decision.issue).objects.filter(pk=decision.issue.pk).update(restricted=True)

    assert "Hemligt" not in closing(as_coordinator, meeting, shown)
    meeting.refresh_from_db()
    assert meeting.is_closed


def test_what_is_restricted_is_numbered_last_so_that_no_gap_tells_of_it(
    as_coordinator: Client, item: AgendaItem, meeting: Meeting, coordinator: Member
) -> None:
    by, other = Actor.of(coordinator), meeting.items.exclude(pk=item.pk).filter(issue__isnull=False).get()
    hidden, known = decide(item, by=by, text="Hemligt."), decide(other, by=by, kind="inform")
    Issue.objects.filter(title=item.title).update(restricted=True)
    assert f"Beslut {meeting.day.year}-1: Gruppen noterar informationen." in words(page(as_coordinator, meeting))

    closing(as_coordinator, meeting, page(as_coordinator, meeting))

    hidden.refresh_from_db()
    known.refresh_from_db()
    assert (known.serial, hidden.serial) == (1, 2)


def test_what_is_restricted_is_marked_where_the_room_may_read_along(
    as_coordinator: Client, item: AgendaItem, meeting: Meeting, coordinator: Member
) -> None:
    assert "Begränsad spridning" not in words(page(as_coordinator, meeting))

    restrict(the(item.issue), reason=WHY, named=[], by=Actor.of(coordinator))

    assert f"{item.title} Begränsad spridning" in words(page(as_coordinator, meeting))


def test_it_says_who_gets_the_questions_by_mail(
    as_coordinator: Client, item: AgendaItem, meeting: Meeting, coordinator: Member, technical: Organisation
) -> None:
    assert "Frågorna mejlas" not in words(page(as_coordinator, meeting))
    propose_action(item, by=Actor.of(coordinator), title="Laga lampan", organisation=technical)
    technical.set({"mailbox": "tekniska@exempel.se"}, by=Actor.of(coordinator))
    technical.save()

    shown = words(page(as_coordinator, meeting))

    told = listed([*map(str, answering_for(technical)), "tekniska@exempel.se"])
    assert "en brevlåda" in shown
    assert f"Tekniska förvaltningen : {told}." in shown


def test_it_says_who_gets_the_minutes_less_who_wants_no_mail_of_meetings(
    as_coordinator: Client, meeting: Meeting, coordinator: Member, deputy: Member
) -> None:
    klara = MemberFactory(name="Klara Ledning", is_reader=True)
    MemberFactory(name="Gäst utan plats")
    NoticeChoice.objects.choose(deputy, {Subject.MEETINGS: How.NEVER}, by=Actor.of(deputy))

    shown = words(page(as_coordinator, meeting))

    told = shown.partition("Minnesanteckningarna mejlas till ")[2].partition("Den som följer")[0]
    assert f"{klara}" in told
    assert f"{coordinator}" in told
    assert f"{deputy}" not in told
    assert "Gäst utan plats" not in told


def test_those_whom_it_names_are_those_who_are_mailed(
    item: AgendaItem, meeting: Meeting, coordinator: Member, technical: Organisation
) -> None:
    handler = AnswersForFactory(member=MemberFactory(name="Hanna Handläggare"), organisation=technical).member
    propose_action(item, by=Actor.of(coordinator), title="Laga lampan", organisation=technical)
    [foreseen] = mails_of_closing(meeting, preview(meeting, coordinator), coordinator).asked

    close_meeting(meeting, by=Actor.of(coordinator))

    event = Event.objects.get(kind=Event.Kind.DECIDED, action__title="Laga lampan")
    cause = NoticeCause.of(ASKED, event.pk, at=event.at)
    mailed = [one for one in QUESTION.receivers(cause) if isinstance(one, Member)]
    assert handler in mailed
    assert foreseen.people == mailed
