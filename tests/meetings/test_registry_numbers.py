"""The diarienummer of a meeting and of an item: on the agenda, in the minutes, and found by the search."""

import pytest
from django.test import Client
from django.urls import reverse

from meetings.agenda.document import agenda_document
from meetings.models import AgendaItem
from members.models import Member
from temagrupp.home.search import Search
from tests.base.documents.reading import pdf_text, word_text
from tests.meetings.meetings import planned, under_way, words
from tests.meetings.reopening import close

pytestmark = pytest.mark.django_db


def test_an_item_has_a_number_that_stands_wherever_it_is_read(as_coordinator: Client, coordinator: Member) -> None:
    meeting = under_way(coordinator, registry_no="BRÅ 2026/7")
    typed = {"title": "Ny karta", "registry_no": "KS 2026/12"}
    as_coordinator.post(reverse("meetings:agenda_add", args=[meeting.pk]), typed)
    agenda = words(as_coordinator.get(meeting.get_absolute_url()))
    paper = str(agenda_document(meeting, coordinator))

    close(meeting, coordinator)

    minutes = words(as_coordinator.get(meeting.get_absolute_url()))
    pdf = pdf_text(as_coordinator.get(reverse("meetings:minutes_pdf", args=[meeting.pk])).content)
    word = word_text(as_coordinator.get(reverse("meetings:minutes_word", args=[meeting.pk])).content)
    assert all("Dnr KS 2026/12." in told for told in (agenda, paper, minutes, pdf, word))
    assert all("BRÅ 2026/7" in told for told in (agenda, paper, minutes, pdf, word))


def test_the_number_of_a_line_is_changed_with_its_presenters(as_coordinator: Client, coordinator: Member) -> None:
    meeting = planned(coordinator)
    as_coordinator.post(reverse("meetings:agenda_add", args=[meeting.pk]), {"title": "Ny karta"})
    item = AgendaItem.objects.get(title="Ny karta")
    page = reverse("meetings:agenda_present", args=[meeting.pk, item.key])
    version = as_coordinator.get(page).context["form"]["version"].value()

    as_coordinator.post(page, {"registry_no": "KS 2026/12", "minutes": "5", "version": version})

    item.refresh_from_db()
    assert (item.registry_no, item.minutes) == ("KS 2026/12", 5)


@pytest.mark.parametrize(("kind", "title"), [("punkter", "Ny karta"), ("moten", "Möte")])
def test_the_search_finds_them(as_coordinator: Client, coordinator: Member, kind: str, title: str) -> None:
    meeting = planned(coordinator, registry_no="KS 2026/12")
    as_coordinator.post(
        reverse("meetings:agenda_add", args=[meeting.pk]), {"title": "Ny karta", "registry_no": "KS 2026/12"}
    )

    groups = {group.kind.name: group for group in Search("KS 2026/12", "", coordinator).groups}

    assert [hit.title.startswith(title) for hit, _ in groups[kind]] == [True]
