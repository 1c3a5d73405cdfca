"""What the page of the attendance says: one summary of what is wrong, and no success where something remains."""

from __future__ import annotations

import re

from django.test import Client

from meetings.models import Meeting
from members.models import Member, Organisation
from tests.acting import a_coordinator
from tests.factories import OrganisationFactory, SeatFactory, have_closed
from tests.meetings.meetings import under_way
from tests.meetings.test_attendance_sheet import meeting, noted, row_of, send, sheet  # noqa: F401  meeting: a fixture


def test_several_rows_that_are_wrong_stand_in_one_summary(
    as_coordinator: Client,
    meeting: Meeting,  # noqa: F811
    technical: Organisation,
    police: Organisation,
) -> None:
    typed = sheet(as_coordinator, meeting)
    for organisation in (technical, police):
        anchor = row_of(meeting, organisation).anchor
        typed |= {f"{anchor}-who": "ordinary", f"{anchor}-first": "9", f"{anchor}-last": "2"}

    page = send(as_coordinator, meeting, typed).content.decode()

    assert re.findall(r"<h2 id=\"form-fel\">([^<]*)<", page) == ["Ingen närvaro är sparad. Se över två rader"]
    assert page.count('class="error-summary"') == 1
    assert re.findall(r"<li>([^<:]*): <a href=\"#([^\"]*)\">Till och med punkt: |<li>([^<:]*): <a", page) == [
        ("", "", "Polisen"),
        ("", "", "Tekniska förvaltningen"),
    ]
    assert noted(meeting) == {}


def test_what_is_left_unnoted_does_not_look_like_success(
    as_coordinator: Client, coordinator: Member, officer: Member
) -> None:
    SeatFactory(organisation=OrganisationFactory(name="Å Bolaget"), member=officer)
    at_once = under_way(coordinator)

    left = send(as_coordinator, at_once, {}, expected="ja")
    row_of(at_once, Organisation.objects.get(name="Å Bolaget")).note(by=a_coordinator(), state="absent")
    all_of_it = send(as_coordinator, at_once, {}, expected="ja")

    told = [[(str(message), message.level_tag) for message in page.context["messages"]] for page in (left, all_of_it)]
    assert told == [
        [("Å Bolaget är inte noterad än: Ali Ritning är redan noterad för Polisen.", "warning")],
        [("Alla som väntades är noterade.", "success")],
    ]


def test_what_was_filled_in_when_the_meeting_closed_has_a_label(
    as_coordinator: Client,
    meeting: Meeting,  # noqa: F811
    police: Organisation,
) -> None:
    anchor = row_of(meeting, police).anchor
    typed = sheet(as_coordinator, meeting) | {f"{anchor}-who": "absent"}
    have_closed()

    page = send(as_coordinator, meeting, typed).content.decode()

    assert f'<label for="id_{anchor}-who">Det du fyllde i<' in page
