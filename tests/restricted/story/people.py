"""Who is in the register, where things are, and from which number its issues go."""

from __future__ import annotations

from issues.models import (
    Counter,
)
from members.models import Organisation, Seat
from tests.factories import (
    AnswersForFactory,
    CategoryFactory,
    MemberFactory,
    OrganisationFactory,
    PlaceFactory,
    SeatFactory,
)
from tests.people import signed_in
from tests.restricted.telling import Register

FIRST_NUMBER = 41
"""Of the issues: no month, no decision and no meeting has it."""


def numbers(told: Register) -> None:
    for year in {told.at(0).year, told.at(200).year}:
        Counter.objects.create(series=Counter.Series.ISSUE, year=year, last=FIRST_NUMBER - 1)


def people(told: Register) -> None:
    asked = OrganisationFactory(name="Tekniska förvaltningen")
    handled = OrganisationFactory(name="Witalabostäder AB", kind=Organisation.Kind.COMPANY)
    police = OrganisationFactory(name="Polisen", kind=Organisation.Kind.POLICE)
    school = OrganisationFactory(name="Skolan")
    beside = OrganisationFactory(name="Järnvägen", kind=Organisation.Kind.COMPANY)
    rescue = OrganisationFactory(name="Räddningstjänsten", kind=Organisation.Kind.RESCUE)
    told.things |= {"asked": asked, "handled": handled, "police": police, "school": school, "beside": beside}
    for organisation in Organisation.objects.all():
        organisation.mailbox = f"nr{organisation.pk}@exempel.se"
        organisation.save(update_fields=["mailbox"])
    told.people = {
        "signed_out": None,
        "coordinator": MemberFactory(
            created_at=told.at(300),
            name="Maja Exempel",
            email="maja@exempel.se",
            organisation=rescue,
            is_coordinator=True,
        ),
        "ordinary": MemberFactory(
            created_at=told.at(300), name="Omar Prov", email="omar@exempel.se", organisation=asked
        ),
        "deputy": MemberFactory(
            created_at=told.at(300), name="Gun Prototyp", email="gun@exempel.se", organisation=asked
        ),
        "colleague": MemberFactory(
            created_at=told.at(300), name="Ali Ritning", email="ali@exempel.se", organisation=police
        ),
        "handler": MemberFactory(
            created_at=told.at(300), name="Tove Test", email="tove@exempel.se", organisation=handled, welcomed=True
        ),
        "neighbour": MemberFactory(
            created_at=told.at(300), name="Nils Skiss", email="nils@exempel.se", organisation=beside
        ),
        "reader": MemberFactory(
            created_at=told.at(300), name="Sara Mall", email="sara@exempel.se", organisation=rescue, is_reader=True
        ),
        "guest": MemberFactory(created_at=told.at(300), name="Per Modell", email="per@exempel.se", organisation=rescue),
        "secretary": MemberFactory(
            created_at=told.at(300), name="Siv Avskrift", email="siv@exempel.se", organisation=rescue
        ),
        "named": MemberFactory(
            created_at=told.at(300), name="Elin Förlaga", email="elin@exempel.se", organisation=school
        ),
        "chair": MemberFactory(
            created_at=told.at(300), name="Ove Utkast", email="ove@exempel.se", organisation=rescue, is_coordinator=True
        ),
    }
    for role in ("ordinary", "colleague", "secretary", "named"):
        told.things[f"seat_of_{role}"] = SeatFactory(created_at=told.at(300), member=told.people[role])
    SeatFactory(created_at=told.at(300), member=told.people["deputy"], role=Seat.Role.DEPUTY)
    AnswersForFactory(created_at=told.at(300), member=told.people["handler"], organisation=handled)
    AnswersForFactory(created_at=told.at(300), member=told.people["neighbour"], organisation=beside)
    told.sessions = {
        role: signed_in(member).cookies["sessionid"].value for role, member in told.people.items() if member
    }


def places(told: Register) -> None:
    told.things |= {
        "tunnel": PlaceFactory(name="Norra gångtunneln"),
        "dam": PlaceFactory(name="Silverdammen"),
        "light": CategoryFactory(name="Belysning"),
        "litter": CategoryFactory(name="Nedskräpning", icon="other"),
    }
