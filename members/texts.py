"""The sentences about the group, its organisations and its people."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone

from base.swedish.words import StateSentence, capital, day_and_month, in_words, listed, relative_day, swedish_day
from members.models import Member, Organisation, Roster, Seat
from members.models.invitation import OPEN_FOR
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
        ("Läsare", "Läser ärenden, åtgärder, avslutade möten och minnesanteckningar.", members.readers()),
        ("Gäster", "Ser bara sin egen punkt på ett möte.", members.guests()),
    ]


def roster_state(roster: Roster, *, fills: bool = False) -> StateSentence:
    """Who sits for it and what is vacant; to the one who `fills` the places also what to do about it."""
    organisation = roster.organisation
    if organisation.has_ended and organisation.active_to:
        day = day_and_month(organisation.active_to, today=timezone.localdate())
        return StateSentence("closed", f"Var med i gruppen till och med {day}.")
    ordinary, deputy = roster.ordinary, roster.deputy
    if ordinary and deputy:
        return StateSentence("present", "Båda platserna är tillsatta.", f"{ordinary.member} och {deputy.member}.")
    state = "vacant" if fills else "left"
    if left := ordinary or deputy:
        verdict = "Ersättaren saknas." if ordinary else "Ordinarie saknas."
        asks = " Fråga organisationen vem den utser." if fills else ""
        return StateSentence(state, verdict, f"{left.member} är {left.get_role_display().lower()}.{asks}")
    return StateSentence(state, "Båda platserna är vakanta.", "Fråga organisationen vilka den utser." if fills else "")


def sat_on(day: date, seats: Iterable[Seat]) -> str:
    """Who sat that day, of an organisation's seats: Fredag 3 maj 2024: ordinarie Omar Prov, ersättare vakant."""
    holders = {seat.role: seat.member for seat in seats if day in seat.period}
    places = [f"{role.label.lower()} {holders.get(role, 'vakant')}" for role in Seat.Role]
    return f"{capital(swedish_day(day, today=timezone.localdate()))}: {', '.join(places)}."


def places_of(member: Member, seats: Iterable[Seat], answers_for: Iterable[Organisation]) -> list[str]:
    """The member's places in the group today, each by itself: samordnare, ordinarie för Polisen, handläggare för …"""
    marks = ["samordnare"] * member.is_coordinator + ["läsare"] * member.is_reader
    sits = [f"{seat.get_role_display().lower()} för {seat.organisation}" for seat in seats]
    answers = [str(organisation) for organisation in answers_for]
    return [*marks, *sits, *([f"handläggare för {listed(answers)}"] if answers else [])]


def member_headline(member: Member, seats: list[Seat], answers_for: Iterable[Organisation]) -> str:
    """The headline of a member's page: Ordinarie för Tekniska förvaltningen sedan 30 mars 2021."""
    places = places_of(member, seats, answers_for)
    if not places:
        return "Gäst, som bara ser sin egen punkt på ett möte."
    since = seats[0].first_day if len(seats) == len(places) == 1 else None
    when = f" sedan {day_and_month(since, today=timezone.localdate())}" if since else ""
    return f"{capital(listed(places))}{when}."


def account_headline(member: Member, seats: Iterable[Seat], answers_for: Iterable[Organisation]) -> str:
    """The headline of one's own page: Du är ordinarie för Tekniska förvaltningen."""
    return f"Du är {listed(places_of(member, seats, answers_for)) or 'gäst i registret'}."


def invited_words(member: Any) -> str:
    """Since when a member of `with_invited_at` is invited: Bjuden 28 november."""
    if member.invited_at is None:
        return "Inte bjuden"
    today = timezone.localdate()
    day = timezone.localdate(member.invited_at)
    void = ", länken gäller inte längre" if timezone.now() - member.invited_at > OPEN_FOR else ""
    return f"Bjuden {day_and_month(day, today=today)}{void}"


def invitations_headline(count: int) -> str:
    """The headline of the invitations: Fyra har inte loggat in."""
    return f"{capital(in_words(count, 'medlem', 'medlemmar'))} har inte loggat in" if count else "Alla har loggat in"


def way_in(member: Any) -> StateSentence | None:
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
    return StateSentence("new", "Har inte loggat in än.", f"{invited_words(member)}.{mail}")


def appointed(seat: Seat) -> str:
    """Who has the place from when, and who left for it."""
    today = timezone.localdate()
    since = relative_day(seat.first_day or today, today=today)
    given = f"{seat.member} är {seat.get_role_display().lower()} för {seat.organisation} från och med {since}."
    return " ".join([given, *(_left(other, today) for other in seat.replaced)])


def would_leave(roster: Roster) -> str:
    """Who leaves which place when another is appointed; empty where both are vacant."""
    held = filter(None, (roster.ordinary, roster.deputy))
    return " ".join(_would_leave(seat, seat.get_role_display().lower()) for seat in held)


def _would_leave(seat: Seat, role: str) -> str:
    if seat.has_begun:
        return f"Utser du {role} lämnar {seat.member} platsen dagen före."
    return f"Utser du {role} lämnar {seat.member}, {role} från i dag, platsen."


def _left(seat: Seat, today: date) -> str:
    """Who left a place for another and when: the day that the other has it from."""
    is_withdrawn = seat.pk is None
    day = (seat.period.lower if is_withdrawn else seat.period.upper) or today
    leaves = "lämnade" if day < today else "lämnar"
    since = ", utsedd från samma dag," if is_withdrawn else ""
    return (
        f"{seat.member}{since} {leaves} platsen som {seat.get_role_display().lower()} {relative_day(day, today=today)}."
    )
