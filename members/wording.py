"""What the register says about the group, its organisations and its people."""

from django.utils import timezone

from members.models import Member, Roster, Seat
from members.models.member import MemberQuerySet
from temagrupp.ui.sentences import StateSentence, capital, day_and_month, in_words, relative_day


def group_headline(rosters: list[Roster]) -> str:
    """13 organisationer. Två platser är vakanta."""
    if not rosters:
        return "Gruppen har inga organisationer än."
    vacant = sum(roster.vacant_places for roster in rosters)
    count = capital(in_words(len(rosters), "organisation", "organisationer"))
    if not vacant:
        return f"{count}. Alla platser är besatta."
    places = capital(in_words(vacant, "plats är vakant", "platser är vakanta"))
    return f"{count}. {places}."


def without_seat(members: MemberQuerySet) -> list[tuple[str, str, MemberQuerySet]]:
    """Those who sit for no organisation, by what they are instead."""
    return [
        ("Samordnare", "Leder gruppens arbete i registret.", members.coordinators()),
        ("Läsare", "Läser ärenden, avslutade möten och lägesbilden.", members.readers()),
        ("Gäster", "Ser bara sin egen punkt på ett möte.", members.guests()),
    ]


def roster_state(roster: Roster) -> StateSentence:
    """Who sits for it, what is vacant and what to do about it."""
    organisation = roster.organisation
    if organisation.has_ended and organisation.active_to:
        day = day_and_month(organisation.active_to, today=timezone.localdate())
        return StateSentence("closed", f"Var med i gruppen till och med {day}.")
    ordinary, deputy = roster.ordinary, roster.deputy
    if ordinary and deputy:
        return StateSentence("present", "Båda platserna är besatta.", f"{ordinary.member} och {deputy.member}.")
    if not ordinary and not deputy:
        return StateSentence("left", "Båda platserna är vakanta.", "Fråga organisationen vilka den utser.")
    vacant = "Ersättaren saknas." if ordinary else "Ordinarie saknas."
    return StateSentence("left", vacant, "Fråga organisationen vem den utser.")


def way_in(member: Member, sign_in_address: str) -> StateSentence | None:
    """What the samordnare tells one who has not signed in yet; None for one who has."""
    if not member.is_active:
        rest = "Platsen finns kvar. Ge den till någon annan." if member.seat_ids else "Det som är skrivet står kvar."
        return StateSentence("closed", "Kan inte logga in.", rest)
    if member.last_login:
        return None
    return StateSentence(
        "new",
        "Har inte loggat in än.",
        f"Be {member} gå till {sign_in_address} och välja ”Glömt lösenordet eller här för första gången?”. "
        f"Då kommer ett mejl till {member.email} med en länk för att välja lösenord.",
    )


def appointed(seat: Seat) -> str:
    """Who has the place from when, and who left for it."""
    today = timezone.localdate()
    since = relative_day(seat.first_day or today, today=today)
    given = f"{seat.member} är {seat.get_role_display().lower()} för {seat.organisation} från och med {since}."
    former = seat.made_way().select_related("member")
    left = [f"{other.member} lämnar platsen som {other.get_role_display().lower()}." for other in former]
    return " ".join([given, *left])
