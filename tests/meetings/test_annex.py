"""The restricted annex of the minutes: apart, for those named alone, with a numbering of its own."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from base.swedish.passages import pattern
from issues.models import AccessGrant, Issue, Opening
from meetings.agenda.ordering import remove_line
from meetings.closing import close_meeting
from meetings.minutes.annex_writing import annex_contents
from meetings.minutes.masking import mask_versions, versions_with
from meetings.minutes.verifying import altered
from meetings.models import AnnexPart, Appendix, Approver, Meeting, Minutes
from meetings.models.minutes import digest_of
from meetings.reopening import unclose_meeting
from members.actor import Actor
from members.models import Member, Organisation
from tests.base.documents.reading import pdf_text, word_text
from tests.base.files.made import passed
from tests.factories import AgendaItemFactory, IssueFactory
from tests.meetings.meetings import item_of, words
from tests.meetings.test_masking import MASKED_AT
from tests.meetings.test_minutes_frozen import Close, close, minutes_page
from tests.meetings.test_restricted_since import KORN, MORKT, meeting, restrict
from tests.members.test_security_log import told
from tests.tools.test_guards import sentence_of

__all__ = ["close", "meeting", "told"]

pytestmark = pytest.mark.django_db

LINK = "Bilaga med begränsad spridning"
FORMS = ("annex", "annex_pdf", "annex_word")


def address(meeting: Meeting, form: str = "annex") -> str:
    return reverse(f"meetings:{form}", args=[meeting.pk])


def read(client: Client, meeting: Meeting) -> list[str]:
    """The annex as a page, as PDF and as Word, each as text with one blank between words."""
    page, paper, word = (client.get(address(meeting, form)) for form in FORMS)
    return [" ".join(text.split()) for text in (words(page), pdf_text(paper.content), word_text(word.content))]


def statuses(client: Client, meeting: Meeting) -> list[int]:
    return [client.get(address(meeting, form)).status_code for form in FORMS]


def test_the_closing_freezes_what_is_restricted_apart(
    coordinator: Member, representative: Member, meeting: Meeting, close: Close
) -> None:
    issue = restrict(KORN, representative)

    minutes = close()

    part = AnnexPart.objects.get()
    assert (part.minutes, part.issue, part.version, part.made_at) == (minutes, issue, 1, minutes.made_at)
    assert part.digest == digest_of(part.content)
    assert KORN not in str(minutes.content)
    assert MORKT not in str(part.content)


def test_those_named_read_it_as_page_pdf_and_word_with_what_was_decided_and_asked(
    as_representative: Client, representative: Member, coordinator: Member, meeting: Meeting, close: Close
) -> None:
    Appendix.add(meeting, passed("Karta.pdf"), item=item_of(meeting, KORN), by=Actor.of(coordinator))
    issue = restrict(KORN, representative)
    close()

    texts = read(as_representative, meeting)

    for text in texts:
        assert f"Ärende {issue.number}, {KORN}" in text
        assert f"A 1 {KORN}" in text
        assert "Vi har sett kornboden." in text
        assert f"Vi följer {KORN}." in text
        assert "Städa kornboden" in text
        assert f"Bilaga: Karta.pdf, till ”{KORN}”" in text
        assert "begär någon ut den prövas det enligt offentlighets- och sekretesslagen (OSL)." in text
        assert "Version 1, sparad" in text
        assert MORKT.lower() not in text.lower()
    assert ["BEGRÄNSAD SPRIDNING" in text for text in texts] == [False, True, True]
    assert LINK in minutes_page(as_representative, meeting)


def test_for_all_others_there_is_none(
    as_coordinator: Client, as_reader: Client, representative: Member, meeting: Meeting, close: Close
) -> None:
    restrict(KORN, representative)
    close()

    for client in (as_coordinator, as_reader):
        assert statuses(client, meeting) == [404] * 3
        assert "egränsad" not in minutes_page(client, meeting)


def test_each_reads_her_own_parts_numbered_without_a_gap(
    as_coordinator: Client,
    as_representative: Client,
    representative: Member,
    coordinator: Member,
    meeting: Meeting,
    close: Close,
) -> None:
    restrict(KORN, representative, coordinator)
    restrict(MORKT, coordinator)
    close()

    both, one = (words(client.get(address(meeting))) for client in (as_coordinator, as_representative))

    first, second = sorted((KORN, MORKT), key=both.index)
    assert (f"A 1 {first}" in both, f"A 2 {second}" in both) == (True, True)
    assert f"A 1 {KORN}" in one
    assert ("A 2" in one, MORKT in one) == (False, False)


def test_the_parts_say_nothing_of_each_other(
    representative: Member, coordinator: Member, meeting: Meeting, close: Close
) -> None:
    """What is frozen of an issue is the same whatever else was restricted there."""
    issue = restrict(KORN, representative)
    alone = annex_contents(meeting, [issue.pk])[issue.pk]
    other = restrict(MORKT, coordinator)

    beside = annex_contents(meeting, [issue.pk, other.pk])[issue.pk]

    for content in (alone, beside):
        for heading in content["headings"]:
            for item in heading["items"]:
                item.pop("place")
    assert beside == alone


def test_each_opening_is_kept_and_told(
    as_representative: Client, representative: Member, meeting: Meeting, close: Close, told: Any
) -> None:
    issue = restrict(KORN, representative)
    close()
    opened = [{"event": "restricted_opened", "issue": issue.pk}]

    assert [told(lambda form=form: as_representative.get(address(meeting, form))) for form in FORMS] == [opened] * 3

    row = Opening.objects.get()
    assert (row.issue, row.member, row.how) == (issue, representative, "annex")
    page = words(as_representative.get(reverse("issues:openings", args=[issue.number])))
    assert "bilagan med begränsad spridning" in page


def test_the_page_of_the_minutes_opens_none(
    as_representative: Client, representative: Member, meeting: Meeting, close: Close
) -> None:
    restrict(KORN, representative)
    close()

    minutes_page(as_representative, meeting)

    assert not Opening.objects.exists()


def test_a_draft_is_read_by_whoever_writes_and_is_named(
    as_coordinator: Client, as_representative: Client, representative: Member, coordinator: Member, meeting: Meeting
) -> None:
    restrict(KORN, representative)
    assert (statuses(as_coordinator, meeting), statuses(as_representative, meeting)) == ([404] * 3, [404] * 3)
    AccessGrant.objects.create(issue=Issue.objects.get(title=KORN), member=coordinator)

    texts = read(as_coordinator, meeting)

    assert [f"A 1 {KORN}" in text for text in texts] == [True] * 3
    assert ["UTKAST, BEGRÄNSAD SPRIDNING" in text for text in texts] == [False, True, True]
    assert "Så skulle det bli om mötet avslutades nu." in texts[0]
    assert LINK in minutes_page(as_coordinator, meeting)
    assert statuses(as_representative, meeting) == [404] * 3
    assert not AnnexPart.objects.exists()


def test_the_room_and_the_page_that_closes_say_where_it_goes(
    as_coordinator: Client, representative: Member, coordinator: Member, meeting: Meeting
) -> None:
    issue = restrict(KORN, representative)
    closing = reverse("meetings:close", args=[meeting.pk])
    assert "bilaga för er" not in words(as_coordinator.get(closing))
    AccessGrant.objects.create(issue=issue, member=coordinator)

    assert "Det sparas i en bilaga för er som är namngivna." in words(as_coordinator.get(closing))
    item = words(as_coordinator.get(item_of(meeting, KORN).get_absolute_url()))
    assert "Tas inte med i minnesanteckningarna utan i bilagan för er som är namngivna." in item


def test_a_draft_leads_to_none_that_is_about_what_was_taken_off_the_agenda(
    as_coordinator: Client, coordinator: Member, meeting: Meeting, close: Close
) -> None:
    item = AgendaItemFactory(meeting=meeting, issue=IssueFactory(title="Lyktan"), title="Lyktan")
    close()
    restrict("Lyktan", coordinator)
    unclose_meeting(meeting, by=Actor.of(coordinator))
    assert LINK in minutes_page(as_coordinator, meeting)

    remove_line(meeting, item.key, by=Actor.of(coordinator))

    assert LINK not in minutes_page(as_coordinator, meeting)
    assert statuses(as_coordinator, meeting) == [404] * 3


def test_when_the_restriction_is_lifted_all_who_read_minutes_read_it(
    as_reader: Client, representative: Member, meeting: Meeting, close: Close
) -> None:
    issue = restrict(KORN, representative)
    close()
    Issue.objects.filter(pk=issue.pk).update(restricted=False)

    texts = read(as_reader, meeting)

    assert [f"A 1 {KORN}" in text for text in texts] == [True] * 3
    assert ["Ärendet har inte begränsad spridning längre." in text for text in texts] == [True] * 3
    assert ["BEGRÄNSAD SPRIDNING" in text for text in texts] == [False] * 3
    assert LINK in minutes_page(as_reader, meeting)
    assert not Opening.objects.exists()


def test_of_an_issue_restricted_since_those_named_read_what_the_minutes_said(
    as_coordinator: Client, as_representative: Client, representative: Member, meeting: Meeting, close: Close
) -> None:
    close()
    restrict(KORN, representative)

    texts = read(as_representative, meeting)

    for text in texts:
        assert f"A 1 {KORN}" in text
        assert f"Vi följer {KORN}." in text
        assert "Ärendet fick begränsad spridning efter mötet. Så här står det i version 1" in text
    assert LINK in minutes_page(as_representative, meeting)
    assert statuses(as_coordinator, meeting) == [404] * 3
    assert not AnnexPart.objects.exists()


def test_where_a_closing_is_undone_it_holds_no_longer_and_the_next_is_the_next_version(
    as_representative: Client, representative: Member, coordinator: Member, meeting: Meeting, close: Close
) -> None:
    restrict(KORN, representative)
    close()
    unclose_meeting(meeting, by=Actor.of(coordinator))
    assert statuses(as_representative, meeting) == [404] * 3
    assert LINK not in minutes_page(as_representative, meeting)
    item = item_of(meeting, KORN)
    item.write_note(text="Kornboden är riven.", version=item.note_version, by=Actor.of(coordinator))

    close_meeting(meeting, by=Actor.of(coordinator))

    page = words(as_representative.get(address(meeting)))
    assert ("Kornboden är riven." in page, "Vi har sett kornboden." in page) == (True, False)
    assert "Version 2, sparad" in page


def test_a_passage_is_masked_in_it_by_those_named(
    as_representative: Client, coordinator: Member, representative: Member, meeting: Meeting, close: Close
) -> None:
    restrict(KORN, representative)
    version, found = close(), pattern("Vi har sett kornboden")
    assert versions_with(found, by=coordinator) == []
    assert versions_with(found, by=representative) == [version]
    assert mask_versions([version], found, by=Actor.of(coordinator), at=MASKED_AT) == []

    [copy] = mask_versions([version], found, by=Actor.of(representative), at=MASKED_AT)

    assert copy.restricted == [AnnexPart.objects.get().issue_id]
    assert versions_with(found, by=representative) == []
    texts = read(as_representative, meeting)
    assert ["Vi har sett kornboden" in text for text in texts] == [False] * 3
    assert ["Uppgifter är maskerade 27 november 2026." in text for text in texts] == [True] * 3
    assert "Vi har sett kornboden." in str(AnnexPart.objects.get().content)
    assert Minutes.objects.get().masked_copy is None


REFUSED = "Bilagan med begränsad spridning fryses när mötet avslutas eller rättas. Inget är sparat."


def test_nobody_adds_one_that_no_closing_made(representative: Member, meeting: Meeting, close: Close) -> None:
    """Neither later, nor with the time of the closing: the issue has its part, or never was restricted."""
    issue, other = restrict(KORN, representative), Issue.objects.get(title=MORKT)
    minutes = close()
    at = minutes.made_at

    def added(about: Issue, version: int, made_at: datetime) -> str:
        facts = {"content": {}, "digest": "", "made_by": representative, "made_at": made_at}
        return sentence_of(lambda: AnnexPart.objects.create(minutes=minutes, issue=about, version=version, **facts))

    later = at + timedelta(minutes=1)
    tries = [(issue, 2, later), (issue, 2, at), (issue, 7, at), (issue, 1, at), (other, 1, at)]
    assert [added(*one) for one in tries] == [REFUSED] * 5
    Meeting.objects.filter(pk=meeting.pk).update(correcting_since=later, correcting_by=representative)
    tries = [(issue, 7, later), (issue, 1, later), (other, 1, later), (issue, 2, at), (issue, 2, later)]
    assert [added(*one) for one in tries] == [REFUSED] * 4 + [""]


def test_one_that_is_altered_is_found(representative: Member, meeting: Meeting, close: Close) -> None:
    issue = restrict(KORN, representative)
    minutes = close()
    assert list(altered()) == []

    later = minutes.made_at + timedelta(minutes=1)
    Meeting.objects.filter(pk=meeting.pk).update(correcting_since=later, correcting_by=representative)
    facts = {"content": {}, "digest": "0" * 64, "made_by": representative, "made_at": later}
    part = AnnexPart.objects.create(minutes=minutes, issue=issue, version=2, **facts)

    assert list(altered()) == [part]


def test_who_approves_the_minutes_approves_none_of_it(
    as_representative: Client, coordinator: Member, representative: Member, meeting: Meeting
) -> None:
    restrict(KORN, representative)
    Approver.objects.create(meeting=meeting, member=coordinator)
    close_meeting(meeting, by=Actor.of(coordinator))

    page = words(as_representative.get(address(meeting)))

    assert "Bilagan ingår inte i det som justeras." in page
    assert "Justeras av" not in page


def test_a_decision_about_it_is_marked_before_the_closing_and_after_it(
    as_representative: Client, coordinator: Member, representative: Member, technical: Organisation, meeting: Meeting
) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(secretary=representative)
    restrict(KORN, representative)
    mark = "Begränsad spridning"

    before = words(as_representative.get(reverse("meetings:close", args=[meeting.pk])))
    close_meeting(meeting, by=Actor.of(coordinator))
    after = words(as_representative.get(meeting.get_absolute_url()))

    decided = after[after.index("Vad mötet beslutade") :]
    assert f"Städa kornboden , till {technical} {mark}" in before
    assert f"Vi följer {KORN}. {mark}" in decided
    assert f"städa {MORKT.lower()}. {mark}" not in decided
