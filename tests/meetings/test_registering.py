"""A closed meeting gets its diarienummer: in a version of its minutes that says nothing else than the one before."""

from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from issues.models import Event
from meetings.minutes.masking import mask_versions, versions_with
from meetings.models import MaskedMinutes, Meeting, Minutes
from meetings.registering import register_minutes
from meetings.reopening import unclose_meeting
from members.actor import Actor
from members.models import Member
from tests.base.documents.reading import pdf_text
from tests.meetings.meetings import under_way, words
from tests.meetings.reopening import close
from tests.pages import Response

pytestmark = pytest.mark.django_db
NUMBER = "HRF 2026/118"


@pytest.fixture
def closed(coordinator: Member) -> Meeting:
    meeting = under_way(coordinator, place="Sessionssalen")
    close(meeting, coordinator)
    meeting.refresh_from_db()
    return meeting


def page_of(meeting: Meeting) -> str:
    return reverse("meetings:register", args=[meeting.pk])


def minutes_page(client: Client, meeting: Meeting) -> str:
    return words(client.get(reverse("meetings:minutes_detail", args=[meeting.pk])))


def send(client: Client, meeting: Meeting, **typed: Any) -> Response:
    return client.post(page_of(meeting), {"registry_no": NUMBER, **typed}, follow=True)


def test_it_stands_in_the_head_of_a_new_version_and_the_one_before_stays(
    as_coordinator: Client, closed: Meeting
) -> None:
    assert "Skriv in diarienumret" in minutes_page(as_coordinator, closed)
    happened = Event.objects.count()

    page = words(send(as_coordinator, closed))

    assert "Diarienumret står i version 2 av minnesanteckningarna." in page
    assert f"Diarienummer {NUMBER}" in page
    assert "Ersätter version 1, bara diarienumret är nytt." in page
    assert "Rätta diarienumret" in page
    second, first = Minutes.objects.of(closed).latest_first()
    assert {name for name in second.content if second.content[name] != first.content.get(name)} == {
        "registry_no",
        "registered",
    }
    assert Event.objects.count() == happened
    papers = [reverse("meetings:minutes_version_pdf", args=[closed.pk, version]) for version in (1, 2)]
    assert [NUMBER in pdf_text(as_coordinator.get(paper).content) for paper in papers] == [False, True]
    assert f"Dnr {NUMBER}." in words(as_coordinator.get(closed.get_absolute_url()))


def test_it_is_corrected_and_taken_out(as_coordinator: Client, closed: Meeting) -> None:
    send(as_coordinator, closed)
    assert "Diarienummer HRF 2026/119" in words(send(as_coordinator, closed, registry_no="HRF 2026/119"))
    assert "Diarienumret är oförändrat." in words(send(as_coordinator, closed, registry_no="HRF 2026/119"))
    page = words(send(as_coordinator, closed, registry_no=""))
    assert "HRF" not in page
    assert "Diarienumret är borttaget i version 4 av minnesanteckningarna." in page
    assert "Ersätter version 3, bara diarienumret är borttaget." in page
    assert Minutes.objects.of(closed).count() == 4


def test_signs_that_are_not_seen_take_no_number_out(as_coordinator: Client, closed: Meeting) -> None:
    send(as_coordinator, closed)

    page = words(send(as_coordinator, closed, registry_no="\uffff"))

    assert "Diarienumret har bara tecken som inte syns. Inget är ändrat." in page
    assert Minutes.objects.of(closed).count() == 2


def test_who_saves_over_another_is_told(as_coordinator: Client, coordinator: Member, closed: Meeting) -> None:
    version = as_coordinator.get(page_of(closed)).context["form"]["version"].value()
    register_minutes(closed, registry_no="HRF 2026/119", by=Actor.of(coordinator))

    page = words(send(as_coordinator, closed, version=version))

    assert "Maja Exempel ändrade det här" in page
    assert NUMBER in page
    assert Minutes.objects.of(closed).count() == 2


def test_only_the_samordnare_and_only_of_one_that_has_closed(
    as_coordinator: Client, as_representative: Client, coordinator: Member, closed: Meeting
) -> None:
    assert "Skriv in diarienumret" not in minutes_page(as_representative, closed)
    assert as_representative.get(page_of(closed)).status_code == 403

    unclose_meeting(closed, by=Actor.of(coordinator))
    page = words(as_coordinator.get(page_of(closed)))
    assert "Diarienumret ändras med mötets tid och plats tills det är avslutat." in page
    assert "Spara diarienumret" not in page
    assert "Mötet pågår redan" in words(send(as_coordinator, closed))
    assert Minutes.objects.of(closed).count() == 1


def test_the_next_closing_has_it_too(as_coordinator: Client, coordinator: Member, closed: Meeting) -> None:
    send(as_coordinator, closed)
    unclose_meeting(Meeting.objects.get(pk=closed.pk), by=Actor.of(coordinator))
    close(Meeting.objects.get(pk=closed.pk), coordinator)

    page = minutes_page(as_coordinator, closed)
    assert f"Diarienummer {NUMBER}" in page
    assert "Ersätter version 2. " in f"{page} "
    assert "bara diarienumret" not in page


def test_what_is_masked_stays_masked(as_coordinator: Client, coordinator: Member, closed: Meeting) -> None:
    mask_versions(versions_with("Sessionssalen"), "Sessionssalen", by=Actor.of(coordinator), at=timezone.now())

    page = words(send(as_coordinator, closed))

    assert "Sessionssalen" not in page
    assert f"Diarienummer {NUMBER}" in page
    assert MaskedMinutes.objects.count() == 2
    assert "Sessionssalen" in str(Minutes.objects.of(closed).latest_first()[0].content)


def test_no_version_that_says_anything_else_is_added(coordinator: Member, closed: Meeting) -> None:
    [minutes] = Minutes.objects.of(closed)

    with pytest.raises(IntegrityError, match="En version fryses när mötet avslutas"):
        Minutes.freeze(closed, minutes.content | {"place": "Utkiken"}, by=Actor.of(coordinator))


def test_nor_one_that_says_the_same(coordinator: Member, closed: Meeting) -> None:
    minutes = register_minutes(closed, registry_no=NUMBER, by=Actor.of(coordinator))

    with pytest.raises(IntegrityError, match="En version fryses när mötet avslutas"):
        Minutes.freeze(closed, minutes.content | {"registered": False}, by=Actor.of(coordinator))


def test_what_is_not_sent_takes_nothing_out(as_coordinator: Client, closed: Meeting) -> None:
    send(as_coordinator, closed)

    page = words(as_coordinator.post(page_of(closed), {}, follow=True))

    assert "Diarienumret följde inte med från sidan. Inget är ändrat." in page
    closed.refresh_from_db()
    assert (closed.registry_no, Minutes.objects.of(closed).count()) == (NUMBER, 2)


def test_it_stands_also_where_its_files_can_not_be_made_until_somebody_tries_again(
    as_coordinator: Client,
    closed: Meeting,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    def breaks(minutes: Minutes) -> bool:
        raise OSError("the disk is full")

    with monkeypatch.context() as broken, django_capture_on_commit_callbacks(execute=True):
        broken.setattr("meetings.minutes.files.keep_files", breaks)
        page = words(send(as_coordinator, closed))

    assert "Diarienumret står i version 2 av minnesanteckningarna." in page
    latest = Minutes.objects.of(closed).latest_first()[0]
    assert not latest.files.exists()
    as_coordinator.post(reverse("meetings:minutes_version_files", args=[closed.pk, latest.version]))
    assert latest.files.count() == 2
