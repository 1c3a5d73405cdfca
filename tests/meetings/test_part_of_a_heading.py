"""Who is there may come and leave at an item under a heading, and is told so wherever the meeting is told."""

from __future__ import annotations

import html
import re
from threading import Event as Signal

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from django.urls import reverse

from meetings.agenda.ordering import add_item, move_line, remove_line
from meetings.attendance import note_expected
from meetings.forms.participants import ParticipantForm
from meetings.minutes.writing import minutes_content
from meetings.models import AgendaItem, Meeting, Presence
from meetings.models.presence import AttendanceSpan
from meetings.models.spot import following, last_before, read, spelled, spot
from meetings.participants import change_part
from meetings.parts import parts_of
from meetings.starting import start_meeting
from members.models import Member, Organisation
from tests.acting import a_coordinator
from tests.at_once import at_once, waits_for_a_row
from tests.factories import IssueFactory
from tests.meetings.meetings import item_of, planned, undo, words
from tests.meetings.test_attendance_sheet import noted, row_of, send, sheet
from tests.the import the

pytestmark = pytest.mark.django_db

FREE = "ovriga"
TITLES = ("Belysning", "Gångtunneln", "Skolvägen")


@pytest.fixture
def meeting(coordinator: Member, representative: Member, deputy: Member, officer: Member) -> Meeting:
    meeting = planned(coordinator)
    for title in TITLES:
        add_item(meeting, title=title, by=a_coordinator())
    start_meeting(meeting, by=a_coordinator())
    note_expected(meeting, by=a_coordinator())
    return meeting


def heading(meeting: Meeting) -> int:
    return item_of(meeting, TITLES[0]).heading.number


def leave_after(client: Client, meeting: Meeting, organisation: Organisation, spot: str) -> None:
    anchor = row_of(meeting, organisation).anchor
    send(client, meeting, sheet(client, meeting) | {f"{anchor}-last": spot, f"{anchor}-then": "deputy"})


def spoke(meeting: Meeting) -> list[str]:
    return noted(meeting)["Tekniska förvaltningen"][1:]


@pytest.mark.parametrize("text", ["1", "6", "6.1", "6.2", "6.10", "12.345"])
def test_a_spot_reads_as_it_is_spelled_and_the_next_comes_right_after_it(text: str) -> None:
    where = read(text)

    assert spelled(where) == text
    assert last_before(following(where)) == where
    assert where < following(where)


def test_an_item_stands_within_its_heading() -> None:
    assert spot(6) < spot(6, 1) < spot(6, 2) < spot(6, 10) < spot(6, 200) < spot(6, 5000) < following(spot(6))
    assert following(spot(6, 5000)) <= following(spot(6))


def test_the_items_of_a_heading_with_several_are_offered_and_of_one_with_a_single_none(
    as_coordinator: Client, meeting: Meeting, technical: Organisation
) -> None:
    number = heading(meeting)
    page = as_coordinator.get(reverse("meetings:attendance", args=[meeting.pk]))
    form = next(form for form in page.context["sheet"].rows if form.row.organisation == technical)

    assert [key for key, _ in form.fields["last"].choices if "." in key] == [f"{number}.1", f"{number}.2"]
    assert [key for key, _ in form.fields["first"].choices if "." in key] == [f"{number}.2", f"{number}.3"]
    assert (f"{number}.2", f"{number}.2 Gångtunneln") in form.fields["last"].choices
    assert len(form.fields["last"].choices) < 20


def test_of_what_is_restricted_no_title_is_offered(
    as_coordinator: Client, meeting: Meeting, coordinator: Member
) -> None:
    add_item(
        meeting,
        heading=item_of(meeting, TITLES[0]).heading.key,
        issue=IssueFactory(restricted=True, title="Hemligt"),
        by=a_coordinator(),
    )
    page = as_coordinator.get(reverse("meetings:attendance", args=[meeting.pk])).content.decode()

    assert "Skolvägen" in page
    assert "Hemligt" not in page


def test_the_ordinary_leaves_after_an_item_and_the_deputy_speaks_from_the_next(
    as_coordinator: Client, meeting: Meeting, technical: Organisation
) -> None:
    number = heading(meeting)

    leave_after(as_coordinator, meeting, technical, f"{number}.2")

    told = [f"Omar Prov, ordinarie, till och med punkt {number}.2", f"Gun Prototyp, ersättare, från punkt {number}.3"]
    assert spoke(meeting) == told
    page = words(as_coordinator.get(reverse("meetings:attendance", args=[meeting.pk])))
    assert f"Omar Prov till och med punkt {number}.2, sedan Gun Prototyp" in page
    room = words(as_coordinator.get(item_of(meeting, "Belysning").get_absolute_url()))
    assert f"Omar Prov till och med punkt {number}.2, sedan Gun Prototyp" in room
    [row] = [row for row in minutes_content(meeting, None)["attendance"] if row["organisation"] == str(technical)]
    assert [person["span"] for person in row["people"]] == [
        f", till och med punkt {number}.2",
        f", från punkt {number}.3",
    ]


def test_what_is_noted_within_a_heading_is_shown_so_and_saving_the_page_leaves_it(
    as_coordinator: Client, meeting: Meeting, technical: Organisation
) -> None:
    number = heading(meeting)
    leave_after(as_coordinator, meeting, technical, f"{number}.2")
    shown = sheet(as_coordinator, meeting)
    assert shown[f"{row_of(meeting, technical).anchor}-last"] == f"{number}.2"

    response = send(as_coordinator, meeting, shown)

    assert "Inget var ändrat." in words(response)


def test_two_never_speak_at_the_same_item(meeting: Meeting, technical: Organisation, deputy: Member) -> None:
    number = heading(meeting)
    omar = Presence.objects.get(meeting=meeting, organisation=technical)
    row = row_of(meeting, technical)
    ordinary = AttendanceSpan(omar.member, "ordinary", last=spot(number, 2))
    row.note(
        state="represented",
        spans=[ordinary, AttendanceSpan(deputy, "deputy", first=spot(number, 3))],
        by=a_coordinator(),
    )

    with pytest.raises(ValidationError):
        row.note(
            state="represented",
            spans=[ordinary, AttendanceSpan(deputy, "deputy", first=spot(number, 2))],
            by=a_coordinator(),
        )

    assert len(spoke(meeting)) == 2


def test_who_comes_at_an_item_before_where_she_leaves_is_told(
    as_coordinator: Client, meeting: Meeting, technical: Organisation
) -> None:
    number, anchor = heading(meeting), row_of(meeting, technical).anchor
    typed = {f"{anchor}-first": f"{number}.3", f"{anchor}-last": f"{number}.1"}

    told = words(send(as_coordinator, meeting, sheet(as_coordinator, meeting) | typed))

    assert "Sista punkten ligger före den första." in told


def test_from_an_item_to_the_end_of_its_heading_is_no_wrong_order(
    as_coordinator: Client, meeting: Meeting, technical: Organisation
) -> None:
    number, anchor = heading(meeting), row_of(meeting, technical).anchor
    typed = {f"{anchor}-first": f"{number}.3", f"{anchor}-last": f"{number}"}

    send(as_coordinator, meeting, sheet(as_coordinator, meeting) | typed)

    assert spoke(meeting) == [f"Omar Prov, ordinarie, från punkt {number}.3 till och med punkt {number}"]


def test_a_further_participant_may_be_there_for_one_item(meeting: Meeting, technical: Organisation) -> None:
    number = heading(meeting)
    guest = Presence.seat(
        meeting, AttendanceSpan(None, "co_opted", name="Anna Exempel"), organisation=None, by=a_coordinator()
    )

    change_part(guest, first=spot(number, 2), last=spot(number, 2), by=a_coordinator())

    guest.refresh_from_db()
    assert guest.span == f", punkt {number}.2"


def test_the_button_offers_the_deputy_from_the_next_item_where_the_meeting_is_within_a_heading(
    as_coordinator: Client, meeting: Meeting, technical: Organisation
) -> None:
    number = heading(meeting)
    for item in AgendaItem.objects.at(meeting).on_agenda():
        if item.title == "Gångtunneln":
            break
        item.mark_discussed(by=a_coordinator())
    page = as_coordinator.get(reverse("meetings:attendance", args=[meeting.pk])).content.decode()
    assert f"Gun Prototyp tar över från punkt {number}.3</button>" in page

    button = f"{row_of(meeting, technical).pk}.{number}.2"
    told = words(send(as_coordinator, meeting, sheet(as_coordinator, meeting), takes_over=button))

    assert f"Gun Prototyp tar över för Tekniska förvaltningen från punkt {number}.3." in told
    assert spoke(meeting)[1] == f"Gun Prototyp, ersättare, från punkt {number}.3"


def test_when_an_item_is_put_before_those_who_left_after_theirs_still_do(
    as_coordinator: Client, meeting: Meeting, technical: Organisation
) -> None:
    number = heading(meeting)
    leave_after(as_coordinator, meeting, technical, f"{number}.1")
    last, key = item_of(meeting, "Skolvägen"), the(item_of(meeting, "Skolvägen").heading).key

    move_line(meeting, last.key, after=key, by=a_coordinator())

    assert spoke(meeting)[0] == f"Omar Prov, ordinarie, till och med punkt {number}.2"
    assert spoke(meeting)[1] == f"Gun Prototyp, ersättare, från punkt {number}.3"


def test_when_the_item_is_removed_she_left_after_the_one_before(
    as_coordinator: Client, meeting: Meeting, technical: Organisation
) -> None:
    number = heading(meeting)
    leave_after(as_coordinator, meeting, technical, f"{number}.2")

    remove_line(meeting, item_of(meeting, "Gångtunneln").key, by=a_coordinator())
    assert spoke(meeting)[0] == f"Omar Prov, ordinarie, till och med punkt {number}.1"

    remove_line(meeting, item_of(meeting, "Belysning").key, by=a_coordinator())
    before = number - 1
    assert spoke(meeting) == [
        f"Omar Prov, ordinarie, punkt 1–{before}",
        f"Gun Prototyp, ersättare, från punkt {number}",
    ]


def test_where_an_item_is_put_back_one_is_asked_to_look_over_who_left_under_its_heading(
    as_coordinator: Client, meeting: Meeting, technical: Organisation
) -> None:
    def removed_and_put_back() -> str:
        gone = as_coordinator.post(
            reverse("meetings:agenda_remove", args=[meeting.pk]), {"line": item_of(meeting, TITLES[1]).key}, follow=True
        )
        return words(undo(as_coordinator, gone))

    assert "Se efter i närvaron" not in removed_and_put_back()
    leave_after(as_coordinator, meeting, technical, f"{heading(meeting)}.2")
    assert "igen. Se efter i närvaron när Omar Prov och Gun Prototyp kom eller lämnade." in removed_and_put_back()


def test_what_can_not_follow_stands_by_its_number(meeting: Meeting, technical: Organisation, deputy: Member) -> None:
    """The deputy was there for the second item alone, and it is put first: nobody can be there backwards."""
    number, omar = heading(meeting), Presence.objects.get(meeting=meeting, organisation=technical).member
    spans = [
        AttendanceSpan(omar, "ordinary", last=spot(number, 1)),
        AttendanceSpan(deputy, "deputy", first=spot(number, 2), last=spot(number, 2)),
    ]
    row_of(meeting, technical).note(state="represented", spans=spans, by=a_coordinator())
    second, key = item_of(meeting, "Gångtunneln"), item_of(meeting, "Gångtunneln").heading.key

    move_line(meeting, second.key, after=key, by=a_coordinator())

    assert spoke(meeting) == [
        f"Omar Prov, ordinarie, till och med punkt {number}.1",
        f"Gun Prototyp, ersättare, punkt {number}.2",
    ]


def test_in_the_room_the_deputy_takes_over_after_the_item_that_is_shown_and_one_stays_there(
    as_coordinator: Client, meeting: Meeting, technical: Organisation
) -> None:
    number, item = heading(meeting), item_of(meeting, "Gångtunneln")
    page = as_coordinator.get(item.get_absolute_url()).content.decode()
    assert f"Gun Prototyp tar över från punkt {number}.3" in page
    [(address, button)] = re.findall(r'action="([^"]*)">(?:(?!</form>).)*name="takes_over" value="([^"]*)"', page, re.S)

    told = as_coordinator.post(html.unescape(address), {"takes_over": button}, follow=True)

    assert told.redirect_chain[-1][0].startswith(item.get_absolute_url())
    assert f"Gun Prototyp tar över för Tekniska förvaltningen från punkt {number}.3." in words(told)
    assert spoke(meeting)[1] == f"Gun Prototyp, ersättare, från punkt {number}.3"
    assert 'name="takes_over"' not in told.content.decode()


def test_what_was_noted_is_chosen_still_when_the_last_item_of_the_heading_is_gone(
    as_coordinator: Client, meeting: Meeting, technical: Organisation
) -> None:
    number = heading(meeting)
    leave_after(as_coordinator, meeting, technical, f"{number}.2")
    remove_line(meeting, item_of(meeting, "Skolvägen").key, by=a_coordinator())
    left = [f"Omar Prov, ordinarie, till och med punkt {number}.2", f"Gun Prototyp, ersättare, från punkt {number}.3"]
    assert spoke(meeting) == left

    page = as_coordinator.get(reverse("meetings:attendance", args=[meeting.pk]))
    form = next(form for form in page.context["sheet"].rows if form.row.organisation == technical)
    assert f'<option value="{number}.2" selected>' in str(form["last"])
    send(as_coordinator, meeting, sheet(as_coordinator, meeting))
    assert spoke(meeting) == left


def test_a_further_participant_who_left_after_the_last_item_is_offered_that(meeting: Meeting) -> None:
    number = heading(meeting)
    guest = Presence.seat(
        meeting, AttendanceSpan(None, "co_opted", name="Anna Exempel"), organisation=None, by=a_coordinator()
    )
    change_part(guest, first=spot(number, 2), last=spot(number, 2), by=a_coordinator())
    remove_line(meeting, item_of(meeting, "Skolvägen").key, by=a_coordinator())
    guest.refresh_from_db()

    form = ParticipantForm(
        presence=guest, by=a_coordinator().member, parts=parts_of(meeting, a_coordinator().member)[0]
    )

    assert [form[name].value() for name in ("first", "last")] == [f"{number}.2", f"{number}.2"]
    for name in ("first", "last"):
        assert " selected" in str(form[name])


def test_two_who_left_around_an_item_left_after_the_one_before_when_it_is_gone(
    as_coordinator: Client, meeting: Meeting, technical: Organisation
) -> None:
    number = heading(meeting)
    guest = Presence.seat(
        meeting, AttendanceSpan(None, "co_opted", name="Anna Exempel"), organisation=None, by=a_coordinator()
    )
    change_part(guest, first=1, last=spot(number, 1), by=a_coordinator())
    leave_after(as_coordinator, meeting, technical, f"{number}.2")

    remove_line(meeting, item_of(meeting, "Gångtunneln").key, by=a_coordinator())

    guest.refresh_from_db()
    assert guest.span == f", till och med punkt {number}.1"
    assert spoke(meeting) == [
        f"Omar Prov, ordinarie, till och med punkt {number}.1",
        f"Gun Prototyp, ersättare, från punkt {number}.2",
    ]


@pytest.mark.django_db(transaction=True)
def test_what_somebody_notes_while_an_item_is_removed_stands(meeting: Meeting) -> None:
    number, by = heading(meeting), a_coordinator()
    guest = Presence.seat(meeting, AttendanceSpan(None, "co_opted", name="Anna Exempel"), organisation=None, by=by)
    change_part(guest, first=1, last=spot(number, 2), by=by)
    key, locked = item_of(meeting, "Belysning").key, Signal()

    def note() -> None:
        with transaction.atomic():
            Meeting.objects.get(pk=meeting.pk).lock_open("")
            locked.set()
            waits_for_a_row()
            change_part(Presence.objects.get(pk=guest.pk), first=1, last=2, by=by)

    def remove() -> None:
        locked.wait(timeout=10)
        remove_line(Meeting.objects.get(pk=meeting.pk), key, by=by)

    assert at_once(note, remove)[0] is None
    guest.refresh_from_db()
    assert guest.span == ", punkt 1–2"
