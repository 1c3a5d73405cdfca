"""An answer to what was asked before that is refused at its item: it stands there again, with what was typed."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from issues.models import Action, Answer
from meetings.attendance import note_expected
from meetings.models import AgendaItem, ItemDraft, Meeting
from members.actor import Actor
from members.models import Member
from tests.meetings.asked_before import item, late
from tests.meetings.meetings import words
from tests.meetings.reopening import close
from tests.meetings.test_asked_before_drafts import HALF, THEIRS, keep, secretary, send, steps
from tests.people import signed_in

__all__ = ["item", "late", "secretary"]

pytestmark = pytest.mark.django_db

TYPED = {"reason": "budget", "text": HALF}  # and nothing of what is next
WANTED = "Skriv vad som kan hända härnäst, till exempel när frågan kan tas upp igen."


def refuse(client: Client, item: AgendaItem, **typed: str) -> Any:
    """What she sees who says no and leaves out what is next."""
    return send(client, item, "nej", draft_version="0", **TYPED, **typed)


def shown(page: Any) -> dict[str, Any]:
    return {step.form.prefix: step for step in page.context["answers"]}


def test_a_no_that_lacks_something_stands_at_the_item_with_the_error_and_what_was_typed(
    as_coordinator: Client, item: AgendaItem
) -> None:
    room = refuse(as_coordinator, item)

    assert (room.redirect_chain, room.templates[0].name) == ([], "meetings/item_detail.html")
    assert WANTED in words(room)
    step = shown(room)["nej"]
    assert {name: step.form[name].value() for name in TYPED} == TYPED
    assert [prefix for prefix, each in shown(room).items() if each.is_open] == ["nej"]
    assert not Answer.objects.exists()


def test_a_yes_without_a_day_stands_at_the_item(as_coordinator: Client, item: AgendaItem) -> None:
    room = send(as_coordinator, item, "ja", planned="other", text=HALF, draft_version="0")

    assert room.templates[0].name == "meetings/item_detail.html"
    assert "Skriv vilken dag det är klart." in words(room)
    assert shown(room)["ja"].form["text"].value() == HALF


def test_what_is_put_right_there_is_the_answer_and_its_draft_is_emptied(
    as_coordinator: Client, item: AgendaItem
) -> None:
    version = keep(as_coordinator, item, "declined", nej__text=HALF, nej__reason="budget")["version"]
    refused = send(as_coordinator, item, "nej", draft_version=version, **TYPED)
    form = shown(refused)["nej"].form
    again = {form.add_prefix(name): form[name].value() for name in form.fields}

    room = as_coordinator.post(form.url, again | {"nej-next_step": "I mars."}, follow=True)

    assert room.redirect_chain == [(item.get_absolute_url(), 302)]
    assert Answer.objects.get().text == HALF
    assert not ItemDraft.objects.filled().exists()


def test_what_another_has_typed_meanwhile_stands_beside_what_was_refused(
    as_coordinator: Client, secretary: Client, item: AgendaItem
) -> None:
    keep(secretary, item, "declined", nej__text=THEIRS)

    room = refuse(as_coordinator, item)

    step = shown(room)["nej"]
    assert (step.form["text"].value(), step.form["draft_version"].value(), step.draft) == (HALF, "1", None)
    assert THEIRS in step.theirs
    assert THEIRS in words(room)


def test_what_is_typed_in_another_step_is_kept_beside_it(as_coordinator: Client, item: AgendaItem) -> None:
    keep(as_coordinator, item, "question", fraga__text=THEIRS)

    room = refuse(as_coordinator, item)

    assert shown(room)["fraga"].form["text"].value() == THEIRS
    assert [prefix for prefix, each in shown(room).items() if each.is_open] == ["nej"]


def test_the_secretary_stays_in_the_room(secretary: Client, item: AgendaItem) -> None:
    room = refuse(secretary, item)

    assert room.templates[0].name == "meetings/item_detail.html"
    assert WANTED in words(room)


def test_how_it_came_is_asked_for_where_that_was_what_it_lacked(
    as_coordinator: Client, coordinator: Member, representative: Member, item: AgendaItem
) -> None:
    shown_before = steps(as_coordinator, item)["nej"].form
    note_expected(item.meeting, by=Actor.of(coordinator))
    sent = {"nej-reason": "budget", "nej-text": HALF, "nej-next_step": "I mars.", "nej-draft_version": "0"}

    room = as_coordinator.post(shown_before.url, sent)

    assert "Hur kom beskedet?" in words(room)
    assert not shown(room)["nej"].form["channel"].is_hidden
    assert shown(room)["fraga"].form["channel"].is_hidden


def test_one_that_another_has_answered_meanwhile_is_told_so_at_the_item(
    as_coordinator: Client, coordinator: Member, item: AgendaItem, late: Action
) -> None:
    form = steps(as_coordinator, item)["nej"].form
    late.current.ask(text="Vilken?", by=Actor.of(coordinator).speaking_for(late.current.organisation, "phone"))
    sent = {f"nej-{name}": value for name, value in (TYPED | {"next_step": "I mars.", "channel": "phone"}).items()}

    room = as_coordinator.post(form.url, sent | {"nej-draft_version": "0"})

    assert room.templates[0].name == "meetings/item_detail.html"
    assert [*shown(room)] == ["nej"]
    assert shown(room)["nej"].form["text"].value() == HALF
    assert shown(room)["nej"].form.non_field_errors()


def test_when_the_meeting_has_closed_it_is_refused_on_the_page_of_the_action(
    as_coordinator: Client, coordinator: Member, item: AgendaItem
) -> None:
    form = steps(as_coordinator, item)["nej"].form
    close(item.meeting, coordinator)

    page = as_coordinator.post(form.url, {"nej-channel": "phone", "nej-text": HALF, "nej-draft_version": "0"})

    assert page.templates[0].name == "issues/action_detail.html"
    assert page.context["refused"]["text"].value() == HALF


def test_who_came_to_the_page_of_the_action_is_refused_there(
    representative: Member, item: AgendaItem, late: Action
) -> None:
    client = signed_in(representative)
    page = client.get(late.get_absolute_url(), {"punkt": item.pk})
    form = next(form for form in page.context["answers"] if form.prefix == "nej")

    sent = {form.add_prefix(name): form[name].value() or "" for name in form.fields}
    refused = client.post(form.url, sent | {"nej-text": HALF})

    assert refused.templates[0].name == "issues/action_detail.html"
    assert refused.context["refused"]["text"].value() == HALF
    assert refused.context["way_back"].url == item.get_absolute_url()


def test_a_representative_who_writes_at_the_meeting_is_refused_in_the_room(
    representative: Member, item: AgendaItem
) -> None:
    Meeting.objects.update(secretary=representative)

    room = refuse(signed_in(representative), item)

    assert room.templates[0].name == "meetings/item_detail.html"
    assert shown(room)["nej"].form["text"].value() == HALF
