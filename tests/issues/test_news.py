"""The start page tells each member what the mails do: the same events, in the same lines."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from issues.models import Action, Answer, Assignment, DateChange, Event, Follower, Issue
from issues.news import events_by_key, keys_of_news, line_of
from issues.notices import ANSWERED, ENDED, NEWS, REPORTED, causes_since
from issues.restricting import name, restrict
from issues.striking import strike
from members.actor import Actor
from members.models import Member, Organisation
from members.outbox.kinds import KINDS
from tests.acting import a_coordinator
from tests.factories import IssueFactory, MemberFactory, ObservationFactory

pytestmark = pytest.mark.django_db

FORTNIGHT = timedelta(days=14)
TODAY = timezone.localdate()


@pytest.fixture
def omar(representative: Member) -> Actor:
    return Actor.of(representative)


@pytest.fixture
def sees(coordinator: Member, representative: Member, officer: Member, handler: Member, reader: Member) -> list[Member]:
    """Everybody, also another samordnare, all of whom follow whatever they can."""
    return [coordinator, MemberFactory(is_coordinator=True), representative, officer, handler, reader]


def an_issue(followers: list[Member], reporter: Member, title: str) -> Issue:
    issue: Issue = IssueFactory(title=title)
    for member in followers:
        Follower.begin(issue, by=Actor.of(member))
    ObservationFactory(reporter=reporter, issue=issue, state="attached")
    return issue


def asked(issue: Issue, organisation: Organisation, title: str) -> Assignment:
    by = a_coordinator()
    action = Action.draft(issue=issue, organisation=organisation, title=title, text="Fyra rapporter.", by=by)
    action.propose(by=by)
    return action.current


def much_happens(issue: Issue, technical: Organisation, housing: Organisation, omar: Actor, maja: Actor) -> None:
    """Answers of every kind, one of them withdrawn, and one noted by the samordnare; a handover, and a new day."""
    asked(issue, technical, "Byt lamporna").ask(by=omar, text="Vilka stolpar?")
    asked(issue, technical, "Laga grinden").pass_on(by=omar, to=housing, text="Er grind.")
    asked(issue, technical, "Ta ner skylten").already_done(by=omar, done_on=TODAY, note="Den är nere.")
    withdrawn = asked(issue, technical, "Klipp häcken")
    withdrawn.decline(by=omar, reason=Answer.Reason.OTHER, text="Nej.", next_step="I vår.")
    withdrawn.withdraw_answer(by=omar)
    promised = asked(issue, technical, "Flytta bänken")
    promised.accept(by=maja, planned=TODAY)
    DateChange.make(promised, old=TODAY, new=TODAY + timedelta(days=9), reason="Material", by=omar)
    moved = asked(issue, technical, "Måla tunneln").action
    moved.hand_over(to=housing, message="Er tunnel.", by=maja)
    issue.record(Event.Kind.CHANGED, facts={"fields": ["title"]}, by=maja)
    issue.close(by=maja, outcome="solved", feedback="Lagat.", despite="Sånt händer.")


def mailed(member: Member) -> set[tuple[str, str]]:
    """The events that are mailed to her as an answer, as news or as an ending, with the line of each."""
    lines = set()
    for cause in causes_since(timezone.now() - FORTNIGHT, at=timezone.now()):
        kind = KINDS[cause.kind]
        if cause.kind in (ANSWERED, ENDED, NEWS, REPORTED) and member in kind.receivers(cause):
            words = kind.writer(cause, member)
            lines |= {(cause.key, words.line)} if words else set()
    return lines


def told(member: Member) -> set[tuple[str, str]]:
    keys = [row["pk"] for row in keys_of_news(member, timezone.now() - FORTNIGHT)]
    return {(str(event.pk), line_of(event, member).line) for event in events_by_key(member, keys)}


def test_the_page_tells_each_of_the_same_events_as_the_mails_in_the_same_lines(
    sees: list[Member], technical: Organisation, housing: Organisation, omar: Actor
) -> None:
    maja, reporter = Actor.of(sees[0]), sees[2]
    ended, reopened, struck = (an_issue(sees, reporter, title) for title in ("Åparken", "Tunneln", "Struket"))
    for issue in (ended, reopened):
        much_happens(issue, technical, housing, omar, maja)
    reopened.reopen(by=maja, reason="Trasigt igen.")
    asked(struck, technical, "Fel ställe")
    strike(struck, reason="Dubbelt.", by=maja)

    for member in map(Member.objects.signed_in, [one.pk for one in sees]):
        assert member is not None
        assert told(member) == mailed(member)

    assert [len(told(Member.objects.get(pk=one.pk))) > 0 for one in sees] == [True] * 6
    kinds = {event.kind for event in Event.objects.filter(pk__in=[key for key, _ in told(sees[3])])}
    assert kinds == {"proposed", "moved", "answered", "done", "date_changed", "reopened", "closed"}


def test_of_what_is_restricted_only_those_named_are_told_and_the_page_says_of_what(
    sees: list[Member], technical: Organisation, omar: Actor
) -> None:
    maja, _, representative, officer, *_ = sees
    issue = an_issue(sees, officer, "Oro vid skolan")
    restrict(issue, reason="Hot.", named=[representative.pk], by=Actor.of(maja))
    asked(issue, technical, "Prata med dem").ask(by=omar, text="Med vilka?")
    named_later = MemberFactory(is_coordinator=True)
    name(issue, [named_later.pk], by=Actor.of(maja))

    lines = {one.name: {line for _, line in told(one)} for one in (*sees, named_later)}

    assert {who for who, told in lines.items() if told} == {maja.name, representative.name, named_later.name}
    assert lines[named_later.name] == {"Komplettering begärs av Tekniska förvaltningen: Prata med dem"}
