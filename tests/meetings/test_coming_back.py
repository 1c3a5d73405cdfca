"""An ordinary who left, and for whom a deputy took over, comes back later: three parts of one row."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from meetings.attendance import note_expected
from meetings.minutes.reading import draft_view
from meetings.models import AgendaItem, Meeting, Presence
from members.models import Member, Organisation
from tests.acting import a_coordinator
from tests.meetings.meetings import under_way, undo, words
from tests.meetings.test_attendance_sheet import noted, row_of, send, sheet
from tests.meetings.test_attendance_taking import told
from tests.meetings.test_taking_over import button, point
from tests.pages import Response

pytestmark = pytest.mark.django_db
THREE = [
    "represented",
    "Omar Prov, ordinarie, punkt 1–4",
    "Gun Prototyp, ersättare, punkt 5–8",
    "Omar Prov, ordinarie, från punkt 9",
]


@pytest.fixture
def meeting(coordinator: Member, representative: Member, deputy: Member, officer: Member) -> Meeting:
    meeting = under_way(coordinator)
    note_expected(meeting, by=a_coordinator())
    return meeting


def note(client: Client, meeting: Meeting, organisation: Organisation, **fields: str) -> Response:
    anchor = row_of(meeting, organisation).anchor
    typed = {f"{anchor}-{name}": value for name, value in fields.items()}
    return send(client, meeting, sheet(client, meeting) | typed)


def test_she_is_back_after_the_deputy(as_coordinator: Client, meeting: Meeting, technical: Organisation) -> None:
    note(as_coordinator, meeting, technical, last="4", then="deputy", back="9")

    assert noted(meeting)["Tekniska förvaltningen"] == THREE
    assert told(meeting, technical) == (
        "Omar Prov till och med punkt 4, sedan Gun Prototyp till och med punkt 8, sedan Omar Prov."
    )
    [sat] = [row.sat for row in draft_view(meeting).attendance if row.organisation == "Tekniska förvaltningen"]
    assert [part.split(", ordinarie")[-1].split(", ersättare")[-1] for part in sat.split("; ")] == [
        ", punkt 1–4",
        ", punkt 5–8",
        ", från punkt 9",
    ]


def test_what_is_noted_is_shown_and_undone(as_coordinator: Client, meeting: Meeting, technical: Organisation) -> None:
    page = note(as_coordinator, meeting, technical, last="4", then="deputy", back="9")
    shown = {name.rpartition("-")[2]: value for name, value in sheet(as_coordinator, meeting).items()}
    assert "9" in shown.values()
    note(as_coordinator, meeting, technical)
    assert noted(meeting)["Tekniska förvaltningen"] == THREE

    undo(as_coordinator, page)

    assert noted(meeting)["Tekniska förvaltningen"] == ["represented", "Omar Prov, ordinarie"]


def test_without_a_deputy_nobody_speaks_meanwhile(
    as_coordinator: Client, meeting: Meeting, technical: Organisation
) -> None:
    note(as_coordinator, meeting, technical, last="4", back="9")

    row = ["represented", "Omar Prov, ordinarie, punkt 1–4", "Omar Prov, ordinarie, från punkt 9"]
    assert noted(meeting)["Tekniska förvaltningen"] == row
    assert told(meeting, technical) == "Omar Prov till och med punkt 4 och från punkt 9."
    note(as_coordinator, meeting, technical)
    assert noted(meeting)["Tekniska förvaltningen"] == row


def test_who_leaves_again_is_noted_among_the_further_participants(
    as_coordinator: Client, meeting: Meeting, technical: Organisation
) -> None:
    address = reverse("meetings:attendance", args=[meeting.pk])
    assert "Lämnar den första igen? Notera den delen under Fler deltagare" in words(as_coordinator.get(address))
    note(as_coordinator, meeting, technical, last="4", then="deputy")
    omar = Presence.objects.speaking().get(organisation=technical, capacity="ordinary").member_id

    again = {"fler-member": f"{omar}", "fler-first": "9", "fler-last": "11"}
    send(as_coordinator, meeting, sheet(as_coordinator, meeting) | again)

    parts = Presence.objects.filter(member=omar).order_by("items")
    assert [(one.first, one.last) for one in parts] == [(1, 4), (9, 11)]


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"last": "4", "then": "deputy", "back": "5"}, "Då har den första inte varit borta. Välj en senare punkt."),
        ({"last": "4", "then": "deputy", "back": "2"}, "Då har den första inte varit borta. Välj en senare punkt."),
        ({"back": "5"}, "Välj till och med vilken punkt den första var närvarande."),
    ],
)
def test_who_has_not_been_away_is_not_back(
    as_coordinator: Client, meeting: Meeting, technical: Organisation, fields: dict[str, str], why: str
) -> None:
    page = words(note(as_coordinator, meeting, technical, **fields))

    assert why in page
    assert noted(meeting)["Tekniska förvaltningen"] == ["represented", "Omar Prov, ordinarie"]


def test_one_press_says_that_she_is_back(as_coordinator: Client, meeting: Meeting, technical: Organisation) -> None:
    send(as_coordinator, meeting, sheet(as_coordinator, meeting), takes_over=button(meeting, technical))
    left = point(meeting)
    address = reverse("meetings:attendance", args=[meeting.pk])
    assert 'name="takes_over"' not in as_coordinator.get(address).content.decode()  # she has not left yet
    for item in AgendaItem.objects.at(meeting).filter(heading__number__lte=left + 1):
        AgendaItem.objects.filter(pk=item.pk).update(discussed_at=meeting.started_at)
    at = point(meeting)
    assert at > left + 1
    typed, pressed = sheet(as_coordinator, meeting), f"{button(meeting, technical)}-back"
    assert f">Omar Prov är tillbaka från punkt {at + 1}</button>" in as_coordinator.get(address).content.decode()

    page = words(send(as_coordinator, meeting, typed, takes_over=pressed))

    assert f"Omar Prov är tillbaka för Tekniska förvaltningen från punkt {at + 1}." in page
    assert noted(meeting)["Tekniska förvaltningen"][-1] == f"Omar Prov, ordinarie, från punkt {at + 1}"
    assert "Det var redan noterat." in words(send(as_coordinator, meeting, typed, takes_over=pressed))
    assert len(noted(meeting)["Tekniska förvaltningen"]) == 4


def test_an_old_button_of_the_deputy_is_none_of_who_is_back(
    as_coordinator: Client, meeting: Meeting, technical: Organisation
) -> None:
    note(as_coordinator, meeting, technical, last="2", then="deputy")
    before = noted(meeting)
    old = f"{row_of(meeting, technical).pk}.6"

    page = words(send(as_coordinator, meeting, sheet(as_coordinator, meeting), takes_over=old))

    assert "har ändrats medan sidan låg öppen" in page
    assert noted(meeting) == before


def test_the_start_page_of_each_says_for_which_part_she_speaks(
    as_coordinator: Client, as_representative: Client, as_deputy: Client, meeting: Meeting, technical: Organisation
) -> None:
    assert "Du talar för" not in words(as_deputy.get("/"))
    note(as_coordinator, meeting, technical, last="4", then="deputy", back="9")

    assert "Du talar för Tekniska förvaltningen punkt 5–8." in words(as_deputy.get("/"))
    assert "Du talar för Tekniska förvaltningen punkt 1–4 och från punkt 9." in words(as_representative.get("/"))


def test_of_the_whole_meeting_it_says_for_whom(as_representative: Client, meeting: Meeting) -> None:
    assert "Du talar för Tekniska förvaltningen." in words(as_representative.get("/"))
