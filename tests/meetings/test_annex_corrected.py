"""A correction reaches the restricted annex: a new version of a part, told to those named alone."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from base.records import EditConflict, NotAllowed
from base.swedish.passages import pattern
from issues.models import AccessGrant, Issue
from meetings.closing import close_meeting
from meetings.correcting import cancel_correcting, correction, save_correction, start_correcting
from meetings.deciding import propose_action, withdraw
from meetings.minutes.annex import ReadPart
from meetings.minutes.masking import mask_versions
from meetings.models import AnnexPart, Decision, Meeting, Minutes
from meetings.registering import register_minutes
from meetings.sending_now import send_now
from members.actor import Actor
from members.models import Member, Organisation
from tests.meetings.correcting import changes, note
from tests.meetings.meetings import item_of, words
from tests.meetings.test_annex import address
from tests.meetings.test_masking import MASKED_AT
from tests.meetings.test_restricted_since import KORN, MORKT, meeting, restrict
from tests.the import the

__all__ = ["meeting"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def restricted(coordinator: Member, representative: Member, meeting: Meeting) -> Meeting:
    """A meeting that spoke of a restricted issue, has closed and been sent, and whose minutes are open to correct."""
    Meeting.objects.filter(pk=meeting.pk).update(secretary=representative)
    meeting.refresh_from_db()
    restrict(KORN, representative)
    close_meeting(meeting, by=Actor.of(coordinator))
    send_now(meeting, by=Actor.of(coordinator))
    start_correcting(meeting, by=Actor.of(coordinator))
    return meeting


def told_of(part: AnnexPart) -> list[str]:
    """What stands above the part, as one text."""
    return [" ".join(ReadPart.of(part).told)]


def save(meeting: Meeting, by: Member, why: str = "", seen: str = "") -> Minutes | None:
    return save_correction(meeting, by=Actor.of(by), why=why, seen=seen)


def test_what_is_put_right_in_it_alone_makes_no_version_of_the_minutes(
    as_representative: Client, representative: Member, restricted: Meeting
) -> None:
    note(restricted, KORN, "Kornboden är riven.", Actor.of(representative))

    assert save(restricted, representative, why="Rättat efter synpunkt") is None

    assert Minutes.objects.count() == 1
    assert [part.version for part in AnnexPart.objects.order_by("pk")] == [1, 2]
    page = words(as_representative.get(address(restricted)))
    assert "Version 2, rättad" in page
    assert f"Rättat efter synpunkt. Ändrat: Punkten {KORN}: noteringen är ändrad." in page
    assert ("Kornboden är riven." in page, "Vi har sett kornboden." in page) == (True, False)


@pytest.mark.parametrize("beside", ["minutes", "part"])
def test_why_is_told_in_no_part_where_more_is_changed(
    as_representative: Client, representative: Member, restricted: Meeting, beside: str
) -> None:
    """Who is named on the one may not know of the other, nor of the words about it."""
    if beside == "part":
        restrict(MORKT, representative)
    for title in (KORN, MORKT):
        note(restricted, title, "Det är gjort.", Actor.of(representative))

    minutes = save(restricted, representative, why="Rättat om lampan")

    said = [part.content["corrected"]["why"] for part in AnnexPart.objects.filter(content__has_key="corrected")]
    assert said == ([""] if beside == "minutes" else ["", ""])
    assert "lampan" not in words(as_representative.get(address(restricted)))
    assert minutes is None or minutes.content["corrected"]["why"] == "Rättat om lampan"


def test_who_says_why_is_told_to_say_nothing_of_what_is_restricted(
    as_representative: Client, representative: Member, restricted: Meeting
) -> None:
    note(restricted, KORN, "Kornboden är riven.", Actor.of(representative))

    page = words(as_representative.get(reverse("meetings:correct", args=[restricted.pk])))

    assert "Skriv inget här om ärenden med begränsad spridning." in page


def test_the_page_that_saves_it_tells_those_named_alone(
    as_coordinator: Client, as_representative: Client, representative: Member, restricted: Meeting
) -> None:
    note(restricted, KORN, "Kornboden är riven.", Actor.of(representative))
    page = reverse("meetings:correct", args=[restricted.pk])

    named, other = (words(client.get(page)) for client in (as_representative, as_coordinator))

    assert "En ändring i bilagan med begränsad spridning" in named
    assert "Bilagan med det får en ny version." in named
    assert ("riven" in other, "egränsad" in other, "Inget är ändrat än" in other) == (False, False, True)


def test_one_that_is_not_named_calls_off_what_she_cannot_know_of_and_it_is_frozen(
    as_representative: Client, coordinator: Member, representative: Member, restricted: Meeting
) -> None:
    note(restricted, KORN, "Kornboden är riven.", Actor.of(representative))

    cancel_correcting(restricted, by=Actor.of(coordinator))

    assert [part.version for part in AnnexPart.objects.order_by("pk")] == [1, 2]
    assert Minutes.objects.count() == 1
    page = words(as_representative.get(address(restricted)))
    assert f"av {coordinator}. Ersätter version 1. Ändrat: Punkten {KORN}: noteringen är ändrad." in page
    assert ("Version 2, sparad" in page, "rättad" in page) == (True, False)


def test_one_that_is_named_cannot_call_it_off(representative: Member, restricted: Meeting) -> None:
    note(restricted, KORN, "Kornboden är riven.", Actor.of(representative))

    with pytest.raises(NotAllowed):
        cancel_correcting(restricted, by=Actor.of(representative))


def test_more_since_the_page_was_read_is_told_to_those_named_alone(
    coordinator: Member, representative: Member, restricted: Meeting
) -> None:
    note(restricted, MORKT, "Lampan är köpt.", Actor.of(coordinator))
    seen = {member: correction(restricted, member).seen for member in (coordinator, representative)}
    note(restricted, KORN, "Kornboden är riven.", Actor.of(representative))

    with pytest.raises(EditConflict):
        save(restricted, representative, seen=seen[representative])
    second = save(restricted, coordinator, seen=seen[coordinator])

    assert second
    assert second.version == 2
    assert "Punkten" not in str(second.content["corrected"])
    assert AnnexPart.objects.order_by("-version")[0].minutes == second


def test_a_part_in_which_nothing_changes_gets_no_version(coordinator: Member, restricted: Meeting) -> None:
    note(restricted, MORKT, "Lampan är köpt.", Actor.of(coordinator))

    save(restricted, coordinator)

    assert (AnnexPart.objects.count(), Minutes.objects.count()) == (1, 2)


def test_a_decision_that_is_struck_stands_there_struck(
    as_representative: Client, representative: Member, restricted: Meeting
) -> None:
    decision = Decision.objects.get(item=item_of(restricted, KORN), text=f"Vi följer {KORN}.")
    withdraw(decision, by=Actor.of(representative))

    save(restricted, representative)

    page = words(as_representative.get(address(restricted)))
    assert f"Beslut {decision.number}, struket: Vi följer {KORN}." in page


def test_what_is_restricted_since_gets_a_part_of_its_own_when_it_is_corrected(
    as_representative: Client, representative: Member, restricted: Meeting
) -> None:
    issue = restrict(MORKT, representative)
    note(restricted, MORKT, "Lampan är köpt.", Actor.of(representative))

    assert save(restricted, representative) is None

    part = AnnexPart.objects.get(issue=issue)
    assert (part.version, part.minutes.version) == (1, 1)
    page = words(as_representative.get(address(restricted)))
    assert "Lampan är köpt." in page


def test_what_is_masked_in_it_stays_so_and_is_told(
    as_representative: Client, representative: Member, restricted: Meeting
) -> None:
    found = pattern("kornboden")
    mask_versions(Minutes.objects.all(), found, by=Actor.of(representative), at=MASKED_AT)
    note(restricted, KORN, "Nu är kornboden riven.", Actor.of(representative))

    save(restricted, representative)

    said = str(AnnexPart.objects.get(version=2).content).lower()
    assert ("riven" in said, "är kornboden riven" in said) == (True, False)
    page = words(as_representative.get(address(restricted)))
    assert "Uppgifter som är maskerade i version 1 är maskerade även här." in page


@pytest.mark.parametrize("passage", [MORKT, KORN])
def test_what_was_masked_in_the_minutes_is_told_in_the_part_of_what_is_restricted_since(
    as_representative: Client, representative: Member, restricted: Meeting, passage: str
) -> None:
    mask_versions(Minutes.objects.all(), pattern(passage.lower()), by=Actor.of(representative), at=MASKED_AT)
    issue = restrict(MORKT, representative)
    for text in ("Lampan är köpt.", "Lampan är hämtad."):
        note(restricted, MORKT, text, Actor.of(representative))
        save(restricted, representative)
        start_correcting(restricted, by=Actor.of(representative))

    parts = AnnexPart.objects.filter(issue=issue).order_by("version")
    assert [part.content["corrected"]["is_masked"] for part in parts] == [passage == MORKT] * 2
    told = "Uppgifter som är maskerade i {} är maskerade även här."
    assert [told.format("minnesanteckningarna") in text for text in told_of(parts[0])] == [passage == MORKT]
    assert [told.format("version 1") in text for text in told_of(parts[1])] == [passage == MORKT]


def test_when_the_restriction_is_lifted_the_part_is_corrected_all_the_same(
    as_coordinator: Client, as_reader: Client, coordinator: Member, restricted: Meeting
) -> None:
    Issue.objects.filter(title=KORN).update(restricted=False)
    AccessGrant.objects.all().delete()
    note(restricted, KORN, "Kornboden är riven.", Actor.of(coordinator))

    page = words(as_coordinator.get(reverse("meetings:correct", args=[restricted.pk])))
    assert "Det som inte har begränsad spridning längre kan alla läsa där." in page
    assert "för det som är ändrat har begränsad spridning" not in page
    assert "bilagan med begränsad spridning" not in page

    assert save(restricted, coordinator) is None

    assert "Kornboden är riven." in words(as_reader.get(address(restricted)))


def lift(title: str) -> None:
    Issue.objects.filter(title=title).update(restricted=False)
    AccessGrant.objects.filter(issue__title=title).delete()


def test_what_was_decided_while_it_was_restricted_is_taken_up_when_it_no_longer_is(
    coordinator: Member, representative: Member, technical: Organisation, restricted: Meeting
) -> None:
    restrict(MORKT, representative)
    item = item_of(restricted, MORKT)
    decision = propose_action(item, by=Actor.of(representative), title="Byt lampan", organisation=technical)
    assert save(restricted, representative) is None
    decision.refresh_from_db()
    lift(MORKT)
    start_correcting(restricted, by=Actor.of(coordinator))

    version = the(save(restricted, coordinator))

    [told] = [one for heading in version.content["headings"] for one in heading["items"] if one["key"] == item.pk]
    assert decision.number in [one["number"] for one in told["decisions"]]
    assert [f"{MORKT}: nytt beslut {decision.number}." in change for change in changes(version)] == [True]
    assert [row["title"] for row in version.content["actions"] if row["number"] == decision.number] == ["Byt lampan"]


def test_what_the_annex_corrects_of_what_is_restricted_no_longer_is_told_beside_the_minutes(
    as_coordinator: Client, as_reader: Client, coordinator: Member, representative: Member, restricted: Meeting
) -> None:
    decision = the(Decision.objects.filter(item=item_of(restricted, MORKT)).first())
    restrict(MORKT, representative)
    withdraw(decision, by=Actor.of(representative))
    save(restricted, representative)
    page = reverse("meetings:minutes_detail", args=[restricted.pk])
    told = "Bilagan är rättad senare än minnesanteckningarna"
    assert told not in words(as_coordinator.get(page))

    lift(MORKT)

    assert told in words(as_reader.get(page))
    register_minutes(restricted, registry_no="HRF 2026/7", by=Actor.of(coordinator))
    assert told in words(as_reader.get(page))
    start_correcting(restricted, by=Actor.of(coordinator))
    assert f"beslut {decision.number} är struket" in " ".join(changes(the(save(restricted, coordinator))))
    assert told not in words(as_reader.get(page))
