"""Who presents an item: members and others, several, in order; and what the database keeps of it."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from base.documents.tree import Paragraph
from meetings.agenda.building import agenda
from meetings.agenda.document import agenda_document
from meetings.agenda.ordering import add_item, present_line, remove_line
from meetings.agenda.presenting import in_words, name_presenters
from meetings.minutes.document import draft_document
from meetings.minutes.reading import draft_view
from meetings.models import AgendaItem, Meeting, Presenter
from meetings.models.presenter import NamedPerson
from meetings.starting import start_meeting, unstart_meeting
from members.models import Member, Organisation
from tests.acting import a_coordinator
from tests.factories import AgendaItemFactory, MeetingFactory, have_closed
from tests.meetings.meetings import words
from tests.pages import Response

pytestmark = pytest.mark.django_db

ANNA = NamedPerson("Anna Exempel", "kurator", "Brottsofferjouren")


@pytest.fixture
def meeting(coordinator: Member) -> Meeting:
    meeting: Meeting = MeetingFactory(chair=coordinator, secretary=coordinator)
    return meeting


@pytest.fixture
def item(meeting: Meeting) -> AgendaItem:
    return add_item(meeting, title="Nattvandring", by=a_coordinator())


def say(client: Client, item: AgendaItem, **typed: object) -> Response:
    item.refresh_from_db()
    address = reverse("meetings:agenda_present", args=[item.meeting_id, item.key])
    return client.post(address, {"version": item.version, **typed}, follow=True)


def who_present(item: AgendaItem) -> list[str]:
    item = AgendaItem.objects.get(pk=item.pk)
    return [f"{one}, {one.title}, {one.home}" for one in item.presented_by]


def test_members_are_chosen_and_others_typed_in_one_form(
    as_coordinator: Client, item: AgendaItem, officer: Member, outsider: Member, police: Organisation
) -> None:
    people = "Anna Exempel, kurator, Brottsofferjouren\nBo Prov; boende"
    typed = {"presenter": officer.pk, "presenter_3": outsider.pk, "people": people, "minutes": "10"}

    page = words(say(as_coordinator, item, **typed))

    assert f"{officer}, {outsider}, Anna Exempel och Bo Prov föredrar ”Nattvandring”." in page
    assert who_present(item) == [
        f"{officer}, {officer.title}, {police}",
        f"{outsider}, {outsider.title}, {outsider.organisation}",
        "Anna Exempel, kurator, Brottsofferjouren",
        "Bo Prov, boende, ",
    ]
    assert "; Anna Exempel, kurator, Brottsofferjouren; Bo Prov, boende, tio minuter." in page


def test_the_form_shows_them_and_saves_them_as_they_are(
    as_coordinator: Client, item: AgendaItem, officer: Member
) -> None:
    name_presenters(item, [officer, ANNA], by=a_coordinator())
    keys = [one.pk for one in Presenter.objects.of(item)]
    form = as_coordinator.get(reverse("meetings:agenda_present", args=[item.meeting_id, item.key])).context["form"]

    shown = {name: form[name].value() for name in ("presenter", "presenter_2", "people")}
    say(as_coordinator, item, presenter=officer.pk, people=shown["people"])

    assert shown == {"presenter": officer.pk, "presenter_2": None, "people": "Anna Exempel, kurator, Brottsofferjouren"}
    assert [one.pk for one in Presenter.objects.of(item)] == keys


def test_who_has_an_account_is_known_though_she_was_typed(
    as_coordinator: Client, item: AgendaItem, officer: Member, police: Organisation
) -> None:
    say(as_coordinator, item, people=f"{str(officer).upper()}, chef, {police}\n{officer}, chef, Annat håll")

    assert [one.member for one in Presenter.objects.of(item)] == [officer, None]


def test_nothing_typed_is_lost_when_a_line_cannot_be_read(as_coordinator: Client, item: AgendaItem) -> None:
    typed = f"Anna Exempel\n123\n{'x' * 101}"

    page = words(say(as_coordinator, item, people=typed, minutes="5"))

    assert "Rad 2: Skriv namnet först på raden." in page
    assert "Rad 3: Namnet är för långt. Det får plats 100 tecken." in page
    assert "123" in page
    assert who_present(item) == []


def test_one_person_presents_an_item_once(as_coordinator: Client, item: AgendaItem, officer: Member) -> None:
    page = words(say(as_coordinator, item, presenter=officer.pk, presenter_2=officer.pk))

    assert f"{officer} står två gånger som föredragande." in page
    assert who_present(item) == []
    assert "ANNA EXEMPEL står på två rader." in words(say(as_coordinator, item, people="Anna Exempel\nANNA EXEMPEL"))


def test_no_more_than_the_agenda_can_name(item: AgendaItem) -> None:
    with pytest.raises(ValidationError, match="Högst 20 kan stå som föredragande"):
        name_presenters(item, [NamedPerson(f"Person {number}") for number in range(21)], by=a_coordinator())


@pytest.mark.parametrize("named", [{}, {"name": "Anna", "member": True}, {"title": "kurator"}])
def test_the_database_takes_a_member_or_a_name(item: AgendaItem, officer: Member, named: dict[str, object]) -> None:
    facts = {**named, "member": officer} if "member" in named else named

    with pytest.raises(IntegrityError), transaction.atomic():
        Presenter.objects.create(item=item, place=1, **facts)


def test_the_database_takes_a_person_once(item: AgendaItem, officer: Member) -> None:
    name_presenters(item, [officer, ANNA], by=a_coordinator())

    for twice in ({"member": officer}, {"name": "ANNA EXEMPEL", "home": "brottsofferjouren"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Presenter.objects.create(item=item, place=9, **twice)


def test_what_a_closed_meeting_has_stands(item: AgendaItem, officer: Member) -> None:
    name_presenters(item, [ANNA], by=a_coordinator())
    have_closed()
    named = Presenter.objects.of(item)

    for write in (
        lambda: named.update(title="Något annat"),
        lambda: named._raw_delete("default"),
        lambda: Presenter.objects.create(item=item, member=officer, place=2),
    ):
        with pytest.raises(IntegrityError, match="Mötet är avslutat"), transaction.atomic():
            write()


def test_a_co_opted_guest_sees_her_own_item_though_another_presents_it_too(
    meeting: Meeting, item: AgendaItem, outsider: Member, officer: Member
) -> None:
    AgendaItemFactory(meeting=meeting, title="En annans punkt", presenter=officer)
    name_presenters(item, [officer, outsider, ANNA], by=a_coordinator())

    assert list(AgendaItem.objects.visible_to(outsider)) == [item]
    assert [line.title for heading in agenda(meeting, outsider) for line in heading.lines] == ["Nattvandring"]


def test_every_document_names_them_all(
    meeting: Meeting, item: AgendaItem, outsider: Member, police: Organisation
) -> None:
    Member.objects.filter(pk=outsider.pk).update(title="kurator", organisation=police)
    name_presenters(
        item, [Member.objects.get(pk=outsider.pk), ANNA, NamedPerson("Bo Prov", home="Storgatan")], by=a_coordinator()
    )
    told = f"Föredragande {outsider}, kurator, {police}; Anna Exempel, kurator, Brottsofferjouren; Bo Prov, Storgatan."

    assert told in str(agenda_document(meeting, a_coordinator().member, agenda(meeting, a_coordinator().member)))
    start_meeting(meeting, by=a_coordinator())
    points = [one for heading in draft_view(meeting).headings for one in heading.items]
    assert (told, "Behandlades inte.") in [(one.passing, one.left) for one in points]
    assert Paragraph("Behandlades inte.") in draft_document(meeting).blocks


def test_they_follow_the_topic_and_stay_when_the_start_is_undone(meeting: Meeting, item: AgendaItem) -> None:
    present_line(meeting, item.key, by=a_coordinator(), presenters=[ANNA], minutes=5)

    start_meeting(meeting, by=a_coordinator())
    unstart_meeting(meeting, by=a_coordinator())
    remove_line(meeting, item.key, by=a_coordinator())

    assert who_present(item) == ["Anna Exempel, kurator, Brottsofferjouren"]


def test_a_line_of_words_is_read_as_the_attendance_reads_it() -> None:
    assert in_words("Bo Prov, trafikingenjör, Trafikverket\n\n , \nCia Mall, boende") == [
        NamedPerson("Bo Prov", "trafikingenjör", "Trafikverket"),
        NamedPerson("Cia Mall", "boende"),
    ]
