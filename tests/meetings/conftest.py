from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone

from issues.models import Issue
from meetings.agenda.ordering import add_item
from meetings.calling import call_meeting
from meetings.deciding import decide, propose_action
from meetings.models import AgendaItem, Meeting
from meetings.starting import start_meeting
from members.actor import Actor
from members.models import How, Member, NoticeChoice, Organisation, Subject
from tests.acting import a_coordinator
from tests.factories import IssueFactory, MeetingFactory, MemberFactory, OrganisationFactory
from tests.meetings.called import AT, seated, sent
from tests.meetings.meetings import item_of, under_way
from tests.meetings.reopening import close


@pytest.fixture
def by(coordinator: Member) -> Actor:
    return Actor.of(coordinator)


@pytest.fixture
def siv(db: None) -> Member:
    """One who may lead a meeting or write its minutes, as Bo and Eva; none of them sits for an organisation."""
    siv: Member = MemberFactory(name="Siv Skriv", is_coordinator=True)
    return siv


@pytest.fixture
def bo(db: None) -> Member:
    bo: Member = MemberFactory(name="Bo Byte", is_coordinator=True)
    return bo


@pytest.fixture
def eva(db: None) -> Member:
    eva: Member = MemberFactory(name="Eva Exempel", is_coordinator=True)
    return eva


@pytest.fixture
def item(coordinator: Member) -> AgendaItem:
    """A new issue that the meeting speaks of; a second one stands after it."""
    IssueFactory(title="Mörkt i tunneln", state=Issue.State.NEW)
    IssueFactory(title="Trasigt räcke")
    return item_of(under_way(coordinator), "Mörkt i tunneln")


@pytest.fixture
def topic(coordinator: Member) -> AgendaItem:
    """A heading with no issue under it."""
    return under_way(coordinator).items.get(heading__key="other")


@pytest.fixture
def decided(coordinator: Member, technical: Organisation) -> Meeting:
    """Under way: asks for a lamp, closes a railing, lets a park rest, and did not reach a walk in words."""
    for title in ("Lampan", "Räcket"):
        IssueFactory(title=title, state=Issue.State.NEW, opened_by=coordinator)
    IssueFactory(title="Parken", state=Issue.State.OPEN, opened_by=coordinator)
    meeting = Meeting.plan(starts_at=timezone.now(), by=Actor.of(coordinator))
    start_meeting(meeting, by=Actor.of(coordinator))
    add_item(meeting, by=Actor.of(coordinator), title="Nattvandring")
    propose_action(item_of(meeting, "Lampan"), by=Actor.of(coordinator), title="Laga lampan", organisation=technical)
    ending: dict[str, Any] = {"kind": "close", "outcome": "solved", "feedback": "Räcket är lagat."}
    decide(item_of(meeting, "Räcket"), by=Actor.of(coordinator), **ending)
    decide(item_of(meeting, "Parken"), by=Actor.of(coordinator), kind="pause", text="Vi väntar till våren.")
    for title in ("Lampan", "Räcket", "Parken"):
        item_of(meeting, title).mark_discussed(by=a_coordinator())
    return meeting


@pytest.fixture
def closed(decided: Meeting, coordinator: Member) -> Meeting:
    close(decided, coordinator, next_starts_at=decided.starts_at + timedelta(weeks=4))
    return decided


@pytest.fixture
def tekniska() -> Organisation:
    """Omar is the ordinary, Gun the deputy."""
    tekniska: Organisation = OrganisationFactory(name="Tekniska", mailbox="tekniska@exempel.se")
    seated("Omar", tekniska)
    seated("Gun", tekniska, "deputy")
    return tekniska


@pytest.fixture
def polisen() -> Organisation:
    """Pia is the ordinary, who has her mails gathered, which a call never is; there is no deputy."""
    polisen: Organisation = OrganisationFactory(name="Polisen")
    pia = seated("Pia", polisen)
    NoticeChoice.objects.choose(pia, {Subject.MEETINGS: How.DAILY}, by=Actor.of(pia))
    return polisen


@pytest.fixture
def coming(coordinator: Member, tekniska: Organisation, polisen: Organisation) -> Meeting:
    """In nine days, planned yesterday. Omar leads it, who is called to it anyhow."""
    omar = Member.objects.get(name="Omar")
    meeting: Meeting = MeetingFactory(
        chair=omar,
        secretary=omar,
        starts_at=AT + timedelta(days=9),
        ends_at=AT + timedelta(days=9, hours=2),
        place="Åsalen",
        created_at=AT - timedelta(days=1),
    )
    for organisation in (tekniska, polisen):
        meeting.organisations.get_or_create(organisation=organisation)
    return meeting


@pytest.fixture
def called(coming: Meeting, coordinator: Member, mailoutbox: list[EmailMessage]) -> Meeting:
    """The same when Omar and Pia have had the call."""
    call_meeting(coming, by=Actor.of(coordinator), at=AT)
    assert sent(mailoutbox, AT) == ["omar", "pia"]
    return coming
