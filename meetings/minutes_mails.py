"""The minutes are mailed to all who may read them, with what was decided, once the closing can not be undone.

A version is mailed once: the cause names it, and its notices keep who has had it as long as the minutes stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any, NamedTuple, cast

from django.db.models import F, OuterRef, Q, Subquery

from base.swedish.order import swedish_key
from issues.notices import TOLD_AFTER
from meetings.calling import thing_of
from meetings.letterhead import minutes_name
from meetings.minutes.afterwards import is_written_afterwards
from meetings.minutes.editions import Edition, Hidden
from meetings.minutes.files import Kind, edition_file
from meetings.models import Approver, Meeting, Minutes, MinutesCopy
from meetings.models.approval import APPROVING
from meetings.models.minutes import MinutesQuerySet, digest_of
from meetings.texts import approving
from meetings.texts import mailed_minutes as texts
from members.models import Member, Notice, NoticeCause, OutsideContact, Subject
from members.models.member import MemberQuerySet
from members.outbox.kinds import AttachedFile, NoticeKind, NoticeWords, Receiver
from members.outbox.one_by_one import one_by_one

MAILED = "meetings.minutes"


def causes_of_minutes(since: datetime, *, at: datetime) -> Iterator[NoticeCause]:
    """The closings since then that stand, and the corrections, of meetings that were held of late."""
    of_closings = _mailed().filter(made_at__gte=since).select_related("meeting").defer("content")
    yield from one_by_one(of_closings, _causes_of, lambda minutes: thing_of(minutes.meeting), at=at)


def mail_at_once(meeting: Meeting, *, at: datetime) -> None:
    """Let the minutes of its closing be mailed now: its undo has ended."""
    of_it = _mailed().of(meeting).select_related("meeting").defer("content")
    NoticeCause.objects.hasten(cause for minutes in of_it for cause in _causes_of(minutes, due=at))


def who_get_minutes(meeting: Meeting) -> MemberQuerySet:
    """All who may read minutes, whether they were there or not: the group, and those who read with it.

    Nobody of a meeting that is written down long afterwards.
    """
    reading = Member.objects.reading_all().in_order()
    return cast("MemberQuerySet", reading.none() if is_written_afterwards(meeting) else reading)


class Mailing(NamedTuple):
    """Whom a version has been mailed to, by name, and when the first of the mails left.

    `uncertain` are those whom it may have reached: nobody knows.
    """

    at: datetime
    names: list[str]
    uncertain: list[str]


def mailings_of(meeting: Meeting) -> dict[int, Mailing]:
    """By version, of those that have been mailed to anybody."""
    sent = Notice.objects.filter(cause__kind=MAILED, cause__thing=thing_of(meeting), state__in=Notice.REACHED)
    latest = Minutes.objects.of(meeting).filter(made_at__lte=OuterRef("handed_at")).order_by("-version")
    rows: Any = sent.annotate(version=Subquery(latest.values("version")[:1])).select_related("member")
    notices = list(rows.order_by("handed_at", "pk"))
    contacts = {notice.contact_id for notice in notices} - {None}
    called = dict(MinutesCopy.objects.filter(contact__in=contacts).values_list("contact", "name")) if contacts else {}
    mailings: dict[int, Mailing] = {}
    for notice in notices:
        if notice.version:
            mailing = mailings.setdefault(notice.version, Mailing(notice.handed_at, [], []))
            named = mailing.names if notice.state == Notice.State.SENT else mailing.uncertain
            named.append(called.get(notice.contact_id) or f"{notice.receiver}")
    return {
        version: Mailing(at, sorted(names, key=swedish_key), sorted(uncertain, key=swedish_key))
        for version, (at, names, uncertain) in mailings.items()
    }


def of_mailed_minutes(_: datetime) -> Q:
    """The condition that a cause is the mailing of minutes: who has had which version is always asked."""
    return Q(kind=MAILED)


def receivers(cause: NoticeCause) -> Iterable[Receiver]:
    """All who get the minutes, and those who do for information; nobody where the closing was undone."""
    minutes = _of_cause(cause).select_related("meeting").defer("content").first()
    if minutes is None:
        return []
    return [*who_get_minutes(minutes.meeting), *(one.contact for one in copies_of(minutes.meeting))]


def copies_of(meeting: Meeting) -> list[MinutesCopy]:
    """Those without an account who get them for information, by name; nobody of what is written down long after."""
    return [] if is_written_afterwards(meeting) else MinutesCopy.in_order()


def write(cause: NoticeCause, receiver: Receiver) -> NoticeWords | None:
    """What was decided, with the minutes as a PDF, as everybody reads them now; none to one who may not.

    The latest version: the closing's own, or one that has been given a diarienummer since. Of one that corrects what
    is put right is told first, also where another has corrected it in turn.
    """
    told = _of_cause(cause).defer("content").select_related("masked").first()
    if told is None:
        return None
    member = receiver if isinstance(receiver, Member) else None
    of_it = _read_by(receiver).filter(meeting=cause.facts["meeting"]).latest_first()
    minutes = of_it.select_related("meeting__secretary", "made_by", "masked").first()
    if minutes is None:
        return None
    hidden = Hidden.by_restriction()
    edition = Edition.of(minutes, hidden)
    put_right = Edition.of(told, hidden) if told.corrects else edition
    meeting, called = minutes.meeting, minutes.called
    stands = (minutes.content.get("corrected") or {}).get("version", 0)  # the last version that put something right
    is_replaced = stands > told.version
    name = minutes_name(minutes, "maskerad-kopia" if edition.masked_at else "")
    file = AttachedFile(
        f"{name}.pdf", partial(edition_file, edition, Kind.PDF), "application/pdf", says=digest_of(edition.content)
    )
    reads = _who_reads_answers(meeting, member) if member else Member.objects.whom_to_ask(None)
    answer = texts.answer_to(reads) if reads else ""
    line = texts.corrected_line(meeting, called, told.version) if told.corrects else texts.line(meeting, called)
    asks = "" if is_replaced else _asks_for(minutes, member)
    page = minutes.get_absolute_url()
    return NoticeWords(
        approving.to_approve(line) if asks else line,
        (f"{page}#{APPROVING}" if asks else page) if member else "",
        (approving.TO_DO if asks else texts.to_do(called)) if member else "",
        texts.replaced_by(stands) if is_replaced else texts.attached(called),
        (file,),
        lead=asks,
        lists=(*texts.corrections(put_right.content, told.version), *texts.decisions(edition.content)),
        replies_to=reads.mail_address if reads else "",
        below=answer if member else texts.for_information(answer, called),
    )


def _asks_for(minutes: Minutes, member: Member | None) -> str:
    """That she is chosen to approve them; nothing to others."""
    waits = member and Approver.objects.waited_for(member).filter(meeting=minutes.meeting_id).exists()
    return approving.chosen(minutes.called) if waits else ""


def _read_by(receiver: Receiver) -> MinutesQuerySet:
    """The minutes that she may read; who has no account all, as long as she gets them for information."""
    if isinstance(receiver, Member):
        return Minutes.objects.visible_to(receiver)
    is_copied = isinstance(receiver, OutsideContact) and MinutesCopy.objects.filter(contact=receiver).exists()
    return Minutes.objects.all() if is_copied else Minutes.objects.none()


def _who_reads_answers(meeting: Meeting, receiver: Member) -> Member | None:
    """The secretary, as long as she may read the minutes herself; else a samordnare, if there is another."""
    if meeting.secretary != receiver and who_get_minutes(meeting).filter(pk=meeting.secretary_id).exists():
        return meeting.secretary
    found: Member | None = Member.objects.whom_to_ask(receiver)
    return found


def _causes_of(minutes: Minutes, *, due: datetime | None = None) -> Iterator[NoticeCause]:
    meeting = minutes.meeting
    if not is_written_afterwards(meeting):
        waits = timedelta() if minutes.corrects else TOLD_AFTER  # a correction has no undo
        key, due_at = f"{meeting.pk}.{minutes.version}", due or minutes.made_at + waits
        facts = {"meeting": meeting.pk, "minutes": minutes.pk}
        yield NoticeCause.of(MAILED, key, at=minutes.made_at, due=due_at, thing=thing_of(meeting), **facts)


def _mailed() -> MinutesQuerySet:
    """The versions that the closings made which stand, and those that correct them: not for a diarienummer alone."""
    return Minutes.objects.standing().filter(Q(made_at=F("meeting__closed_at")) | Q(corrects__isnull=False))


def _of_cause(cause: NoticeCause) -> MinutesQuerySet:
    return _mailed().filter(pk=cause.facts["minutes"])


KIND = NoticeKind(MAILED, Subject.MEETINGS, "mötesanteckningar", receivers, write, alone=True)
