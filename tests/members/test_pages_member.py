"""The pages of a member, and her way in."""

import re
from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from base.swedish.words import day_and_month
from members.models import Member, Organisation, Seat
from tests import factories
from tests.acting import a_coordinator
from tests.at_once import at_once
from tests.days import in_days, today
from tests.factories import MemberFactory
from tests.pages import text_of
from tests.people import signed_in
from tests.the import the

NEW = "/gruppen/medlemmar/ny/"
TYPED = {"name": "Elin Skiss", "email": "Elin.Skiss@exempel.se", "title": "Områdeschef", "phone": "0383-971 00"}
PASSWORD = "en lykta vid stigen"
CONFIRMED = {"own_password": factories.PASSWORD}


def page_of(member: Member, end: str = "") -> str:
    return f"/gruppen/medlemmar/{member.pk}/{end}"


def change_of(member: Member, **changed: object) -> dict[str, object]:
    """What the form would send back, with something changed in it."""
    shown = {"name": member.name, "email": member.email, "organisation": member.organisation_id or ""}
    marks = {name: "on" for name in ("is_coordinator", "is_reader", "is_active") if getattr(member, name)}
    return {name: value for name, value in (shown | marks | changed).items() if value is not None}


def test_a_new_representative_is_one_form(
    as_coordinator: Client, representative: Member, technical: Organisation
) -> None:
    response = as_coordinator.post(NEW, TYPED | {"organisation": technical.pk, "role": "ordinary"})

    member = Member.objects.get(email="elin.skiss@exempel.se")
    assert response["Location"] == member.get_absolute_url()
    page = as_coordinator.get(response["Location"])
    assertContains(
        page,
        "Elin Skiss är inlagd. Elin Skiss är ordinarie för Tekniska förvaltningen från och med i dag. "
        f"Omar Prov hade platsen som ordinarie till och med {day_and_month(in_days(-1), today=today())}.",
    )
    assertContains(
        page, "Inte bjuden. Bjud in, så går ett mejl till elin.skiss@exempel.se med en länk för att välja lösenord."
    )
    assert member.seat_ids == {technical.pk}


def test_a_new_handler_and_a_new_samordnare(
    as_coordinator: Client, housing: Organisation, police: Organisation
) -> None:
    as_coordinator.post(NEW, TYPED | {"answers_for": [housing.pk, police.pk], "is_coordinator": "on"} | CONFIRMED)

    member = Member.objects.get(email="elin.skiss@exempel.se")
    assert (member.handled_ids, member.is_coordinator, member.is_reader) == ({housing.pk, police.pk}, True, False)


def test_a_new_member_gets_in_by_a_forgotten_password(
    as_coordinator: Client, mailoutbox: list[EmailMessage], client: Client
) -> None:
    as_coordinator.post(NEW, TYPED)
    client.post("/konto/password/reset/", {"email": "elin.skiss@exempel.se"})
    [mail] = mailoutbox
    link = the(re.search(r"http://testserver(/\S+)", str(mail.body)))

    form = client.get(link[1], follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": PASSWORD, "password2": PASSWORD})

    assert mail.to == ["elin.skiss@exempel.se"]
    assert client.login(email="elin.skiss@exempel.se", password=PASSWORD)


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("name", "", "Skriv vad medlemmen heter."),
        ("name", "x" * 121, "Texten är 1 tecken för lång."),
        ("email", "", "Skriv adressen som medlemmen ska logga in med."),
        ("email", "elin", "Skriv en hel e-postadress"),
        ("email", "MAJA@exempel.se", "Det finns redan en medlem med den e-postadressen."),
        ("organisation", "0", "Det valet finns inte längre."),
        ("answers_for", "0", "Det valet finns inte längre."),
        ("answers_for", "\x00", "Det finns ett tecken i texten som inte går att spara."),
        ("role", "ordinary", "Välj vilken organisation platsen är för."),
        ("role", "chair", "Det valet finns inte längre."),
    ],
)
def test_a_member_who_does_not_hold_is_explained_and_kept(
    as_coordinator: Client, field: str, value: str, says: str
) -> None:
    response = as_coordinator.post(NEW, TYPED | {field: value})

    assertContains(response, says)
    assertContains(response, "Områdeschef")
    assert not Member.objects.filter(title="Områdeschef").exists()


def test_a_member_whose_place_cannot_be_given_is_not_entered(as_coordinator: Client, technical: Organisation) -> None:
    ivar = MemberFactory(name="Ivar Tänkt")
    Seat.appoint(by=None, organisation=technical, member=ivar, role="deputy", since=timezone.localdate())

    response = as_coordinator.post(NEW, TYPED | {"organisation": technical.pk, "role": "deputy"})

    assertContains(response, "Ivar Tänkt är ersättare från samma dag.")
    assert not Member.objects.filter(email="elin.skiss@exempel.se").exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_enter_the_same_member_at_the_same_moment_get_one_member_and_one_sentence() -> None:
    coordinator = MemberFactory(is_coordinator=True)
    windows = [signed_in(coordinator) for _ in range(2)]

    responses = at_once(*(lambda window=window: window.post(NEW, TYPED) for window in windows))

    met = [(response.status_code, "Det finns redan en medlem" in response.content.decode()) for response in responses]
    assert sorted(met) == [(200, True), (302, False)]
    assert Member.objects.filter(email="elin.skiss@exempel.se").count() == 1


@pytest.mark.parametrize("asked", ["?organisation=1&plats=deputy", "?organisation=%00", "?plats=abc"])
def test_whatever_the_address_asks_for_the_page_opens(as_coordinator: Client, asked: str) -> None:
    assertContains(as_coordinator.get(NEW + asked), "Vem är ny i gruppen?")


def test_the_page_says_what_she_is_in_the_group(
    as_coordinator: Client, representative: Member, handler: Member, reader: Member, outsider: Member
) -> None:
    said = [as_coordinator.get(page_of(one)).context["headline"] for one in (representative, handler, reader, outsider)]

    assert said == [
        "Ordinarie för Tekniska förvaltningen sedan 1 januari 2021.",
        "Handläggare för Witalabostäder AB.",
        "Läsare.",
        "Gäst, som bara ser sin egen punkt på ett möte.",
    ]


def test_ones_own_page_says_what_one_is(as_representative: Client, as_coordinator: Client, as_outsider: Client) -> None:
    said = [client.get("/konto/").context["headline"] for client in (as_representative, as_coordinator, as_outsider)]

    assert said == ["Du är ordinarie för Tekniska förvaltningen.", "Du är samordnare.", "Du är gäst i registret."]


def test_who_may_change_it_herself_is_led_there(
    as_representative: Client, as_coordinator: Client, coordinator: Member
) -> None:
    hers, his = text_of(as_coordinator, "/konto/"), text_of(as_representative, "/konto/")

    assert f'Du ändrar det på <a href="{coordinator.get_absolute_url()}">din sida i gruppen</a>.' in hers
    assert "Säg till gruppens samordnare, som ändrar det." in his


def test_a_reader_is_promised_what_she_can_read(as_coordinator: Client) -> None:
    MemberFactory(is_reader=True, organisation=None)

    assert "Läser ärenden, åtgärder, avslutade möten och mötesanteckningar." in text_of(as_coordinator, "/gruppen/")


def test_the_way_in_is_told_to_the_samordnare_until_it_is_used(
    as_coordinator: Client, as_officer: Client, representative: Member
) -> None:
    assertContains(as_coordinator.get(page_of(representative)), "Har inte loggat in än.")
    assertNotContains(as_officer.get(page_of(representative)), "Har inte loggat in än.")

    signed_in(representative)

    assertNotContains(as_coordinator.get(page_of(representative)), "Har inte loggat in än.")


def test_what_is_changed_is_saved_and_the_rest_stays(
    as_coordinator: Client, handler: Member, housing: Organisation
) -> None:
    typed = change_of(handler, phone="0383-971 00", answers_for=[housing.pk])

    assertRedirects(as_coordinator.post(page_of(handler, "andra/"), typed), page_of(handler))

    changed = Member.objects.get(pk=handler.pk)
    assert (changed.phone, changed.handled_ids, changed.organisation) == ("0383-971 00", {housing.pk}, housing)


def test_a_forgotten_password_reaches_the_new_address_and_not_the_old(
    as_coordinator: Client, representative: Member, mailoutbox: list[EmailMessage], client: Client
) -> None:
    as_coordinator.post(
        page_of(representative, "andra/"), change_of(representative, email="Omar.Prov@exempel.se") | CONFIRMED
    )

    for address in ("omar@exempel.se", "omar.prov@exempel.se"):
        client.post("/konto/password/reset/", {"email": address})

    ways_in = [mail.to for mail in mailoutbox if "/konto/password/reset/key/" in mail.body]
    assert ways_in == [["omar.prov@exempel.se"]]


def test_the_last_samordnare_cannot_take_away_her_own_mark(as_coordinator: Client, coordinator: Member) -> None:
    for lost in ("is_coordinator", "is_active"):
        response = as_coordinator.post(
            page_of(coordinator, "andra/"), change_of(coordinator, **{lost: None}) | CONFIRMED
        )
        assertContains(response, "Gruppen måste ha en samordnare som kan logga in.")

    assert Member.objects.leading().get() == coordinator


def test_a_member_who_has_left_is_out_and_cannot_get_in(
    as_coordinator: Client,
    as_representative: Client,
    representative: Member,
    mailoutbox: list[EmailMessage],
    client: Client,
) -> None:
    as_coordinator.post(page_of(representative, "andra/"), change_of(representative, is_active=None))

    assert as_representative.get("/").status_code == 302
    client.post("/konto/password/reset/", {"email": representative.email})
    assert [mail for mail in mailoutbox if "/konto/password/reset/key/" in mail.body] == []
    assertContains(as_coordinator.get(page_of(representative)), "Platsen finns kvar. Utse någon annan.")


def test_the_second_who_changes_is_told_who_was_first(as_coordinator: Client, representative: Member) -> None:
    seen = as_coordinator.get(page_of(representative, "andra/")).context["form"]["version"].value()
    typed = change_of(representative, version=seen)
    as_coordinator.post(page_of(representative, "andra/"), typed | {"title": "Chef"})

    late = as_coordinator.post(page_of(representative, "andra/"), typed | {"title": "Gatuchef", "name": "Omar Nytt"})

    assertContains(late, "Maja Exempel ändrade det här i dag")
    assertContains(late, 'value="Gatuchef"')
    assertContains(late, "<h1>Ändra Omar Prov</h1>", html=True)
    assert Member.objects.get(pk=representative.pk).title == "Chef"


def test_an_ended_organisation_stays_with_those_who_have_it(
    as_coordinator: Client, handler: Member, housing: Organisation, police: Organisation
) -> None:
    day = timezone.localdate() - timedelta(days=1)
    for organisation in (housing, police):
        organisation.change(by=a_coordinator(), active_to=day)

    page = as_coordinator.get(page_of(handler, "andra/"))

    offered = list(page.context["form"].fields["answers_for"].queryset)
    assert housing in offered
    assert police not in offered


def test_a_new_address_is_told_with_whom_it_signs_out(
    as_coordinator: Client, coordinator: Member, representative: Member
) -> None:
    hers = change_of(representative, email="omar.ny@exempel.se") | CONFIRMED
    page = as_coordinator.post(page_of(representative, "andra/"), hers, follow=True)
    assertContains(page, "Omar Prov är utloggad och loggar in med den nya adressen.")

    own = change_of(coordinator, email="maja.ny@exempel.se") | CONFIRMED
    page = as_coordinator.post(page_of(coordinator, "andra/"), own, follow=True)
    assertContains(page, "Du är utloggad på andra enheter: logga in där med den nya adressen.")
