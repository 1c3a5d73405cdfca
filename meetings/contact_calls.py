"""The call to one without an account who presents an item: of that item alone, by mail, when and where.

It is asked of how things stand, as `since_call.py` does: each time that mails are sent it is seen which items she
presents and what time the meeting has, and what she was told last. What differs is told; what fell away is not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q
from django.utils import timezone

from meetings.agenda.building import agenda_for_paper
from meetings.agenda.lines import by_the_wall
from meetings.calendar import CANCEL, REQUEST, cancellation, invitation
from meetings.calling import is_called, thing_of
from meetings.models import AgendaItem, Meeting, Presenter
from meetings.models.agenda import AgendaItemQuerySet
from meetings.texts import contact_calls as texts
from meetings.texts.calling import called_off_line, called_off_text, released_line
from members.models import Member, Notice, NoticeCause, OutsideContact
from members.models.notice import NO_ADDRESS, NOT_WANTED, NOTHING_TO_TELL, TOLD_THERE
from members.outbox.kinds import AttachedFile, NoticeWords, Receiver
from members.outbox.one_by_one import one_by_one

CALLED, RELEASED = "meetings.contact_called", "meetings.contact_released"
FELL_AWAY = Q(state=Notice.State.DROPPED, trouble__in=(NOTHING_TO_TELL, NO_ADDRESS))


def still_presenting() -> Q:
    """The condition that a contact presents something that is to come, or waits for a meeting: she may have to be told.

    Whatever she has presented before.
    """
    waits = Q(state=Meeting.State.CANCELLED, topics_moved_to=None)
    meetings = Meeting.objects.filter(Q(state__in=Meeting.COMING) | waits)
    return Q(presents__item__meeting__in=meetings.values("pk"))


def contacts_to_tell(at: datetime) -> Iterator[NoticeCause]:
    """The causes of it, for each meeting to come that has such a presenter or has had one."""
    named = Presenter.objects.filter(item__meeting=OuterRef("pk"), contact__isnull=False)
    told = NoticeCause.objects.filter(kind=CALLED).values_list("facts__meeting", flat=True)
    coming = Meeting.objects.planned().filter(starts_at__gt=at).filter(Exists(named) | Q(pk__in=list(told)))
    yield from one_by_one(coming, lambda meeting: _to_tell(meeting, at), thing_of, at=at)


def _to_tell(meeting: Meeting, at: datetime) -> list[NoticeCause]:
    if not is_called(meeting):  # she is called when the others have been
        return []
    now, causes = contacts_of(meeting), []
    named = _named_as(now)
    told, change = {notice.contact_id: notice for notice in _told(meeting)}, last_change(meeting)
    for contact, items in now.items():
        last = told.get(contact)
        if not (_knows(meeting, last, items) or (last and has_bounced(last))):
            facts = {"items": items, "change": change, "presenters": named[contact]}
            causes.append(_cause(CALLED, meeting, contact, at, **facts))
    corrected = _corrected(told.values())
    for contact, last in told.items():
        has_been = last.cause.kind == CALLED and last.state in Notice.REACHED
        if contact not in now and has_been and contact not in corrected:
            causes.append(_cause(RELEASED, meeting, contact, at))
    return causes


def _knows(meeting: Meeting, last: Notice | None, items: list[int]) -> bool:
    """Whether what she was told last is still so: her items, and the time and place."""
    if last is None or last.cause.kind != CALLED or last.cause.facts["items"] != items:
        return False
    since = meeting.changes.filter(sequence__gt=last.cause.facts["change"]).order_by("sequence").first()
    return since is None or since.when_and_where == meeting.when_and_where


def has_bounced(last: Any) -> bool:
    """Whether the address refused the last mail, for good: nothing more goes there until somebody sends it again."""
    is_given_up = last.state in (Notice.State.REFUSED, Notice.State.DROPPED) and last.trouble
    return bool(is_given_up and last.trouble not in (TOLD_THERE, NOT_WANTED) and not last.trouble.startswith("4"))


def _named_as(presented: dict[int, list[int]]) -> dict[int, list[int]]:
    """By contact the keys of the rows by which she presents her items: they last when her address is put right."""
    items = {item for of_one in presented.values() for item in of_one}
    found = Presenter.objects.filter(contact__in=presented, item__in=items).order_by("pk")
    keys: dict[int, list[int]] = {contact: [] for contact in presented}
    for contact, key in found.values_list("contact", "pk"):
        keys[contact].append(key)
    return keys


def _corrected(told: Collection[Any]) -> set[int]:
    """The contacts who, called by one of these, present still with another address or none: the first is not theirs.

    They are told nothing more, for they were never to come.
    """
    named = {one.contact_id: one.cause.facts.get("presenters", []) for one in told}
    every = {key for keys in named.values() for key in keys}
    whose = dict(Presenter.objects.filter(pk__in=every).values_list("pk", "contact"))
    return {contact for contact, keys in named.items() if any(whose.get(key, contact) != contact for key in keys)}


def last_change(meeting: Meeting) -> int:
    """The sequence of the last new time or place; what raises it besides, as a calling off, is no change of these."""
    return meeting.changes.aggregate(last=Max("sequence"))["last"] or 0


def contacts_of(meeting: Meeting) -> dict[int, list[int]]:
    """By contact the keys of the items on the agenda that she presents."""
    standing = AgendaItem.objects.at(meeting).on_agenda()
    found = Presenter.objects.filter(contact__isnull=False, item__in=standing.values("pk")).exclude(contact__address="")
    keys: dict[int, list[int]] = {}
    for contact, item in found.order_by("item").values_list("contact", "item").distinct():  # two may share an address
        keys.setdefault(contact, []).append(item)
    return keys


def _told(meeting: Meeting) -> Iterable[Any]:
    """What those contacts have been told of it, or are to be, the last last."""
    about = NoticeCause.objects.filter(kind__in=(CALLED, RELEASED), facts__meeting=meeting.pk)
    return Notice.objects.filter(cause__in=about).exclude(FELL_AWAY).select_related("cause").order_by("pk")


def reached_contacts(meeting: Meeting) -> list[OutsideContact]:
    """Those who have been told to come to it, and not since that they need not; no address that was a wrong one."""
    last = {notice.contact_id: notice for notice in _told(meeting) if notice.state in Notice.REACHED}
    corrected = _corrected(last.values())
    called = [pk for pk, one in last.items() if one.cause.kind == CALLED and pk not in corrected]
    return list(OutsideContact.objects.filter(pk__in=called))


def _cause(kind: str, meeting: Meeting, contact: int, at: datetime, **more: Any) -> NoticeCause:
    """Her next of the kind: one at a time, and never the same as one that has come to its end."""
    facts = {"meeting": meeting.pk, "contact": contact}
    ended = NoticeCause.objects.filter(kind=kind, facts__contains=facts).exclude(addressed_at=None).count()
    key = f"{meeting.pk}.{contact}.{ended}"
    return NoticeCause.of(kind, key, at=at, due=at, thing=thing_of(meeting), **facts, **more)


def named_in(cause: NoticeCause) -> Iterable[Receiver]:
    return OutsideContact.objects.filter(pk=cause.facts["contact"])


def tell_contact(cause: NoticeCause, receiver: Receiver) -> NoticeWords | None:
    """The call, or what has become of it since: of the items of the cause, while she presents these and no others."""
    meeting = _coming(cause)
    if meeting is None or not isinstance(receiver, OutsideContact):
        return None
    keys = contacts_of(meeting).get(receiver.pk, [])
    if keys != cause.facts["items"] or cause.facts["change"] != last_change(meeting):
        return None
    items = list(_presented_by(receiver).at(meeting).on_agenda().select_related("issue"))
    ask, is_new = Member.objects.whom_to_ask(None), receiver not in reached_contacts(meeting)
    line = texts.contact_line(meeting, len(items), is_new=is_new)
    text = texts.contact_text(items, _clock_of(meeting, ask, keys))
    lead, below = texts.contact_lead(meeting, is_new=is_new), texts.if_wrong(ask)
    file = _for_the_calendar(meeting, receiver)
    return NoticeWords(line, "", "", text, (file,), lead, whom_to_ask=below, replies_to=_address(ask))


def tell_contact_released(cause: NoticeCause, receiver: Receiver) -> NoticeWords | None:
    meeting = _coming(cause)
    if meeting is None or not isinstance(receiver, OutsideContact) or receiver.pk in contacts_of(meeting):
        return None
    ask, file = Member.objects.whom_to_ask(None), _for_the_calendar(meeting, receiver, cancels=True)
    line, text = released_line(meeting), texts.contact_released_text(meeting)
    return NoticeWords(line, "", "", text, (file,), whom_to_ask=texts.if_wrong(ask), replies_to=_address(ask))


def tell_contact_off(meeting: Meeting, receiver: OutsideContact) -> NoticeWords:
    """That the meeting is called off, and what becomes of what she was to present."""
    its = Q(meeting=meeting) | Q(moved_from=meeting)
    own = _presented_by(receiver).filter(its, removed=False).select_related("meeting", "issue")
    ask, file = Member.objects.whom_to_ask(None), _for_the_calendar(meeting, receiver, cancels=True)
    text = called_off_text(meeting, list(own.order_by("pk")))
    line, below = called_off_line(meeting), texts.if_wrong(ask)
    return NoticeWords(line, "", "", text, (file,), whom_to_ask=below, replies_to=_address(ask))


def _coming(cause: NoticeCause) -> Meeting | None:
    found = Meeting.objects.planned().filter(pk=cause.facts["meeting"], starts_at__gt=timezone.now())
    meeting: Meeting | None = found.first()
    return meeting


def _presented_by(contact: OutsideContact) -> AgendaItemQuerySet:
    """Her items, each once, also where two who present it share the address."""
    items: AgendaItemQuerySet = AgendaItem.objects.filter(pk__in=contact.presents.values("item"))
    return items


def _clock_of(meeting: Meeting, reader: Member | None, keys: list[int]) -> dict[int, str]:
    """When each of the items is planned to come, as the paper says; never of what is restricted.

    What comes before any time has gone has no time of its own: that is when the meeting begins.
    """
    headings = agenda_for_paper(meeting, reader) if reader else []
    lines = [line for heading in headings for line in heading.lines if line.item and line.item.pk in keys]
    later = [(line.item, line.planned_at) for line in lines if line.planned_at and line.planned_at > meeting.starts_at]
    return {item.pk: by_the_wall(at) for item, at in later if item}


def _address(ask: Member | None) -> str:
    return ask.mail_address if ask else ""


def _for_the_calendar(meeting: Meeting, contact: OutsideContact, *, cancels: bool = False) -> AttachedFile:
    write, method = (cancellation, CANCEL) if cancels else (invitation, REQUEST)
    released = Q(cause__kind=RELEASED, cause__facts__meeting=meeting.pk, state__in=Notice.REACHED)
    sequence = meeting.sequence + 2 * contact.notices.filter(released).count() + (cancels and not meeting.is_cancelled)
    file = partial(write, meeting, contact, at=timezone.now(), sequence=sequence)
    return AttachedFile(f"mote-{meeting.number}.ics", file, "application/ics", f"text/calendar; method={method}")
