"""Sending once more what did not reach: as far as anybody still needs it, which is asked as when it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from base.records.conflicts import Acting
from base.swedish.words import swedish_moment
from members.models import Notice
from members.models.notice import NO_ADDRESS, NOT_WANTED, NOTHING_TO_TELL, TOLD_THERE
from members.outbox.letters import goes_at, why_not

WHY_NOT = {
    NO_ADDRESS: "mottagaren har ingen inloggning eller brevlåda längre",
    TOLD_THERE: "det har kommit till samma adress i ett annat mejl",
    NOT_WANTED: "mottagaren har valt att inte få sådana mejl",
    NOTHING_TO_TELL: "det som stod i det gäller inte längre",
}
"""Why a mail is sent to nobody any more, in words."""


@dataclass(frozen=True)
class SentAgain:
    """What came of it: `why_not`, where nobody needs it and it is settled; else when it goes."""

    why_not: str
    goes_at: datetime

    def words(self, receiver: object, at: datetime) -> str:
        """That the mail goes, and when, or that it is not needed."""
        if self.why_not:
            return f"Mejlet till {receiver} behövs inte längre: {WHY_NOT[self.why_not]}. Det är borttaget från listan."
        when = swedish_moment(self.goes_at, today=timezone.localdate(at)) if self.goes_at > at else "inom någon minut"
        return f"Mejlet till {receiver} skickas igen {when}."


@transaction.atomic
def send_again(notice: Notice, *, by: Acting, at: datetime | None = None) -> SentAgain:
    """Let what its mail told be sent once more, or be where nobody needs any of it. Raises Conflict."""
    at, receiver = at or timezone.now(), notice.receiver
    mail = list(Notice.objects.in_trouble().of_one_mail(notice).select_related("cause"))
    unneeded = why_not(mail, receiver)
    if mail and len(unneeded) == len(mail):
        notice.let_be(by=by, at=at, because=unneeded[mail[0]])
        return SentAgain(unneeded[mail[0]], at)
    notice.send_again(by=by, at=at)
    needed = (each for each in mail if each not in unneeded)
    return SentAgain("", min((goes_at(each, receiver, at) for each in needed), default=at))
