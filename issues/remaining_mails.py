"""The mail to an organisation that has had what a reporter says remains: nothing is asked of it yet."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from issues.models import Assignment, Event
from issues.notices import LABEL, REMAINED, in_words, of_event
from issues.question_mails import answering_for
from issues.texts.remaining import remains_line, remains_to_owner
from members.models import Member, Organisation, Subject
from members.outbox.kinds import NoticeKind, NoticeWords, Receiver


def _who_had_it(event: Event) -> Iterator[Receiver]:
    """Those with something to answer, to do or done in the issue, and who answers for them.

    Less who says so, and the samordnare, who is told as such.
    """
    having = Assignment.objects.carried().asked().filter(action__issue=event.issue)
    active = Organisation.objects.active(timezone.localdate()).in_order()
    for organisation in active.filter(pk__in=having.values("organisation")):
        yield organisation
        yield from (one for one in answering_for(organisation) if one.pk != event.by_id and not one.is_coordinator)


def _tell_remains(event: Event, receiver: Receiver) -> NoticeWords | None:
    """To a mailbox without the reporter's words, which whoever reads it need not be let to read."""
    member = receiver if isinstance(receiver, Member) else None
    if member and not Event.objects.visible_to(member).filter(pk=event.pk).exists():
        return None
    theirs = member.organisation_ids if member else [receiver.pk]
    had = Assignment.objects.carried().asked().of(theirs).filter(action__issue=event.issue).select_related("action")
    coordinator = Member.objects.whom_to_ask(member)
    words = f"”{event.text}”" if member and event.text else ""
    return NoticeWords(
        remains_line(event),
        event.issue.get_absolute_url(),
        "Läs ärendet" if member else "Logga in och läs",
        "\n\n".join(filter(None, [remains_to_owner(event, [each.action for each in had.order_by("pk")]), words])),
        replies_to=coordinator.mail_address if coordinator else "",
    )


REMAINS = NoticeKind(REMAINED, Subject.ASKED, LABEL, of_event(_who_had_it), in_words(_tell_remains))
