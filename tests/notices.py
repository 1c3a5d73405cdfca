"""A mail that did not reach."""

from itertools import count

from django.utils import timezone

from members.models import Member, Notice, NoticeCause

number = count(1)


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
        cause = NoticeCause.of("issues.asked", f"nr {next(number)}", at=now, thing=thing)
        cause.addressed_at = now
        cause.save()
        told = Notice(cause=cause, member=member, due_at=now, handed_at=now, settled_at=now, **met)
        told.save()
        notices.append(told)
    return notices
