"""What is chosen and not saved of an issue's priority on its item; and the parts that an item's form has."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from issues.models import Issue
from meetings.forms.draft import form_parts
from meetings.models import AgendaItem, ItemDraft, RoundNote
from meetings.starting import start_meeting, unstart_meeting
from members.actor import Actor
from members.models import Member, Organisation
from tests.factories import OrganisationFactory
from tests.meetings.meetings import words, write

pytestmark = pytest.mark.django_db


def issue_of(item: AgendaItem) -> Issue:
    """The item's issue, read anew."""
    return Issue.objects.get(pk=item.issue_id or 0)


def choose(client: Client, item: AgendaItem, version: int = 0, **chosen: int | str) -> dict[str, str]:
    address = reverse("meetings:draft_save", args=[item.pk, "priority"])
    reply: dict[str, str] = client.post(address, {**chosen, "version": version}).json()
    return reply


def test_a_priority_that_is_chosen_and_not_saved_stands_in_the_form_again(
    as_coordinator: Client, item: AgendaItem
) -> None:
    assert choose(as_coordinator, item, need=3, influence=2)["kept"]

    page = as_coordinator.get(item.get_absolute_url())
    shown = page.context["form"]
    assert [str(shown[name].value()) for name in ("need", "influence")] == ["3", "2"]
    assert "Prioriteringen, skrivet av Maja Exempel" in words(page)
    assert issue_of(item).priority is None


def test_a_priority_that_is_saved_is_no_draft_any_longer(as_coordinator: Client, item: AgendaItem) -> None:
    version = choose(as_coordinator, item, need=3, influence=2)["version"]

    write(as_coordinator, item, need=3, influence=2, judged="-", priority_version=version)

    assert issue_of(item).priority == 6
    assert not ItemDraft.objects.filled().exists()


def test_a_priority_that_is_chosen_back_is_no_draft(as_coordinator: Client, item: AgendaItem) -> None:
    Issue.objects.filter(pk=issue_of(item).pk).update(need=1, influence=1)
    version = int(choose(as_coordinator, item, need=3, influence=1)["version"])

    choose(as_coordinator, item, version, need=1, influence=1)

    assert not ItemDraft.objects.filled().exists()


def test_one_who_writes_a_note_leaves_the_priority_that_another_has_chosen(
    as_coordinator: Client, item: AgendaItem, representative: Member
) -> None:
    facts = {"texts": {}, "chosen": {"need": ["3"]}, "version": 0}
    ItemDraft.keep(item, "priority", by=Actor.of(representative), **facts)  # type: ignore[arg-type]  # the facts of one

    write(as_coordinator, item, note="Lampan är beställd.", judged="-", priority_version="0")

    assert ItemDraft.objects.get().words == "Behov: stort"


def test_a_priority_that_is_taken_away_and_not_saved_is_a_draft_as_any_other(
    as_coordinator: Client, item: AgendaItem
) -> None:
    Issue.objects.filter(pk=issue_of(item).pk).update(need=3, influence=2)

    version = choose(as_coordinator, item, need="", influence=2)["version"]

    assert ItemDraft.objects.get().words == "Behov: inte bedömt, möjlighet att påverka: måttlig"
    shown = as_coordinator.get(item.get_absolute_url()).context["form"]
    assert [str(shown[name].value()) for name in ("need", "influence")] == ["", "2"]
    write(as_coordinator, item, need="", influence=2, judged="3-2", priority_version=version)
    assert issue_of(item).need is None
    assert not ItemDraft.objects.filled().exists()


def test_a_possibility_is_told_in_its_own_gender(as_coordinator: Client, item: AgendaItem) -> None:
    Issue.objects.filter(pk=issue_of(item).pk).update(need=3, influence=2)

    choose(as_coordinator, item, need=3, influence="")

    assert ItemDraft.objects.get().words == "Behov: stort, möjlighet att påverka: inte bedömd"


def test_undoing_the_start_counts_what_was_typed_and_taken_out_as_nothing(
    as_coordinator: Client, item: AgendaItem, coordinator: Member
) -> None:
    by = Actor.of(coordinator)
    around = AgendaItem.objects.get(meeting=item.meeting, heading__rule="round", kind=AgendaItem.Kind.HEADING)
    row = item.meeting.organisations.first() or item.meeting.organisations.create(organisation=OrganisationFactory())
    for version, text in enumerate(("Lugnt.", "")):
        RoundNote.write(around, row.organisation, text=text, version=version, by=by)
        ItemDraft.keep(item, "decision", texts={"text": text}, chosen={}, version=version, by=by)

    unstart_meeting(item.meeting, by=by)

    assert not AgendaItem.objects.filter(pk__in=[item.pk, around.pk]).exists()
    start_meeting(item.meeting, by=by)
    assert AgendaItem.objects.filter(meeting=item.meeting, issue=item.issue_id).exists()


def test_an_item_has_the_parts_that_its_issue_allows(
    item: AgendaItem, topic: AgendaItem, technical: Organisation
) -> None:
    def has(each: AgendaItem) -> set[str]:
        return {str(part) for part, stands in form_parts(each).items() if stands}

    assert has(item) == {"decision", "action", "opens", "priority"}
    assert has(topic) == {"decision", "action", "issue", "opens"}
    assert item.issue
    item.issue.state = Issue.State.CLOSED
    assert has(item) == {"decision", "opens"}
