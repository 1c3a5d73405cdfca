"""A mail that did not reach: of an issue that she was named on, so that it can be written anew."""

from django.utils import timezone

from issues.models import Event, Issue
from issues.notices import NAMED
from members.actor import Actor
from members.models import Member, Notice, NoticeCause
from tests.factories import IssueFactory


def undelivered(
    member: Member, state: str = Notice.State.REFUSED, trouble: str = "550 5.1.1", thing: str = ""
) -> Notice:
    [notice] = undelivered_mail(member, thing, state=state, trouble=trouble)
    return notice


def undelivered_mail(
    member: Member, *things: str, state: str = Notice.State.REFUSED, trouble: str = "550 5.1.1"
) -> list[Notice]:
    """One that told something of each of the things."""
    now, met = timezone.now(), {"state": state, "trouble": trouble, "sent_to": member.mail_address}
    notices = []
    for thing in things:
        cause = NoticeCause.of(NAMED, named_on(thing, member).pk, at=now, thing=thing)
        cause.addressed_at = now
        cause.save()
        told = Notice(cause=cause, member=member, due_at=now, handed_at=now, settled_at=now, **met)
        told.save()
        notices.append(told)
    return notices


def named_on(thing: str, member: Member) -> Event:
    """The event of it: of the thing if that is an issue, else of another one."""
    sort, _, key = thing.partition(":")
    issue = Issue.with_struck.filter(pk=key).first() if sort == "issue" else None
    issue = issue or IssueFactory()
    return issue.record(Event.Kind.NAMED, by=Actor.of(issue.opened_by), facts={"members": [member.pk]})
