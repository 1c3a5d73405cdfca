"""The demo group: loaded once, into an empty register, so that every role has something to see and do."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from base.swedish.passages import MASK, pattern
from base.ui.models import KeptPassage
from demo.story import edition, people
from demo.story.data import read_data
from demo.story.edition import why_tell_anew
from issues.models import (
    Action,
    ActionStatus,
    Answer,
    Assignment,
    Closure,
    DateChange,
    Escalation,
    Event,
    Issue,
    Observation,
)
from meetings.agenda.building import agenda
from meetings.models import AgendaItem, CallAnswer, ItemDraft, MaskedMinutes, Meeting, OrganisationAtMeeting, Presence
from members.actor import Channel
from members.models import Group, Member, Organisation, Seat
from temagrupp.home.panels import StartPanels
from temagrupp.redaction.finding import find
from temagrupp.redaction.models import Redaction
from temagrupp.redaction.scope import MaskingScope
from tests.acting import a_coordinator
from tests.past import history_of


def load(*options: str) -> str:
    told = StringIO()
    call_command("load_demo", *options, stdout=told)
    return told.getvalue()


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The story told once for all tests here, and taken back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load("--if-empty")
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def demo(told: str, db: None) -> None:
    """Every test here reads the demo."""


def member(role: str) -> Member:
    found: Member = Member.objects.get(name=people.ACCOUNTS[role])
    return found


def test_it_tells_of_one_account_for_each_role(told: str) -> None:
    for role, name in people.ACCOUNTS.items():
        assert f"  {role:<12} {people.address(name):<34} {name}" in told.splitlines()
    assert people.PASSWORD in told


def test_a_register_in_use_is_left_alone() -> None:
    before = Observation.objects.count()

    told_again = load("--if-empty")

    assert Observation.objects.count() == before
    assert people.PASSWORD in told_again


def test_a_demo_of_today_is_shown_without_a_word() -> None:
    assert why_tell_anew(timezone.localdate()) == ""
    assert "--reset" not in load("--if-empty")


def test_one_filled_before_the_story_was_changed_says_so_and_is_left_as_it_is(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "moten.toml").write_text("[[mote]]")
    monkeypatch.setattr(edition, "FOLDER", tmp_path)
    before = Observation.objects.count()

    assert "och berättelsen har ändrats sedan dess. Börja om" in load("--if-empty")
    assert Observation.objects.count() == before


def test_one_that_has_stood_for_a_week_is_counted_from_a_day_that_has_been() -> None:
    today = timezone.localdate()

    assert why_tell_anew(today + timedelta(days=6)) == ""
    assert "och berättelsen räknas från den dagen." in why_tell_anew(today + timedelta(days=7))


def test_a_group_of_ones_own_is_neither_filled_nor_told_of() -> None:
    Group.current().change(by=a_coordinator(), demo=False)

    assert load("--if-empty") == ""
    with pytest.raises(CommandError, match="används redan"):
        load()


@pytest.mark.parametrize("role", people.ACCOUNTS)
def test_each_account_signs_in_and_reads_that_it_is_a_demo(role: str, client: Client) -> None:
    login = {"login": people.address(people.ACCOUNTS[role]), "password": people.PASSWORD}
    response = client.post(reverse("account_login"), login, follow=True)

    assert response.redirect_chain == [(reverse("start"), 302)]
    assert "Demodata" in response.content.decode()


def test_every_organisation_has_its_people_but_for_two_vacant_seats() -> None:
    assert Organisation.objects.of_group().count() == 13
    assert Seat.objects.current().ordinary().count() == 13
    assert Seat.objects.current().deputies().count() == 11


def test_one_was_succeeded_and_can_sign_in_no_more() -> None:
    seats = Seat.objects.ordinary().filter(organisation__short_name="Kommunledningen").order_by("period")

    assert [seat.member.name for seat in seats] == ["Signe Underlag", "Jonas Utkast"]
    assert seats[0].is_over
    assert not seats[0].member.is_active


def test_there_is_something_in_every_state() -> None:
    assert {*Issue.with_struck.values_list("state", flat=True)} == {*Issue.State.values}
    assert {*Observation.with_withdrawn.values_list("state", flat=True)} == {*Observation.State.values}
    assert {*Answer.objects.values_list("kind", flat=True)} == {*Answer.Kind.values}
    today = timezone.localdate()
    assert {action.status_on(today) for action in Action.objects.with_assignments()} == {*ActionStatus}
    assert {*Action.objects.values_list("state", flat=True)} == {*Action.State.values}
    coming = CallAnswer.objects.to_coming()
    assert {*coming.values_list("answer", flat=True)} == {*CallAnswer.Answer.values}
    assert coming.exclude(channel=Channel.SIGNED_IN).exists()


def test_there_is_as_much_as_a_group_sees_in_fourteen_months() -> None:
    assert 390 <= Observation.objects.count() <= 410
    assert Issue.objects.count() >= 45
    assert {*Issue.objects.values_list("kind", flat=True)} == {*Issue.Kind.values}
    assert {*Closure.objects.values_list("outcome", flat=True)} == {*Issue.Outcome.values}
    assert {*Answer.objects.values_list("reason", flat=True)} == {"", *Answer.Reason.values}
    assert {*Answer.objects.values_list("channel", flat=True)} == {*Channel.values} - {"register", "old_list", "paper"}
    assert Meeting.objects.closed().count() >= 12
    assert {"guest", "politician", "resident"} <= {*Presence.objects.guests().values_list("capacity", flat=True)}
    assert [str(one.person) for one in Presence.objects.officers()] == ["Berit Kladd"]
    assert [one.get_capacity_display() for one in Presence.objects.relieved()] == ["Ordförande"]
    speaking = Presence.objects.speaking().order_by().values_list("meeting", "member")
    assert any(number > 1 for number in Counter(speaking).values())  # one who was back after her deputy
    assert OrganisationAtMeeting.objects.exclude(excused_ordinary=None).exists()
    assert ItemDraft.objects.filter(part="answer").exists()
    assert Event.objects.filter(kind=Event.Kind.REOPENED).exists()
    assert StartPanels(member("samordnare"), timezone.localdate()).remaining
    told = [line.line for line in StartPanels(member("ersättare"), timezone.localdate()).news]
    assert any(line.startswith("Din rapport om") and "problemet kvarstår" in line for line in told)
    assert Event.objects.filter(kind=Event.Kind.REMINDED, by__isnull=False).exists()
    assert Escalation.objects.exclude(ruling=None).exists()
    assert DateChange.objects.count() >= 3


def test_there_are_new_observations_to_sort_from_the_last_days() -> None:
    new = Observation.objects.to_triage()

    assert 5 <= len(new) <= 12
    assert min(o.created_at for o in new) > timezone.now() - timedelta(days=7)


@pytest.mark.parametrize("role", ["samordnare", "ordinarie", "ersättare"])
def test_whoever_has_reported_meets_at_once_what_became_of_it(role: str) -> None:
    panels = StartPanels(member(role), timezone.localdate())

    assert any(seen.issue and seen.issue.feedback for seen in [*panels.answered, *panels.reported[:3]])


def test_whoever_answers_has_a_question_and_something_under_way() -> None:
    for role in ("ordinarie", "ersättare", "handläggare"):
        panels = StartPanels(member(role), timezone.localdate())
        assert panels.to_answer, role
        assert Action.State.ONGOING in {action.state for action in panels.promised}, role


def test_the_next_agenda_has_something_under_most_headings() -> None:
    meeting = Meeting.objects.coming().get()
    filled = {heading.key for heading in agenda(meeting, member("samordnare")) if heading.lines}

    assert filled >= {
        "action_log",
        "new_issues",
        "ongoing_issues",
        "consultations",
        "feedback",
        "other",
    }
    assert meeting.starts_at > timezone.now()


def test_both_meetings_have_minutes_in_which_everyone_stands_in_a_list() -> None:
    meetings = Meeting.objects.closed()

    assert len(meetings) >= 2
    assert all(meeting.closed_at in [one.made_at for one in meeting.minutes.all()] for meeting in meetings)
    unnoted = OrganisationAtMeeting.objects.filter(state="unnoted", meeting__in=meetings)
    assert not unnoted.exists()


def test_the_meetings_know_who_was_excused_who_was_absent_and_who_took_over() -> None:
    at_meetings = OrganisationAtMeeting.objects.filter(meeting__in=Meeting.objects.closed())

    assert {*at_meetings.values_list("state", flat=True)} == {"represented", "excused", "absent"}
    left = Presence.objects.exclude(organisation=None).filter(items__upper_inf=False)[0]
    took_over = Presence.objects.filter(meeting=left.meeting, organisation=left.organisation).last()
    assert took_over
    assert (took_over.first, took_over.capacity) == ((left.last or 0) + 1, Presence.Capacity.DEPUTY)


def test_an_extra_meeting_keeps_to_its_one_issue() -> None:
    extra = Meeting.objects.closed().get(is_extra=True)
    discussed = AgendaItem.objects.filter(meeting=extra).on_agenda().exclude(issue=None)

    assert [item.title for item in discussed] == ["Eldade papperskorgar i centrum"]


def test_nothing_is_told_of_the_future() -> None:
    for model in (Observation, Issue, Action, Assignment, Meeting):
        assert not model.objects.filter(updated_at__gt=timezone.now()).exists(), model


def test_what_is_restricted_is_for_those_named_alone() -> None:
    hidden, meeting = Issue.objects.get(restricted=True), Meeting.objects.coming().get()
    for role in ("ordinarie", "ersättare", "handläggare", "läsare", "gäst"):
        assert hidden not in Issue.objects.visible_to(member(role)), role
        assert not Observation.objects.visible_to(member(role)).filter(issue=hidden).exists(), role
        titles = [line.title for heading in agenda(meeting, member(role)) for line in heading.lines]
        assert hidden.title not in titles, role


def test_two_have_been_masked_in_an_observation_and_in_what_is_read_of_sent_minutes() -> None:
    seen = Observation.objects.get(text__contains=MASK)
    [copy] = MaskedMinutes.objects.all()
    masked, earlier = Redaction.objects.latest_first()

    assert masked.kind == Redaction.Kind.PASSAGE
    assert [(place.table, place.key) for place in masked.places.all()] == [("issues_observation", str(seen.pk))]
    assert [(place.table, place.is_copy) for place in earlier.places.order_by("table")] == [
        ("meetings_agendaitem", False),
        ("meetings_minutes", True),
    ]
    copied = copy.masked_at, MASK in str(copy.content), MASK in str(copy.minutes.content)
    assert copied == (earlier.at, True, False)
    assert masked.at < timezone.now() - timedelta(days=3)
    for record in read_data().maskings:
        assert history_of(seen).filter(text__contains=record["ord"]).count() == 0
        assert find(MaskingScope(member("samordnare")), pattern(record["ord"])) == []


def test_a_name_was_kept_and_whoever_kept_it_is_not_asked_of_it_again() -> None:
    [kept] = KeptPassage.objects.all()
    seen = Observation.objects.get(text__contains="August Skylt")

    assert (str(kept), kept.by, kept.at) == ("name in issues.Observation.text", seen.reporter, seen.created_at)


def test_it_is_filled_to_any_size_with_the_same_rhythms() -> None:
    before = Observation.objects.count()

    assert "observationer i sekunden" in load("--if-empty", "--observations=3000")

    assert Observation.objects.count() == 3_000
    added = Observation.objects.order_by("-pk")[: 3_000 - before]
    assert {o.state for o in added} == {Observation.State.NOTED}
    assert all(o.seen_from <= o.created_at <= o.triaged_at <= timezone.now() for o in added if o.triaged_at)
    nights = [o for o in added if o.organisation.short_name == "Polisen" and o.seen_from.astimezone().hour >= 20]
    assert {history_of(o).get(pgh_label="insert").pgh_context["source"] for o in nights[:5]} == {"demo"}
    already = "Demogruppen har 3\u202f000 observationer, så ingen lades till för att nå 3\u202f000."
    assert already in load("--if-empty", "--observations=3000")
    assert "Fyller på med 10 observationer" in load("--if-empty", "--observations=3010")


def test_an_extra_meeting_was_called_off_and_says_why() -> None:
    off = Meeting.objects.called_off().get()

    assert (off.is_extra, bool(off.why_cancelled), off.items.exists()) == (True, True, False)
