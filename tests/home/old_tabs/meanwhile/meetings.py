"""To a meeting, and to what is of one: a line of its agenda, an excuse, an item, a row of the attendance."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from meetings.agenda.ordering import move_line, present_line, remove_line, restore_line
from meetings.calling_off import call_off, reinstate
from meetings.changing_headings import Typed, change_headings
from meetings.closing import close_meeting
from meetings.correcting import cancel_correcting, save_correction, start_correcting
from meetings.discarding import discard_correction
from meetings.models import (
    AgendaItem,
    AgendaTemplate,
    Appendix,
    CallAnswer,
    Meeting,
    MeetingSeries,
    MinutesCopy,
    OrganisationAtMeeting,
    Presence,
)
from meetings.models.presenter import NamedPerson
from meetings.participants import strike_participant
from meetings.removing import remove_entry
from meetings.reopening import unclose_meeting
from meetings.starting import start_meeting, unstart_meeting
from members.models import Seat
from tests.days import today
from tests.home.growing_world import World
from tests.home.old_tabs.meanwhile import Happening, then
from tests.home.posts import Sent
from tests.home.posts import series as series_posts
from tests.home.posts.meetings import standing
from tests.meetings import meetings


def start(world: World, meeting: Meeting) -> None:
    start_meeting(meeting, by=world.by)


def unstart(world: World, meeting: Meeting) -> None:
    unstart_meeting(meeting, by=world.by)


def off(world: World, meeting: Meeting) -> None:
    call_off(meeting, by=world.by)


def planned_again(world: World, meeting: Meeting) -> None:
    reinstate(meeting, by=world.by)


def close(world: World, meeting: Meeting) -> None:
    for row in meeting.organisations.filter(state=OrganisationAtMeeting.State.UNNOTED):
        row.note(by=world.by, state=OrganisationAtMeeting.State.ABSENT)
    close_meeting(meeting, by=world.by)


def unclose(world: World, meeting: Meeting) -> None:
    unclose_meeting(meeting, by=world.by)


def move(world: World, meeting: Meeting) -> None:
    meeting.change(by=world.by, place="Annan sal", starts_at=meeting.starts_at + timedelta(days=1))


def open_minutes(world: World, meeting: Meeting) -> None:
    start_correcting(meeting, by=world.by)


def correct(world: World, meeting: Meeting) -> None:
    """Another note is put right, and the whole is saved."""
    write_more(world, meeting)
    save_correction(meeting, by=world.by)


def write_more(world: World, meeting: Meeting) -> None:
    item = AgendaItem.objects.filter(meeting=meeting, removed=False, note="").order_by("pk")[0]
    item.write_note(text="Något mer.", version=item.note_version, by=world.by)


def let_be(world: World, meeting: Meeting) -> None:
    cancel_correcting(meeting, by=world.by)


def throw_away(world: World, meeting: Meeting) -> None:
    discard_correction(meeting, by=world.by)


def take_out(world: World, meeting: Meeting) -> None:
    remove_entry(meeting, why="Inskrivet två gånger.", by=world.by)


def close_again(world: World, meeting: Meeting) -> None:
    close_meeting(meeting, by=world.by)


SENT: dict[str, Happening] = {
    "opened": open_minutes,
    "corrected": then(open_minutes, correct, open_minutes),
}
"""To a meeting whose minutes were sent: they are being corrected."""
CORRECTED: dict[str, Happening] = {
    "saved": correct,
    "called off": let_be,
    "thrown away": throw_away,
    "called off and opened anew": then(let_be, open_minutes),
    "more is changed": write_more,
}
"""To a meeting whose minutes are being corrected."""
ON_PAPER: dict[str, Happening] = {
    "taken out": take_out,
    "undone": unclose,
    "entered anew": then(unclose, close_again),
}
"""To a meeting on paper that was entered by mistake."""
MEETING: dict[str, Happening] = {
    "under way": start,
    "planned again": unstart,
    "started and planned again": then(start, unstart),
    "started anew": then(unstart, start),
    "started and closed": then(start, close),
    "called off": off,
    "called off and planned again": then(off, planned_again),
    "planned again after it was off": planned_again,
    "called off anew": then(planned_again, off),
    "closed": close,
    "going on after its closing": unclose,
    "closed and going on": then(close, unclose),
    "closed anew": then(unclose, close),
    "moved": move,
}


def in_its_meeting(happening: Happening) -> Happening:
    def happen(world: World, thing: Any) -> None:
        happening(world, thing.meeting)

    return happen


def take_away(world: World, item: AgendaItem) -> None:
    item.save(update_fields=item.set({"removed": True}, by=world.by))


def write(world: World, item: AgendaItem) -> None:
    item.write_note(text="En annans ord.", version=item.note_version, by=world.by)


def discuss(world: World, item: AgendaItem) -> None:
    item.mark_discussed(by=world.by)


IN_MEETING = {name: in_its_meeting(happening) for name, happening in MEETING.items()}
ITEM: dict[str, Happening] = {**IN_MEETING, "taken off": take_away, "written on": write, "discussed": discuss}


def note_absent(world: World, row: OrganisationAtMeeting) -> None:
    row.note(by=world.by, state=OrganisationAtMeeting.State.ABSENT)


def rename_file(world: World, appendix: Appendix) -> None:
    appendix.rename(name="Annat namn.pdf", by=world.by)


def take_file_away(world: World, appendix: Appendix) -> None:
    appendix.remove(by=world.by)


APPENDIX: dict[str, Happening] = {"renamed": rename_file, "taken away": take_file_away}


def change_series(world: World, series: MeetingSeries) -> None:
    series.change(by=world.by, name="Annat namn")


def end_series(world: World, series: MeetingSeries) -> None:
    series.end(by=world.by)


def end_and_resume_series(world: World, series: MeetingSeries) -> None:
    series.end(by=world.by)
    series.resume(by=world.by)


SERIES: dict[str, Happening] = {
    "changed": change_series,
    "ended": end_series,
    "ended and resumed": end_and_resume_series,
}


OTHER_MATTER = "What it is called is another matter than whether it plans more."
AS_IT_WAS = "It is as it was."
FORMS_OF_SERIES: tuple[tuple[Callable[[World], Sent], dict[str, str], dict[str, str]], ...] = (
    (series_posts.change_series, {}, {"changed": OTHER_MATTER, "ended": OTHER_MATTER, "ended and resumed": AS_IT_WAS}),
    (series_posts.plan_year, {"changed": "The day that was ticked is planned.", "ended and resumed": AS_IT_WAS}, {}),
    (series_posts.end_series, {"changed": OTHER_MATTER, "ended and resumed": AS_IT_WAS}, {}),
    (series_posts.resume_series, {"changed": OTHER_MATTER}, {}),
)
"""The deed, what may have happened meanwhile, and what more where the form does not name what was shown."""


def strike(world: World, presence: Presence) -> None:
    strike_participant(presence, by=world.by)


ROW: dict[str, Happening] = {**IN_MEETING, "noted": note_absent}
GUEST: dict[str, Happening] = {**IN_MEETING, "struck": strike}


# Agenda: what happens to the line that the representative presents, or to the one that has been taken off.


def take_line_off(world: World, meeting: Meeting) -> None:
    remove_line(meeting, presented(world, meeting).key, by=world.by)


def put_line_back(world: World, meeting: Meeting) -> None:
    restore_line(meeting, taken_off(meeting).key, by=world.by)


def take_line_off_again(world: World, meeting: Meeting) -> None:
    remove_line(meeting, meeting.items.latest("updated_at").key, by=world.by)


def give_line_a_presenter(world: World, meeting: Meeting) -> None:
    present_line(meeting, presented(world, meeting).key, presenters=[world.member], minutes=5, by=world.by)


def move_line_elsewhere(world: World, meeting: Meeting) -> None:
    move_line(meeting, presented(world, meeting).key, after="feedback", by=world.by)


def take_last_line_off(world: World, meeting: Meeting) -> None:
    remove_line(meeting, meeting.items.latest("pk").key, by=world.by)


def presented(world: World, meeting: Meeting) -> AgendaItem:
    return AgendaItem.objects.filter(meeting=meeting, presenters__member=world.representative)[0]


def taken_off(meeting: Meeting) -> AgendaItem:
    return AgendaItem.objects.filter(meeting=meeting, removed=True).latest("updated_at")


LINE: dict[str, Happening] = {
    **MEETING,
    "taken off": take_line_off,
    "taken off and put back": then(take_line_off, put_line_back),
    "presented by another": give_line_a_presenter,
    "moved by another": move_line_elsewhere,
}
LINE_AND_PLACE: dict[str, Happening] = {**LINE, "its place taken off": take_last_line_off}
LINE_TAKEN_OFF: dict[str, Happening] = {
    **MEETING,
    "put back": put_line_back,
    "put back and taken off anew": then(put_line_back, take_line_off_again),
}


def excuse(world: World, meeting: Meeting) -> None:
    meetings.excuse(meeting, world.representative, by=world.by)


def come(world: World, meeting: Meeting) -> None:
    CallAnswer.withdraw(meeting, world.representative, by=world.by)


def give_her_place_away(world: World, meeting: Meeting) -> None:
    Seat.objects.get(member=world.representative).end(last_day=today(), by=world.by)


EXCUSE: dict[str, Happening] = {
    **MEETING,
    "excused": excuse,
    "coming": come,
    "without a place that day": give_her_place_away,
}


def change_copies(world: World, nothing: object) -> None:
    MinutesCopy.change_all([NamedPerson("Bo Mall", "", "", "bo@mall.example")], by=world.by)


COPIES: dict[str, Happening] = {"changed by another": change_copies}


def change_template(world: World, template: AgendaTemplate) -> None:
    headings = [heading for heading in standing(template) if heading.key != "consultations"]
    typed = [Typed(heading.key, heading.label, heading.kind, heading.rule) for heading in headings]
    change_headings(template, typed, by=world.by)


TEMPLATE: dict[str, Happening] = {"changed": change_template}
