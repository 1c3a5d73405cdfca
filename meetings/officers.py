"""The chair and the secretary of a meeting, its officers, and for which part of it each was one.

Who sits for no organisation is there to the end unless it is noted that she left, and has no row of her own before
that. Who is relieved in the middle keeps the part that was hers, also where she sits for an organisation; the new one
follows on her.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from base.records import EditConflict
from base.swedish.words import listed
from meetings.models import Meeting, Presence
from meetings.models.attendance import CLOSED
from meetings.models.presence import OFFICES, AttendanceSpan
from meetings.models.spot import FIRST, Spot, at_spot, following, last_before, overlap, range_of
from members.actor import Actor
from members.models import Member

NOTED_MEANWHILE = "{} noterades för en del av mötet medan du skrev. Inget är sparat. Se efter, och spara igen."
IN_OFFICE_NO_LONGER = "{} är inte längre ordförande eller sekreterare. Inget är sparat. Se efter vem som är det nu."
CHOOSE_LATER = "Välj en senare punkt, hela mötet, eller ändra delarna i närvaron."
NOTED_NO_LONGER = "{} noterades för hela mötet medan du skrev. Inget är sparat. Se efter, och spara igen."


def begins(office: str, relieved: Iterable[Presence]) -> Spot:
    """Where whoever has the office now began: after those who were relieved in it."""
    return max((following(one.last) for one in relieved if one.capacity == office and one.last), default=FIRST)


def offices_of(presence: Presence) -> list[str]:
    """Those that she has now."""
    return [office for office, member in presence.meeting.in_office.items() if member == presence.member_id]


def officers(meeting: Meeting, noted: Iterable[Presence]) -> list[Presence]:
    """Who has each office now, for the part that is noted or from where she began; `noted` are those of the meeting."""
    noted = list(noted)
    relieved = [one for one in noted if one.was_relieved]
    parts = {one.member_id: one.items for one in noted if one.is_officer and one.pk}
    found = []
    for office, member in meeting.in_office.items():
        began, hers = begins(office, relieved), parts.get(member)
        part = range_of(max(began, hers.lower), hers.upper) if hers else range_of(began, None)
        facts = {"capacity": office, "part": Presence.Part.OFFICER, "items": part}
        found.append(Presence(meeting=meeting, member=getattr(meeting, office), **facts))
    return found


def office_in(meeting: Meeting, span: AttendanceSpan) -> Presence | None:
    """The office that the member of the span has now in a part of it."""
    if span.member is None or span.member.pk not in meeting.in_office.values():
        return None
    hers = [one for one in officers(meeting, Presence.objects.at(meeting).beside()) if one.member_id == span.member.pk]
    return next((one for one in hers if overlap(one.items, span.items)), None)


def officers_unnoted(meeting: Meeting, noted_for: AbstractSet[int | None], noted: Iterable[Presence]) -> list[Presence]:
    """Those in office of whom none of the `noted` says for which part: they sit for no organisation, or follow another.

    `noted_for` are those who sit for an organisation, or may.
    """
    noted = list(noted)
    known = {one.member_id for one in noted if one.is_officer}
    relieved_in = {one.capacity for one in noted if one.was_relieved}
    unnoted = [one for one in officers(meeting, noted) if one.member_id not in known]
    return [one for one in unnoted if one.capacity in relieved_in or one.member_id not in noted_for]


def officers_to_note(meeting: Meeting, noted_for: AbstractSet[int | None], noted: Iterable[Presence]) -> list[Presence]:
    """Those of the unnoted whose part can be noted, each person once, in her first office.

    Who sits for an organisation is noted there.
    """
    people: dict[int | None, Presence] = {}
    for one in officers_unnoted(meeting, noted_for, noted):
        if one.member_id not in noted_for:
            first = people.setdefault(one.member_id, one)
            people[one.member_id] = min(first, one, key=lambda each: each.first)
    return [*people.values()]


@transaction.atomic
def note_officer(
    presence: Presence, *, first: Spot, last: Spot | None, by: Actor, version: str = "", at: datetime | None = None
) -> None:
    """Note for which part an officer is there; of all from where she began no row is kept. Of two offices it is one.

    Raises EditConflict, also when she is in office no longer, ValidationError when she sits for an organisation,
    another has the office then or she left before she began, NotAllowed when the meeting has closed.
    """
    meeting = presence.meeting
    meeting.lock_attendance(CLOSED)
    if not (offices := offices_of(presence)):
        raise EditConflict(IN_OFFICE_NO_LONGER.format(presence.person))
    span = replace(presence.as_span, first=first, last=last)
    noted = Presence.objects.filter(meeting=meeting, member=presence.member).officers().first()
    if version and not noted:
        raise EditConflict(NOTED_NO_LONGER.format(presence.person))
    if noted:
        if not version:
            raise EditConflict(NOTED_MEANWHILE.format(presence.person))
        noted.lock(version)
        noted.discard(by=by)
    relieved = Presence.objects.at(meeting).relieved()
    began = min(begins(office, relieved) for office in offices)
    if first < began:
        hers = (one for one in relieved if one.capacity in offices)
        before = next(one for one in hers if one.last and following(one.last) == began)
        raise ValidationError(f"{before.person} är {before.get_capacity_display().lower()} {before.until}.")
    presence.pk, presence.items = None, span.items
    if (first, last) != (began, None):
        stored = Presence.seat(meeting, span, organisation=None, by=by, at=at)
        presence.pk, presence.updated_at = stored.pk, stored.updated_at
    _hold_together(meeting)


@transaction.atomic
def change_relieved(presence: Presence, *, first: Spot, last: Spot | None, by: Actor, version: str = "") -> None:
    """Another part for who was relieved; who followed right on her does so still, also where a row says for how long.

    Raises EditConflict, ValidationError, NotAllowed.
    """
    meeting = presence.meeting
    meeting.lock_attendance(CLOSED)
    if last is None:
        office = presence.get_capacity_display().lower()
        raise ValidationError(f"En annan är {office} efter {presence.person}. Välj till och med vilken punkt.")
    presence.lock(version)
    left, leaves = presence.items.upper, following(last)
    after = Presence.objects.at(meeting).filter(capacity=presence.capacity, items__startswith=left).first()
    if after and leaves > left:  # two never have it at once, not between two saves either
        _follow(after, leaves)
    presence.set({"items": range_of(first, leaves)}, by=by)
    presence.save_checked()
    if after and leaves < left:
        _follow(after, leaves)
    _hold_together(meeting)


@dataclass
class GuestsReplacing:
    """What a change of officers did to guests, by name.

    removed     those who are guests no longer, for they have the office of all that they were guests for
    look_over   those who had an office, have none now and are guests for a part: nothing says whether they stayed
    """

    removed: list[str] = field(default_factory=list)
    look_over: list[str] = field(default_factory=list)


@dataclass
class Relieving:
    """What a change of officers did.

    now      those who have an office that another had, each with her part of it
    gone     the parts of such an office that were others', and are noted no longer
    guests   what it did to guests
    """

    now: list[Presence] = field(default_factory=list)
    gone: list[Presence] = field(default_factory=list)
    guests: GuestsReplacing = field(default_factory=GuestsReplacing)


def relieve(
    meeting: Meeting, before: Mapping[str, int], *, since: Spot, by: Actor, at: datetime | None = None
) -> Relieving:
    """Keep the part of those who were in office `before`, by their keys, where others are now, `since` that spot.

    FIRST says that they are so of the whole meeting. Who had left before that spot is not there until it. Who had the
    office right up to that spot goes on with it, in one part.

    Raises ValidationError where another took over after that spot, or what is noted of one of them says otherwise.
    """
    done, now = Relieving(), meeting.in_office
    replaced = {office: was for office, was in before.items() if was != now[office]}
    if not replaced:
        return done
    of_meeting, people = Presence.objects.filter(meeting=meeting), Member.objects.in_bulk(replaced.values())
    led = list(Presence.objects.at(meeting).relieved())
    began, starts = {office: begins(office, led) for office in OFFICES}, dict.fromkeys(replaced, since)
    noted = {one.member_id: one for one in of_meeting.officers()}
    had: dict[str, Presence] = {}
    for office, was in replaced.items():
        came, gone = (noted[was].first, noted[was].last) if was in noted else (FIRST, None)
        span = AttendanceSpan(people[was], office, max(began[office], came), gone)
        had[office] = last = Presence.of(meeting, span, organisation=None, by=by, at=at)
        earlier = [one for one in led if one.capacity == office]
        _ensure_nobody_took_over_later([*earlier, last], since)
        hers = [one for one in earlier if one.member_id == now[office] and one.items.upper == since]
        starts[office] = min((one.first for one in hers), default=since)
        lost = [*earlier] if since == FIRST else hers
        for one in lost:
            one.discard(by=by)
        lost += [last] if last.first >= since and (earlier or was in noted) else []
        done.gone += [one for one in lost if one.member_id != now[office]]
    for one in noted.values():
        _keep_in_office(one, meeting, began | starts, by=by)
    for office, last in had.items():
        if last.first < since:
            _keep_as_relieved(last, since)
        own = of_meeting.guests().filter(member=now[office])
        was_guest = [one.person for one in own if not _keep_until(one, since, by=by)]  # of what she has an office for
        done.guests.removed += [] if own.all() else was_guest
        _begin(meeting, office, starts[office], by=by, at=at)
    done.now = [one for one in _hold_together(meeting) if one.capacity in replaced]
    left = of_meeting.guests().filter(member__in={*replaced.values()} - {*now.values()})
    done.guests.removed = [*dict.fromkeys(done.guests.removed)]
    done.guests.look_over = [*dict.fromkeys(one.person for one in left if one.last)]
    return done


def _ensure_nobody_took_over_later(parts: Iterable[Presence], since: Spot) -> None:
    """Raises ValidationError where a part of the office begins after that spot, unless it is of the whole meeting."""
    later = sorted((one for one in parts if one.first > since), key=lambda one: one.first)
    if not later or since == FIRST:
        return
    office = later[0].get_capacity_display().lower()
    took_over = [f"{one.person} från {one.at_first}" for one in later]
    took_over[0] = f"{later[0].person} tog över som {office} från {later[0].at_first}"
    raise ValidationError({"since": f"{listed(took_over)}. {CHOOSE_LATER}"})


def _keep_as_relieved(one: Presence, since: Spot) -> None:
    """Keep her part as that of who was relieved there, or had left before."""
    end = since if one.items.upper is None else min(since, one.items.upper)
    one.part, one.items = Presence.Part.RELIEVED, replace(one.as_span, last=last_before(end)).items
    one.save_checked()


def _begin(meeting: Meeting, office: str, since: Spot, *, by: Actor, at: datetime | None) -> None:
    """Let whoever has the office now begin there, where the one before her had left already and it was empty between.

    A row says so. Who has another office, or is there as something else, can not have that one for another part.
    """
    [now] = [one for one in officers(meeting, Presence.objects.at(meeting).beside()) if one.capacity == office]
    if now.first >= since:
        return
    span = replace(now.as_span, first=since)
    if len(offices_of(now)) > 1 or Presence.objects.taken(meeting, span, None):
        where = at_spot(since, meeting.first_paragraph)
        raise ValidationError(
            f"Ingen är noterad som {now.get_capacity_display().lower()} närmast före {where}. "
            f"Låt {now.person} ta över från {now.at_first}, eller ändra i närvaron hur länge den förra var med."
        )
    Presence.seat(meeting, span, organisation=None, by=by, at=at)


def _hold_together(meeting: Meeting) -> list[Presence]:
    """Who has each office now. Raises ValidationError where one left before she began, or is a guest beside."""
    noted = list(Presence.objects.at(meeting).beside())
    now = officers(meeting, noted)
    for one in now:
        _left_after_she_began(one)
    led = [*(one for one in noted if one.was_relieved), *now]
    for guest in (one for one in noted if one.part == Presence.Part.GUEST and one.member_id):
        if any(one.member_id == guest.member_id and overlap(one.items, guest.items) for one in led):
            raise ValidationError(guest.noted_already)
    return now


def _left_after_she_began(one: Presence) -> None:
    if one.items.upper is not None and one.items.upper <= one.items.lower:
        office = one.get_capacity_display().lower()
        left = at_spot(last_before(one.items.upper), one.first_paragraph)
        raise ValidationError(f"{one.person} kan inte vara {office} från {one.at_first} och ha lämnat efter {left}.")


def _follow(after: Presence, since: Spot) -> None:
    """Let who took over begin there. Nobody has noted her anew, so that her version stands."""
    after.items = range_of(since, after.items.upper)
    _left_after_she_began(after)
    after.save(update_fields=["items"])


def _keep_in_office(one: Presence, meeting: Meeting, began: Mapping[str, Spot], *, by: Actor) -> None:
    """What is noted of her who is in office still, in the one that it is noted in while she has that."""
    one.meeting = meeting
    if not (offices := offices_of(one)):
        one.discard(by=by)
        return
    office = one.capacity if one.capacity in offices else offices[0]
    first = max(one.items.lower, min(began[office] for office in offices))
    if one.items.upper is not None and one.items.upper <= first:
        one.discard(by=by)
    elif (first, office) != (one.items.lower, one.capacity):
        facts = {"capacity": office, "items": range_of(first, one.items.upper)}
        one.save(update_fields=one.set(facts, by=by))


def _keep_until(one: Presence, until: Spot, *, by: Actor) -> bool:
    """Returns whether any of it is left."""
    if one.first >= until:
        one.discard(by=by)
    elif one.items.upper is None or one.items.upper > until:
        one.save(update_fields=one.set({"items": range_of(one.first, until)}, by=by))
    return bool(one.pk)
