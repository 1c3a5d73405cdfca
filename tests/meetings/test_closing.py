"""Closing writes back in one transaction: issues, actions, numbers, the next meeting and the minutes."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from base.records import NotAllowed
from issues.models import AccessGrant, Action, Issue
from meetings.agenda.ordering import add_item
from meetings.agenda.rules import proposals
from meetings.closing import close_meeting
from meetings.deciding import decide, make_issue, propose_action, withdraw
from meetings.foreseen import preview
from meetings.models import AgendaItem, Decision, Meeting, NoteConflict, OrganisationAtMeeting, Presence
from meetings.models.presence import AttendanceSpan
from meetings.starting import start_meeting
from members.actor import Actor
from members.models import Group, Member, Organisation
from tests.acting import a_coordinator
from tests.factories import ActionFactory, AgendaItemFactory, IssueFactory, MeetingFactory, ObservationFactory
from tests.the import the

State = OrganisationAtMeeting.State


@pytest.fixture
def meeting(coordinator: Member) -> Meeting:
    """A meeting under way, with one issue on its agenda."""
    IssueFactory(title="Mörkt i tunneln", state=Issue.State.NEW, opened_by=coordinator)
    meeting = Meeting.plan(starts_at=timezone.now(), by=Actor.of(coordinator), place="Sessionssalen")
    start_meeting(meeting, by=Actor.of(coordinator))
    return meeting


@pytest.fixture
def item(meeting: Meeting) -> AgendaItem:
    return AgendaItem.objects.get(meeting=meeting, title="Mörkt i tunneln")


def everyone_is_noted(meeting: Meeting) -> None:
    for row in meeting.organisations.all():
        row.note(by=a_coordinator(), state=State.ABSENT)


def test_a_decided_action_is_proposed_when_the_meeting_closes(
    meeting: Meeting, item: AgendaItem, coordinator: Member, technical: Organisation
) -> None:
    decision = propose_action(item, by=Actor.of(coordinator), title="Laga lampan", organisation=technical)
    assert decision.actions.get().state == Action.State.DRAFT
    assert decision.actions.get().current.asked_at is None
    item.mark_discussed(by=a_coordinator())
    everyone_is_noted(meeting)

    close_meeting(meeting, by=Actor.of(coordinator))

    decision = Decision.objects.get()
    assert decision.number == f"{meeting.year}-1"
    assert decision.actions.get().state == Action.State.PROPOSED
    assert decision.actions.get().current.answer_due == Group.current().answer_due()
    assert str(the(item.issue).events.filter(kind="decided").get()).startswith(f"Beslut {decision.number} på mötet")
    the(item.issue).refresh_from_db()
    assert the(item.issue).state == Issue.State.OPEN


def test_an_issue_is_told_once_that_it_was_spoken_of_and_what_was_decided(
    meeting: Meeting, item: AgendaItem, coordinator: Member, technical: Organisation
) -> None:
    AgendaItem.objects.filter(meeting=meeting, heading__key="action_log").update(removed=True)
    again = AgendaItemFactory(
        meeting=meeting,
        under="action_log",
        kind="action",
        title="Lampan",
        issue=item.issue,
        action=ActionFactory(issue=item.issue),
    )
    for spoken in (item, again):
        spoken.mark_discussed(by=a_coordinator())
    propose_action(item, by=Actor.of(coordinator), title="Laga lampan", organisation=technical)
    everyone_is_noted(meeting)

    close_meeting(meeting, by=Actor.of(coordinator))

    told = [str(event).split(" på ")[0] for event in the(item.issue).events.order_by("pk")]
    assert told == ["Behandlat", f"Beslut {meeting.year}-1"]
    assert any(str(event).endswith("punkt 4.1 och 6.1.") for event in the(item.issue).events.all())


def test_an_issue_is_told_by_the_number_that_its_point_has_in_the_minutes(
    meeting: Meeting, item: AgendaItem, coordinator: Member
) -> None:
    hidden = IssueFactory(title="Hemligt", restricted=True)
    AccessGrant.objects.create(issue=hidden, member=coordinator)
    other = IssueFactory(title="Klotter")
    for position, issue in enumerate((hidden, other, the(item.issue)), start=1):
        facts = {"heading_id": item.heading_id, "position": position, "title": issue.title, "kind": "issue"}
        AgendaItem.objects.update_or_create(meeting=meeting, issue=issue, defaults=facts)
    for spoken in AgendaItem.objects.filter(meeting=meeting, kind="issue"):
        spoken.mark_discussed(by=a_coordinator())
    everyone_is_noted(meeting)

    minutes = close_meeting(meeting, by=Actor.of(coordinator))

    [frozen] = [heading["items"] for heading in minutes.content["headings"] if heading["key"] == item.heading.key]
    assert [(line["number"], line["title"]) for line in frozen] == [("6.1", "Klotter"), ("6.2", "Mörkt i tunneln")]
    told = [str(issue.events.get(kind="discussed")).rpartition(", ")[2] for issue in (other, the(item.issue), hidden)]
    assert told == ["punkt 6.1.", "punkt 6.2.", "punkt 6.3."]


def test_a_decision_to_close_closes_the_issue_with_its_feedback(
    meeting: Meeting, item: AgendaItem, coordinator: Member
) -> None:
    outcome = Issue.Outcome.SOLVED
    decide(
        item,
        by=Actor.of(coordinator),
        kind="close",
        outcome=outcome,
        feedback="Det lyser igen.",
    )
    everyone_is_noted(meeting)

    close_meeting(meeting, by=Actor.of(coordinator))

    issue = Issue.objects.get()
    assert (issue.state, issue.feedback) == (Issue.State.CLOSED, "Det lyser igen.")


def test_nothing_is_written_back_when_one_decision_cannot_be_carried_out(
    meeting: Meeting, item: AgendaItem, coordinator: Member, technical: Organisation
) -> None:
    propose_action(item, by=Actor.of(coordinator), title="Laga lampan", organisation=technical)
    decide(item, by=Actor.of(coordinator), kind="pause", text="Får vila")
    the(item.issue).close(by=Actor.of(coordinator), outcome="solved", feedback="Klart.", despite="Lampan lagas ändå.")
    everyone_is_noted(meeting)

    with pytest.raises(ValidationError, match=r"Får vila\.” kan inte verkställas"):
        close_meeting(meeting, by=Actor.of(coordinator))

    meeting.refresh_from_db()
    assert meeting.is_under_way
    assert Action.objects.get().state == Action.State.DRAFT
    assert not meeting.minutes.exists()


def test_decide_to_close_with_open_actions_says_why(
    item: AgendaItem, coordinator: Member, technical: Organisation
) -> None:
    propose_action(item, by=Actor.of(coordinator), title="Laga lampan", organisation=technical)
    ending: dict[str, Any] = {"kind": "close", "text": "Avslutas.", "outcome": "solved", "feedback": "Klart."}

    with pytest.raises(NotAllowed) as refused:
        decide(item, by=Actor.of(coordinator), **ending)
    assert refused.value.message_dict == {"despite": ["Åtgärder är öppna. Skriv varför ärendet ändå avslutas."]}

    decide(item, by=Actor.of(coordinator), **ending, despite="Lampan lagas ändå.")
    assert Decision.objects.get(kind="close").despite == "Lampan lagas ändå."


def test_a_meeting_does_not_close_while_an_organisation_stands_in_no_list(
    meeting: Meeting, coordinator: Member
) -> None:
    with pytest.raises(ValidationError, match="Notera närvaron för Höglandets räddningstjänstförbund"):
        close_meeting(meeting, by=Actor.of(coordinator))


def test_a_meeting_closes_once(meeting: Meeting, coordinator: Member) -> None:
    everyone_is_noted(meeting)
    close_meeting(meeting, by=Actor.of(coordinator))

    with pytest.raises(NotAllowed, match=r"Mötet är avslutat \("):
        close_meeting(meeting, by=Actor.of(coordinator))

    assert meeting.minutes.count() == 1


def test_the_next_meeting_gets_its_place_in_the_calendar(meeting: Meeting, coordinator: Member) -> None:
    everyone_is_noted(meeting)
    starts_at = meeting.starts_at + timedelta(days=28)

    close_meeting(meeting, by=Actor.of(coordinator), next_starts_at=starts_at)

    following = Meeting.objects.coming().get()
    assert (following.starts_at, following.serial) == (starts_at, 2)


def test_the_next_meeting_is_where_and_as_long_as_the_usual_one(meeting: Meeting, coordinator: Member) -> None:
    everyone_is_noted(meeting)
    Meeting.objects.filter(pk=meeting.pk).update(is_extra=True, place="Länken")
    usual = meeting.starts_at - timedelta(days=5)
    lasting = {"starts_at": usual, "ends_at": usual + timedelta(hours=2)}
    MeetingFactory(serial=99, place="Rådhuset", state=Meeting.State.CLOSED, **lasting)
    starts_at = meeting.starts_at + timedelta(days=28)

    close_meeting(Meeting.objects.get(pk=meeting.pk), by=Actor.of(coordinator), next_starts_at=starts_at)

    following = Meeting.objects.coming().get()
    assert (following.place, following.ends_at) == ("Rådhuset", starts_at + timedelta(hours=2))


def test_the_minutes_hold_every_organisation_and_nothing_restricted(
    meeting: Meeting, item: AgendaItem, coordinator: Member, representative: Member, deputy: Member
) -> None:
    meeting.expect_organisations()
    row = meeting.organisations.get(organisation=representative.organisation)
    row.note(
        by=a_coordinator(),
        state=State.REPRESENTED,
        spans=[AttendanceSpan(representative, "ordinary", 1, 5), AttendanceSpan(deputy, "deputy", 6)],
    )
    meeting.organisations.exclude(pk=row.pk).get().note(by=a_coordinator(), state=State.EXCUSED)
    hidden = IssueFactory(title="Hemligt", restricted=True)
    AccessGrant.objects.create(issue=hidden, member=coordinator)
    secret = AgendaItemFactory(meeting=meeting, under="new_issues", title="Hemligt", kind="issue", issue=hidden)
    secret.write_note(text="Hemlig notering", version=0, by=Actor.of(coordinator))
    item.write_note(text="Armaturerna är beställda.", version=0, by=Actor.of(coordinator))

    content = close_meeting(meeting, by=Actor.of(coordinator)).content

    assert [(a["organisation"], a["state"]) for a in content["attendance"]] == [
        ("Höglandets räddningstjänstförbund", "excused"),
        ("Tekniska förvaltningen", "represented"),
    ]
    assert [p["name"] + p["span"] for p in content["attendance"][1]["people"]] == [
        "Omar Prov, punkt 1–5",
        "Gun Prototyp, från punkt 6",
    ]
    assert "Armaturerna är beställda." in str(content)
    assert "emlig" not in str(content)


def test_an_action_of_a_restricted_issue_is_decided_and_stays_out_of_the_minutes(
    meeting: Meeting, item: AgendaItem, coordinator: Member, technical: Organisation
) -> None:
    hidden = IssueFactory(title="Hemligt", restricted=True)
    hidden.named.add(coordinator)
    secret = AgendaItemFactory(meeting=meeting, under="new_issues", title="Hemligt", kind="issue", issue=hidden)
    propose_action(secret, by=Actor.of(coordinator), title="Hemlig åtgärd", organisation=technical)
    propose_action(item, by=Actor.of(coordinator), title="Laga lampan", organisation=technical)
    everyone_is_noted(meeting)

    content = close_meeting(meeting, by=Actor.of(coordinator)).content

    assert Action.objects.get(issue=hidden).state == Action.State.PROPOSED
    assert [action["title"] for action in content["actions"]] == ["Laga lampan"]
    assert "emlig" not in str(content)


def test_the_round_counts_what_each_organisation_has_brought(
    meeting: Meeting, coordinator: Member, officer: Member
) -> None:
    ObservationFactory.create_batch(2, reporter=officer)
    ObservationFactory(reporter=officer, restricted=True)
    meeting.expect_organisations()
    everyone_is_noted(meeting)

    content = close_meeting(meeting, by=Actor.of(coordinator)).content

    counted = {report["organisation"]: len(report["counted"]) for report in content["headings"][4]["round"]}
    assert counted["Polisen"] == 2


def test_two_cannot_sit_for_an_organisation_at_once(meeting: Meeting, representative: Member, deputy: Member) -> None:
    meeting.expect_organisations()
    row = meeting.organisations.get(organisation=representative.organisation)

    with pytest.raises(ValidationError, match="Två kan inte tala"):
        row.note(
            by=a_coordinator(),
            state=State.REPRESENTED,
            spans=[AttendanceSpan(representative, "ordinary", 1, 5), AttendanceSpan(deputy, "deputy", 5, 13)],
        )

    assert not Presence.objects.exists()


def test_a_struck_decision_takes_its_draft_with_it(
    meeting: Meeting, item: AgendaItem, coordinator: Member, technical: Organisation
) -> None:
    decision = propose_action(item, by=Actor.of(coordinator), title="Laga lampan", organisation=technical)

    withdraw(decision, by=Actor.of(coordinator))

    assert Action.objects.get().state == Action.State.CANCELLED
    assert preview(meeting).decisions == []


def test_a_topic_in_words_becomes_an_issue_before_anything_is_asked(
    meeting: Meeting, coordinator: Member, technical: Organisation
) -> None:
    item = AgendaItem.objects.get(meeting=meeting, heading__key="other")
    with pytest.raises(ValidationError, match="hör inte till något ärende"):
        propose_action(item, by=Actor.of(coordinator), title="Laga", organisation=technical)

    make_issue(item, by=Actor.of(coordinator), title="Räcket vid ån")
    propose_action(item, by=Actor.of(coordinator), title="Laga", organisation=technical)

    assert Action.objects.get().issue.title == "Räcket vid ån"


def test_two_who_write_the_same_note_lose_nothing(
    meeting: Meeting, item: AgendaItem, coordinator: Member, representative: Member
) -> None:
    item.write_note(text="Första raden", version=0, by=Actor.of(representative))

    with pytest.raises(NoteConflict, match="Omar Prov ändrade noteringen"):
        item.write_note(text="En annan rad", version=0, by=Actor.of(coordinator))

    item.refresh_from_db()
    assert item.note == "Första raden"


def test_an_ending_that_was_not_spoken_of_is_not_promised_back(coordinator: Member) -> None:
    IssueFactory().close(by=Actor.of(coordinator), outcome=Issue.Outcome.SOLVED, feedback="Klart.")
    meeting = Meeting.plan(starts_at=timezone.now(), by=Actor.of(coordinator))
    start_meeting(meeting, by=Actor.of(coordinator))

    assert AgendaItem.objects.get(meeting=meeting, issue__isnull=False).heading.key == "feedback"
    assert preview(meeting, coordinator).unspoken == []


def test_only_what_the_rules_raise_again_is_promised_back(meeting: Meeting, coordinator: Member) -> None:
    for facts in ({"title": "Vilar"}, {"title": "Remissen vilar", "kind": Issue.Kind.CONSULTATION}):
        add_item(meeting, by=Actor.of(coordinator), issue=IssueFactory(state=Issue.State.ON_HOLD, **facts))
    add_item(meeting, by=Actor.of(coordinator), issue=IssueFactory(title="Redan avslutat"))
    Issue.objects.get(title="Redan avslutat").close(by=Actor.of(coordinator), outcome="solved", feedback="Klart.")

    titles = {item.title for item in preview(meeting, coordinator).unspoken}
    everyone_is_noted(meeting)
    close_meeting(meeting, by=Actor.of(coordinator))

    assert titles == {"Mörkt i tunneln", "Remissen vilar", "Redan avslutat"}
    assert {proposal.title for proposal in proposals(coordinator)} == titles


def test_an_issue_that_the_meeting_ends_is_not_promised_back_by_its_action(
    meeting: Meeting, item: AgendaItem, coordinator: Member
) -> None:
    lamp = ActionFactory(issue=item.issue)
    AgendaItemFactory(meeting=meeting, under="action_log", title="Lampan", kind="action", issue=item.issue, action=lamp)
    assert [item.title for item in preview(meeting, coordinator).unspoken] == ["Lampan", "Mörkt i tunneln"]

    ending: dict[str, Any] = {"outcome": "solved", "feedback": "Det lyser igen.", "despite": "Den är lagad."}
    decide(item, by=Actor.of(coordinator), kind="close", **ending)

    assert preview(meeting, coordinator).unspoken == []
