"""Who gets a mail when a meeting closes, for the page that closes it: the minutes, what is asked and escalated."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from base.swedish.words import capital, in_words, listed
from issues.models import AccessGrant, Action, Escalation
from issues.question_mails import answering_for_each
from meetings.foreseen import Preview
from meetings.minutes_mails import copies_of, who_get_minutes
from meetings.models import Meeting, MinutesCopy
from meetings.table_answers import asked_instead
from members.models import Member, NoticeChoice, Organisation, Subject

Sent = tuple[Action, Member]
"""What a mail is about, and who has caused it: she is not mailed herself."""


@dataclass(frozen=True)
class AskedByMail:
    """An organisation that is mailed, and who of those who answer for it gets the mail."""

    organisation: Organisation
    people: list[Member]
    mailbox: str

    def __str__(self) -> str:
        """Omar Prov och tekniska@exempel.se · ingen får mejl. Säg till på annat sätt"""
        to = [*map(str, self.people), *([self.mailbox] if self.mailbox else [])]
        return listed(to) if to else "ingen får mejl. Säg till på annat sätt"


@dataclass(frozen=True)
class MailsOfClosing:
    """`lifted` are those whose actions are escalated; `minutes` who get the minutes, less who wants no mail of
    meetings."""

    asked: list[AskedByMail]
    minutes: list[Member]
    lifted: list[AskedByMail] = field(default_factory=list)
    copies: list[MinutesCopy] = field(default_factory=list)  # who get the minutes for information

    @property
    def headline(self) -> str:
        """Frågorna och det som eskaleras mejlas till tre personer och en brevlåda"""
        people = {one.pk for each in (*self.asked, *self.lifted) for one in each.people}
        mailboxes = {each.mailbox for each in (*self.asked, *self.lifted) if each.mailbox}
        told = [in_words(len(people), "person", "personer")] if people else []
        told += [in_words(len(mailboxes), "brevlåda", "brevlådor")] if mailboxes else []
        if not told:
            return "Ingen får någon fråga med mejl" if self.asked else "Ingen får något mejl om det som eskaleras"
        each = ("frågorna", self.asked), ("det som eskaleras", self.lifted)
        what = [words for words, rows in each if any(one.people or one.mailbox for one in rows)]
        return f"{capital(listed(what))} mejlas till {listed(told)}"


def mails_of_closing(meeting: Meeting, foreseen: Preview, by: Member) -> MailsOfClosing:
    """Who gets the minutes, and what is asked and escalated, less who closes and so sends them.

    Asked is whoever has not answered at the table, and whom another there passed it on to. Of what is restricted those
    who are named, as the mails themselves have it.
    """
    unwilling_to_meet = NoticeChoice.objects.against(Subject.MEETINGS).values("member")
    minutes = list(who_get_minutes(meeting).exclude(pk__in=unwilling_to_meet))
    copies = copies_of(meeting)
    waiting, lifted = _asked(foreseen, by), _lifted(foreseen, by)
    if not (waiting or lifted):
        return MailsOfClosing([], minutes, copies=copies)
    answering = answering_for_each({**waiting, **lifted})
    unwilling = {*NoticeChoice.objects.against(Subject.ASKED).values_list("member", flat=True)}
    told = [each for sent in (waiting, lifted) for about in sent.values() for each in about]
    secret = [action.issue_id for action, _ in told if action.issue.restricted]
    named = AccessGrant.objects.filter(issue__in=secret).values_list("issue", "member") if secret else []
    known = {*named}

    def is_told(member: Member, about: list[Sent]) -> bool:
        may_know = any(
            member != sender and (not one.issue.restricted or (one.issue_id, member.pk) in known)
            for one, sender in about
        )
        return may_know and member.pk not in unwilling

    def mailed(sent: dict[Organisation, list[Sent]]) -> list[AskedByMail]:
        found = []
        for organisation, about in sent.items():
            people = [one for one in answering[organisation.pk] if is_told(one, about)]
            is_open = organisation.takes_mail and any(not one.issue.restricted for one, _ in about)
            found.append(AskedByMail(organisation, people, organisation.mailbox if is_open else ""))
        return found

    return MailsOfClosing(mailed(waiting), minutes, mailed(lifted), copies)


def _asked(foreseen: Preview, by: Member) -> dict[Organisation, list[Sent]]:
    """What each is asked, by whom: it is passed on by whoever wrote down that answer. Nothing where the issue ends."""
    answered = {one.proposed.action_id for one in foreseen.answers}
    ending = {decision.issue_id for decision in foreseen.closed}
    put = [(action.current.organisation, action, by) for action in foreseen.drafts if action.pk not in answered]
    put += [(whom, one.proposed.action, one.written_by) for one, whom in asked_instead(foreseen.answers)]
    return _by_organisation((whom, action, sender) for whom, action, sender in put if action.issue_id not in ending)


def _lifted(foreseen: Preview, by: Member) -> dict[Organisation, list[Sent]]:
    """Whose actions are escalated, less what has gone there already."""
    keys = [decision.lifts_id for decision in foreseen.lifted]
    found = Action.objects.with_current().in_bulk(keys) if keys else {}
    each = [(found[decision.lifts_id], decision.to) for decision in foreseen.lifted if decision.lifts_id]
    return _by_organisation((action.current.organisation, action, by) for action, to in each if not _is_at(action, to))


def _is_at(action: Action, to: str) -> bool:
    """Whether it has been escalated there already, which nobody is told anew."""
    latest = Escalation.of(action)
    return latest is not None and latest.is_open and latest.to == to


def _by_organisation(each: Iterable[tuple[Organisation, Action, Member]]) -> dict[Organisation, list[Sent]]:
    found: dict[Organisation, list[Sent]] = {}
    for organisation, action, sender in each:
        found.setdefault(organisation, []).append((action, sender))
    return found
