"""Under the previous minutes each decision says what became of it: the last meeting's, and earlier ones still open."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from base.swedish.words import day_and_month
from issues.models import Action, Assignment, Escalation, Issue
from issues.restricting import restrict
from meetings import followed_up
from meetings.agenda.building import Extent, agenda, agenda_for_paper
from meetings.agenda.lines import AgendaHeading
from meetings.agenda.ordering import add_item
from meetings.deciding import decide, propose_action, propose_action_to_each, withdraw
from meetings.decision_words import told_afterwards
from meetings.minutes.writing import minutes_content
from meetings.models import AgendaItem, Decision, Meeting
from meetings.reopening import unclose_meeting
from meetings.starting import start_meeting
from members.actor import Actor
from members.models import Member, Organisation
from tests.base.documents.reading import pdf_text
from tests.days import in_days
from tests.factories import IssueFactory, OrganisationFactory
from tests.issues.restricted import WHY
from tests.meetings.meetings import item_of, words
from tests.meetings.reopening import close
from tests.the import the

KLG = "kommunledningsgruppen"


@pytest.fixture
def polisen() -> Organisation:
    return OrganisationFactory(name="Polisen")


def held(by: Actor, **facts: Any) -> Meeting:
    """A meeting under way with the issues that are open."""
    meeting = Meeting.plan(starts_at=timezone.now(), by=by)
    start_meeting(meeting, by=by)
    return meeting


def previous_of(headings: list[AgendaHeading]) -> AgendaHeading:
    return the(next((each for each in headings if each.heading.rule == "previous"), None))


def told(meeting: Meeting, member: Member) -> list[str]:
    previous = previous_of(agenda(meeting, member, extent=Extent.DECISIONS))
    return [str(one).partition(": ")[2] for one in previous.followed]


def next_of(meeting: Meeting, coordinator: Member) -> Meeting:
    close(meeting, coordinator, next_starts_at=timezone.now() + timedelta(weeks=4))
    return the(meeting.following())


@pytest.fixture
def following(by: Actor, coordinator: Member, technical: Organisation, polisen: Organisation) -> Meeting:
    """The meeting before asked twice, deferred, referred and let rest."""
    for title in ("Lampan", "Räcket", "Parken", "Bommen", "Grinden"):
        IssueFactory(title=title, state=Issue.State.OPEN)
    meeting = held(by)
    propose_action(item_of(meeting, "Lampan"), by=by, title="Laga lampan", organisation=technical)
    propose_action_to_each(item_of(meeting, "Räcket"), [technical, polisen], by=by, title="Måla räcket")
    decide(item_of(meeting, "Parken"), by=by, kind="pause", text="Vi väntar till våren.")
    decide(item_of(meeting, "Bommen"), by=by, kind="defer")
    decide(item_of(meeting, "Grinden"), by=by, kind="close", outcome="solved", feedback="Grinden är lagad.")
    return next_of(meeting, coordinator)


def asked(title: str, of: str = "Tekniska förvaltningen") -> Any:
    actions = Action.objects.with_current().filter(title=title)
    return next(action.current for action in actions if str(action.current.organisation) == of)


def test_each_says_what_became_of_it(by: Actor, following: Meeting, coordinator: Member) -> None:
    asked("Laga lampan").accept(by=by, planned=in_days(16))
    asked("Måla räcket", "Polisen").decline(by=by, reason="priority", text="Inte i år.", next_step="Nästa år.")

    lamp, fence, park, bar, gate = told(following, coordinator)
    assert lamp.startswith("Gruppen föreslog Tekniska förvaltningen att laga lampan. Åtar sig, planerat klart ")
    assert "att måla räcket. Tekniska förvaltningen har inte svarat än, svar senast " in fence
    assert "Polisen avböjer, eftersom annat går före." in fence
    assert park == "Gruppen avvaktade med ärendet. Vi väntar till våren. Ärendet är vilande."
    assert bar.startswith("Gruppen bordlade frågan till nästa möte. Bordlagt till mötet ")
    assert gate == "Gruppen avslutade ärendet: åtgärdat. Ärendet är avslutat."


def test_what_was_passed_on_names_who_has_it(
    by: Actor, following: Meeting, coordinator: Member, polisen: Organisation
) -> None:
    asked("Laga lampan").pass_on(by=by, to=polisen)
    passed_on = asked("Laga lampan", "Polisen")
    passed_on.accept(by=by, planned=in_days(1))
    assert "att laga lampan. Polisen: åtar sig, planerat klart " in told(following, coordinator)[0]

    Assignment.objects.filter(pk=passed_on.pk).update(planned=in_days(-12))
    was_due = day_and_month(in_days(-12), today=timezone.localdate())
    assert told(following, coordinator)[0].endswith(f"Polisen: skulle ha varit klar {was_due}.")


def test_what_is_late_says_the_day_for_it_is_read_later_than_it_is_written(
    by: Actor, following: Meeting, coordinator: Member
) -> None:
    was_due, day = in_days(-4), day_and_month(in_days(-4), today=timezone.localdate())
    Assignment.objects.filter(pk=asked("Laga lampan").pk).update(answer_due=was_due)
    start_meeting(following, by=by)

    content = minutes_content(following, None)
    (followed,) = (each["followed"] for each in content["headings"] if each["followed"])
    (row,) = (each for each in content["actions"] if each["title"] == "Laga lampan")
    lines = [item["reason"] for heading in content["headings"] for item in heading["items"]]
    assert followed[0]["became"] == f"Svar skulle ha kommit {day}."
    assert row["status"] == f"Svar skulle ha kommit {day}"
    assert [line for line in lines if line.startswith(f"Svar skulle ha kommit {day}. Tekniska förvaltningen, ")]
    assert "dagar" not in str(content)


def test_a_question_taken_back_and_a_decision_struck_say_so(by: Actor, following: Meeting, coordinator: Member) -> None:
    before = the(following.previous())
    unclose_meeting(before, by=by)
    struck = item_of(before, "Lampan").decisions.get()
    withdraw(struck, by=by)
    close(Meeting.objects.get(pk=before.pk), coordinator)
    asked("Måla räcket", "Polisen").action.cancel(reason="Behövs inte.", by=by)

    lines = told(following, coordinator)
    number, text = struck.number, told_afterwards(struck.text)
    assert f"{text} Struket när mötet hade öppnats igen." in lines
    said = [str(one) for one in previous_of(agenda(following, coordinator, extent=Extent.DECISIONS)).followed]
    assert f"Beslut {number}, Lampan: {text} Struket när mötet hade öppnats igen." in said
    assert len(lines) == 5
    assert "Polisen: återtagen." in lines[1]


def test_an_earlier_one_is_told_as_long_as_its_action_is_open(
    as_coordinator: Client, by: Actor, following: Meeting, coordinator: Member
) -> None:
    start_meeting(following, by=by)
    third = next_of(following, coordinator)
    page = words(as_coordinator.get(third.get_absolute_url()))
    assert f"Kvar från tidigare möten Beslut {following.day.year}-1, Lampan : Gruppen föreslog" in page
    paper = pdf_text(as_coordinator.get(reverse("meetings:agenda_pdf", args=[third.pk])).content)
    assert f"Kvar från tidigare möten Beslut {following.day.year}-1, Lampan: Gruppen" in " ".join(paper.split())
    assert [line.partition(" att ")[2].partition(".")[0] for line in told(third, coordinator)] == [
        "laga lampan",
        "måla räcket",
    ]

    asked("Laga lampan").action.cancel(reason="Behövs inte.", by=by)
    assert told(third, coordinator)[0].endswith("att laga lampan. Återtagen.")  # once it is told how it ended
    start_meeting(third, by=by)
    assert len(told(next_of(third, coordinator), coordinator)) == 1


def test_what_was_lifted_is_told_until_those_above_have_decided(
    by: Actor, following: Meeting, coordinator: Member
) -> None:
    asked("Laga lampan").decline(by=by, reason="priority", text="Inte i år.", next_step="Nästa år.")
    start_meeting(following, by=by)
    action = Action.objects.get(title="Laga lampan")
    decide(following.items.get(action=action), by=by, kind="escalate", lifts=action, rung=1, to=KLG)
    third = next_of(following, coordinator)
    first = told(third, coordinator)[0]
    assert f"till {KLG}. Tekniska förvaltningen avböjer, eftersom annat går före. Eskalerad till {KLG}" in first

    start_meeting(third, by=by)
    fourth = next_of(third, coordinator)
    proposed, fence, lifted = told(fourth, coordinator)
    assert proposed.startswith(
        "Gruppen föreslog Tekniska förvaltningen att laga lampan. Tekniska förvaltningen avböjer, "
    )
    assert lifted.startswith("Gruppen eskalerade ”Laga lampan”")
    assert lifted.endswith("Väntar på beslut.")
    assert "att måla räcket" in fence

    Escalation.write_ruling(Action.objects.get(pk=action.pk), decision="Nej, det ryms inte.", by=by)
    assert told(fourth, coordinator)[2].endswith(": Nej, det ryms inte.")
    start_meeting(fourth, by=by)
    assert [line.partition(" att ")[2][:12] for line in told(next_of(fourth, coordinator), coordinator)] == [
        "måla räcket."
    ]


def test_what_others_have_since_it_was_lifted_names_them(
    by: Actor, following: Meeting, coordinator: Member, polisen: Organisation
) -> None:
    start_meeting(following, by=by)
    action = Action.objects.get(title="Laga lampan")
    decide(item_of(following, "Lampan"), by=by, kind="escalate", lifts=action, rung=1, to=KLG)
    third = next_of(following, coordinator)
    asked("Laga lampan").pass_on(by=by, to=polisen)
    asked("Laga lampan", "Polisen").accept(by=by, planned=in_days(1))

    lifted = next(line for line in told(third, coordinator) if "eskalerade" in line)
    assert f"till {KLG}. Polisen: åtar sig, planerat klart " in lifted


def test_it_stands_on_the_page_in_the_room_on_paper_and_in_the_minutes(
    as_coordinator: Client, by: Actor, following: Meeting, coordinator: Member
) -> None:
    sentence = "Gruppen bordlade frågan till nästa möte."
    page = as_coordinator.get(following.get_absolute_url())
    address = Issue.objects.get(title="Bommen").get_absolute_url()
    assert f'<a href="{address}">Bommen</a>: {sentence}' in page.content.decode()
    pdf = as_coordinator.get(reverse("meetings:agenda_pdf", args=[following.pk]))
    assert f"Bommen: {sentence}" in " ".join(pdf_text(pdf.content).split())

    start_meeting(following, by=by)
    room = words(as_coordinator.get(following.items.get(heading__rule="previous").get_absolute_url()))
    assert f"Vad det blev av besluten Beslut {following.day.year}-1, Lampan : Gruppen föreslog" in room
    assert sentence in room

    close(following, coordinator)
    assert f"Bommen: {sentence}" in words(as_coordinator.get(reverse("meetings:minutes_detail", args=[following.pk])))


def test_what_is_restricted_is_told_only_to_those_named_and_on_no_paper(
    by: Actor, following: Meeting, coordinator: Member, representative: Member
) -> None:
    all_of_them = told(following, coordinator)
    restrict(Issue.objects.get(title="Bommen"), reason=WHY, named=[coordinator.pk], by=by)

    assert told(following, coordinator) == all_of_them
    others = [line for line in all_of_them if "bordlade" not in line]
    assert (told(following, representative), len(others)) == (others, len(all_of_them) - 1)
    paper = previous_of(agenda_for_paper(following, coordinator))
    assert [one.told for one in paper.followed] == others


def test_the_wall_shows_at_that_heading_what_the_room_may_read(
    as_coordinator: Client, by: Actor, following: Meeting, coordinator: Member
) -> None:
    restrict(Issue.objects.get(title="Bommen"), reason=WHY, named=[coordinator.pk], by=by)
    start_meeting(following, by=by)
    heading = following.items.get(heading__rule="previous")
    wall, told_there = reverse("meetings:wall", args=[following.pk]), "Vad det blev av besluten"

    as_coordinator.post(reverse("meetings:wall_show", args=[heading.pk]))
    page = words(as_coordinator.get(wall))
    assert f"{told_there} Lampan: Gruppen föreslog Tekniska förvaltningen att laga lampan." in page
    assert "Bommen" not in page

    as_coordinator.post(reverse("meetings:wall_show", args=[following.items.get(heading__rule="attendance").pk]))
    assert told_there not in words(as_coordinator.get(wall))


def test_it_says_how_many_it_leaves_out(
    by: Actor, following: Meeting, coordinator: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(followed_up, "SHOWN", 3)

    previous = previous_of(agenda(following, coordinator, extent=Extent.DECISIONS))
    assert len(previous.followed) == 3
    assert previous.followed.more == "Och 2 beslut till. Deras åtgärder står i åtgärdslistan."


def test_a_paper_does_not_count_what_is_restricted(
    by: Actor, following: Meeting, coordinator: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(followed_up, "SHOWN", 3)
    issue = Issue.objects.get(title="Lampan")
    Issue.objects.filter(pk=issue.pk).update(restricted=True)
    issue.named.add(coordinator)

    on_screen = previous_of(agenda(following, coordinator, extent=Extent.DECISIONS))
    on_paper = previous_of(agenda_for_paper(following, coordinator))
    assert (on_screen.followed.left_out, on_paper.followed.left_out) == (2, 1)


def test_a_meeting_whose_every_decision_was_struck_says_so(by: Actor, following: Meeting, coordinator: Member) -> None:
    before = the(following.previous())
    unclose_meeting(before, by=by)
    for decision in Decision.objects.at(before):
        withdraw(decision, by=by)
    close(Meeting.objects.get(pk=before.pk), coordinator)

    lines = told(following, coordinator)
    assert [line.endswith("Struket när mötet hade öppnats igen.") for line in lines] == [True] * 5
    Issue.objects.filter(title="Lampan").update(restricted=True)
    assert told(following, coordinator).count("Struket när mötet hade öppnats igen.") == 1


def test_the_first_meeting_has_nothing_to_follow_up(by: Actor, coordinator: Member) -> None:
    meeting = held(by)
    add_item(meeting, title="Nattvandring", by=by)

    assert told(meeting, coordinator) == []
    assert AgendaItem.objects.at(meeting).exists()
