"""Who is noted as there."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from meetings.forms.attendance_row import AttendanceForm
from meetings.models import Meeting, OrganisationAtMeeting, Presence
from meetings.models.presence import AttendanceSpan
from members.models import Member, Organisation, Seat
from tests.acting import a_coordinator
from tests.factories import (
    MemberFactory,
    OrganisationFactory,
    SeatFactory,
    have_closed,
)
from tests.meetings.meetings import under_way, undo, words
from tests.pages import Response

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(coordinator: Member, representative: Member, deputy: Member, officer: Member) -> Meeting:
    return under_way(coordinator)


@pytest.fixture
def row(meeting: Meeting, technical: Organisation) -> OrganisationAtMeeting:
    return meeting.organisations.get(organisation=technical)


def note(client: Client, row: OrganisationAtMeeting, **typed: str) -> Response:
    facts = {"who": "ordinary", "first": "1", "last": "13", "then": "", "version": row.version, **typed}
    data = {f"{row.anchor}-{name}": value for name, value in facts.items()}
    return client.post(reverse("meetings:attendance", args=[row.meeting_id]), data, follow=True)


def all_as_expected(client: Client, meeting: Meeting) -> Response:
    return client.post(reverse("meetings:attendance", args=[meeting.pk]), {"expected": "ja"}, follow=True)


def stands(row: OrganisationAtMeeting) -> list[str]:
    row.refresh_from_db()
    return [row.state, *(str(presence) for presence in Presence.objects.filter(meeting=row.meeting).in_order())]


def test_the_page_shows_each_organisation_once_and_who_is_expected(as_coordinator: Client, meeting: Meeting) -> None:
    page = words(as_coordinator.get(reverse("meetings:attendance", args=[meeting.pk])))

    assert "0 av 3 organisationer är närvarande." in page
    assert "Tekniska förvaltningen Omar Prov väntas." in page
    assert "3 organisationer är inte noterade än." in page


def test_the_receipt_stands_at_the_form_above_its_rows(as_coordinator: Client, row: OrganisationAtMeeting) -> None:
    response = note(as_coordinator, row, who="absent")

    assert response.redirect_chain == [(f"{reverse('meetings:attendance', args=[row.meeting_id])}#narvaro", 302)]
    _, form = response.content.decode().split('id="narvaro"')
    assert form.index("Tekniska förvaltningen är noterad.") < form.index('id="organisations"')


def test_all_who_are_expected_are_noted_with_one_button(as_coordinator: Client, meeting: Meeting) -> None:
    page = words(all_as_expected(as_coordinator, meeting))

    assert "Alla som väntades är noterade." in page
    assert "2 av 3 organisationer är närvarande." in page


def test_who_is_expected_in_two_places_is_left_to_be_noted(
    as_coordinator: Client, coordinator: Member, officer: Member
) -> None:
    SeatFactory(member=officer, organisation=OrganisationFactory(name="Å Bolaget"))
    meeting = under_way(coordinator)

    page = words(all_as_expected(as_coordinator, meeting))

    assert "Å Bolaget är inte noterad än: Ali Ritning är redan noterad för Polisen." in page


def test_who_is_adjungerad_is_not_noted_for_the_organisation_that_she_was_expected_for(
    as_coordinator: Client, meeting: Meeting, officer: Member
) -> None:
    by = a_coordinator()
    Presence.seat(meeting, AttendanceSpan(officer, "co_opted"), organisation=None, by=by)

    page = words(all_as_expected(as_coordinator, meeting))

    assert "Polisen är inte noterad än: Ali Ritning är redan noterad som adjungerad." in page
    assert "Alla som väntades är noterade." not in page


@pytest.mark.parametrize(
    ("typed", "noted"),
    [
        ({}, ["represented", "Omar Prov, ordinarie"]),
        ({"who": "deputy"}, ["represented", "Gun Prototyp, ersättare"]),
        ({"first": "3"}, ["represented", "Omar Prov, ordinarie, från punkt 3"]),
        (
            {"last": "5", "then": "deputy"},
            ["represented", "Omar Prov, ordinarie, punkt 1–5", "Gun Prototyp, ersättare, från punkt 6"],
        ),
        (
            {"who": "deputy", "first": "2", "last": "2", "then": "ordinary"},
            ["represented", "Gun Prototyp, ersättare, punkt 2", "Omar Prov, ordinarie, från punkt 3"],
        ),
        ({"who": "absent"}, ["absent"]),
        ({"who": "vacant"}, ["vacant"]),
    ],
)
def test_an_organisation_is_noted_as_it_was(
    as_coordinator: Client, row: OrganisationAtMeeting, typed: dict[str, str], noted: list[str]
) -> None:
    page = words(note(as_coordinator, row, **typed))

    assert "Tekniska förvaltningen är noterad." in page
    assert stands(row) == noted


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"who": "unnoted", "first": "3"}, "Välj vem som är närvarande."),
        ({"who": ""}, "Välj ett svar under ”Vem”."),
        ({"who": "co_opted"}, "Det valet finns inte längre."),
        ({"first": "14"}, "Det valet finns inte längre."),
        ({"first": "x"}, "Det valet finns inte längre."),
        ({"first": "6", "last": "5"}, "Sista punkten ligger före den första."),
        ({"last": "5", "then": "ordinary"}, "Välj en annan person som tar över."),
        ({"then": "deputy"}, "Välj till och med vilken punkt den första var närvarande."),
        ({"version": "2020-01-01T00:00:00"}, "medan du skrev"),
    ],
)
def test_what_cannot_be_noted_is_said(
    as_coordinator: Client, row: OrganisationAtMeeting, typed: dict[str, str], sentence: str
) -> None:
    page = words(note(as_coordinator, row, **typed))

    assert sentence in page
    assert stands(row) == ["unnoted"]


def test_two_who_have_the_page_open_do_not_write_over_each_other(
    as_coordinator: Client, row: OrganisationAtMeeting
) -> None:
    page = as_coordinator.get(reverse("meetings:attendance", args=[row.meeting_id])).content.decode()
    (shown,) = re.findall(rf'name="{row.anchor}-version" value="([^"]*)"', page)
    note(as_coordinator, row, who="absent", version=shown)

    page = words(note(as_coordinator, row, who="vacant", version=shown))

    assert "medan du skrev" in page
    assert stands(row) == ["absent"]


def test_a_vacant_place_offers_nobody(as_coordinator: Client, coordinator: Member, rescue: Organisation) -> None:
    row = under_way(coordinator).organisations.get(organisation=rescue)

    page = words(note(as_coordinator, row, who="deputy"))

    assert "Det valet finns inte längre." in page


def test_a_person_in_two_places_is_said_with_where_she_sits(
    as_coordinator: Client, coordinator: Member, deputy: Member, technical: Organisation
) -> None:
    """Gun is deputy of one organisation and ordinary of another."""
    second = OrganisationFactory(name="Å Bolaget")
    SeatFactory(member=deputy, organisation=second)
    meeting = under_way(coordinator)
    note(as_coordinator, meeting.organisations.get(organisation=second))
    row = meeting.organisations.get(organisation=technical)

    page = note(as_coordinator, row, who="deputy")

    assert "Gun Prototyp är redan noterad för Å Bolaget. Ingen kan noteras på två ställen." in words(page)
    assert f'<a href="#id_{row.anchor}-who">Gun Prototyp är redan noterad' in page.content.decode()
    row.refresh_from_db()
    assert row.state == "unnoted"


def test_a_row_of_a_closed_meeting_is_left_as_it_is(as_coordinator: Client, row: OrganisationAtMeeting) -> None:
    have_closed()

    page = words(note(as_coordinator, row))

    assert re.search(r"Mötet är avslutat \(Maja Exempel, i dag \d\d\.\d\d\)\. Närvaron kan inte ändras\.", page)
    assert stands(row) == ["unnoted"]


def test_a_guest_is_added_and_removed(as_coordinator: Client, meeting: Meeting, outsider: Member) -> None:
    address = reverse("meetings:attendance", args=[meeting.pk])
    typed = {"fler-member": outsider.pk, "fler-first": "6", "fler-last": "7"}
    page = words(as_coordinator.post(address, typed, follow=True))
    assert f"Per Modell (gäst), {outsider.organisation}, punkt 6–7" in page

    removed = as_coordinator.post(address, {"strike": Presence.objects.get().pk}, follow=True)
    assert "Per Modell är borttagen." in words(removed)
    assert not Presence.objects.exists()

    undo(as_coordinator, removed)
    guest = Presence.objects.get()
    assert (guest.member, guest.first, guest.last) == (outsider, 6, 7)


def test_a_guest_removed_by_a_double_tap_is_removed_and_may_be_let_in_again(
    as_coordinator: Client, meeting: Meeting, outsider: Member
) -> None:
    address = reverse("meetings:attendance", args=[meeting.pk])
    typed = {"fler-member": outsider.pk, "fler-first": "6", "fler-last": "7"}
    page = as_coordinator.post(address, typed, follow=True)
    press = {"key": page.context["sheet"]["key"].value(), "strike": str(Presence.objects.get().pk)}

    as_coordinator.post(address, press)
    twice = as_coordinator.post(address, press, follow=True)

    assert twice.redirect_chain == [(f"{address}#deltagare", 302)]
    assert "Per Modell är borttagen." in words(twice)
    assert not Presence.objects.exists()


def test_a_guest_whom_another_has_removed_is_told(as_coordinator: Client, meeting: Meeting) -> None:
    page = words(as_coordinator.post(reverse("meetings:attendance", args=[meeting.pk]), {"strike": "1"}, follow=True))

    assert "Deltagaren är redan borttagen." in page


def test_of_two_guests_the_one_whose_button_was_pressed_is_removed(
    as_coordinator: Client, meeting: Meeting, outsider: Member
) -> None:
    stays, goes = (
        Presence.seat(meeting, AttendanceSpan(who, "co_opted"), organisation=None, by=a_coordinator())
        for who in (outsider, MemberFactory(name="Åke Skiss"))
    )

    page = words(
        as_coordinator.post(reverse("meetings:attendance", args=[meeting.pk]), {"strike": goes.pk}, follow=True)
    )

    assert "Åke Skiss är borttagen." in page
    assert Presence.objects.get() == stays


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"fler-member": "", "fler-first": "2"}, "Skriv vem som var med, eller välj någon som har konto."),
        ({"fler-member": "0"}, "Det valet finns inte längre."),
        ({"fler-first": "9", "fler-last": "2"}, "Sista punkten ligger före den första."),
    ],
)
def test_a_guest_that_cannot_be_added_is_said(
    as_coordinator: Client, meeting: Meeting, outsider: Member, typed: dict[str, str], sentence: str
) -> None:
    facts = {"fler-member": outsider.pk, "fler-first": "1", "fler-last": "13", **typed}

    page = words(as_coordinator.post(reverse("meetings:attendance", args=[meeting.pk]), facts))

    assert sentence in page
    assert not Presence.objects.exists()


def test_a_guest_that_was_typed_when_the_meeting_closed_stands_in_the_form(
    as_coordinator: Client, meeting: Meeting, outsider: Member
) -> None:
    have_closed()
    typed = {"fler-member": outsider.pk, "fler-first": "6", "fler-last": "7"}

    response = as_coordinator.post(reverse("meetings:attendance", args=[meeting.pk]), typed)

    assert re.search(
        r"Mötet är avslutat \(Maja Exempel, i dag \d\d\.\d\d\)\. Närvaron kan inte ändras\.", words(response)
    )
    assert f'<option value="{outsider.pk}" selected>' in response.content.decode()
    assert not Presence.objects.exists()


def test_all_who_are_expected_are_not_noted_when_the_meeting_has_closed(
    as_coordinator: Client, meeting: Meeting
) -> None:
    for row in meeting.organisations.all():
        row.note(by=a_coordinator(), state=OrganisationAtMeeting.State.ABSENT)
    have_closed()

    page = words(all_as_expected(as_coordinator, meeting))

    assert re.search(r"Mötet är avslutat \(Maja Exempel, i dag \d\d\.\d\d\)\. Närvaron kan inte ändras\.", page)
    assert "Alla som väntades är noterade." not in page


def as_shown(client: Client, row: OrganisationAtMeeting) -> dict[str, str]:
    """The row's form as the page shows it."""
    page = client.get(reverse("meetings:attendance", args=[row.meeting_id]))
    return values(page, next(form for form in page.context["sheet"].rows if form.row.at_meeting == row))


def values(page: Response, form: AttendanceForm) -> dict[str, str]:
    """What the form sends: the values of those of its fields that are in the page."""
    written = {bound.html_name: str(bound.value() or "") for bound in form if bound.name != "key"}
    return {name: value for name, value in written.items() if f'name="{name}"' in page.content.decode()}


def the_refused(page: Response) -> AttendanceForm:
    [form] = page.context["sheet"].refused
    assert isinstance(form, AttendanceForm)
    return form


@pytest.fixture
def newcomer(meeting: Meeting, technical: Organisation) -> Callable[[], Member]:
    """Appoints another ordinary from the day of the meeting."""

    def appoint() -> Member:
        someone = MemberFactory(name="Nya Kraften", organisation=technical)
        ordinary = Seat.Role.ORDINARY
        Seat.appoint(organisation=technical, member=someone, role=ordinary, since=meeting.day, by=a_coordinator())
        return someone

    return appoint


def test_who_is_noted_stays_noted_when_another_has_her_place(
    as_coordinator: Client, row: OrganisationAtMeeting, newcomer: Callable[[], Member]
) -> None:
    note(as_coordinator, row)
    newcomer()
    row.refresh_from_db()

    as_coordinator.post(reverse("meetings:attendance", args=[row.meeting_id]), as_shown(as_coordinator, row))

    assert stands(row) == ["represented", "Omar Prov, ordinarie"]


def test_a_place_that_changed_hands_since_the_page_was_shown_is_told(
    as_coordinator: Client, row: OrganisationAtMeeting, newcomer: Callable[[], Member]
) -> None:
    shown = as_shown(as_coordinator, row) | {f"{row.anchor}-who": "ordinary"}
    newcomer()
    address = reverse("meetings:attendance", args=[row.meeting_id])

    response = as_coordinator.post(address, shown)

    assert "Platserna för Tekniska förvaltningen har ändrats medan sidan låg öppen." in words(response)
    assert stands(row) == ["unnoted"]

    as_coordinator.post(address, values(response, the_refused(response)))
    assert stands(row) == ["represented", "Nya Kraften, ordinarie"]


def test_of_a_place_that_changed_hands_and_a_noting_each_is_told(
    as_coordinator: Client, row: OrganisationAtMeeting, newcomer: Callable[[], Member]
) -> None:
    shown = as_shown(as_coordinator, row) | {f"{row.anchor}-who": "ordinary"}
    newcomer()
    row.note(by=a_coordinator(), state=OrganisationAtMeeting.State.ABSENT)
    address = reverse("meetings:attendance", args=[row.meeting_id])

    first = as_coordinator.post(address, shown)
    second = as_coordinator.post(address, values(first, the_refused(first)))

    assert "har ändrats medan sidan låg öppen." in words(first)
    assert "ändrade det här" in words(second)
    assert stands(row) == ["absent"]

    as_coordinator.post(address, values(second, the_refused(second)))
    assert stands(row) == ["represented", "Nya Kraften, ordinarie"]
