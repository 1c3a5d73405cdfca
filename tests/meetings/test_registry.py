"""The minutes and the diarium: marked as registered, taken back, downloaded as a package, told as unaltered."""

from __future__ import annotations

import hashlib
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from base.records import Conflict, NotAllowed
from issues.models import Issue
from issues.restricting import restrict
from meetings.minutes.editions import Edition
from meetings.minutes.files import keep_files
from meetings.minutes.masking import mask_versions, versions_with
from meetings.minutes.package import record_of
from meetings.models import Appendix, Meeting, Minutes, RegistryEntry
from meetings.registering import register_minutes
from meetings.registry import is_registered, mark_registered, take_back_registered
from meetings.reopening import unclose_meeting
from members.actor import Actor
from members.models import Group, Member
from tests.base.documents.packages import report_of, unpacked
from tests.base.documents.test_archive import NOT_TO_BE_MET, errors_in
from tests.factories import AgendaItemFactory, IssueFactory
from tests.issues.restricted import WHY
from tests.meetings.appended import appended
from tests.meetings.meetings import under_way, words
from tests.meetings.reopening import close
from tests.pages import Response

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),  # of eark-validator
]
NUMBER = "KS 2026/123"


@pytest.fixture
def meeting(coordinator: Member) -> Meeting:
    """Closed, with a file of its own, one of an item about an issue and one of a restricted item."""
    meeting = under_way(coordinator, place="Sessionssalen")
    for title, restricted in (("Tunneln", False), ("Facklorna", True)):
        item = AgendaItemFactory(meeting=meeting, issue=IssueFactory(title=title, restricted=restricted), title=title)
        appended(meeting, f"{title}.pdf", item=item, content=f"%PDF {title}".encode())
    appended(meeting, "Lägesbild å.pdf", content=b"%PDF bild")
    close(meeting, coordinator)
    meeting.refresh_from_db()
    keep_files(latest(meeting))
    return meeting


def latest(meeting: Meeting) -> Minutes:
    return Minutes.objects.of(meeting).latest_first()[0]


def page_of(meeting: Meeting) -> str:
    return reverse("meetings:registry", args=[meeting.pk])


def step(client: Client, meeting: Meeting, route: str = "registered", version: int = 1, **sent: Any) -> Response:
    return client.post(reverse(f"meetings:minutes_{route}", args=[meeting.pk, version]), sent, follow=True)


def download(client: Client, meeting: Meeting, version: int = 1) -> bytes:
    response: Any = client.get(reverse("meetings:minutes_package", args=[meeting.pk, version]))
    assert response["Content-Type"] == "application/zip"
    return b"".join(response.streaming_content)


def names_in(package: bytes) -> set[str]:
    with ZipFile(BytesIO(package)) as archive:
        return {name.partition("/")[2] for name in archive.namelist()}


def said_in(package: bytes) -> str:
    """The words of all that describes it."""
    with ZipFile(BytesIO(package)) as archive:
        told = [name for name in archive.namelist() if name.endswith((".xml", ".txt"))]
        return "".join(archive.read(name).decode() for name in told)


def test_a_version_is_marked_as_registered_and_all_who_read_the_minutes_see_it(
    as_coordinator: Client, as_representative: Client, meeting: Meeting
) -> None:
    assert "Version 1 Inte registrerad" in words(as_coordinator.get(page_of(meeting)))

    page = words(step(as_coordinator, meeting))

    assert "Version 1 är markerad som registrerad." in page
    assert "Version 1 Registrerad" in page
    assert "Registrerad i dag" in page
    assert "av Maja Exempel, utan diarienummer." in page
    minutes = words(as_representative.get(reverse("meetings:minutes_detail", args=[meeting.pk])))
    assert "Version 1 är registrerad i diariet" in minutes
    assert "Till diariet" not in minutes


def test_it_says_which_number_the_meeting_had_then(
    as_coordinator: Client, coordinator: Member, meeting: Meeting
) -> None:
    register_minutes(meeting, registry_no=NUMBER, by=Actor.of(coordinator))
    step(as_coordinator, meeting)
    register_minutes(meeting, registry_no="KS 2026/999", by=Actor.of(coordinator))

    page = words(as_coordinator.get(page_of(meeting)))

    assert f"av Maja Exempel, diarienummer {NUMBER}." in page
    assert "Diarienummer KS 2026/999" in page
    assert [f"Version {version} Inte registrerad" in page for version in (1, 2, 3)] == [False, True, True]


def test_a_mark_is_taken_back_and_both_stay_told(as_coordinator: Client, meeting: Meeting) -> None:
    step(as_coordinator, meeting)

    page = words(step(as_coordinator, meeting, "unregistered"))

    assert "Version 1 är inte längre markerad som registrerad." in page
    assert "Version 1 Inte registrerad" in page
    assert "Markeringen togs tillbaka i dag" in page
    assert "Registrerad i dag" in page
    assert "registrerad i diariet" not in words(
        as_coordinator.get(reverse("meetings:minutes_detail", args=[meeting.pk]))
    )
    assert RegistryEntry.objects.count() == 2


def test_an_old_page_marks_nothing_twice_and_takes_nothing_back_twice(
    coordinator: Member, meeting: Meeting, as_coordinator: Client
) -> None:
    minutes, by = latest(meeting), Actor.of(coordinator)
    with pytest.raises(NotAllowed, match="Version 1 är inte registrerad"):
        take_back_registered(minutes, by=by)
    mark_registered(minutes, by=by)
    assert "Version 1 är redan registrerad. Inget är ändrat." in words(step(as_coordinator, meeting))
    assert RegistryEntry.objects.count() == 1


def test_who_saw_another_number_is_told(as_coordinator: Client, coordinator: Member, meeting: Meeting) -> None:
    seen = meeting.version
    register_minutes(meeting, registry_no=NUMBER, by=Actor.of(coordinator))

    page = as_coordinator.post(
        reverse("meetings:minutes_registered", args=[meeting.pk, 2]), {"version": seen}, follow=True
    )

    assert "Maja Exempel ändrade det här" in words(page)
    assert not is_registered(latest(meeting))


def test_nothing_is_registered_of_a_closing_that_was_undone(coordinator: Member, meeting: Meeting) -> None:
    minutes = latest(meeting)
    unclose_meeting(meeting, by=Actor.of(coordinator))

    with pytest.raises(Conflict, match="Det går att registrera när mötet är avslutat"):
        mark_registered(minutes, by=Actor.of(coordinator))


def test_the_package_has_the_minutes_and_the_files_that_all_may_read(
    as_coordinator: Client, coordinator: Member, meeting: Meeting, tmp_path: Path
) -> None:
    register_minutes(meeting, registry_no=NUMBER, by=Actor.of(coordinator))
    package = download(as_coordinator, meeting, 2)

    data = {name for name in names_in(package) if "/data/" in name}
    assert data == {
        f"representations/rep1/data/minnesanteckningar-{meeting.day}-mote-{meeting.number}-version-2.pdf",
        "representations/rep1/data/bilaga-1.pdf",
        "representations/rep1/data/bilaga-2.pdf",
    }
    told = said_in(package)
    assert [word in told for word in (NUMBER, "Lägesbild å.pdf", "Tunneln.pdf", "Facklorna")] == [True] * 3 + [False]
    report = report_of(unpacked(BytesIO(package), tmp_path))
    assert report.metadata.schema_results.messages == []
    assert errors_in(report) == set(NOT_TO_BE_MET)


def test_it_is_the_same_whenever_it_is_made(as_coordinator: Client, coordinator: Member, meeting: Meeting) -> None:
    first = download(as_coordinator, meeting)

    Group.current().change(by=Actor.of(coordinator), name="Ett annat namn")
    register_minutes(meeting, registry_no=NUMBER, by=Actor.of(coordinator))
    step(as_coordinator, meeting)

    assert download(as_coordinator, meeting) == first
    assert download(as_coordinator, meeting, 2) != first


def test_a_download_writes_nothing(as_coordinator: Client, meeting: Meeting) -> None:
    download(as_coordinator, meeting)

    assert RegistryEntry.objects.count() == 0


def test_of_a_masked_version_the_masked_copy_is_packed(
    as_coordinator: Client, coordinator: Member, meeting: Meeting
) -> None:
    mask_versions(versions_with("Sessionssalen"), "Sessionssalen", by=Actor.of(coordinator), at=timezone.now())

    package = download(as_coordinator, meeting)

    assert any("maskerad-kopia.pdf" in name for name in names_in(package))
    assert "Maskerad kopia: uppgifter är maskerade." in said_in(package)
    assert "is_redacted_version_of" in said_in(package)
    assert download(as_coordinator, meeting) == package


def test_what_has_become_restricted_since_is_not_packed(
    as_coordinator: Client, coordinator: Member, meeting: Meeting
) -> None:
    before = record_of(Edition.of(latest(meeting)))
    restrict(Issue.objects.get(title="Tunneln"), reason=WHY, named=[], by=Actor.of(coordinator))

    package = download(as_coordinator, meeting)

    assert "Tunneln" not in said_in(package)
    assert "representations/rep1/data/bilaga-2.pdf" not in names_in(package)
    assert record_of(Edition.of(latest(meeting))).key != before.key


def test_a_file_that_was_erased_is_missing_and_the_package_says_so(
    as_coordinator: Client, coordinator: Member, meeting: Meeting
) -> None:
    Appendix.objects.get(name="Tunneln.pdf").erase(why="Fel fil.", by=Actor.of(coordinator))

    package = download(as_coordinator, meeting)

    assert "representations/rep1/data/bilaga-2.pdf" not in names_in(package)
    assert "Minnesanteckningarna nämner en bilaga som inte är med." in said_in(package)


def test_a_package_that_was_handed_in_is_known_again(
    as_coordinator: Client, as_reader: Client, coordinator: Member, meeting: Meeting
) -> None:
    package = download(as_coordinator, meeting)

    def ask() -> str:
        sent = {"file": SimpleUploadedFile("paket.zip", package)}
        return words(as_reader.post(reverse("meetings:minutes_verify"), sent))

    assert ", version 1 (paket för e-arkivet)." in ask()  # it is made anew to be compared
    step(as_coordinator, meeting)
    Appendix.objects.get(name="Tunneln.pdf").erase(why="Fel fil.", by=Actor.of(coordinator))

    assert ", version 1 (paket för e-arkivet)." in ask()  # by the sum that was kept
    assert RegistryEntry.objects.get().package_digest == hashlib.sha256(package).hexdigest()


def test_who_runs_the_meeting_may_and_no_other(
    as_coordinator: Client, as_representative: Client, representative: Member, coordinator: Member
) -> None:
    led = under_way(coordinator, secretary=representative)
    close(led, coordinator)
    other = under_way(coordinator)
    close(other, coordinator)

    assert "Till diariet" in words(as_representative.get(page_of(led)))
    assert "Skriv in diarienumret" not in words(as_representative.get(page_of(led)))
    assert "Skriv in adressen" not in words(as_representative.get(page_of(led)))
    assert as_representative.get(page_of(other)).status_code == 403
    assert as_representative.get(reverse("meetings:minutes_package", args=[other.pk, 1])).status_code == 403
