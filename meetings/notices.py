"""Whom what happens around a meeting is told to by mail: who is called, who goes in whose place, and who need not."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from django.utils import timezone

from base.documents.pdf import pdf
from meetings import approval_mails, contact_calls, minutes_mails, registrar_mails
from meetings.agenda.appended import appendices_for_paper
from meetings.agenda.building import agenda_for_paper
from meetings.agenda.document import agenda_document
from meetings.answer_link import ways_to_answer
from meetings.attendance import AttendanceRow, rows
from meetings.calendar import CANCEL, REQUEST, cancellation, invitation
from meetings.calling import (
    CALLED,
    CALLED_OFF,
    GOES,
    MOVED,
    NOBODY,
    PRESENTS,
    RELEASED,
    SINCE,
    SOMEBODY,
    called_at,
    called_to,
    calls_due,
    changes_untold,
    come_after_all,
    concerned_by_change,
    has_missed_change,
    is_told_by_call,
    reached_by_call,
    sits_for,
    times_released,
    told_last,
)
from meetings.guests import item_keys, items_of_called_off, own_items, presents_as_guest
from meetings.letterhead import agenda_name
from meetings.models import CallAnswer, Meeting
from meetings.running import who_run
from meetings.since_call import changed_since_call
from meetings.texts import calling as texts
from meetings.texts import changing
from meetings.texts.attendance import own_answer, who_goes
from members.models import Member, Notice, NoticeCause, OutsideContact, Subject
from members.outbox.kinds import AttachedFile, NoticeKind, NoticeWords, Receiver, Receivers, Way, Writer
from members.outbox.one_by_one import one_by_one

TO_DO = "Läs dagordningen"


def causes_since(since: datetime, *, at: datetime) -> Iterator[NoticeCause]:
    """The excuses from meetings to come, the meetings to be called, who is expected since or no longer, and minutes."""
    said = CallAnswer.objects.no().to_coming().filter(said_at__gte=since)
    yield from one_by_one(said, _of_an_excuse, lambda no: f"meeting:{no.meeting_id}", at=at)
    yield from calls_due(at)
    yield from changed_since_call(at)
    yield from contact_calls.contacts_to_tell(at)
    yield from minutes_mails.causes_of_minutes(since, at=at)


def _of_an_excuse(said: CallAnswer) -> Iterator[NoticeCause]:
    facts: Any = {"meeting": said.meeting_id, "answer": said.pk, "said_at": f"{said.said_at}", "member": said.member_id}
    for kind in (GOES, NOBODY):
        yield NoticeCause.of(kind, said.turn, at=said.said_at, thing=f"meeting:{said.meeting_id}", **facts)


def _coming(cause: NoticeCause, receiver: Receiver | None = None) -> Meeting | None:
    """The meeting, while it is still to come, and the receiver may know of it."""
    meetings: Any = Meeting.objects.visible_to(receiver) if isinstance(receiver, Member) else Meeting.objects
    meeting: Meeting | None = meetings.planned().filter(pk=cause.facts["meeting"]).first()
    return meeting if meeting and meeting.starts_at > timezone.now() else None


def _begins(cause: NoticeCause, at: datetime) -> datetime | None:
    """When the meeting begins, or was to before it was moved, whichever comes first after the moment."""
    meeting = Meeting.objects.filter(pk=cause.facts["meeting"]).values_list("starts_at", "changes__starts_at")
    times = [time for times in meeting for time in times if time]
    return min((time for time in times if time > at), default=None)


# The call


def _expected(cause: NoticeCause) -> Iterable[Receiver]:
    meeting = _coming(cause)
    return called_to(meeting) if meeting else []


def _call(cause: NoticeCause, receiver: Receiver) -> NoticeWords | None:
    meeting = _coming(cause, receiver)
    if meeting is None or not isinstance(receiver, Member):
        return None
    everybody = rows(meeting)
    table = sits_for(everybody, receiver)
    if not table and receiver not in who_run(meeting, everybody):
        return None
    return _called(meeting, receiver, texts.call_line(meeting), table)


def _called(meeting: Meeting, receiver: Member, line: str, table: list[AttendanceRow]) -> NoticeWords:
    """The call in words, to one who is expected for the organisations of the table, with its two files.

    Of none, where she leads it or writes: she is asked nothing.
    """
    headings = agenda_for_paper(meeting, receiver)
    lists = texts.call_lists(receiver, table, headings, appendices_for_paper(meeting, receiver))
    paper = partial(pdf, agenda_document(meeting, receiver, headings))
    agenda = AttachedFile(f"{agenda_name(meeting)}.pdf", paper, "application/pdf")
    files = (agenda, _for_the_calendar(meeting, receiver))
    lead, ways = texts.call_lead(meeting, receiver, table, after=line), _ways(meeting, receiver, table)
    text = texts.FILES if table else texts.FILES_TO_READ
    return NoticeWords(line, meeting.get_absolute_url(), TO_DO, text, files, lead, ways, lists=lists)


def _ways(meeting: Meeting, receiver: Member, table: list[AttendanceRow]) -> tuple[Way, ...]:
    """By which one who sits in these rows answers; who sits in none is not asked."""
    return ways_to_answer(meeting, receiver) if table else ()


def _for_the_calendar(meeting: Meeting, receiver: Member, *, cancels: bool = False) -> AttachedFile:
    """Attached for whoever saves it, beside the words for the programs that put it in the calendar, or take it out."""
    write, method = (cancellation, CANCEL) if cancels else (invitation, REQUEST)
    taken_out = times_released(meeting, receiver)
    sequence = meeting.sequence + 2 * taken_out + (cancels and not meeting.is_cancelled)
    file = partial(write, meeting, receiver, at=timezone.now(), sequence=sequence)
    return AttachedFile(f"mote-{meeting.number}.ics", file, "application/ics", f"text/calendar; method={method}")


def _call_guest(cause: NoticeCause, receiver: Receiver) -> NoticeWords | None:
    """The call to one who presents an item: that alone, and when and where; never the agenda.

    Nothing of other items than the cause has, which are told by one of their own, nor of those that she knows of.
    """
    meeting = _coming(cause, receiver)
    if meeting is None or not isinstance(receiver, Member) or not presents_as_guest(receiver, meeting):
        return None
    keys, before = item_keys(meeting, receiver), told_last(meeting, receiver)
    if keys != cause.facts.get("items"):
        return None
    if before and _knows(meeting, receiver, keys, before):
        return None
    items = own_items(meeting, receiver).select_related("issue")
    file = _for_the_calendar(meeting, receiver)
    is_called = before is not None and before.cause.kind == PRESENTS and not before.is_to_another_address
    line = texts.guest_change_line(meeting) if is_called else texts.guest_line(meeting, len(keys))
    to_do, text = texts.to_own_items(len(keys)), texts.guest_text(meeting, items)
    lists = texts.file_lists(appendices_for_paper(meeting, receiver))
    return NoticeWords(line, meeting.get_absolute_url(), to_do, text, (file,), lists=lists)


def _knows(meeting: Meeting, guest: Member, keys: list[int], before: Notice) -> bool:
    """Whether what has told her last, at the address that she has now, is still so."""
    is_same = keys == before.cause.facts.get("items") and not before.is_to_another_address
    return is_same and not has_missed_change(meeting, guest, before.cause)


# A new time or place


def _concerned_by_change(cause: NoticeCause) -> Iterable[Receiver]:
    meeting = _coming(cause)
    return concerned_by_change(meeting) if meeting else []


def _tell_of_change(cause: NoticeCause, receiver: Receiver) -> NoticeWords | None:
    meeting = _coming(cause, receiver)
    if meeting is None or not isinstance(receiver, Member) or meeting.sequence != cause.facts["sequence"]:
        return None
    if receiver not in concerned_by_change(meeting) or is_told_by_call(cause, receiver):
        return None
    untold = changes_untold(cause, receiver)
    if not untold:
        return None
    was, file = untold[0].when_and_where, _for_the_calendar(meeting, receiver)
    if was == meeting.when_and_where:  # back where it was before she knew
        return _ask_anew(meeting, receiver) if any(receiver.pk in each.answered for each in untold) else None
    line, lead = changing.change_line(meeting, was), changing.when_and_where_now(meeting, was)
    if presents_as_guest(receiver, meeting):
        text = _and(lead, texts.IN_THE_CALENDAR)
        to_do = texts.to_own_items(own_items(meeting, receiver).count())
        return NoticeWords(line, meeting.get_absolute_url(), to_do, text, (file,))
    table = [row for row in rows(meeting) if receiver in (row.ordinary, row.deputy)]
    lead, ways = _and(lead, texts.asked_to_answer(receiver, table)), _ways(meeting, receiver, table)
    if told_last(meeting, receiver) is None:  # who said no before the call has nothing of it in her calendar
        return NoticeWords(line, meeting.get_absolute_url(), TO_DO, lead=lead, ways=ways)
    return NoticeWords(line, meeting.get_absolute_url(), TO_DO, texts.IN_THE_CALENDAR, (file,), lead, ways)


def _ask_anew(meeting: Meeting, receiver: Member) -> NoticeWords | None:
    """Ask one whose answer went with the day, unless she has answered anew."""
    table = [row for row in rows(meeting) if receiver in (row.ordinary, row.deputy)]
    own = own_answer(table, receiver)
    if own is None or own.said.answer:
        return None
    line, lead = changing.asked_anew_line(meeting), changing.asked_anew(meeting, texts.asked_to_answer(receiver, table))
    return NoticeWords(line, meeting.get_absolute_url(), TO_DO, lead=lead, ways=ways_to_answer(meeting, receiver))


# Called off


def _off(cause: NoticeCause, receiver: Receiver | None = None) -> Meeting | None:
    """The meeting as it was called off then, until its day has passed."""
    meetings: Any = Meeting.objects.visible_to(receiver) if isinstance(receiver, Member) else Meeting.objects
    found = meetings.called_off().filter(pk=cause.facts["meeting"], sequence=cause.facts["sequence"])
    meeting: Meeting | None = found.select_related("state_by", "topics_moved_to").first()
    return meeting if meeting and meeting.planned_day >= timezone.localdate() else None


def _called_to_it(cause: NoticeCause) -> Iterable[Receiver]:
    meeting = _off(cause)
    return [*reached_by_call(meeting), *contact_calls.reached_contacts(meeting)] if meeting else []


def _tell_called_off(cause: NoticeCause, receiver: Receiver) -> NoticeWords | None:
    meeting = _off(cause)
    if meeting and isinstance(receiver, OutsideContact):
        return contact_calls.tell_contact_off(meeting, receiver)
    if meeting is None or not isinstance(receiver, Member):
        return None
    line, file = texts.called_off_line(meeting), _for_the_calendar(meeting, receiver, cancels=True)
    if not _off(cause, receiver):  # she has left since
        return NoticeWords(line, "/", "Till registret", files=(file,))
    own = None if receiver.is_in_group else list(items_of_called_off(meeting, receiver).select_related("issue"))
    return NoticeWords(line, meeting.get_absolute_url(), "Se mötet", texts.called_off_text(meeting, own), (file,))


# Who goes in another's place, and where nobody does


def _deputies(cause: NoticeCause) -> Iterable[Receiver]:
    """Those who go in the place of the one who is excused, less who has noted it herself."""
    answer = _answer(cause)
    if answer is None:
        return []
    seats = [row for row in rows(answer.meeting) if row.ordinary and row.ordinary.pk == answer.member_id]
    going = [row.expected.member for row in seats if row.expected]
    return [member for member in going if member.pk not in (answer.member_id, answer.noted_by_id)]


def _answer(cause: NoticeCause) -> CallAnswer | None:
    """The no that gave rise to it, while it stands."""
    said = CallAnswer.objects.no().select_related("meeting").filter(pk=cause.facts["answer"]).first()
    return said if said and f"{said.said_at}" == cause.facts["said_at"] else None


def _tell_who_goes(cause: NoticeCause, receiver: Receiver) -> NoticeWords | None:
    """That she goes; when the meeting has been called, the call itself."""
    meeting = _coming(cause, receiver)
    if meeting is None or not isinstance(receiver, Member) or is_told_by_call(cause, receiver):
        return None
    table = [row for row in sits_for(rows(meeting), receiver) if row.by_deputy]
    words = who_goes(table, meeting, receiver, timezone.localdate(), dated=True)
    if words and called_at(meeting):
        return _called(meeting, receiver, words, table)
    if not words:
        return None
    lead = f"{texts.when_and_where(meeting)}\n\n{texts.asked_to_answer(receiver, table)}"
    ways = ways_to_answer(meeting, receiver)
    return NoticeWords(words, meeting.get_absolute_url(), TO_DO, lead=lead, ways=ways)


def _leading(cause: NoticeCause) -> Iterable[Receiver]:
    """Those who lead the group, less who has noted the no, where it leaves an organisation without anybody."""
    answer = _answer(cause)
    if answer is None or not _without_anybody(answer):
        return []
    leading: Iterable[Member] = Member.objects.leading().exclude(pk=answer.noted_by_id).in_order()
    return leading


def _without_anybody(answer: CallAnswer) -> list[AttendanceRow]:
    return [row for row in rows(answer.meeting) if answer.member in row.excused and not row.expected]


def _tell_nobody_goes(cause: NoticeCause, receiver: Receiver) -> NoticeWords | None:
    meeting, answer = _coming(cause, receiver), _answer(cause)
    missing = _without_anybody(answer) if meeting and answer else []
    if not meeting or not missing:
        return None
    line = texts.nobody_line(meeting, missing)
    return NoticeWords(line, f"{meeting.get_absolute_url()}#kommer", "Se vem som kommer", texts.nobody_text(missing))


def _told_of_nobody(cause: NoticeCause) -> Iterable[Receiver]:
    """Those who have been told that nobody comes, less who has noted herself that somebody does."""
    nobody = NoticeCause.objects.filter(kind=NOBODY, key=cause.key)
    told = Notice.objects.filter(cause__in=nobody, state__in=Notice.REACHED).values("member")
    answers = CallAnswer.objects.filter(meeting=cause.facts["meeting"], member__in=cause.facts["come"])
    leading = Member.objects.leading().filter(pk__in=told).exclude(pk__in=answers.values("noted_by"))
    return list(leading.in_order())


def _tell_somebody_comes(cause: NoticeCause, receiver: Receiver) -> NoticeWords | None:
    meeting = _coming(cause, receiver)
    comes = come_after_all(rows(meeting), cause.facts["member"]) if meeting else []
    if not meeting or not comes:
        return None
    line, text = texts.somebody_line(meeting, comes), texts.somebody_text(comes)
    return NoticeWords(line, f"{meeting.get_absolute_url()}#kommer", "Se vem som kommer", text)


# Who need not go after all, and who is expected since the call


def _named_in(cause: NoticeCause) -> Iterable[Receiver]:
    members: Iterable[Member] = Member.objects.active().filter(pk=cause.facts["member"])
    return members


def _tell_released(cause: NoticeCause, receiver: Receiver) -> NoticeWords | None:
    """That she need not go and why, unless she is expected again; with what takes the meeting out of her calendar.

    A guest who presents nothing any longer, and who has left her seat, may not open its page.
    """
    meeting = _coming(cause)
    table = rows(meeting) if meeting else []
    if meeting is None or not isinstance(receiver, Member) or sits_for(table, receiver):
        return None
    if presents_as_guest(receiver, meeting) or receiver in who_run(meeting, table):
        return None
    called_by = told_last(meeting, receiver)
    why = texts.why_released(
        table,
        receiver,
        presented=bool(called_by and called_by.cause.kind == PRESENTS),
        seat=receiver.seats.begun_by(meeting.day).select_related("organisation").order_by("period").last(),
    )
    line, file = texts.released_line(meeting), _for_the_calendar(meeting, receiver, cancels=True)
    if not _coming(cause, receiver):
        return NoticeWords(line, "/", "Till registret", _and(why, texts.OUT_OF_THE_CALENDAR), (file,))
    text = _and(why, texts.when_and_where(meeting), texts.OUT_OF_THE_CALENDAR)
    return NoticeWords(line, meeting.get_absolute_url(), "Se mötet", text, (file,))


def _and(*paragraphs: str) -> str:
    return "\n\n".join(filter(None, paragraphs))


def pages_of_meetings(keys: Collection[int], member: Member) -> dict[int, Way]:
    """Those of the meetings that she may open."""
    found = Meeting.objects.visible_to(member).filter(pk__in=keys)
    return {meeting.pk: Way(f"{meeting}", meeting.get_absolute_url()) for meeting in found}


def _replied_to(writer: Writer) -> Writer:
    """The writer, whose mails are answered to a samordnare: what somebody writes back is read by a person."""

    def write(cause: NoticeCause, receiver: Receiver) -> NoticeWords | None:
        told = writer(cause, receiver)
        reads = Member.objects.whom_to_ask(receiver) if told and isinstance(receiver, Member) else None
        return replace(told, replies_to=reads.mail_address) if told and reads else told

    return write


CALL = "en kallelse till ett möte"


def _kind(
    name: str, label: str, receivers: Receivers, writer: Writer, *, alone: bool = True, stays: bool = False
) -> NoticeKind:
    facts = {"alone": alone, "stays": stays}
    return NoticeKind(name, Subject.MEETINGS, label, receivers, _replied_to(writer), begins=_begins, **facts)


KINDS = (
    _kind(CALLED, CALL, _expected, _call, stays=True),
    _kind(GOES, "att gå på ett möte i någons ställe", _deputies, _tell_who_goes),
    _kind(SINCE, CALL, _named_in, _call),
    _kind(PRESENTS, CALL, _named_in, _call_guest),
    _kind(contact_calls.CALLED, CALL, contact_calls.named_in, contact_calls.tell_contact),
    _kind(
        contact_calls.RELEASED,
        "att inte behöva gå på ett möte",
        contact_calls.named_in,
        contact_calls.tell_contact_released,
    ),
    _kind(RELEASED, "att inte behöva gå på ett möte", _named_in, _tell_released),
    _kind(NOBODY, "att ingen kommer från en organisation", _leading, _tell_nobody_goes, alone=False),
    _kind(SOMEBODY, "att någon kommer från en organisation", _told_of_nobody, _tell_somebody_comes, alone=False),
    _kind(CALLED_OFF, "ett inställt möte", _called_to_it, _tell_called_off),
    _kind(MOVED, "en ändring av ett möte", _concerned_by_change, _tell_of_change),
    minutes_mails.KIND,
    registrar_mails.KIND,
    *approval_mails.KINDS,
)
