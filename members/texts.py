"""The sentences about the group, its organisations and its people."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from base.swedish.words import (
    StateSentence,
    capital,
    day_and_month,
    in_words,
    listed,
    relative_day,
    swedish_day,
    swedish_moment,
)
from members.inviting import Mailed, link_is_over
from members.models import Member, Notice, NoticeChoice, Organisation, Roster, Seat, Subject
from members.models.member import MemberQuerySet

NAMED_FIRST = "Är någon som slutar namngiven i något med begränsad spridning, be henne namnge en till där först."
"""Said of everybody who leaves, and nothing else of it: whether somebody is named may not be told who is not."""


def group_headline(rosters: list[Roster]) -> str:
    """The headline of the group's page: 13 organisationer. Två platser är vakanta."""
    if not rosters:
        return "Gruppen har inga organisationer än."
    vacant = sum(roster.vacant_places for roster in rosters)
    count = capital(in_words(len(rosters), "organisation", "organisationer"))
    if not vacant:
        return f"{count}. Alla platser är tillsatta."
    places = capital(in_words(vacant, "plats är vakant", "platser är vakanta"))
    return f"{count}. {places}."


def without_seat(members: MemberQuerySet) -> list[tuple[str, str, MemberQuerySet]]:
    """Those who sit for no organisation, by what they are instead."""
    return [
        ("Samordnare", "Leder gruppens arbete i registret.", members.leading()),
        ("Läsare", "Läser ärenden, åtgärder, avslutade möten och mötesanteckningar.", members.readers()),
        ("Gäster", "Ser bara sin egen punkt på ett möte.", members.guests()),
    ]


def roster_state(roster: Roster, *, fills: bool = False) -> StateSentence:
    """Who sits for it and what is vacant; to the one who `fills` the places also what to do about it."""
    organisation = roster.organisation
    if organisation.has_ended and organisation.active_to:
        day = day_and_month(organisation.active_to, today=timezone.localdate())
        was = "Var med i gruppen" if organisation.in_group else "Kunde få frågor"
        return StateSentence("closed", f"{was} till och med {day}.")
    if not organisation.in_group:
        return StateSentence("left", "Utanför gruppen.", "Kan få frågor och svara, men har inga platser.")
    ordinary, deputy = roster.ordinary, roster.deputy
    if ordinary and deputy:
        rest = f"{ordinary.member} och {deputy.member}.{_coming(roster)}"
        return StateSentence("present", "Båda platserna är tillsatta.", rest)
    needs = fills and bool(roster.unfilled)
    state, asks = "vacant" if needs else "left", _whom_to_ask_for(roster) if needs else ""
    if left := ordinary or deputy:
        verdict = "Ersättaren saknas." if ordinary else "Ordinarie saknas."
        sits = f"{left.member} är {left.get_role_display().lower()}."
        return StateSentence(state, verdict, f"{sits}{_coming(roster)}{asks}")
    return StateSentence(state, "Båda platserna är vakanta.", f"{_coming(roster)}{asks}".strip())


def _whom_to_ask_for(roster: Roster) -> str:
    if roster.vacant_places == len(roster.unfilled):
        return f" Fråga organisationen {'vem' if len(roster.unfilled) == 1 else 'vilka'} den utser."
    return f" Fråga organisationen vem den utser till {roster.unfilled[0].label.lower()}."


def _coming(roster: Roster) -> str:
    """Who has the places from a coming day: Ersättare från 1 december: Gun Prototyp."""
    return "".join(f" {seat.get_role_display()}{_during(seat)}: {seat.member}." for seat in roster.coming)


def who_sits(roster: Roster) -> str:
    """Ordinarie nu: Omar Prov. Ersättare nu: vakant. Ersättare från 1 december: Gun Prototyp."""
    places = zip(Seat.Role, (roster.ordinary, roster.deputy), strict=True)
    now = [f"{role.label} nu: {_holder(seat) if seat else 'vakant'}." for role, seat in places]
    return f"{' '.join(now)}{_coming(roster)}"


def _holder(seat: Seat) -> str:
    return f"{seat.member}{_during(seat, ', ')}"


def _during(seat: Seat, before: str = " ") -> str:
    """Since which coming day somebody has a place, and until which: från 1 december, till och med 30 november."""
    today = timezone.localdate()
    first = seat.first_day if seat.is_coming else None
    from_day = f"från {day_and_month(first, today=today)}" if first else ""
    until = _until(seat.last_day) if seat.last_day else ""
    during = " ".join(filter(None, (from_day, until)))
    return f"{before}{during}" if during else ""


ENDED = {
    Subject.MEETINGS: "möten",
    Subject.ASKED: "frågor att svara på",
    Subject.ANSWERED: "svar på det gruppen har bett om",
    Subject.FOLLOWED: "egna rapporter och ärenden att följa",
    Subject.NAMED: "begränsad spridning",
}


def not_mailed(choices: Iterable[NoticeChoice]) -> list[str]:
    """What she has ended, for who might wait for an answer: Tar inte emot mejl om möten, sedan 3 november."""
    today = timezone.localdate()
    return [
        f"Tar inte emot mejl om {ENDED[Subject(each.subject)]}, "
        f"sedan {day_and_month(timezone.localdate(each.updated_at), today=today)}."
        for each in choices
    ]


def _until(last_day: date) -> str:
    return f"till och med {day_and_month(last_day, today=timezone.localdate())}"


def sat_on(day: date, seats: Iterable[Seat]) -> str:
    """Who sat that day, of an organisation's seats: Fredag 3 maj 2024: ordinarie Omar Prov, ersättare vakant."""
    holders = {seat.role: seat.member for seat in seats if day in seat.period}
    places = [f"{role.label.lower()} {holders.get(role, 'vakant')}" for role in Seat.Role]
    return f"{capital(swedish_day(day, today=timezone.localdate()))}: {', '.join(places)}."


def places_of(member: Member, seats: Iterable[Seat], answers_for: Iterable[Organisation]) -> list[str]:
    """The member's places in the group, each by itself: samordnare, ordinarie för Polisen, handläggare för …

    Of the seats those that are not over: a coming one is told with its first day, after the others.
    """
    marks = ["samordnare"] * member.is_coordinator + ["läsare"] * member.is_reader
    in_turn = sorted(seats, key=lambda seat: seat.is_coming)
    sits = [f"{seat.get_role_display().lower()} för {seat.organisation}{_during(seat)}" for seat in in_turn]
    answers = [str(organisation) for organisation in answers_for]
    return [*marks, *sits, *([f"handläggare för {listed(answers)}"] if answers else [])]


def member_headline(member: Member, seats: list[Seat], answers_for: Iterable[Organisation]) -> str:
    """The headline of a member's page: Ordinarie för Tekniska förvaltningen sedan 30 mars 2021."""
    places = places_of(member, seats, answers_for)
    if not places:
        return "Gäst, som bara ser sin egen punkt på ett möte."
    is_one = len(seats) == len(places) == 1 and not _during(seats[0])
    since = seats[0].first_day if is_one else None
    when = f" sedan {day_and_month(since, today=timezone.localdate())}" if since else ""
    return f"{capital(listed(places))}{when}."


def account_headline(member: Member, seats: Iterable[Seat], answers_for: Iterable[Organisation]) -> str:
    """The headline of one's own page: Du är ordinarie för Tekniska förvaltningen."""
    return f"Du är {listed(places_of(member, seats, answers_for)) or 'gäst i registret'}."


def invited_words(member: Any, mailed: Mailed | None) -> str:
    """Since when a member of `with_invited_at` is invited: Bjuden 28 november."""
    if member.invited_at is None:
        return "Inte bjuden"
    today = timezone.localdate()
    day = timezone.localdate(member.invited_at)
    void = ", länken gäller inte längre" if link_is_over(member.invited_at, mailed) else ""
    return f"Bjuden {day_and_month(day, today=today)}{void}"


def invited_as(member: Member) -> str:
    """What she is in the group for, now or from a coming day: som ersättare för Polisen från 1 december."""
    yesterday = timezone.localdate() - timedelta(days=1)
    seats = member.seats.reaching_past(yesterday).select_related("organisation").latest_first()
    places = places_of(member, seats, member.handles().in_order())
    at_work = f"gäst från {member.organisation}" if member.organisation else "gäst"
    return f"som {listed(places) or at_work}"


MAILED = {
    Notice.State.WAITING: "mejlet väntar på att skickas",
    Notice.State.HANDING: "mejlet skickas nu",
    Notice.State.SENT: "mejlet är skickat",
    Notice.State.DROPPED: "inget mejl är skickat",
    Notice.State.REFUSED: "mejlet kom inte fram",
    Notice.State.UNCERTAIN: "mejlet kan ha kommit fram",
    Notice.State.LEFT_UNCERTAIN: "mejlet kan ha kommit fram",
}


def invited_and_mailed(member: Any, mailed: Mailed | None) -> str:
    """Since when she is invited, and what became of the mail: Bjuden 28 november, mejlet är skickat."""
    return ", ".join(filter(None, [invited_words(member, mailed), mailed and MAILED[mailed.state]]))


def came_in_words(member: Member) -> str:
    """Her organisation, since when, and when last: Polisen, kom in 3 november, senast inloggad i dag 07.40."""
    first, last = (member.first_login and timezone.localdate(member.first_login)), member.last_login
    today = timezone.localdate()
    came = f"kom in {relative_day(first, today=today)}" if first else ""
    was = f"senast inloggad {swedish_moment(last, today=today)}" if last else ""
    return ", ".join(filter(None, [str(member.organisation or ""), came, was]))


def invitations_headline(count: int) -> str:
    """The headline of the invitations: Fyra har inte loggat in."""
    return f"{capital(in_words(count, 'medlem', 'medlemmar'))} har inte loggat in" if count else "Alla har loggat in"


def way_in(member: Any, mailed: Mailed | None) -> StateSentence | None:
    """That a member of `with_invited_at` has not come in, and how she does; None for one who has signed in."""
    if not member.is_active:
        rest = "Platsen finns kvar. Utse någon annan." if member.seat_ids else "Det som är skrivet står kvar."
        return StateSentence("closed", "Kan inte logga in.", rest)
    if member.last_login:
        return None
    mail = (
        ""
        if member.invited_at
        else f" Bjud in, så går ett mejl till {member.email} med en länk för att välja lösenord."
    )
    return StateSentence("new", "Har inte loggat in än.", f"{invited_and_mailed(member, mailed)}.{mail}")


def appointed(seat: Seat) -> str:
    """Who has the place from when, and who left for it."""
    today = timezone.localdate()
    since = relative_day(seat.first_day or today, today=today)
    place = f"{seat.get_role_display().lower()} för {seat.organisation}"
    given = f"{seat.member} är {place} {lasting(since, seat.last_day)}."
    return " ".join([given, *(leaving(other, other.last_day if other.pk else None) for other in seat.replaced)])


def leaving(seat: Seat, last_day: date | None) -> str:
    """Until which day one has the place that another is appointed to; None for none, where both are from one day."""
    role = seat.get_role_display().lower()
    if last_day is None:
        return f"{seat.member}, utsedd från samma dag, lämnar platsen som {role}."
    has_or_had = "hade" if last_day < timezone.localdate() else "har"
    return f"{seat.member} {has_or_had} platsen som {role} {_until(last_day)}."


def lasting(since: str, last_day: date | None) -> str:
    """From when a place is given, and until when: från och med i dag till och med 27 december."""
    until = f" {_until(last_day)}" if last_day else ""
    return f"från och med {since}{until}"


def would_leave(roster: Roster) -> str:
    """Who leaves which place when another is appointed, and which is given from a coming day; empty where none is."""
    leaves = [_would_leave(held) for held in (roster.ordinary, roster.deputy) if held]
    return " ".join([*leaves, *map(_until_then, roster.coming)])


def _until_then(seat: Seat) -> str:
    """Until when one appointed before it has the place, and who leaves it to one appointed from later."""
    today = timezone.localdate()
    role, day = seat.get_role_display().lower(), day_and_month(seat.first_day or today, today=today)
    return (
        f"Utser du {role} från en dag före {day} gäller platsen till dess. "
        f"Utser du från en senare dag lämnar {seat.member} platsen dagen före."
    )


def _would_leave(seat: Seat) -> str:
    """Of one who has the place now; where it has a last day, only to one who is appointed while it is hers."""
    role = seat.get_role_display().lower()
    if not seat.has_begun:
        return f"Utser du {role} lämnar {seat.member}, {role} från i dag, platsen."
    last = seat.last_day
    while_hers = f" från senast {day_and_month(last, today=timezone.localdate())}" if last else ""
    return f"Utser du {role}{while_hers} lämnar {seat.member} platsen dagen före."
