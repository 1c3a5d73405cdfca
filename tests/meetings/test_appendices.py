"""The files of a meeting and its items: who sees them, how they are numbered, and what becomes of them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone

from base.files.attachment import PART
from base.files.serving import served
from base.records import Conflict
from issues.models import AccessGrant
from meetings.agenda.appended import appendices_of
from meetings.agenda.building import agenda
from meetings.agenda.ordering import remove_line, restore_line
from meetings.appendices import add_files
from meetings.calling_off import call_off
from meetings.models import AgendaItem, Appendix, AppendixPart, Meeting
from meetings.reopening import unclose_meeting
from meetings.starting import start_meeting, unstart_meeting
from members.actor import Actor
from members.models import Member
from tests.base.files.made import CALM, passed
from tests.factories import AgendaItemFactory, IssueFactory, MemberFactory
from tests.meetings.appended import appended
from tests.meetings.meetings import planned, under_way
from tests.meetings.reopening import close
from tests.presenting import let_present

pytestmark = pytest.mark.django_db


def listed(meeting: Meeting, member: Member) -> list[tuple[str, str]]:
    return [(one.label, one.appendix.name) for one in appendices_of(meeting, member)]


def item_about(meeting: Meeting, **facts: object) -> AgendaItem:
    return AgendaItemFactory(meeting=meeting, issue=IssueFactory(**facts))


def test_a_file_is_kept_byte_for_byte_in_parts(coordinator: Member) -> None:
    content = bytes(range(256)) * (PART // 256) + b"the rest"
    made = Appendix.add(planned(coordinator), passed("a.pdf", content), item=None, by=Actor.of(coordinator))

    assert made
    assert b"".join(made.content()) == content
    assert list(made.parts.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_the_same_file_is_added_once_to_the_same(coordinator: Member) -> None:
    meeting = planned(coordinator)
    item = item_about(meeting)

    added = [Appendix.add(meeting, passed(), item=of, by=Actor.of(coordinator)) for of in (None, None, item, item)]

    assert [one is not None for one in added] == [True, False, True, False]


def test_those_of_the_whole_meeting_are_numbered_first_and_then_item_by_item(
    coordinator: Member, representative: Member
) -> None:
    meeting = planned(coordinator)
    later, first = item_about(meeting, title="Senare"), item_about(meeting, title="Först")
    first.position, later.position = 1, 2
    first.save()
    later.save()
    for name, item in (("c.pdf", later), ("b.pdf", first), ("a.pdf", None)):
        appended(meeting, name, item=item)

    assert listed(meeting, representative) == [("Bilaga 1", "a.pdf"), ("Bilaga 2", "b.pdf"), ("Bilaga 3", "c.pdf")]


def test_a_restricted_items_files_are_seen_by_those_named_alone_and_no_number_tells_of_them(
    coordinator: Member, representative: Member
) -> None:
    meeting = planned(coordinator)
    hidden = item_about(meeting, restricted=True)
    appended(meeting, "hemlig.pdf", item=hidden)
    appended(meeting, "öppen.pdf", item=item_about(meeting))
    named = MemberFactory()
    AccessGrant.objects.create(issue=hidden.issue, member=representative)

    assert listed(meeting, coordinator) == [("Bilaga 1", "öppen.pdf")]
    assert sorted(listed(meeting, representative)) == [("Bilaga", "hemlig.pdf"), ("Bilaga 1", "öppen.pdf")]
    assert listed(meeting, named) == []


def test_a_guest_reads_the_files_of_her_own_item_alone(coordinator: Member, outsider: Member) -> None:
    meeting = planned(coordinator)
    own, other = item_about(meeting), item_about(meeting)
    let_present(AgendaItem.objects.filter(pk=own.pk), outsider)
    for name, item in (("hela.pdf", None), ("egen.pdf", own), ("annans.pdf", other)):
        appended(meeting, name, item=item)

    assert listed(meeting, outsider) == [("Bilaga 2", "egen.pdf")]


def test_a_reader_reads_them_when_the_meeting_has_closed(coordinator: Member) -> None:
    reader, meeting = MemberFactory(is_reader=True), under_way(coordinator)
    appended(meeting)

    assert listed(meeting, reader) == []
    close(meeting, coordinator)
    assert listed(meeting, reader) == [("Bilaga 1", "Lägesbild.pdf")]


def test_a_line_that_the_rules_raised_is_kept_with_its_file(coordinator: Member) -> None:
    issue = IssueFactory(title="Tunneln")
    meeting = planned(coordinator)

    add_files(meeting, [passed()], line=f"issue-{issue.pk}", by=Actor.of(coordinator))

    [item] = AgendaItem.objects.all()
    assert (item.issue, item.appendices.get().name) == (issue, "Lägesbild.pdf")
    assert [line.title for heading in agenda(meeting, coordinator) for line in heading.under] == ["Tunneln"]


def test_a_line_with_a_file_stays_when_it_is_taken_off_and_put_back(coordinator: Member) -> None:
    meeting, by = planned(coordinator), Actor.of(coordinator)
    issue = IssueFactory()
    add_files(meeting, [passed()], line=f"issue-{issue.pk}", by=by)
    item = AgendaItem.objects.get()

    remove_line(meeting, item.key, by=by)
    assert listed(meeting, coordinator) == []
    restore_line(meeting, item.key, by=by)

    assert listed(meeting, coordinator) == [("Bilaga 1", "Lägesbild.pdf")]


def test_a_start_that_is_undone_keeps_the_files_that_came_meanwhile(coordinator: Member) -> None:
    issue, by = IssueFactory(), Actor.of(coordinator)
    meeting = planned(coordinator)
    start_meeting(meeting, by=by)
    appended(meeting, item=AgendaItem.objects.get(issue=issue))

    unstart_meeting(meeting, by=by)

    assert listed(meeting, coordinator) == [("Bilaga 1", "Lägesbild.pdf")]


def test_files_follow_their_item_when_the_meeting_is_called_off(coordinator: Member) -> None:
    meeting, by = planned(coordinator), Actor.of(coordinator)
    following = Meeting.plan(starts_at=meeting.starts_at + timedelta(weeks=4), by=by)
    appended(meeting, "hela.pdf")
    appended(meeting, "punktens.pdf", item=item_about(meeting))

    call_off(meeting, by=by)

    assert listed(following, coordinator) == [("Bilaga 1", "punktens.pdf")]
    meeting.refresh_from_db()
    assert listed(meeting, coordinator) == [("Bilaga 1", "hela.pdf")]


def test_one_is_renamed_with_the_ending_that_it_has(coordinator: Member) -> None:
    one = appended(planned(coordinator))

    one.rename(name="Trygghetsbokslut 2026.docx", by=Actor.of(coordinator))

    assert Appendix.objects.get().name == "Trygghetsbokslut 2026.pdf"


def test_one_that_is_taken_away_before_minutes_are_made_is_gone_and_leaves_its_row(coordinator: Member) -> None:
    meeting = planned(coordinator)
    one = appended(meeting)

    one.remove(by=Actor.of(coordinator))

    one.refresh_from_db()
    assert (listed(meeting, coordinator), one.removed_by, one.is_erased) == ([], coordinator, True)
    assert AppendixPart.objects.count() == 0
    with pytest.raises(Conflict):
        one.remove(by=Actor.of(coordinator))


def test_after_the_meeting_nothing_is_added_renamed_or_taken_away(coordinator: Member) -> None:
    meeting = under_way(coordinator)
    one = appended(meeting)
    close(meeting, coordinator)
    by = Actor.of(coordinator)

    changes: list[Callable[[], object]] = [
        lambda: Appendix.add(meeting, passed("b.pdf", b"b"), item=None, by=by),
        lambda: one.rename(name="b.pdf", by=by),
        lambda: one.remove(by=by),
    ]
    for change in changes:
        with pytest.raises(Conflict):
            change()

    assert listed(meeting, coordinator) == [("Bilaga 1", "Lägesbild.pdf")]


def test_one_that_is_erased_after_the_meeting_keeps_its_number_its_name_and_why(coordinator: Member) -> None:
    meeting = under_way(coordinator)
    one = appended(meeting, "a.pdf")
    Appendix.add(meeting, passed("b.pdf", b"%PDF-b"), item=None, by=Actor.of(coordinator))
    close(meeting, coordinator)

    one.erase(why="en persons uppgifter", by=Actor.of(coordinator))

    assert listed(meeting, coordinator) == [("Bilaga 1", "a.pdf"), ("Bilaga 2", "b.pdf")]
    first = appendices_of(meeting, coordinator)[0]
    assert first.about.startswith(f"Borttagen av {coordinator}, ")
    assert first.about.endswith(". En persons uppgifter.")
    assert list(first.appendix.content()) == []


def test_what_minutes_name_keeps_its_bytes_when_it_is_taken_away_in_a_reopened_meeting(coordinator: Member) -> None:
    meeting = under_way(coordinator)
    one = appended(meeting)
    close(meeting, coordinator)
    meeting.refresh_from_db()
    unclose_meeting(meeting, by=Actor.of(coordinator))

    one.refresh_from_db()
    one.remove(by=Actor.of(coordinator))

    assert (listed(meeting, coordinator), b"".join(one.content())) == ([], CALM)


def test_all_files_of_a_meeting_have_room_together(coordinator: Member, settings: LazySettings) -> None:
    settings.MOST_BYTES_OF_FILES = len(CALM) + 6
    meeting = planned(coordinator)
    one = appended(meeting)

    with pytest.raises(ValidationError, match="Mötets bilagor får vara högst "):
        Appendix.add(meeting, passed("b.pdf", b"seven b"), item=None, by=Actor.of(coordinator))
    one.remove(by=Actor.of(coordinator))
    assert Appendix.add(meeting, passed("b.pdf", b"seven b"), item=None, by=Actor.of(coordinator))


def test_no_refusal_tells_of_files_that_she_may_not_know_of(coordinator: Member, settings: LazySettings) -> None:
    settings.MOST_BYTES_OF_FILES = len(CALM) + 6
    meeting = planned(coordinator)
    appended(meeting, item=item_about(meeting, restricted=True))

    assert Appendix.add(meeting, passed("b.pdf", b"seven b"), item=None, by=Actor.of(coordinator))


def changed(one: Appendix, **facts: object) -> None:
    Appendix.objects.filter(pk=one.pk).update(**facts)


def like(one: Appendix) -> Appendix:
    facts = {"name": "c.pdf", "kind": "pdf", "size": 0, "added_by": one.added_by}
    return Appendix.objects.create(meeting=one.meeting, **facts)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda one: changed(one, digest="0"), "En bilaga är den fil som lades till"),
        (lambda one: changed(one, name="b.pdf"), "Mötet är avslutat"),
        (lambda one: changed(one, removed_at=timezone.now()), "appendix_removed_by_somebody"),
        (lambda one: one.parts.create(number=2, content=b"more"), "En bilaga är den fil som lades till"),
        (lambda one: one.parts.all().delete(), "Bilagan finns kvar"),
        (like, "Mötet är avslutat"),
    ],
)
def test_the_database_keeps_them_as_they_were(
    coordinator: Member, change: Callable[[Appendix], object], told: str
) -> None:
    meeting = under_way(coordinator)
    one = appended(meeting)
    close(meeting, coordinator)

    with pytest.raises(IntegrityError, match=told), transaction.atomic():
        change(one)


def test_a_file_that_is_erased_while_it_is_read_is_gone_and_no_fault(coordinator: Member) -> None:
    found = appended(under_way(coordinator))
    reading = found.content()
    Appendix.objects.get(pk=found.pk).erase(why="Fel fil", by=Actor.of(coordinator))

    assert list(reading) == []
    with pytest.raises(Http404):
        served(found)
