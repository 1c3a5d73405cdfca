"""The samordnare changes the headings of a template, or of one meeting, all at once."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings.agenda.building import agenda
from meetings.deciding import decide
from meetings.models import AgendaItem, AgendaTemplate, Heading, Meeting
from meetings.planning import in_passing
from members.actor import Actor
from members.models import Member
from tests.days import next_noon, today
from tests.factories import AgendaItemFactory, MeetingFactory
from tests.meetings.meetings import under_way, undo, words
from tests.pages import Response

pytestmark = pytest.mark.django_db


def template() -> AgendaTemplate:
    return AgendaTemplate.objects.default()


def page_of(owner: AgendaTemplate | Meeting) -> str:
    name = "meetings:headings" if isinstance(owner, Meeting) else "meetings:template_change"
    return reverse(name, args=[owner.pk])


def shown(client: Client, owner: AgendaTemplate | Meeting) -> dict[str, Any]:
    """What the page's form would send as it stands."""
    form = client.get(page_of(owner)).context["form"]
    return {bound.html_name: bound.value() or "" for bound in form if bound.name not in ("key", "then", "removed")}


def send(client: Client, owner: AgendaTemplate | Meeting, **typed: Any) -> Response:
    named = {name.replace("__", "-"): value for name, value in typed.items()}
    return client.post(page_of(owner), {**shown(client, owner), **named}, follow=True)


def labels(owner: AgendaTemplate | Meeting | None = None) -> list[str]:
    owner = owner or template()
    own = Heading.objects.filter(meeting=owner) if isinstance(owner, Meeting) else owner.headings.all()
    return [f"{heading.number} {heading}" for heading in own.filter(removed=False).in_order()]


def restore() -> str:
    return reverse("meetings:template_heading_restore", args=[template().pk])


def test_a_heading_gets_other_words_a_purpose_a_text_and_minutes(as_coordinator: Client) -> None:
    typed = {"label": "Fritt ord", "purpose": "discussion", "text": "Ordet är fritt.", "minutes": "10"}

    page = send(as_coordinator, template(), **{f"other__{name}": value for name, value in typed.items()})

    heading = template().headings.get(key="other")
    assert "Rubrikerna är sparade." in words(page)
    assert [heading.label, heading.purpose, heading.text, heading.minutes] == [
        "Fritt ord",
        "discussion",
        typed["text"],
        10,
    ]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ({"then": "upp-agenda"}, ["1 Dagordning", "2 Öppnande och närvaro"]),
        ({"then": "ned-opening"}, ["1 Dagordning", "2 Öppnande och närvaro"]),
        ({"agenda__place": "1"}, ["1 Dagordning", "2 Öppnande och närvaro"]),
        ({"opening__place": "2"}, ["1 Dagordning", "2 Öppnande och närvaro"]),
        ({"next_meeting__place": "1"}, ["1 Nästa möte", "2 Öppnande och närvaro"]),
        ({"then": "upp-opening"}, ["1 Öppnande och närvaro", "2 Dagordning"]),
    ],
)
def test_a_heading_is_moved_by_a_step_or_to_a_place(as_coordinator: Client, typed: Any, first: list[str]) -> None:
    send(as_coordinator, template(), **typed)

    assert (labels()[:2], len(labels())) == (first, 13)


def test_who_moves_a_heading_a_step_goes_on_where_it_stands(as_coordinator: Client) -> None:
    page = send(as_coordinator, template(), then="ned-opening")

    assert page.redirect_chain[-1][0] == f"{template().get_absolute_url()}#rubrik-opening"
    shown = page.content.decode()
    assert shown.index("Rubrikerna är sparade.") > shown.index('id="rubrik-opening"')


def test_a_button_of_one_heading_saves_what_was_typed_in_another(as_coordinator: Client) -> None:
    send(as_coordinator, template(), then="upp-agenda", other__label="Fritt ord")

    assert "12 Fritt ord" in labels()


def test_rules_change_places_at_once(as_coordinator: Client) -> None:
    send(as_coordinator, template(), new_issues__fills="feedback", feedback__fills="new_issues")

    rules = dict(template().headings.values_list("key", "rule"))
    assert (rules["new_issues"], rules["feedback"]) == ("feedback", "new_issues")


def test_a_heading_and_a_break_are_added(as_coordinator: Client) -> None:
    send(as_coordinator, template(), ny__label="Hur har ni det?", ny__fills="free")
    send(as_coordinator, template(), ny__fills="break", ny__minutes="15", ny__place="6")

    assert labels()[4:7] == ["5 Gemensam lägesbild, laget runt", "5 Paus", "6 Nya ärenden"]
    assert labels()[-1] == "14 Hur har ni det?"


def test_what_is_not_sent_of_what_fills_a_heading_stands_as_it_was(as_coordinator: Client) -> None:
    before = list(template().headings.standing().in_order().values_list("key", "kind", "rule"))

    page = send(as_coordinator, template(), ny__label="Hur har ni det?", ny__fills="", previous__fills="")

    *standing, new = template().headings.standing().in_order().values_list("key", "kind", "rule")
    assert (page.status_code, standing, new[1:]) == (200, before, (Heading.Kind.FREE, ""))


def test_a_break_is_no_point_of_the_agenda(as_coordinator: Client, coordinator: Member) -> None:
    send(as_coordinator, template(), ny__fills="break", ny__minutes="15", ny__place="6")

    headings = agenda(MeetingFactory(), coordinator)
    meeting = under_way(coordinator)

    assert [heading.number for heading in headings] == [str(number) for number in range(1, 14)]
    assert not meeting.items.filter(heading__kind="break").exists()
    assert Heading.objects.filter(meeting=meeting, kind="break", number=5).exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"other__label": ""}, "Skriv vad rubriken heter, eller ta bort den."),
        ({"other__fills": "round"}, "Två rubriker fylls av ”Laget runt”. Välj en av dem."),
        ({"ny__fills": "break", "ny__place": "1"}, "En paus kan inte stå först. Ge den en plats efter någon rubrik."),
        ({"name": ""}, "Skriv vad mallen heter."),
        ({"other__minutes": "0"}, "Minuter: "),
    ],
)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(as_coordinator: Client, typed: Any, said: str) -> None:
    before = labels()

    page = send(as_coordinator, template(), agenda__text="Godkänns.", **typed)

    assert (said in words(page), "Godkänns." in words(page), labels()) == (True, True, before)


def test_two_breaks_do_not_stand_after_each_other(as_coordinator: Client) -> None:
    send(as_coordinator, template(), ny__fills="break", ny__place="6")

    page = send(as_coordinator, template(), ny__fills="break", ny__place="6")

    assert "Två pauser står efter varandra." in words(page)


def test_there_are_not_too_many(as_coordinator: Client) -> None:
    template().headings.bulk_create(
        Heading(template=template(), key=f"rad-{number}", number=number, label="Rad") for number in range(14, 61)
    )

    page = send(as_coordinator, template(), ny__label="En till")

    assert ("högst 60 rubriker" in words(page), len(labels())) == (True, 60)


def test_what_stood_under_a_heading_that_is_taken_away_is_told_moved_and_brought_back(
    as_coordinator: Client, coordinator: Member
) -> None:
    meeting = MeetingFactory(starts_at=next_noon() + timedelta(weeks=2), chair=coordinator)
    topic = AgendaItemFactory(meeting=meeting, title="Ny karta", under="follow_up")

    page = send(as_coordinator, template(), then="bort-follow_up")

    topic.refresh_from_db()
    told = f"”Uppföljning” är borttagen. En punkt på {in_passing(meeting, today=today())} står nu under Övriga frågor."
    assert told in words(page)
    assert (topic.heading.key, len(labels())) == ("other", 12)

    undo(as_coordinator, page)

    topic.refresh_from_db()
    assert (topic.heading.key, labels()[9], len(labels())) == ("follow_up", "10 Uppföljning", 13)


def test_what_was_moved_on_by_hand_since_stays_where_it_is(as_coordinator: Client) -> None:
    topic = AgendaItemFactory(under="follow_up")
    page = send(as_coordinator, template(), then="bort-follow_up")
    AgendaItem.objects.filter(pk=topic.pk).update(heading=template().headings.get(key="round"))

    undo(as_coordinator, page)

    topic.refresh_from_db()
    assert topic.heading.key == "round"


def test_an_undo_of_what_is_undone_already_changes_nothing(as_coordinator: Client) -> None:
    page = send(as_coordinator, template(), then="bort-follow_up")
    undo(as_coordinator, page)

    again = undo(as_coordinator, page)

    assert ("Den borttagningen är redan ångrad." in words(again), len(labels())) == (True, 13)


def test_the_day_of_a_meeting_is_told_from_today_however_long_ago_it_was_planned(as_coordinator: Client) -> None:
    meeting = MeetingFactory(starts_at=next_noon(), created_at=next_noon() - timedelta(days=800))
    AgendaItemFactory(meeting=meeting, under="follow_up")

    page = send(as_coordinator, template(), then="bort-follow_up")

    assert f"En punkt på {in_passing(meeting, today=today())} står nu" in words(page)


def test_what_is_told_of_many_that_are_moved_costs_no_more_than_of_one(as_coordinator: Client) -> None:
    asked = []
    for key, number in (("follow_up", 1), ("round", 5)):
        AgendaItemFactory.create_batch(number, meeting=MeetingFactory(starts_at=next_noon()), under=key)
        typed = {**shown(as_coordinator, template()), "then": f"bort-{key}"}
        with CaptureQueriesContext(connection) as captured:
            as_coordinator.post(page_of(template()), typed)
        asked.append(len(captured))

    assert asked[0] == asked[1]


def with_a_break(client: Client, place: int) -> str:
    """Puts a break at the place of the template, and gives its key."""
    send(client, template(), ny__fills="break", ny__minutes="15", ny__place=str(place))
    return template().headings.filter(kind="break", removed=False).latest("pk").key


@pytest.mark.parametrize("place", [2, 6, 14])
@pytest.mark.parametrize("knows_place", [True, False])
def test_a_break_that_was_taken_away_comes_back_where_it_stood(
    as_coordinator: Client, place: int, knows_place: bool
) -> None:
    key = with_a_break(as_coordinator, place)
    was = labels()
    page = send(as_coordinator, template(), then=f"bort-{key}")
    assert len(labels()) == 13

    if knows_place:
        undo(as_coordinator, page)
    else:
        as_coordinator.post(restore(), {"heading": key})

    assert (labels(), was[place - 1]) == (was, f"{place - 1} Paus")


def test_a_heading_before_a_break_comes_back_before_it(as_coordinator: Client) -> None:
    with_a_break(as_coordinator, 6)
    was = labels()
    page = send(as_coordinator, template(), then="bort-round")

    undo(as_coordinator, page)

    assert (labels(), was[5]) == (was, "5 Paus")


def test_a_break_does_not_come_back_beside_another(as_coordinator: Client) -> None:
    key = with_a_break(as_coordinator, 6)
    page = send(as_coordinator, template(), then=f"bort-{key}")
    with_a_break(as_coordinator, 6)
    was = labels()

    assert "Två pauser står efter varandra." in words(undo(as_coordinator, page))
    assert labels() == was


def test_a_heading_does_not_come_back_to_an_agenda_that_is_full_by_now(as_coordinator: Client) -> None:
    page = send(as_coordinator, template(), then="bort-follow_up")
    template().headings.bulk_create(
        Heading(template=template(), key=f"rad-{number}", number=number, label="Rad") for number in range(13, 61)
    )

    assert "högst 60 rubriker" in words(undo(as_coordinator, page))
    assert len(labels()) == 60


@pytest.mark.parametrize(
    "sent", [{"heading": "a\0b"}, {"heading": "other", "place": "\0 -1 x"}, {"place": "9" * 30}, {}]
)
def test_what_no_page_sends_puts_nothing_back(as_coordinator: Client, sent: dict[str, str]) -> None:
    page = as_coordinator.post(restore(), sent, follow=True)

    assert ("Den borttagningen är redan ångrad." in words(page), len(labels())) == (True, 13)


def test_a_meeting_with_a_decision_keeps_the_heading_that_the_template_loses(
    as_coordinator: Client, coordinator: Member
) -> None:
    item = under_way(coordinator).items.get(heading__key="follow_up")
    decide(item, by=Actor.of(coordinator), text="Gör så.")

    send(as_coordinator, template(), then="bort-follow_up")

    item.refresh_from_db()
    assert (item.heading.label, item.heading.removed, item.heading.meeting) == ("Uppföljning", False, item.meeting)


def test_two_who_change_at_once_are_told_and_nothing_typed_is_lost(as_coordinator: Client) -> None:
    old = shown(as_coordinator, template())
    send(as_coordinator, template(), other__label="Fritt ord")

    page = as_coordinator.post(page_of(template()), {**old, "agenda-label": "Dagens punkter"})

    assert "Maja Exempel ändrade det här" in words(page)
    assert ("Dagens punkter" in words(page), "2 Dagordning" in labels()) == (True, True)


def test_one_meeting_gets_headings_of_its_own(as_coordinator: Client, coordinator: Member) -> None:
    meeting, other = MeetingFactory(chair=coordinator), MeetingFactory(chair=coordinator)
    topic = AgendaItemFactory(meeting=meeting, title="Ny karta", under="follow_up")

    send(as_coordinator, meeting, other__label="Fritt ord", then="bort-follow_up")

    topic.refresh_from_db()
    assert (labels(meeting)[10], len(labels(meeting)), labels()[11]) == ("11 Fritt ord", 12, "12 Övriga frågor")
    assert (topic.heading.meeting, topic.heading.key) == (meeting, "other")
    assert not Heading.objects.filter(meeting=other).exists()


def test_a_meeting_that_began_meanwhile_says_so(as_coordinator: Client, coordinator: Member) -> None:
    meeting = MeetingFactory(chair=coordinator)
    typed = shown(as_coordinator, meeting)
    Meeting.objects.filter(pk=meeting.pk).update(state="under_way", started_at=meeting.starts_at)

    page = as_coordinator.post(page_of(meeting), {**typed, "other-label": "Fritt ord"})

    assert ("Rubrikerna kan inte ändras." in words(page), "Fritt ord" in words(page)) == (True, True)


def test_a_template_is_made_of_another_or_of_the_standard_one(as_coordinator: Client, coordinator: Member) -> None:
    send(as_coordinator, template(), other__label="Fritt ord")
    make = reverse("meetings:template_create")

    as_coordinator.post(make, {"name": "Extra möte", "source": template().pk})
    as_coordinator.post(make, {"name": "Som från början", "source": ""})
    twice = as_coordinator.post(make, {"name": "extra möte", "source": ""})

    copy, standard = (AgendaTemplate.objects.get(name=name) for name in ("Extra möte", "Som från början"))
    assert (labels(copy)[11], labels(standard)[11]) == ("12 Fritt ord", "12 Övriga frågor")
    assert "Det finns redan en dagordningsmall med det namnet." in words(twice)


def test_another_template_takes_over_as_the_one_that_applies(as_coordinator: Client) -> None:
    as_coordinator.post(reverse("meetings:template_create"), {"name": "Kort möte", "source": ""})
    short = AgendaTemplate.objects.get(name="Kort möte")

    send(as_coordinator, short, is_default="on", then="bort-follow_up")

    assert template() == short
    assert AgendaTemplate.objects.filter(is_default=True).count() == 1


def test_a_template_that_is_not_used_is_not_offered(as_coordinator: Client) -> None:
    as_coordinator.post(reverse("meetings:template_create"), {"name": "Kort möte", "source": ""})
    assert "Kort möte" in words(as_coordinator.get(reverse("meetings:create")))

    send(as_coordinator, AgendaTemplate.objects.get(name="Kort möte"), removed="on")

    assert "Kort möte" not in words(as_coordinator.get(reverse("meetings:create")))
    assert "används inte" in words(as_coordinator.get(reverse("meetings:templates")))
