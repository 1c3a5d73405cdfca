"""The original of minutes in which something is hidden: for a samordnare who may know of all in it, each time kept."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from base.swedish.passages import pattern
from issues.models import AccessGrant, Issue, Observation, Opening
from meetings.minutes.masking import mask_versions
from meetings.models import Meeting, Minutes, OriginalOpening
from members.actor import Actor
from members.models import Member
from tests.base.documents.reading import pdf_text, word_text
from tests.factories import IssueFactory, MemberFactory
from tests.meetings.meetings import words
from tests.meetings.test_minutes_frozen import Close, close, kept, sha256
from tests.meetings.test_restricted_since import KORN, MORKT, meeting, restrict
from tests.members.test_security_log import told

__all__ = ["close", "meeting", "told"]

pytestmark = pytest.mark.django_db

FORMS = ("original_text", "original_pdf", "original_word")
PAGES = ("original", *FORMS)


def address(meeting: Meeting, page: str) -> str:
    return reverse(f"meetings:{page}", args=[meeting.pk, 1])


def statuses(client: Client, meeting: Meeting) -> list[int]:
    return [client.get(address(meeting, page)).status_code for page in PAGES]


def openings() -> list[tuple[str, str]]:
    return [(str(opening.member), opening.how) for opening in OriginalOpening.objects.order_by("pk")]


def minutes_page(client: Client, meeting: Meeting) -> str:
    return words(client.get(reverse("meetings:minutes_detail", args=[meeting.pk])))


@pytest.fixture
def masked(coordinator: Member, meeting: Meeting, close: Close) -> Minutes:
    """Its version, in which a passage has been masked."""
    version = close()
    at = datetime(2026, 11, 27, 9, tzinfo=UTC)
    mask_versions([version], pattern("Vi har sett kornboden"), by=Actor.of(coordinator), at=at)
    return Minutes.objects.get()


def test_the_samordnare_opens_it_as_page_pdf_and_word_and_each_is_kept(
    as_coordinator: Client, meeting: Meeting, masked: Minutes
) -> None:
    page, paper, word = (as_coordinator.get(address(meeting, form)) for form in FORMS)

    assert "Vi har sett kornboden." in words(page)
    assert sha256(paper.content) == kept(masked).digest
    assert "Vi har sett kornboden." in pdf_text(paper.content)
    assert sha256(word.content) == kept(masked, kept(masked).Kind.WORD).digest
    assert "Vi har sett kornboden." in word_text(word.content)
    assert openings() == [("Maja Exempel", how) for how in ("page", "pdf", "word")]


def test_the_security_log_tells_of_it(as_coordinator: Client, meeting: Meeting, masked: Minutes, told: Any) -> None:
    opened = {"event": "original_opened", "meeting": meeting.pk, "version": 1}

    assert told(lambda: as_coordinator.get(address(meeting, "original"))) == []
    assert [told(lambda form=form: as_coordinator.get(address(meeting, form))) for form in FORMS] == [[opened]] * 3


def test_its_files_are_called_the_original(as_coordinator: Client, meeting: Meeting, masked: Minutes) -> None:
    paper = as_coordinator.get(address(meeting, "original_pdf"))

    name = f"minnesanteckningar-{meeting.day}-mote-{meeting.number}-original.pdf"
    assert paper["Content-Disposition"] == f'attachment; filename="{name}"'


def test_the_page_before_it_says_what_it_means_and_who_has_opened_it(
    as_coordinator: Client, meeting: Meeting, masked: Minutes
) -> None:
    before = words(as_coordinator.get(address(meeting, "original")))
    assert openings() == []
    as_coordinator.get(address(meeting, "original_pdf"))

    page = words(as_coordinator.get(address(meeting, "original")))

    assert (
        "Uppgifter i den maskerades 27 november 2026. Alla andra läser minnesanteckningarna utan de uppgifterna."
        in page
    )
    assert "Varje gång antecknas med ditt namn" in page
    assert "Ingen har öppnat originalet." in before
    assert "Maja Exempel som PDF," in page
    assert "kornboden" not in page.lower()
    assert "Öppnades senast av Maja Exempel" in minutes_page(as_coordinator, meeting)


def test_of_many_openings_the_page_shows_the_latest_and_leads_to_the_others(
    as_coordinator: Client, coordinator: Member, meeting: Meeting, masked: Minutes
) -> None:
    for _ in range(27):
        OriginalOpening.objects.create(minutes=masked, member=coordinator, how="word")
    OriginalOpening.objects.create(minutes=masked, member=coordinator, how="pdf")

    pages = [words(as_coordinator.get(address(meeting, "original"), {"sida": number})) for number in (1, 2)]

    assert [page.count("Maja Exempel som Word,") for page in pages] == [24, 3]
    assert [page.count("Maja Exempel som PDF,") for page in pages] == [1, 0]
    assert "1–25 av 28" in pages[0]


def test_a_head_request_opens_nothing(as_coordinator: Client, meeting: Meeting, masked: Minutes) -> None:
    as_coordinator.head(address(meeting, "original_pdf"))

    assert openings() == []


def test_nobody_else_opens_it_or_is_shown_the_way(
    as_reader: Client, as_representative: Client, as_outsider: Client, meeting: Meeting, masked: Minutes
) -> None:
    assert statuses(as_reader, meeting) == statuses(as_representative, meeting) == [403] * 4
    assert statuses(as_outsider, meeting) == [404] * 4
    assert openings() == []
    for client in (as_reader, as_representative):
        assert "bara för samordnaren" not in minutes_page(client, meeting)


def test_of_minutes_in_which_nothing_is_hidden_there_is_no_other(
    as_coordinator: Client, meeting: Meeting, close: Close
) -> None:
    close()

    assert statuses(as_coordinator, meeting) == [404] * 4
    assert "bara för samordnaren" not in minutes_page(as_coordinator, meeting)


def test_a_samordnare_who_may_not_know_of_all_in_it_opens_nothing(
    as_coordinator: Client, coordinator: Member, meeting: Meeting, masked: Minutes
) -> None:
    issue = restrict(KORN)
    assert statuses(as_coordinator, meeting) == [404] * 4
    assert "bara för samordnaren" not in minutes_page(as_coordinator, meeting)

    AccessGrant.objects.create(issue=issue, member=coordinator)

    assert statuses(as_coordinator, meeting) == [200] * 4


def test_what_is_restricted_since_is_in_the_original_and_its_opening_is_told_of_it(
    as_coordinator: Client, coordinator: Member, meeting: Meeting, close: Close
) -> None:
    close()
    issue = restrict(KORN, coordinator)

    caution = words(as_coordinator.get(address(meeting, "original")))
    assert "ser den här raden. Till originalet" in minutes_page(as_coordinator, meeting)
    assert "Den berättar om sådant som sedan fick begränsad spridning." in caution
    assert not Opening.objects.exists()
    page = words(as_coordinator.get(address(meeting, "original_text")))

    assert "Vi har sett kornboden." in page
    assert [(one.member, one.issue, one.how) for one in Opening.objects.all()] == [(coordinator, issue, "minutes")]


def test_from_the_masked_minutes_it_is_one_step_away_for_whoever_may_open_it_alone(
    as_coordinator: Client, as_officer: Client, meeting: Meeting, masked: Minutes
) -> None:
    assert "Originalet finns kvar hos samordnaren. Till originalet" in minutes_page(as_coordinator, meeting)
    assert "Till originalet" not in minutes_page(as_officer, meeting)


def test_no_browser_keeps_what_is_hidden_nor_who_had_opened_it_when_it_was_shown(
    as_coordinator: Client, meeting: Meeting, masked: Minutes
) -> None:
    shown = [as_coordinator.get(address(meeting, page))["Cache-Control"] for page in PAGES]

    assert ["no-store" in each for each in shown] == [True] * 4


def warned_of(client: Client, thing: Issue | Observation, member: Member) -> str:
    kind, key = ("arenden", thing.number) if isinstance(thing, Issue) else ("observationer", thing.pk)
    name = "issues:unname" if kind == "arenden" else "issues:observation_unname"
    page = words(client.get(reverse(name, args=[key, member.pk])))
    return page[page.find("Sedan kan ingen öppna") :] if "Sedan kan ingen öppna" in page else ""


def test_before_she_is_named_no_more_she_reads_that_nobody_can_open_the_original(
    as_coordinator: Client, coordinator: Member, representative: Member, meeting: Meeting, close: Close
) -> None:
    other = MemberFactory(name="Gun Prototyp", is_coordinator=True)
    close()
    issue = restrict(KORN, coordinator, representative)

    told = warned_of(as_coordinator, issue, coordinator)

    assert told.startswith(f"Sedan kan ingen öppna originalet av minnesanteckningarna från {meeting}.")
    assert warned_of(as_coordinator, issue, representative) == ""  # who may not open it anyway
    AccessGrant.objects.create(issue=issue, member=other)
    assert warned_of(as_coordinator, issue, coordinator) == ""  # for another can
    restrict(MORKT, coordinator)
    assert warned_of(as_coordinator, issue, coordinator) != ""  # but something else is hidden from her


def test_whoever_may_not_know_of_all_in_an_original_is_not_told_that_nobody_else_may(
    as_representative: Client, coordinator: Member, representative: Member, meeting: Meeting, close: Close
) -> None:
    other, client = MemberFactory(name="Gun Prototyp", is_coordinator=True), Client()
    client.force_login(other)
    close()
    issue = restrict(KORN, coordinator, representative, other)
    restrict(MORKT, coordinator)  # so that she alone may open it

    assert [warned_of(each, issue, coordinator) for each in (client, as_representative)] == ["", ""]
    AccessGrant.objects.create(issue=Issue.objects.get(title=MORKT), member=representative)
    assert warned_of(as_representative, issue, coordinator) != ""  # who knows of all of it


def test_of_what_no_minutes_tell_she_is_not_warned(
    as_coordinator: Client, coordinator: Member, representative: Member, meeting: Meeting, close: Close
) -> None:
    close()
    issue = IssueFactory(title="Inget möte har talat om det")
    restrict(issue.title, coordinator, representative)

    assert warned_of(as_coordinator, issue, coordinator) == ""
