"""Minutes tell nothing of what has become restricted since they were frozen: neither its words nor its numbers."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from base.swedish.passages import pattern
from issues.models import AccessGrant, Issue, Observation
from meetings.deciding import decide, propose_action
from meetings.minutes.editions import Hidden
from meetings.minutes.masking import mask_versions, versions_with
from meetings.minutes.writing import minutes_content
from meetings.models import Meeting, Minutes
from members.actor import Actor
from members.models import Member, Organisation
from tests.acting import a_coordinator
from tests.base.documents.reading import pdf_text, word_text
from tests.days import in_days
from tests.factories import ActionFactory, IssueFactory, NilReportFactory, ObservationFactory
from tests.meetings.meetings import item_of, under_way, words
from tests.meetings.test_masking import MASKED_AT, read
from tests.meetings.test_minutes_document import as_pdf
from tests.meetings.test_minutes_frozen import MADE_EACH_TIME, Close, close, kept, minutes_page, sha256
from tests.pages import Response

__all__ = ["close"]

pytestmark = pytest.mark.django_db

TOKEN = r'value="\w{64}"'
KORN, MORKT = "Kornboden", "Mörkt i tunneln"


@pytest.fixture
def meeting(coordinator: Member, representative: Member, technical: Organisation) -> Meeting:
    """It speaks of two issues, decides an action in each and closes the first; each has an action beside."""
    for title in (KORN, MORKT):
        issue = IssueFactory(title=title, state=Issue.State.NEW, opened_by=coordinator)
        ObservationFactory(reporter=representative, issue=issue, state="attached")
        ActionFactory(issue=issue, title=f"Vakta {title.lower()}", assignment__organisation=technical)
    meeting = under_way(coordinator)
    for title in (KORN, MORKT):
        item = item_of(meeting, title)
        item.write_note(text=f"Vi har sett {title.lower()}.", version=0, by=Actor.of(coordinator))
        propose_action(item, by=Actor.of(coordinator), title=f"Städa {title.lower()}", organisation=technical)
        item.mark_discussed(by=a_coordinator())
    decide(item_of(meeting, KORN), by=Actor.of(coordinator), text=f"Vi följer {KORN}.")
    for row in meeting.organisations.all():
        row.note(by=a_coordinator(), state="absent")
    return meeting


def restrict(title: str, *named: Member) -> Issue:
    issue = Issue.objects.get(title=title)
    Issue.objects.filter(pk=issue.pk).update(restricted=True)
    for member in named:
        AccessGrant.objects.create(issue=issue, member=member)
    return issue


def restrict_report(pk: int | None) -> None:
    Observation.objects.filter(pk__in=[pk]).update(restricted=True)


def round_of(client: Client, meeting: Meeting) -> str:
    """What the page says under the heading of the round."""
    page = words(client.get(reverse("meetings:minutes_detail", args=[meeting.pk])))
    return page[page.index("laget runt") + len("laget runt") :].partition(" 6. ")[0].strip()


def test_its_items_decisions_and_actions_are_read_by_nobody(
    as_reader: Client, as_coordinator: Client, coordinator: Member, meeting: Meeting, close: Close
) -> None:
    close()
    assert [text.lower().count(KORN.lower()) > 3 for text in read(as_reader, meeting)] == [True] * 3

    number = f"(ärende {restrict(KORN, coordinator).number})"

    for client in (as_reader, as_coordinator):
        texts = [text.lower() for text in read(client, meeting)]
        assert [KORN.lower() in text for text in texts] == [False] * 3
        assert [number in text for text in texts] == [False] * 3
        assert [text.count("vi har sett mörkt i tunneln.") for text in texts] == [1] * 3


def test_what_is_left_has_the_numbers_that_it_had_at_the_meeting(
    as_reader: Client, meeting: Meeting, close: Close
) -> None:
    close()
    before = read(as_reader, meeting)[1]
    [(first, second)] = [sorted((KORN, MORKT), key=before.index)]
    assert (f"6.1 {first}" in before, f"6.2 {second}" in before) == (True, True)

    restrict(first)

    assert f"6.2 {second}" in read(as_reader, meeting)[1]


def test_nothing_says_that_something_is_left_out(as_reader: Client, meeting: Meeting, close: Close) -> None:
    close()
    restrict(KORN)

    texts = [text.lower() for text in read(as_reader, meeting)]

    for word in ("maskera", "utelämna", "begränsad", "original"):
        assert [word in text for text in texts] == [False] * 3


@pytest.mark.parametrize("since", [True, False])
def test_whoever_is_named_reads_at_once_on_the_page_alone_that_it_is_left_out(
    as_reader: Client,
    as_coordinator: Client,
    as_representative: Client,
    representative: Member,
    meeting: Meeting,
    close: Close,
    *,
    since: bool,
) -> None:
    """Also of what was restricted when the minutes were frozen, and so never stood in them."""
    if since:
        close()
    number = restrict(KORN, representative).number
    if not since:
        close()

    told = f"Ärende {number} har begränsad spridning och står inte här. Bara ni som är namngivna ser den här raden."
    page = words(as_representative.get(reverse("meetings:minutes_detail", args=[meeting.pk])))
    assert (page.count(told), page.count(f"rende {number}")) == (1, 1)
    _, *papers = read(as_representative, meeting)
    for text in (*papers, *read(as_reader, meeting), *read(as_coordinator, meeting)):
        assert (f"rende {number}" in text, "begränsad" in text.lower()) == (False, False)


def test_the_original_is_offered_beside_what_stands_in_it_alone(
    as_coordinator: Client, coordinator: Member, meeting: Meeting, close: Close
) -> None:
    address, to_original = reverse("meetings:minutes_detail", args=[meeting.pk]), "Till originalet"
    never = restrict(MORKT, coordinator).number
    close()

    assert [each in words(as_coordinator.get(address)) for each in (never, to_original)] == [True, False]

    since = restrict(KORN, coordinator).number
    page = words(as_coordinator.get(address))

    assert f"I originalet står {since}. {to_original}" in page
    assert f"I originalet står {never}" not in page


def test_it_comes_back_when_it_is_restricted_no_more(as_reader: Client, meeting: Meeting, close: Close) -> None:
    version = close()
    issue = restrict(KORN)
    Issue.objects.filter(pk=issue.pk).update(restricted=False)

    assert sha256(as_reader.get(as_pdf(meeting)).content) == kept(version).digest


def test_the_sum_on_the_page_is_that_of_the_file_that_is_handed_out(
    as_reader: Client, meeting: Meeting, close: Close
) -> None:
    version = close()
    restrict(KORN)

    page = minutes_page(as_reader, meeting)

    handed_out = sha256(as_reader.get(as_pdf(meeting)).content)
    assert re.findall(r"<code>(\w{64})</code>", page) == [handed_out]
    assert handed_out != kept(version).digest
    assert MADE_EACH_TIME not in page


def test_what_stands_at_another_point_and_what_was_answered_is_left_out_too() -> None:
    of = {"of": 7}
    heading = {"items": [of], "elsewhere": [of, {"of": 8}], "answered": [of], "round": []}

    left = Hidden(issues={7}).left_of({"headings": [heading], "actions": [of, {"of": None}]})

    assert left["headings"] == [{"items": [], "elsewhere": [{"of": 8}], "answered": [], "round": []}]
    assert left["actions"] == [{"of": None}]


@pytest.mark.parametrize(("days", "place"), [(0, "elsewhere"), (-1, "answered")])
def test_a_reference_and_an_answer_say_which_issue_they_are_of(
    coordinator: Member, representative: Member, technical: Organisation, days: int, place: str
) -> None:
    """What was answered at the meeting is referred to, what was answered before it is listed."""
    asked = ActionFactory(issue=IssueFactory(title=KORN), title="Laga", assignment__organisation=technical)
    meeting = under_way(coordinator)
    at = timezone.now() + timedelta(days=days)
    asked.current.accept(by=Actor.of(representative), planned=in_days(20), at=at)

    headings = minutes_content(meeting, None)["headings"]

    assert [told["of"] for heading in headings for told in heading[place]] == [asked.issue_id]


def test_a_report_is_not_counted_and_was_never_made(
    as_reader: Client, meeting: Meeting, officer: Member, representative: Member, close: Close
) -> None:
    ObservationFactory.create_batch(2, reporter=officer)
    close()
    assert round_of(as_reader, meeting).startswith("Nya observationer hittills: Polisen 2, Tekniska förvaltningen 2.")

    one, other = Observation.objects.filter(reporter=officer)
    restrict_report(one.pk)
    assert round_of(as_reader, meeting).startswith("Nya observationer hittills: Polisen 1, Tekniska förvaltningen 2.")

    restrict_report(other.pk)
    restrict(KORN)
    assert round_of(as_reader, meeting).startswith("Nya observationer hittills: Tekniska förvaltningen 1. Har")


@pytest.mark.parametrize(
    ("besides", "told"),
    [
        ("nothing", " och Polisen."),
        ("calm", "Inget att rapportera: Polisen ("),
        ("rejected", "Har också rapporterat: Polisen."),
    ],
)
def test_who_reported_nothing_else_is_as_one_who_had_not(
    as_reader: Client, meeting: Meeting, officer: Member, close: Close, besides: str, told: str
) -> None:
    Organisation.objects.filter(name="Polisen").update(active_from=in_days(-30))
    seen = ObservationFactory(reporter=officer)
    if besides == "calm":
        NilReportFactory(by=officer)
    if besides == "rejected":
        ObservationFactory(reporter=officer).reject(reason="Dubblett", by=a_coordinator())
    close()
    assert "Polisen 1" in round_of(as_reader, meeting)
    assert told not in round_of(as_reader, meeting)

    restrict_report(seen.pk)

    assert told in round_of(as_reader, meeting)


def test_a_passage_of_it_is_found_and_masked_by_those_named_alone(
    coordinator: Member, representative: Member, meeting: Meeting, close: Close
) -> None:
    version, words = close(), pattern("Vi har sett kornboden")
    restrict(KORN, representative)

    assert versions_with(words, by=coordinator) == []
    assert mask_versions([version], words, by=Actor.of(coordinator), at=MASKED_AT) == []
    assert not Minutes.objects.exclude(masked=None).exists()
    assert versions_with(words, by=representative) == [version]
    [copy] = mask_versions([version], words, by=Actor.of(representative), at=MASKED_AT)
    assert "Vi har sett kornboden" not in str(copy.content)


def test_what_is_masked_where_nobody_reads_is_told_to_nobody_and_stays_masked(
    as_reader: Client, representative: Member, meeting: Meeting, close: Close
) -> None:
    version = close()
    issue = restrict(KORN, representative)
    before = [re.sub(TOKEN, "", text) for text in read(as_reader, meeting)]

    mask_versions([version], pattern("Vi har sett kornboden"), by=Actor.of(representative), at=MASKED_AT)

    assert [re.sub(TOKEN, "", text) for text in read(as_reader, meeting)] == before
    Issue.objects.filter(pk=issue.pk).update(restricted=False)
    texts = [text.lower() for text in read(as_reader, meeting)]
    assert ["vi har sett kornboden" in text for text in texts] == [False] * 3
    assert ["uppgifter är maskerade 27 november 2026" in text for text in texts] == [True] * 3


def test_a_masking_in_one_issue_reaches_no_other_part(representative: Member, meeting: Meeting, close: Close) -> None:
    version, issue = close(), restrict(KORN, representative)
    words = pattern("Vi har sett")

    assert versions_with(words, by=representative, only=[issue.pk]) == [version]
    [copy] = mask_versions([version], words, by=Actor.of(representative), at=MASKED_AT, only=[issue.pk])

    assert "Vi har sett mörkt i tunneln." in str(copy.content)
    assert "Vi har sett kornboden." not in str(copy.content)
    assert versions_with(words, by=representative, only=[issue.pk]) == []


def test_a_masked_copy_leaves_it_out_as_well(
    as_reader: Client, coordinator: Member, meeting: Meeting, close: Close
) -> None:
    version = close()
    mask_versions([version], pattern("mörkt i tunneln"), by=Actor.of(coordinator), at=MASKED_AT)
    restrict(KORN)

    texts = [text.lower() for text in read(as_reader, meeting)]

    assert [KORN.lower() in text for text in texts] == [False] * 3
    assert ["vi har sett [maskerat]." in text for text in texts] == [True] * 3


def test_the_minutes_that_tell_of_an_issue_are_those_with_any_part_of_it(
    meeting: Meeting, coordinator: Member, close: Close
) -> None:
    version = close()
    beside = IssueFactory(title=f"{KORN} igen")

    assert list(Minutes.objects.telling_of(Issue.objects.get(title=KORN))) == [version]
    assert list(Minutes.objects.telling_of(beside)) == []


@pytest.mark.parametrize(
    "page",
    ["meetings:list", "meetings:detail", "meetings:agenda_pdf", "meetings:agenda_word", "start", "search", "item"],
)
def test_nor_is_it_on_another_page_of_a_meeting_that_has_closed(
    as_representative: Client, coordinator: Member, meeting: Meeting, close: Close, page: str
) -> None:
    close()
    of_it, beside = (item_of(meeting, title) for title in (KORN, MORKT))
    addresses = {
        "meetings:list": reverse("meetings:list"),
        "start": reverse("start"),
        "search": f"{reverse('search')}?q=har+sett",
        "item": beside.get_absolute_url(),
    }
    address = addresses[page] if page in addresses else reverse(page, args=[meeting.pk])
    assert KORN.lower() in said(as_representative.get(address)) or page in ("meetings:list", "start", "item")
    restrict(KORN, coordinator)

    assert KORN.lower() not in said(as_representative.get(address))
    assert as_representative.get(of_it.get_absolute_url()).status_code == 404


def test_its_decisions_are_not_counted(as_representative: Client, meeting: Meeting, close: Close) -> None:
    close()
    addresses = (meeting.get_absolute_url(), reverse("meetings:list"))
    assert ["tre beslut" in said(as_representative.get(address)) for address in addresses] == [True, True]

    restrict(KORN)

    assert ["ett beslut" in said(as_representative.get(address)) for address in addresses] == [True, True]


def said(response: Response) -> str:
    """What a page, a PDF or a Word file says, in small letters."""
    kind = response["Content-Type"]
    read_as = pdf_text if "pdf" in kind else word_text if "word" in kind else None
    return (" ".join(read_as(response.content).split()) if read_as else words(response)).lower()
