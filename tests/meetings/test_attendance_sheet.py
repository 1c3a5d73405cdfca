"""The attendance is one sheet with one button: what was changed in any row is saved, and the rest left alone."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from meetings.models import Meeting, OrganisationAtMeeting, Presence
from meetings.models.presence import AttendanceSpan
from meetings.participants import strike_participant
from members.models import Member, Organisation, Seat
from tests.acting import a_coordinator
from tests.factories import MeetingFactory, MemberFactory, OrganisationFactory, SeatFactory, have_closed
from tests.meetings.meetings import under_way, undo, words
from tests.pages import Response

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(coordinator: Member, representative: Member, deputy: Member, officer: Member) -> Meeting:
    return under_way(coordinator)


def sheet(client: Client, meeting: Meeting) -> dict[str, str]:
    """All that the page's form sends when nothing is touched, but for the button."""
    page = client.get(reverse("meetings:attendance", args=[meeting.pk]))
    return shown_in(page)


def shown_in(page: Response) -> dict[str, str]:
    sheet = page.context["sheet"]
    fields = (bound for form in (*sheet.rows, *sheet.participants, sheet.added) for bound in form)
    return {bound.html_name: str(bound.value() or "") for bound in fields}


def send(client: Client, meeting: Meeting, typed: dict[str, str], **button: object) -> Response:
    return client.post(reverse("meetings:attendance", args=[meeting.pk]), typed | button, follow=True)


def row_of(meeting: Meeting, organisation: Organisation) -> OrganisationAtMeeting:
    return meeting.organisations.get(organisation=organisation)


def noted(meeting: Meeting) -> dict[str, list[str]]:
    """Organisation → its state and who is there, of those that are noted."""
    rows = meeting.organisations.exclude(state="unnoted").in_order().select_related("organisation")
    there = Presence.objects.filter(meeting=meeting).in_order()
    return {
        str(row.organisation): [row.state, *(str(each) for each in there if each.organisation == row.organisation)]
        for row in rows
    }


def test_what_was_changed_in_three_rows_is_saved_at_once_and_told_where_one_comes(
    as_coordinator: Client, meeting: Meeting, technical: Organisation, police: Organisation, rescue: Organisation
) -> None:
    typed = sheet(as_coordinator, meeting)
    typed[f"{row_of(meeting, technical).anchor}-who"] = "deputy"
    typed[f"{row_of(meeting, police).anchor}-who"] = "absent"
    typed[f"{row_of(meeting, rescue).anchor}-who"] = "vacant"

    response = send(as_coordinator, meeting, typed)

    page = words(response)
    assert response.redirect_chain == [(f"{reverse('meetings:attendance', args=[meeting.pk])}#narvaro", 302)]
    assert "Höglandets räddningstjänstförbund, Polisen och Tekniska förvaltningen är noterade." in page
    assert noted(meeting) == {
        "Höglandets räddningstjänstförbund": ["vacant"],
        "Polisen": ["absent"],
        "Tekniska förvaltningen": ["represented", "Gun Prototyp, ersättare"],
    }


def test_of_many_rows_the_receipt_says_how_many(as_coordinator: Client, meeting: Meeting) -> None:
    OrganisationFactory()
    meeting.expect_organisations()
    typed = sheet(as_coordinator, meeting)
    typed |= {name: "absent" for name in typed if name.endswith("-who")}

    assert "4 organisationer är noterade." in words(send(as_coordinator, meeting, typed))


def test_what_is_as_it_was_shown_is_not_noted(
    as_coordinator: Client, meeting: Meeting, technical: Organisation
) -> None:
    typed = sheet(as_coordinator, meeting)
    typed[f"{row_of(meeting, technical).anchor}-who"] = "ordinary"

    send(as_coordinator, meeting, typed)

    assert [*noted(meeting)] == ["Tekniska förvaltningen"]


def test_who_is_expected_is_not_chosen_before_somebody_says_so(
    as_coordinator: Client, meeting: Meeting, technical: Organisation, police: Organisation
) -> None:
    row_of(meeting, technical).note(by=a_coordinator(), state="absent")
    page = as_coordinator.get(reverse("meetings:attendance", args=[meeting.pk]))

    typed = shown_in(page)
    assert typed[f"{row_of(meeting, police).anchor}-who"] == "unnoted"
    assert typed[f"{row_of(meeting, technical).anchor}-who"] == "absent"
    assert page.content.decode().count('<option value="unnoted" selected>Inte noterad</option>') == 2


def test_what_was_changed_is_saved_when_the_rest_comes_as_expected(
    as_coordinator: Client, meeting: Meeting, police: Organisation
) -> None:
    typed = sheet(as_coordinator, meeting)
    typed[f"{row_of(meeting, police).anchor}-who"] = f"excused-{Member.objects.get(seats__organisation=police).pk}"

    page = words(send(as_coordinator, meeting, typed, expected="ja"))

    assert "Alla som väntades är noterade." in page
    assert noted(meeting) == {
        "Höglandets räddningstjänstförbund": ["vacant"],
        "Polisen": ["excused"],
        "Tekniska förvaltningen": ["represented", "Omar Prov, ordinarie"],
    }


def test_nothing_changed_is_told(as_coordinator: Client, meeting: Meeting) -> None:
    page = words(send(as_coordinator, meeting, sheet(as_coordinator, meeting)))

    assert "Inget var ändrat." in page
    assert noted(meeting) == {}


def test_one_row_that_is_wrong_saves_nothing_and_keeps_the_others(
    as_coordinator: Client, meeting: Meeting, technical: Organisation, police: Organisation
) -> None:
    typed = sheet(as_coordinator, meeting)
    wrong, right = row_of(meeting, technical), row_of(meeting, police)
    typed |= {f"{wrong.anchor}-who": "ordinary", f"{wrong.anchor}-then": "deputy", f"{right.anchor}-who": "absent"}

    page = send(as_coordinator, meeting, typed)

    assert "Ingen närvaro är sparad. Se över Tekniska förvaltningen" in words(page)
    assert "Välj till och med vilken punkt den första var närvarande." in words(page)
    assert "Polisen Ali Ritning väntas." in words(page)  # the row that was right is no more saved than the other
    assert noted(meeting) == {}

    again = shown_in(page) | {f"{wrong.anchor}-last": "5"}
    send(as_coordinator, meeting, again)
    assert noted(meeting) == {
        "Polisen": ["absent"],
        "Tekniska förvaltningen": [
            "represented",
            "Omar Prov, ordinarie, punkt 1–5",
            "Gun Prototyp, ersättare, från punkt 6",
        ],
    }


def test_what_another_noted_meanwhile_is_left_in_a_row_that_was_not_touched(
    as_coordinator: Client, meeting: Meeting, technical: Organisation, police: Organisation
) -> None:
    typed = sheet(as_coordinator, meeting)
    typed[f"{row_of(meeting, police).anchor}-who"] = "ordinary"
    row_of(meeting, technical).note(by=a_coordinator(), state="absent")

    send(as_coordinator, meeting, typed)

    assert noted(meeting) == {
        "Polisen": ["represented", "Ali Ritning, ordinarie"],
        "Tekniska förvaltningen": ["absent"],
    }


def test_what_another_noted_meanwhile_is_told_in_a_row_that_was_touched_alone(
    as_coordinator: Client, meeting: Meeting, technical: Organisation, police: Organisation
) -> None:
    typed = sheet(as_coordinator, meeting)
    for organisation in (technical, police):
        row_of(meeting, organisation).note(by=a_coordinator(), state="absent")
    typed[f"{row_of(meeting, technical).anchor}-who"] = "deputy"

    page = send(as_coordinator, meeting, typed)

    assert "Ingen närvaro är sparad. Se över Tekniska förvaltningen" in words(page)
    assert "ändrade det här" in words(page)
    assert noted(meeting) == {"Polisen": ["absent"], "Tekniska förvaltningen": ["absent"]}

    send(as_coordinator, meeting, shown_in(page))
    assert noted(meeting) == {
        "Polisen": ["absent"],
        "Tekniska förvaltningen": ["represented", "Gun Prototyp, ersättare"],
    }


def test_two_who_note_the_same_have_nothing_to_settle(
    as_coordinator: Client, meeting: Meeting, technical: Organisation, police: Organisation
) -> None:
    typed = sheet(as_coordinator, meeting)
    typed[f"{row_of(meeting, police).anchor}-who"] = "absent"
    row_of(meeting, police).note(by=a_coordinator(), state="absent")
    version = row_of(meeting, police).version

    assert "Det var redan noterat." in words(send(as_coordinator, meeting, typed))

    typed[f"{row_of(meeting, technical).anchor}-who"] = "vacant"
    assert "Tekniska förvaltningen är noterad." in words(send(as_coordinator, meeting, typed))
    assert noted(meeting) == {"Polisen": ["absent"], "Tekniska förvaltningen": ["vacant"]}
    assert row_of(meeting, police).version == version


def test_the_same_place_is_not_the_same_person_when_it_has_changed_hands(
    as_coordinator: Client, meeting: Meeting, technical: Organisation
) -> None:
    row = row_of(meeting, technical)
    typed = sheet(as_coordinator, meeting) | {f"{row.anchor}-who": "ordinary"}
    another, role = MemberFactory(name="Nya Kraften", organisation=technical), Seat.Role.ORDINARY
    Seat.appoint(organisation=technical, member=another, role=role, since=meeting.day, by=a_coordinator())
    row.note(state="represented", spans=[AttendanceSpan(another, "ordinary")], by=a_coordinator())

    assert "har ändrats medan sidan låg öppen" in words(send(as_coordinator, meeting, typed))


def test_two_who_change_places_are_noted_at_once(
    as_coordinator: Client, coordinator: Member, technical: Organisation, police: Organisation
) -> None:
    """Each is ordinary of one and deputy of the other; only when both have left is there room for either."""
    people = {technical: MemberFactory(name="Omar Prov"), police: MemberFactory(name="Ali Ritning")}
    for organisation, member in people.items():
        SeatFactory(member=member, organisation=organisation)
        other = next(each for each in people if each != organisation)
        SeatFactory(member=member, organisation=other, role="deputy")
    meeting = under_way(coordinator)
    send(as_coordinator, meeting, sheet(as_coordinator, meeting), expected="ja")
    typed = sheet(as_coordinator, meeting)
    for organisation in people:
        typed[f"{row_of(meeting, organisation).anchor}-who"] = "deputy"

    send(as_coordinator, meeting, typed)

    there = noted(meeting)
    assert there["Polisen"] == ["represented", "Omar Prov, ersättare"]
    assert there["Tekniska förvaltningen"] == ["represented", "Ali Ritning, ersättare"]


def test_what_was_changed_in_rows_is_saved_whichever_button_is_pressed(
    as_coordinator: Client, meeting: Meeting, police: Organisation, outsider: Member
) -> None:
    typed = sheet(as_coordinator, meeting)
    typed |= {f"{row_of(meeting, police).anchor}-who": "absent", "fler-member": str(outsider.pk)}

    page = words(send(as_coordinator, meeting, typed))

    assert "Polisen är noterad. Per Modell (gäst) deltar." in page
    assert noted(meeting) == {"Polisen": ["absent"]}
    guest = Presence.objects.guests().get()
    assert str(guest) == "Per Modell, gäst"

    typed = sheet(as_coordinator, meeting) | {f"{row_of(meeting, police).anchor}-who": "ordinary"}
    page = words(send(as_coordinator, meeting, typed, strike=guest.pk))

    assert "Polisen är noterad. Per Modell är borttagen." in page
    assert noted(meeting) == {"Polisen": ["represented", "Ali Ritning, ordinarie"]}
    assert not Presence.objects.guests().exists()


def test_a_guest_who_is_wrong_saves_no_row_and_keeps_them(
    as_coordinator: Client, meeting: Meeting, police: Organisation, outsider: Member
) -> None:
    typed = sheet(as_coordinator, meeting) | {f"{row_of(meeting, police).anchor}-who": "absent"}
    guest = {"fler-member": str(outsider.pk), "fler-first": "9", "fler-last": "2"}

    page = send(as_coordinator, meeting, typed | guest)

    assert "Ingen närvaro är sparad. Rätta det om fler deltagare" in words(page)
    assert noted(meeting) == {}
    assert shown_in(page)[f"{row_of(meeting, police).anchor}-who"] == "absent"
    send(as_coordinator, meeting, shown_in(page) | {"fler-last": "9"})
    assert noted(meeting) == {"Polisen": ["absent"]}
    assert Presence.objects.guests().get().span == ", punkt 9"


def test_who_sits_for_an_organisation_already_is_no_guest_and_no_row_is_saved(
    as_coordinator: Client, meeting: Meeting, police: Organisation, officer: Member
) -> None:
    typed = sheet(as_coordinator, meeting)
    typed |= {f"{row_of(meeting, police).anchor}-who": "ordinary", "fler-member": str(officer.pk)}

    page = words(send(as_coordinator, meeting, typed))

    assert "Ingen närvaro är sparad. Rätta det om fler deltagare" in page
    assert "Ali Ritning är redan noterad för Polisen." in page
    assert noted(meeting) == {}


def test_a_row_noted_by_mistake_is_not_noted_again(
    as_coordinator: Client, meeting: Meeting, police: Organisation
) -> None:
    row_of(meeting, police).note(by=a_coordinator(), state="absent")
    typed = sheet(as_coordinator, meeting) | {f"{row_of(meeting, police).anchor}-who": "unnoted"}

    page = words(send(as_coordinator, meeting, typed))

    assert "Polisen är inte längre noterad." in page
    assert noted(meeting) == {}


def test_a_row_set_to_not_noted_is_told_as_it_came_out(
    as_coordinator: Client, meeting: Meeting, police: Organisation
) -> None:
    row_of(meeting, police).note(by=a_coordinator(), state="absent")
    typed = sheet(as_coordinator, meeting) | {f"{row_of(meeting, police).anchor}-who": "unnoted"}

    page = words(send(as_coordinator, meeting, typed, expected="ja"))

    assert "Alla som väntades är noterade." in page
    assert "inte längre" not in page
    assert noted(meeting)["Polisen"] == ["represented", "Ali Ritning, ordinarie"]


def test_only_a_guest_of_this_meeting_is_removed(
    as_coordinator: Client, coordinator: Member, meeting: Meeting, police: Organisation, outsider: Member
) -> None:
    row_of(meeting, police).note(state="represented", spans=[AttendanceSpan(outsider, "ordinary")], by=a_coordinator())
    elsewhere = MeetingFactory()
    guest = Presence.seat(elsewhere, AttendanceSpan(outsider, "co_opted"), organisation=None, by=a_coordinator())

    for presence in Presence.objects.all():
        assert "Deltagaren är redan borttagen." in words(send(as_coordinator, meeting, {}, strike=presence.pk))

    strike_participant(Presence.objects.exclude(pk=guest.pk).get(), by=a_coordinator())
    assert Presence.objects.count() == 2


def test_an_untouched_guest_is_not_complained_of_beside_a_row_that_is_wrong(
    as_coordinator: Client, meeting: Meeting, police: Organisation
) -> None:
    row = row_of(meeting, police)
    typed = sheet(as_coordinator, meeting) | {f"{row.anchor}-who": "ordinary", f"{row.anchor}-first": "9"}

    page = words(send(as_coordinator, meeting, typed | {f"{row.anchor}-last": "2"}))

    assert "Sista punkten ligger före den första." in page
    assert "adjungerad" not in page.partition("Organisationer")[0]


def test_a_row_that_was_changed_when_the_meeting_closed_stands_as_it_was_filled_in(
    as_coordinator: Client, meeting: Meeting, police: Organisation
) -> None:
    typed = sheet(as_coordinator, meeting) | {f"{row_of(meeting, police).anchor}-who": "absent"}
    have_closed()

    page = send(as_coordinator, meeting, typed)

    assert "Mötet är avslutat" in words(page)
    assert '<option value="absent" selected>' in page.content.decode()


def test_all_that_one_button_noted_is_taken_back_with_one_tap(
    as_coordinator: Client, meeting: Meeting, technical: Organisation, police: Organisation, outsider: Member
) -> None:
    row_of(meeting, technical).note(by=a_coordinator(), state="absent")
    before = noted(meeting)
    typed = sheet(as_coordinator, meeting) | {"fler-member": str(outsider.pk)}
    typed[f"{row_of(meeting, police).anchor}-who"] = f"excused-{Member.objects.get(seats__organisation=police).pk}"
    typed[f"{row_of(meeting, technical).anchor}-who"] = "deputy"

    page = send(as_coordinator, meeting, typed, expected="ja")
    assert len(noted(meeting)) == 3

    undo(as_coordinator, page)
    assert noted(meeting) == before
    assert not Presence.objects.exists()


def test_what_another_noted_since_is_not_taken_back(
    as_coordinator: Client, meeting: Meeting, police: Organisation
) -> None:
    page = send(as_coordinator, meeting, sheet(as_coordinator, meeting), expected="ja")
    row_of(meeting, police).note(by=a_coordinator(), state="absent")
    after = noted(meeting)

    told = words(undo(as_coordinator, page))

    assert "Ingen närvaro är sparad. Se över Polisen" in told
    assert noted(meeting) == after


def test_one_form_holds_all_that_is_noted_so_that_no_button_loses_a_row(
    as_coordinator: Client, meeting: Meeting, outsider: Member
) -> None:
    send(as_coordinator, meeting, sheet(as_coordinator, meeting) | {"fler-member": str(outsider.pk)})
    page = as_coordinator.get(reverse("meetings:attendance", args=[meeting.pk])).content.decode()

    [form] = re.findall(r'<form[^>]* id="narvaro".*?</form>', page, re.DOTALL)
    buttons = re.findall(r"<button[^>]*>([^<]*)", form)
    assert buttons == ["Ta bort", "Spara närvaron"]
    assert page.count('form="narvaro" name="expected"') == 1
