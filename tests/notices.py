"""A mail that did not reach."""

from itertools import count

from django.utils import timezone

from members.models import Member, Notice, NoticeCause

number = count(1)


def undelivered(
    member: Member, state: str = Notice.State.REFUSED, trouble: str = "550 5.1.1", thing: str = ""
) -> Notice:
    now = timezone.now()
    cause = NoticeCause.of("issues.asked", f"nr {next(number)}", at=now, thing=thing)
    cause.save()
    return Notice.objects.create(
        cause=cause, member=member, due_at=now, state=state, handed_at=now, settled_at=now, trouble=trouble
    )
