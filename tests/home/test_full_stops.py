"""Every mail's sentences end once, however they ended whose words stand in them."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone
from pytest_django import Settings

from issues.models import Action, DateChange, Escalation, EscalationPath, Event, Follower, Issue, say_it_remains
from issues.reminding import remind
from issues.restricting import lift, restrict
from meetings.calling import call_meeting
from meetings.calling_off import call_off
from meetings.models import CallAnswer, Meeting
from meetings.planning import change_meeting
from members.actor import Actor, Voice
from members.inviting import invite
from members.models import Group, How, Member, NoticeCause, NoticeChoice, Organisation, Subject
from members.outbox.kinds import KINDS
from members.outbox.sending import send_due
from tests.days import in_days
from tests.factories import (
    AnswersForFactory,
    IssueFactory,
    MeetingFactory,
    MemberFactory,
    ObservationFactory,
    OrganisationFactory,
    SeatFactory,
)

pytestmark = pytest.mark.django_db

AT = timezone.localtime().replace(hour=10, minute=0, second=0, microsecond=0)
"""Ten o'clock today: what happens is recorded now, and nothing is told of what was long ago."""
ENDINGS = ("", ".", "?", "!", "…", "...", ":", " (se bilden.)", " ”Nej.”", ",")
TWICE = re.compile(r"[?!…,:]\.|(?<!\.)\.\.(?!\.)|\.{4}|[.:,][?!,]")
TYPED_IN_NONE = {
    *("members.link", "members.account", "issues.named"),
    *("meetings.presents", "meetings.since", "meetings.contact_called", "meetings.contact_released"),
    *("meetings.minutes", "meetings.registrar", "meetings.approver", "meetings.wished"),
}
"""Of these no sentence ends in what somebody has typed; what is wished stands alone, as it was written."""


class Told:
    """The moments go on by a quarter of an hour, and what each has led to has been sent before the next."""

    def __init__(self) -> None:
        self.at = AT

    def next(self) -> datetime:
        send_due(at=self.at + timedelta(minutes=13))
        self.at += timedelta(minutes=15)
        return self.at


@pytest.fixture
def maja(settings: Settings) -> Member:
    settings.ADDRESS = "https://register.exempel.se"
    member: Member = MemberFactory(name="Maja", email="maja@exempel.se", is_coordinator=True)
    return member


@pytest.fixture
def tekniska() -> Organisation:
    made: Organisation = OrganisationFactory(name="Tekniska", mailbox="tekniska@exempel.se")
    AnswersForFactory(member=MemberFactory(name="Omar"), organisation=made)
    return made


def ends_well(mail: EmailMessage) -> list[str]:
    """The paragraphs of its text that do not end as a sentence, and those with a mark too many; headings are none."""
    parts = str(mail.body).partition("\n-- \n")[0].strip().split("\n\n")
    others = ("Dagordning:", "”Det är mörkt")  # a list, and what somebody has said between quotation marks
    said = [part.strip() for part in parts if "https://" not in part and not part.startswith(others)]
    headings = {part for part in said if part.removesuffix(".") == str(mail.subject) or part == said[0]}
    unended = [part for part in said if part not in headings and not part.rstrip("”)").endswith((".", "?", "!", "…"))]
    return unended + [part for part in said if TWICE.search(part)]


def negotiate(issue: Issue, tekniska: Organisation, maja: Member, end: str, told: Told) -> None:
    by, link, gatan = Actor.of(maja), Voice.by_link(tekniska), OrganisationFactory(mailbox="gatan@exempel.se")

    def proposed(title: str) -> Action:
        facts: dict[str, Any] = {"title": f"{title}{end}", "text": f"Fyra rapporter{end}", "wished": in_days(30)}
        made = Action.draft(issue=issue, organisation=tekniska, by=by, at=told.at, **facts)
        made.propose(by=by, at=told.next())
        return Action.objects.get(pk=made.pk)

    above = dict.fromkeys(EscalationPath.known(), (f"nämnden{end}", ""))
    EscalationPath.change_all(above, by=by)
    action = proposed("Byt lamporna")
    action.current.ask(by=link, text=f"Vilka lampor{end}", at=told.next())
    action.hand_over(to=tekniska, message=f"Dem vid ån{end}", answer_due=in_days(-1), by=by, at=told.next())
    remind(Action.objects.get(pk=action.pk).current, by=by, text=f"Vi ses på onsdag{end}", at=told.next())
    Escalation.escalate(action, to=f"nämnden{end}", rung=1, by=by, at=told.next())
    Escalation.write_ruling(action, decision=f"Det ska göras{end}", by=by, at=told.next())
    promised = in_days(9)
    action.current.accept(by=link, planned=promised, text=f"Vi gör det{end}", at=told.next())
    DateChange.make(
        action.current, old=promised, new=in_days(12), reason=f"Lång leverans{end}", by=link, at=told.next()
    )
    Action.objects.get(pk=action.pk).finish(by=link, note=f"Lamporna är bytta{end}", at=told.next())
    no = {"reason": "priority", "text": f"Skolvägarna först{end}", "next_step": f"Ta upp igen i mars{end}"}
    proposed("Laga räcket").current.decline(by=link, at=told.next(), **no)
    proposed("Så gräs").current.pass_on(by=link, to=gatan, text=f"Det är deras{end}", at=told.next())
    proposed("Sätt upp en skylt").current.pass_on(by=link, to=None, text=f"Vems är det{end}", at=told.next())
    already = f"Det gjordes i maj{end}"
    proposed("Måla bänken").cancel(reason=f"Den är målad{end}", by=by, at=told.next())
    proposed("Klipp häcken").current.already_done(by=link, done_on=in_days(0), note=already, at=told.next())
    restrict(issue, reason=f"Hot{end}", named=[maja.pk], by=by, at=told.next())
    lift(issue, reason=f"Det räcker{end}", by=by, at=told.next())
    told.next()
    issue.close(by=by, outcome="partly", feedback=f"Det mesta är gjort{end}", despite=f"Vi väntar{end}", at=told.next())
    sara = Actor.of(Member.objects.get(name="Sara"))
    say_it_remains(issue, by=sara, text=f"Det är mörkt igen{end}", at=told.next())


def meet(tekniska: Organisation, maja: Member, end: str, told: Told) -> None:
    by, gun = Actor.of(maja), MemberFactory(name="Gun")
    pia = MemberFactory(name="Pia", organisation=tekniska)
    SeatFactory(member=pia, role="ordinary", organisation=tekniska)
    SeatFactory(member=gun, role="deputy", organisation=tekniska)
    facts: dict[str, Any] = {"place": f"Åsalen{end}", "created_at": AT - timedelta(days=1), "chair": maja}
    meeting: Meeting = MeetingFactory(starts_at=AT + timedelta(days=9), **facts)
    meeting.organisations.get_or_create(organisation=tekniska)
    call_meeting(meeting, by=by, at=told.next())
    for who, said in ((pia, "no"), (pia, "partly"), (pia, "no"), (gun, "no"), (pia, "partly")):
        part = f"fram till 14{end}" if said == "partly" else ""
        CallAnswer.say(meeting, who, said, words=part, by=Actor.of(who), at=told.next())
    change_meeting(meeting, by=by, at=told.next(), starts_at=meeting.starts_at, ends_at=None, place=f"Övre{end}")
    call_off(meeting, by=by, reason=f"Sjukdom{end}", at=told.next())


@pytest.mark.parametrize("end", ENDINGS)
def test_a_sentence_that_ends_in_typed_words_ends_once(
    maja: Member, tekniska: Organisation, end: str, mailoutbox: list[EmailMessage]
) -> None:
    Group.objects.update(name=f"Trygghet{end}", reminder_text=f"Frågan väntar{end}")
    issue = IssueFactory(title=f"Mörkt vid ån{end}", where=f"Åparken{end}")
    sara = MemberFactory(name="Sara", is_reader=True)
    ObservationFactory(issue=issue, reporter=sara)
    Follower.begin(issue, by=Actor.of(sara))
    NoticeChoice.objects.choose(sara, {Subject.FOLLOWED: How.AT_ONCE}, by=Actor.of(sara))
    told = Told()

    negotiate(issue, tekniska, maja, end, told)
    meet(tekniska, maja, end, told)
    invite(Member.objects.filter(name="Gun"), by=Actor.of(maja), at=told.next())
    told.next()

    sent = NoticeCause.objects.filter(notices__state="sent").values_list("kind", flat=True)
    assert set(sent) >= {*KINDS} - TYPED_IN_NONE
    assert [(mail.subject, wrong) for mail in mailoutbox if (wrong := ends_well(mail))] == []
    assert not [f"{event}" for event in Event.objects.all() if TWICE.search(f"{event}")]
