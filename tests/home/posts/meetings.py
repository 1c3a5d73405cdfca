"""Planning, the agenda, the attendance, the room and the closing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from meetings import calling, calling_off
from meetings.answer_link import address_for
from meetings.changing_headings import Owner, Typed, change_headings
from meetings.closing import close_meeting
from meetings.deciding import decide, propose_action
from meetings.models import (
    AgendaItem,
    AgendaTemplate,
    CalendarFeed,
    Heading,
    Meeting,
    MinutesCopy,
    OrganisationAtMeeting,
    Presence,
)
from meetings.models.presence import AttendanceSpan
from meetings.sending_now import send_now as send_meeting_now
from meetings.short_agenda import make_short
from meetings.starting import start_meeting
from members.actor import Actor
from members.models import Group
from tests.base.files.made import chosen
from tests.days import in_days
from tests.factories import AgendaItemFactory, IssueFactory, MemberFactory, OrganisationFactory
from tests.home.growing_world import World
from tests.home.posts import ENDING, Sent, prefixed, to
from tests.meetings import meetings


def plan(world: World) -> Sent:
    return to("meetings:create", **when(world))


def call_extra(world: World) -> Sent:
    return to("meetings:extra", **when(world), points="Branden i skolan")


def enter_on_paper(world: World) -> Sent:
    decided = "\n".join(f"Vi gör så här, sak {number}." for number in range(world.turn + 1))
    led = {"chair": world.coordinator.pk, "secretary": world.coordinator.pk}
    held = {"day": f"{in_days(-300 - world.turn)}", "starts": "13:00", "ends": "14:30"}
    return to("meetings:enter", **held, **led, people="Anna Ek, kurator, Jouren", decisions=decided, file=chosen())


def change_meeting(world: World) -> Sent:
    meetings.excuse(world.meeting, world.representative, by=Actor.of(world.representative))
    return to("meetings:change", world.meeting.pk, version=world.meeting.version, **when(world))


def verify_a_file(world: World) -> Sent:
    return to("meetings:minutes_verify", file=chosen())


def when(world: World) -> dict[str, Any]:
    leads = {"chair": world.coordinator.pk, "secretary": world.coordinator.pk}
    return {"day": in_days(40).isoformat(), "starts": "09:00", **leads}


def make_template(world: World) -> Sent:
    return to("meetings:template_create", name="Extra möte", source=world.meeting.template_id)


def change_papers(world: World) -> Sent:
    typed = {"minutes_name": "protocol", "sender": "Trygghet i Exempelstad"}
    return to("meetings:papers", **typed, version=Group.current().version)


def change_copies(world: World) -> Sent:
    known = MinutesCopy.in_order()
    return to("meetings:copies", version=MinutesCopy.version_of_all(known), people="Anna Prov, anna@prov.example")


def change_template(world: World) -> Sent:
    template = AgendaTemplate.objects.get(pk=world.meeting.template_id)
    typed = headings_of(template) | {"other-label": "Fritt ord"}
    return to(
        "meetings:template_change",
        template.pk,
        version=template.version,
        name="Ordinarie möte",
        numbering="meeting",
        **typed,
    )


def put_template_heading_back(world: World) -> Sent:
    template = AgendaTemplate.objects.get(pk=world.meeting.template_id)
    without_follow_up(template, by=world.by)
    return to("meetings:template_heading_restore", template.pk, heading="follow_up")


def change_headings_of_meeting(world: World) -> Sent:
    typed = headings_of(world.meeting) | {"other-label": "Fritt ord"}
    return to("meetings:headings", world.meeting.pk, version=world.meeting.version, **typed)


def put_heading_back(world: World) -> Sent:
    without_follow_up(world.meeting, by=world.by)
    return to("meetings:heading_restore", world.meeting.pk, heading="follow_up")


def headings_of(owner: Owner) -> dict[str, Any]:
    """What the form of its headings sends as it stands."""
    typed: dict[str, Any] = {"ny-fills": "free"}
    for place, heading in enumerate(standing(owner), start=1):
        shown = {"label": heading.label, "fills": heading.rule or heading.kind, "place": place}
        typed |= {f"{heading.key}-{name}": value for name, value in shown.items()}
    return typed


def without_follow_up(owner: Owner, *, by: Actor) -> None:
    left = [heading for heading in standing(owner) if heading.key != "follow_up"]
    typed = [Typed(heading.key, heading.label, heading.kind, heading.rule) for heading in left]
    change_headings(owner, typed, by=by)


def standing(owner: Owner) -> list[Heading]:
    if isinstance(owner, Meeting):
        return list(Heading.objects.of(owner))
    return list(owner.headings.filter(removed=False).in_order())


def start(world: World) -> Sent:
    return to("meetings:start", world.meeting.pk, held="today")


def call(world: World) -> Sent:
    return to("meetings:call", world.meeting.pk)


def uncall(world: World) -> Sent:
    call = calling.call_meeting(world.meeting, by=world.by, wait=timedelta(minutes=10))
    return to("meetings:uncall", world.meeting.pk, call=call.pk)


def unstart(world: World) -> Sent:
    start_meeting(world.meeting, by=world.by)
    return to("meetings:unstart", world.meeting.pk, entry=world.meeting.entry)


def call_off(world: World) -> Sent:
    return to("meetings:call_off", world.meeting.pk, reason="Sjukdom.")


def reinstate(world: World) -> Sent:
    calling_off.call_off(world.meeting, by=world.by)
    return to("meetings:reinstate", world.meeting.pk, entry=world.meeting.entry)


def send_calling_off_now(world: World) -> Sent:
    calling.call_meeting(world.meeting, by=world.by)
    calling_off.call_off(world.meeting, by=world.by)
    return to("meetings:send_calling_off_now", world.meeting.pk, entry=world.meeting.entry)


def line(world: World) -> AgendaItem:
    return AgendaItem.objects.filter(meeting=world.meeting, presenters__member=world.representative, removed=False)[0]


def move(world: World) -> Sent:
    last = AgendaItemFactory(meeting=world.meeting, title="Sist")
    return to("meetings:agenda_move", world.meeting.pk, line(world).key, after=last.key)


def remove(world: World) -> Sent:
    return to("meetings:agenda_remove", world.meeting.pk, line=line(world).key)


def restore(world: World) -> Sent:
    item = AgendaItem.objects.filter(meeting=world.meeting, removed=True)[0]
    return to("meetings:agenda_restore", world.meeting.pk, line=item.key, version=item.version)


def recur(world: World) -> Sent:
    item = AgendaItemFactory(meeting=world.meeting, title="Läget i skolorna")
    return to("meetings:agenda_recur", world.meeting.pk, line=item.key, recurs="yes")


def make_whole(world: World) -> Sent:
    Meeting.objects.filter(pk=world.meeting.pk).update(is_extra=True)
    make_short(world.meeting, by=world.by)
    return to("meetings:agenda_extent", world.meeting.pk, extent="whole")


def add(world: World) -> Sent:
    return to("meetings:agenda_add", world.meeting.pk, title="Gästen berättar", minutes="15")


def present(world: World) -> Sent:
    item = line(world)
    return to(
        "meetings:agenda_present", world.meeting.pk, item.key, presenter=world.coordinator.pk, version=item.version
    )


def append(world: World) -> Sent:
    return to("meetings:appendices", world.meeting.pk, file=[chosen()], line=line(world).key)


def rename_appendix(world: World) -> Sent:
    return to("meetings:appendix_change", world.appendix.pk, name="Ritning.pdf", version=world.appendix.version)


def remove_appendix(world: World) -> Sent:
    return to("meetings:appendix_remove", world.appendix.pk, version=world.appendix.version)


def excuse(world: World) -> Sent:
    return to(
        "meetings:call_answer",
        world.meeting.pk,
        member=world.representative.pk,
        reply="no",
        day=world.meeting.planned_day.isoformat(),
    )


def answer_by_link(world: World) -> Sent:
    token = address_for(world.meeting, world.representative).split("/")[2]
    return to("call_answer_link", token, reply="no", day=world.meeting.planned_day.isoformat())


def under_way(world: World) -> Meeting:
    start_meeting(world.meeting, by=world.by)
    return world.meeting


def expected(world: World) -> Sent:
    return to("meetings:attendance", under_way(world).pk, expected="ja")


def attendance(world: World) -> Sent:
    row = under_way(world).organisations.get(organisation=world.technical)
    typed = {"who": "ordinary", "first": "1", "last": "13", "then": "", "version": row.version}
    return to("meetings:attendance", row.meeting_id, **prefixed(row.anchor, typed))


def guest(world: World) -> Sent:
    typed = {"member": MemberFactory().pk, "first": "6", "last": "7"}
    return to("meetings:attendance", under_way(world).pk, **prefixed("fler", typed))


def strike_participant(world: World) -> Sent:
    span = AttendanceSpan(MemberFactory(), "co_opted")
    guest = Presence.seat(under_way(world), span, organisation=None, by=world.by)
    return to("meetings:attendance", guest.meeting_id, strike=guest.pk)


def spoken_of(world: World) -> AgendaItem:
    under_way(world)
    return AgendaItem.objects.get(meeting=world.meeting, issue=world.issue, action=None)


def write(world: World, **typed: Any) -> Sent:
    item = spoken_of(world)
    return to("meetings:item_detail", item.pk, **{"note": "", "version": item.note_version, "then": "stay", **typed})


def next_item(world: World) -> Sent:
    return write(world, note="Vi pratade om lampan.", then="next")


def decide_something(world: World) -> Sent:
    return write(world, kind="other", text="Vi ses på plats.")


def decide_to_close(world: World) -> Sent:
    return write(world, kind="close", **ENDING, despite="Resten görs i vår.")


def ask_in_the_room(world: World, organisations: int = 1) -> Sent:
    pks = [OrganisationFactory().pk for _ in range(organisations)]
    asked = {"what": "Byt lampan", "others": pks, "answer_due": in_days(10).isoformat()}
    return write(world, **asked, term="short")


def ask_each_in_the_room(world: World) -> Sent:
    return ask_in_the_room(world, organisations=world.turn)


def strike(world: World) -> Sent:
    item = spoken_of(world)
    decision = propose_action(item, by=world.by, title="Byt lampan", organisation=world.technical)
    item.refresh_from_db()
    return to("meetings:item_detail", item.pk, note="", version=item.note_version, then="stay", strike=decision.pk)


def issue_in_the_room(world: World) -> Sent:
    item = under_way(world).items.get(heading__key="round")
    return to("meetings:item_detail", item.pk, note="", version=item.note_version, then="stay", opens="Räcket")


def show_on_the_wall(world: World) -> Sent:
    return to("meetings:wall_show", spoken_of(world).pk)


def nothing_to_report(world: World) -> Sent:
    item = under_way(world).items.get(heading__key="round")
    days = {"first_day": in_days(-9).isoformat(), "last_day": in_days(0).isoformat()}
    return to("meetings:nothing_to_report", item.pk, world.housing.pk, **days, channel="meeting")


def decided(world: World, *, asks: int = 0, ends: int = 0) -> Meeting:
    """Everybody is noted, and the meeting has decided something; also to ask and to end so many times."""
    ending = [IssueFactory() for _ in range(ends)]
    decide(spoken_of(world), by=world.by, text="Vi ses på plats.")
    for _ in range(asks):
        item = AgendaItem.objects.get(meeting=world.meeting, issue=world.issue, action=None)
        propose_action(item, by=world.by, title="Byt lampan", organisation=world.technical)
    for issue in ending:
        item = AgendaItem.objects.get(meeting=world.meeting, issue=issue)
        decide(item, by=world.by, kind="close", **ENDING)
    unnoted = world.meeting.organisations.filter(state=OrganisationAtMeeting.State.UNNOTED)
    unnoted.update(state=OrganisationAtMeeting.State.ABSENT)  # at once: the world has many
    return world.meeting


def close(world: World, **decisions: int) -> Sent:
    return to("meetings:close", decided(world, **decisions).pk)


def close_with_questions(world: World) -> Sent:
    return close(world, asks=world.turn)


def close_with_endings(world: World) -> Sent:
    return close(world, ends=world.turn)


def unclose(world: World, **decisions: int) -> Sent:
    close_meeting(decided(world, **decisions), by=world.by)
    return to("meetings:unclose", world.meeting.pk, entry=world.meeting.entry)


def send_now(world: World) -> Sent:
    close_meeting(decided(world, asks=world.turn), by=world.by)
    return to("meetings:send_now", world.meeting.pk, entry=world.meeting.entry)


def register(world: World) -> Sent:
    close_meeting(decided(world, asks=world.turn), by=world.by)
    return to("meetings:register", world.meeting.pk, registry_no="KS 2026/12", version=world.meeting.version)


def sent(world: World) -> Meeting:
    """Closed, and its mails have left: its closing can be undone no longer."""
    close_meeting(decided(world, asks=world.turn), by=world.by)
    send_meeting_now(world.meeting, by=world.by)
    return world.meeting


def unclose_with_questions(world: World) -> Sent:
    return unclose(world, asks=world.turn)


def unclose_with_endings(world: World) -> Sent:
    return unclose(world, ends=world.turn)


def make_feed(world: World) -> Sent:
    return to("calendar_feed_make")


def change_feed(world: World) -> Sent:
    CalendarFeed.objects.get_or_create(member=world.representative)
    return to("calendar_feed_change")


def end_feed(world: World) -> Sent:
    CalendarFeed.objects.get_or_create(member=world.representative)
    return to("calendar_feed_end")


def make_files(world: World) -> Sent:
    close_meeting(decided(world), by=world.by)
    return to("meetings:minutes_version_files", world.meeting.pk, 1)
