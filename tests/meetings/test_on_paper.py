"""A meeting that was held on paper is entered afterwards, and stands before those that come after it."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from base.records import NotAllowed
from issues.models import AccessGrant, Counter, Event, Follower, Issue
from meetings.agenda.building import Extent, agenda
from meetings.agenda.ordering import add_item
from meetings.attendance import note_expected
from meetings.closing import close_meeting
from meetings.deciding import decide, propose_action
from meetings.minutes.telling import minutes_that_tell
from meetings.models import AgendaItem, Appendix, Decision, Meeting, Minutes
from meetings.on_paper import NO_GROUP, NOT_YET
from meetings.planning import plan_meeting
from meetings.starting import start_meeting
from members.actor import Actor
from members.models import Member, Notice, NoticeCause, Organisation
from members.outbox.sending import send_due
from tests.acting import a_coordinator
from tests.base.files.made import chosen
from tests.days import in_days
from tests.factories import ActionFactory, AgendaItemFactory, IssueFactory
from tests.mails import sent
from tests.meetings.meetings import item_of, planned, under_way, undo, words
from tests.pages import Response

pytestmark = pytest.mark.django_db

ADDRESS = reverse("meetings:enter")


def days_ago(days: int, clock: time = time(13)) -> datetime:
    return timezone.make_aware(datetime.combine(timezone.localdate() - timedelta(days=days), clock))


def numbers_after(meeting: Meeting) -> None:
    """What a test has made by hand has numbers that the register knows nothing of."""
    for year in {meeting.year, timezone.localdate().year, meeting.day.year}:
        Counter.objects.update_or_create(series=Counter.Series.MEETING, year=year, defaults={"last": 90})


def enter(client: Client, days: int = 40, *, files: Any = None, **typed: Any) -> Response:
    day = timezone.localdate() - timedelta(days=days)
    sent = {"key": f"{uuid4()}", "day": f"{day}", "starts": "13:00", "ends": "14:30", "place": "Sessionssalen", **typed}
    coordinator = Member.objects.get(is_coordinator=True)
    sent = {"chair": coordinator.pk, "secretary": coordinator.pk, **sent}
    return client.post(ADDRESS, sent | ({"file": files} if files else {}), follow=True)


@pytest.fixture(autouse=True)
def organisations(technical: Organisation, police: Organisation, representative: Member) -> None:
    """In the group since long."""
    Organisation.objects.update(active_from=date(2020, 1, 1))


def test_it_becomes_a_closed_meeting_with_minutes_that_say_how_they_came(as_coordinator: Client) -> None:
    people = "Omar Prov\nKarin Karlsson, kommissarie, Polisen\nÅsa Ärlig, kurator, Brottsofferjouren"

    page = words(enter(as_coordinator, people=people, decisions="Nattvandringen fortsätter.\nVi träffas i augusti."))

    meeting = Meeting.objects.get()
    day = meeting.day
    assert meeting.is_closed
    assert (meeting.held_at, meeting.held_to) == (days_ago(40), days_ago(40, time(14, 30)))
    assert "Mötet är inskrivet. Ingen får något mejl." in page
    assert "Mötet skrevs in" in page
    assert "Skicka nu" not in page
    assert f"{day.year}, 13.00–14.30 Plats Sessionssalen" in page
    assert "av Maja Exempel. Originalet finns inte i registret." in page
    assert "Karin Karlsson, kommissarie" in page
    assert "Gäst: Åsa Ärlig, kurator, Brottsofferjouren." in page
    assert f"Beslut {day.year}-1: Nattvandringen fortsätter." in page
    assert f"Beslut {day.year}-2: Vi träffas i augusti." in page
    assert "Åtgärdslista" not in page
    assert "Behandlades inte" not in page


def test_the_old_minutes_are_its_first_appendix(as_coordinator: Client) -> None:
    page = words(enter(as_coordinator, files=chosen()))

    appendix = Appendix.objects.get()
    assert appendix.of_meeting == Meeting.objects.get()
    assert "Originalet är bilaga 1." in page
    assert f"Bilaga 1 {appendix.name}" in page or appendix.name in page


def test_who_could_not_come_is_noted_and_the_others_are_absent(
    as_coordinator: Client, technical: Organisation, police: Organisation
) -> None:
    enter(as_coordinator, excused=[police.pk], people="Karin Karlsson, Tekniska förvaltningen")

    states = dict(Meeting.objects.get().organisations.values_list("organisation__name", "state"))
    assert (states[technical.name], states[police.name]) == ("represented", "excused")
    assert set(states.values()) <= {"represented", "excused", "absent"}


def test_a_decision_about_an_issue_stands_in_its_timeline(as_coordinator: Client) -> None:
    issue = IssueFactory(title="Mörkt i tunneln")

    enter(as_coordinator, decisions=f"Lampan ska lagas (ärende {issue.number}).\nVi ses.")

    decision = Decision.objects.get(issue=issue)
    assert decision.text == "Lampan ska lagas."
    told = Event.objects.filter(issue=issue).exclude(kind="opened")
    assert {event.kind for event in told} == {Event.Kind.DISCUSSED, Event.Kind.DECIDED}
    page = words(as_coordinator.get(issue.get_absolute_url()))
    assert "Lampan ska lagas." in page
    assert "Maja Exempel, från anteckningar på papper" in page


def test_the_next_agenda_tells_what_was_decided(as_coordinator: Client, coordinator: Member) -> None:
    coming = plan_meeting(starts_at=days_ago(-7), by=Actor.of(coordinator))
    enter(as_coordinator, decisions="Nattvandringen fortsätter.")

    assert coming.previous() == Meeting.objects.get(is_on_paper=True)
    told = [one.text for one in agenda(coming, coordinator, extent=Extent.DECISIONS)[2].followed]
    assert told == ["Nattvandringen fortsätter."]


def test_it_takes_no_topic_and_changes_no_agenda_that_comes(as_coordinator: Client, coordinator: Member) -> None:
    by = Actor.of(coordinator)
    left = under_way(coordinator, starts_at=days_ago(60))
    numbers_after(left)
    AgendaItemFactory(meeting=left, title="Blev kvar")
    note_expected(left, by=by)
    close_meeting(left, by=by)
    coming = plan_meeting(starts_at=days_ago(-7), by=by)
    IssueFactory(title="Nytt sedan dess")
    add_item(coming, title="Kommer", by=by)

    def lines() -> list[tuple[str, str]]:
        return [(one.number, one.title) for heading in agenda(coming, coordinator) for one in heading.lines]

    before = lines()
    enter(as_coordinator, days=20, decisions="Nattvandringen fortsätter.")

    assert lines() == before
    assert [item.title for item in AgendaItem.objects.at(Meeting.objects.get(is_on_paper=True))] == ["Beslut"]


def test_it_stands_before_those_that_came_after_it(as_coordinator: Client, coordinator: Member) -> None:
    by = Actor.of(coordinator)
    later = planned(coordinator, starts_at=days_ago(10))
    numbers_after(later)
    start_meeting(later, by=by, started_at=days_ago(10))
    note_expected(later, by=by)
    close_meeting(later, by=by)

    enter(as_coordinator, days=40, decisions="Vi ses.")

    paper = Meeting.objects.get(is_on_paper=True)
    assert list(Meeting.objects.closed()) == [later, paper]
    assert (later.previous(), paper.previous()) == (paper, None)
    assert paper.year == paper.day.year
    listed = words(as_coordinator.get(reverse("meetings:list")))
    assert str(paper) in listed
    assert "Vi ses." in words(as_coordinator.get(reverse("meetings:year", args=[paper.year])))


def test_its_decisions_have_numbers_of_the_year_that_it_was_held_in(as_coordinator: Client) -> None:
    year = timezone.localdate().year - 2
    Counter.objects.create(series=Counter.Series.DECISION, year=year, last=6)

    enter(as_coordinator, day=f"{year}-03-03", decisions="Vi ses.")

    assert Decision.objects.get().number == f"{year}-7"
    assert Meeting.objects.get().number == f"{year}-1"


def test_nobody_is_mailed_also_if_it_was_last_week(as_coordinator: Client, representative: Member) -> None:
    issue = IssueFactory(title="Mörkt i tunneln", opened_by=representative)
    Follower.objects.create(issue=issue, member=representative)

    enter(as_coordinator, days=3, decisions=f"Lampan ska lagas, ärende {issue.number}")

    send_due(at=timezone.now() + timedelta(hours=2))
    assert not sent()
    assert not Notice.objects.exists()
    assert not NoticeCause.objects.filter(kind__startswith="meetings").exists()


def test_it_is_undone_like_any_closing_and_closed_again(as_coordinator: Client, coordinator: Member) -> None:
    page = enter(as_coordinator, decisions="Vi ses.")

    undo(as_coordinator, page)
    meeting = Meeting.objects.get()
    assert meeting.is_under_way
    decide(item_of(meeting, "Beslut"), text="Och en sak till.", by=Actor.of(coordinator))
    closing = reverse("meetings:close", args=[meeting.pk])
    page_of_closing = words(as_coordinator.get(closing))
    assert "14:30" in page_of_closing
    assert "skicka nu" not in page_of_closing
    assert "mejlas" not in page_of_closing

    as_coordinator.post(closing, {"held_to": "14:30"})

    meeting.refresh_from_db()
    assert (meeting.is_closed, meeting.held_to) == (True, days_ago(40, time(14, 30)))
    assert Decision.objects.count() == 2
    assert not Meeting.objects.coming().exists()


def test_an_entry_that_is_undone_is_nobodys_next_meeting_and_asks_for_nothing(
    as_coordinator: Client, as_representative: Client, coordinator: Member, technical: Organisation
) -> None:
    issue = IssueFactory(title="Lampan", opened_by=coordinator)
    coming = planned(coordinator)
    numbers_after(coming)
    page = enter(as_coordinator, decisions=f"Lampan lagas. (ärende {issue.number})")
    undo(as_coordinator, page)
    meeting = Meeting.objects.get(is_on_paper=True)
    assert meeting.is_under_way

    assert list(Meeting.objects.coming()) == [coming]
    assert not meeting.is_coming
    assert f"{meeting}" not in words(as_representative.get(reverse("start")))
    held = words(as_coordinator.get(reverse("meetings:list")))
    assert "Inskrivningen är ångrad. Rätta den och avsluta mötet igen." in held
    item = item_of(meeting, "Lampan")
    assert 'name="what"' not in as_coordinator.get(item.get_absolute_url()).content.decode()
    with pytest.raises(NotAllowed, match="Ett möte på papper frågar ingen"):
        propose_action(item, by=Actor.of(coordinator), title="Laga lampan", organisation=technical)
    close_meeting(meeting, by=Actor.of(coordinator))
    assert not NoticeCause.objects.exists()


def test_it_does_not_hinder_another_closing_from_being_undone(as_coordinator: Client, coordinator: Member) -> None:
    held = under_way(coordinator)
    numbers_after(held)
    note_expected(held, by=a_coordinator())
    closed = as_coordinator.post(reverse("meetings:close", args=[held.pk]), {}, follow=True)
    enter(as_coordinator)

    undo(as_coordinator, closed)

    assert Meeting.objects.get(pk=held.pk).is_under_way


def test_sent_twice_it_is_entered_once(as_coordinator: Client) -> None:
    key = f"{uuid4()}"

    enter(as_coordinator, key=key, decisions="Vi ses.")
    enter(as_coordinator, key=key, decisions="Vi ses.")

    assert (Meeting.objects.count(), Minutes.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"day": f"{timezone.localdate() + timedelta(days=2)}"}, NOT_YET),
        ({"day": "2019-03-03"}, NO_GROUP),
        ({"day": "12 mars"}, "Dag"),
        ({"ends": "12:00"}, "Mötet slutade innan det började."),
        ({"people": "Anna, alla\nIngen"}, "Rad 2: ”Ingen” är ingen person."),
        ({"decisions": "Vi ses.\nLaga (ärende 1999-1)"}, "Rad 2: Det finns inget ärende med numret 1999-1."),
        ({"decisions": "(ärende 1999-1)"}, "Rad 1: Det finns inget ärende med numret 1999-1."),
        ({"decisions": "rad\n" * 5000}, "Det är 5000 rader. Skriv högst 100 åt gången."),
        ({"people": "Anna Ek\n" * 2}, "Rad 2: Anna Ek står på två rader."),
        ({"decisions": "a" * 2001}, "Rad 1: Beslutet är för långt. Det får plats 2000 tecken."),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_nothing_typed_is_lost(
    as_coordinator: Client, typed: dict[str, Any], why: str
) -> None:
    kept = {"place": "Gamla biblioteket 🏛️", "registry_no": "KS 2019/7", "people": "Anna Ek", "decisions": "Vi ses."}

    both: dict[str, Any] = {**kept, **typed}
    page = enter(as_coordinator, **both)

    told = words(page)
    assert why in told
    assert not Meeting.objects.exists()
    assert not Counter.objects.filter(series=Counter.Series.MEETING).exists()
    form = page.context["form"]
    for name, value in {**kept, **typed}.items():
        assert str(form[name].value()).strip() == str(value).strip()


def test_a_file_that_is_not_what_it_says_is_refused_and_asked_for_again(as_coordinator: Client) -> None:
    false = SimpleUploadedFile("protokoll.pdf", b"MZ program", content_type="application/pdf")

    page = words(enter(as_coordinator, decisions="Vi ses.", files=false))

    assert "protokoll.pdf" in page
    assert "Webbläsaren behåller inte filer, så välj dem igen." in page
    assert "Vi ses." in page
    assert not Meeting.objects.exists()


def test_a_file_that_was_right_is_asked_for_again_when_something_else_is_wrong(as_coordinator: Client) -> None:
    page = words(enter(as_coordinator, starts="", files=chosen()))

    assert "Webbläsaren behåller inte filer, så välj dem igen." in page


def test_a_day_on_which_a_meeting_stands_is_refused(as_coordinator: Client, coordinator: Member) -> None:
    standing = planned(coordinator, starts_at=days_ago(40, time(9)))
    numbers_after(standing)

    page = words(enter(as_coordinator, decisions="Vi ses."))

    assert f"{standing} står redan i registret. Ett möte skrivs in en gång." in page
    assert Meeting.objects.get() == standing


def test_a_restricted_issue_is_told_of_as_one_that_is_not_there(as_coordinator: Client, coordinator: Member) -> None:
    issue = IssueFactory(title="Hemligt", restricted=True)
    AccessGrant.objects.filter(issue=issue).delete()

    page = words(enter(as_coordinator, decisions=f"Vi ses.\nLaga (ärende {issue.number})"))

    assert f"Rad 2: Det finns inget ärende med numret {issue.number}." in page
    assert "Hemligt" not in page
    assert not Meeting.objects.exists()


def test_one_from_an_organisation_that_was_not_in_the_group_then_is_refused(
    as_coordinator: Client, police: Organisation
) -> None:
    Organisation.objects.filter(pk=police.pk).update(active_from=timezone.localdate())

    page = words(enter(as_coordinator, people="Karin Karlsson, Polisen"))

    assert "Polisen var inte med i gruppen den dagen." in page
    assert not Meeting.objects.exists()


def test_strange_signs_are_kept(as_coordinator: Client) -> None:
    text = "Vi tänder 🔦 igen — 50 % av lamporna ”lyser”."

    enter(as_coordinator, decisions=f"{text}\r\n\r\n  \r\nVi ses.")

    assert [decision.text for decision in Decision.objects.order_by("pk")] == [text, "Vi ses."]


def test_only_the_samordnare_is_offered_it(as_coordinator: Client, as_representative: Client) -> None:
    link = "Skriv in ett möte som har varit"
    assert link in words(as_coordinator.get(reverse("meetings:list")))
    assert link not in words(as_representative.get(reverse("meetings:list")))
    assert as_representative.get(ADDRESS).status_code == 403


def test_an_issue_that_ended_after_it_is_told_at_the_next_meeting_all_the_same(
    as_coordinator: Client, coordinator: Member
) -> None:
    issue: Issue = IssueFactory(title="Trasigt räcke")
    issue.close(by=Actor.of(coordinator), outcome="solved", feedback="Räcket är lagat.")
    coming = plan_meeting(starts_at=days_ago(-7), by=Actor.of(coordinator))

    enter(as_coordinator, decisions=f"Räcket ska lagas (ärende {issue.number})")

    assert "Trasigt räcke" in [one.title for heading in agenda(coming, coordinator) for one in heading.lines]


def test_what_was_answered_after_it_is_told_at_the_next_meeting(
    as_coordinator: Client, coordinator: Member, representative: Member, technical: Organisation
) -> None:
    """Also what was answered before it was entered: its minutes are of the day that it was held."""
    action = ActionFactory(title="Laga lampan", assignment__organisation=technical)
    answer = action.current.accept(by=Actor.of(representative), planned=in_days(30))
    coming = plan_meeting(starts_at=days_ago(-7), by=Actor.of(coordinator))

    enter(as_coordinator, decisions="Vi ses.")

    assert [one.title for heading in agenda(coming, coordinator) for one in heading.answered] == ["Laga lampan"]
    assert minutes_that_tell(answer) == ""
    assert Minutes.objects.get().content["actions"] == []
