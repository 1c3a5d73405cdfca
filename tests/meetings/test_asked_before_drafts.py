"""What is typed in the room of an answer to what was asked before the meeting: one draft for each step of it."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from base.records.freetext import WrittenMixin
from issues.models import Action, Answer
from meetings.forms.asked_before import STEPS
from meetings.forms.draft import LATE
from meetings.models import AgendaItem, ItemDraft, Meeting
from members.actor import Actor
from members.models import Member, Organisation
from tests.days import in_days, today
from tests.factories import ActionFactory, OrganisationFactory
from tests.meetings.asked_before import item, late
from tests.meetings.meetings import words, write
from tests.meetings.reopening import close
from tests.people import signed_in
from tests.the import the

__all__ = ["item", "late"]

pytestmark = pytest.mark.django_db

HALF = "Skolvägarna"
THEIRS = "Pengarna räcker inte."
LEFT = "Skrivet men inte sparat"


@pytest.fixture
def secretary(item: AgendaItem, representative: Member) -> Client:
    Meeting.objects.update(secretary=representative)
    return signed_in(representative)


def keep(client: Client, item: AgendaItem, step: str, version: int | str = 0, **typed: Any) -> Any:
    """What the script is answered when it keeps what is typed in the step."""
    address = reverse("meetings:step_draft_save", args=[item.pk, the(item.action).current.pk, step])
    sent = {name.replace("__", "-"): value for name, value in typed.items()}
    return client.post(address, {**sent, "version": version}).json()


def steps(client: Client, item: AgendaItem) -> dict[str, Any]:
    """The steps that the item shows, by the prefix of their forms."""
    return {step.form.prefix: step for step in client.get(item.get_absolute_url()).context["answers"]}


def send(client: Client, item: AgendaItem, step: str, **typed: Any) -> Any:
    form = steps(client, item)[step].form
    sent = {f"{step}-{name}": value for name, value in typed.items()}
    channel = {f"{step}-channel": "phone"}
    return client.post(form.url, {**channel, **sent, "key": form["key"].value()}, follow=True)


def test_half_an_answer_stands_in_its_step_to_whoever_opens_the_item(
    as_coordinator: Client, secretary: Client, item: AgendaItem
) -> None:
    first = keep(as_coordinator, item, "declined", nej__reason="budget", nej__text=HALF)
    keep(as_coordinator, item, "declined", first["version"], nej__reason="budget", nej__text=f"{HALF} först.")

    shown = steps(secretary, item)["nej"]

    assert (shown.form["reason"].value(), shown.form["text"].value()) == ("budget", f"{HALF} först.")
    assert (shown.is_open, shown.form["draft_version"].value()) == (True, "2")
    assert not any(step.is_open for prefix, step in steps(secretary, item).items() if prefix != "nej")
    page = words(secretary.get(item.get_absolute_url()))
    assert "Utkastet till svar, skrivet av Maja Exempel" in page
    assert LEFT not in page
    assert not Answer.objects.exists()


def test_each_step_is_kept_by_itself_and_the_last_one_is_unfolded(as_coordinator: Client, item: AgendaItem) -> None:
    keep(as_coordinator, item, "question", fraga__text=HALF)
    keep(as_coordinator, item, "done", gjort__done_on=in_days(-2).isoformat(), gjort__note="Lampan är bytt")

    shown = steps(as_coordinator, item)

    assert (shown["fraga"].form["text"].value(), shown["gjort"].form["note"].value()) == (HALF, "Lampan är bytt")
    assert shown["gjort"].form["done_on"].value() == in_days(-2).isoformat()
    assert [prefix for prefix, step in shown.items() if step.is_open] == ["gjort"]


def test_a_yes_with_all_that_is_noted_beside_it_is_kept(as_coordinator: Client, item: AgendaItem) -> None:
    beside = {"ja__cost_band": "under_50", "ja__budget_year": str(today().year), "ja__external_ref": "T-12"}
    keep(as_coordinator, item, "accepted", ja__planned="other", ja__other_day_words="hösten", **beside)

    page = as_coordinator.get(item.get_absolute_url())
    shown = {step.form.prefix: step.form for step in page.context["answers"]}["ja"]

    assert (shown["planned"].value(), shown["other_day"].value()) == ("other", ["", "hösten"])
    assert [shown[name].value() for name in ("cost_band", "budget_year", "external_ref")] == [
        *("under_50", str(today().year), "T-12")
    ]
    assert '<details class="more" open' in page.content.decode().split('id="answer"')[1]


def test_a_day_that_is_offered_no_more_is_shown_as_another_day(as_coordinator: Client, item: AgendaItem) -> None:
    keep(as_coordinator, item, "accepted", ja__planned="2031-02-03")

    shown = steps(as_coordinator, item)["ja"].form

    assert (shown["planned"].value(), shown["other_day"].value()) == ("other", ["2031-02-03", ""])


def test_what_is_as_it_was_at_first_is_no_draft(as_coordinator: Client, item: AgendaItem, late: Action) -> None:
    standing = steps(as_coordinator, item)["ja"].form
    first = keep(as_coordinator, item, "accepted", ja__text=HALF, ja__planned=standing["planned"].value() or "")

    keep(as_coordinator, item, "accepted", first["version"], ja__text="", ja__planned=standing["planned"].value() or "")

    assert not ItemDraft.objects.filled().exists()
    assert steps(as_coordinator, item)["ja"].draft is None


def test_another_day_without_a_day_is_no_draft(as_coordinator: Client, item: AgendaItem, late: Action) -> None:
    standing = steps(as_coordinator, item)["ja"].form
    channel = {"ja__channel": standing["channel"].value() or ""}

    keep(as_coordinator, item, "accepted", ja__planned="other", **channel)

    assert not ItemDraft.objects.filled().exists()
    assert steps(as_coordinator, item)["ja"].draft is None


def test_another_day_without_a_day_is_kept_beside_what_is_written(as_coordinator: Client, item: AgendaItem) -> None:
    keep(as_coordinator, item, "accepted", ja__planned="other", ja__text=HALF)

    assert steps(as_coordinator, item)["ja"].form["planned"].value() == "other"


CODES = ("other", "none", "1", "accepted", "budget", "phone", "under_50", "2031-02-03", "nowhere")


@pytest.mark.parametrize("part", ItemDraft.CHOICES)
def test_every_draft_that_is_filled_says_something(
    coordinator: Member, item: AgendaItem, late: Action, part: str
) -> None:
    of: dict[str, Any] = {"action": late} if part in ItemDraft.ANSWERS else {}
    version = 0
    for name, code in product(ItemDraft.CHOICES[part], CODES):
        facts: dict[str, Any] = {"texts": {}, "chosen": {name: [code]}, "version": version}
        draft = ItemDraft.keep(item, part, by=Actor.of(coordinator), **facts, **of)
        version = draft.version
        assert ItemDraft.objects.filled().exists() == draft.is_filled, (name, code)
        assert draft.is_filled or not draft.choices or part not in ItemDraft.CHOSEN_ALONE  # as the trigger has it


def test_the_step_that_is_taken_empties_its_draft(as_coordinator: Client, item: AgendaItem) -> None:
    version = keep(as_coordinator, item, "question", fraga__text=HALF)["version"]

    room = send(as_coordinator, item, "fraga", text=f"{HALF}?", draft_version=version)

    assert Answer.objects.get().text == f"{HALF}?"
    assert not ItemDraft.objects.filled().exists()
    assert room.redirect_chain == [(item.get_absolute_url(), 302)]
    assert LEFT not in words(room)


def test_what_was_typed_in_another_step_is_told_of_when_one_is_taken_and_can_be_thrown(
    as_coordinator: Client, item: AgendaItem
) -> None:
    keep(as_coordinator, item, "declined", nej__text=THEIRS)

    room = send(as_coordinator, item, "fraga", text=HALF)

    assert "Svar från Tekniska förvaltningen: Nej, inte nu" in words(room)
    assert THEIRS in words(room)
    draft = ItemDraft.objects.filled().get()
    write(as_coordinator, item, **{f"{draft.key}_version": str(draft.version)})
    assert not ItemDraft.objects.filled().exists()


def test_two_who_type_in_one_step_both_read_both(as_coordinator: Client, secretary: Client, item: AgendaItem) -> None:
    keep(secretary, item, "declined", nej__text=THEIRS)

    reply = keep(as_coordinator, item, "declined", nej__text=HALF)

    assert (reply["kept"], reply["version"], reply["theirs"]) == (False, "1", THEIRS)
    assert keep(as_coordinator, item, "declined", 1, nej__text=f"{THEIRS} {HALF}")["kept"]


def test_what_another_has_typed_in_the_step_that_is_taken_stands_at_the_item(
    as_coordinator: Client, secretary: Client, item: AgendaItem
) -> None:
    keep(secretary, item, "question", fraga__text=THEIRS)

    room = send(as_coordinator, item, "fraga", text=HALF, draft_version="0")

    assert Answer.objects.get().text == HALF
    assert LEFT in words(room)
    assert THEIRS in words(room)


def test_a_refused_step_still_carries_its_version_and_empties_its_draft_in_the_end(
    as_coordinator: Client, item: AgendaItem
) -> None:
    version = keep(as_coordinator, item, "declined", nej__text=HALF)["version"]

    refused = send(as_coordinator, item, "nej", text=HALF, draft_version=version)
    [shown] = (step.form for step in refused.context["answers"] if step.form.is_bound)
    assert shown["draft_version"].value() == version
    send(as_coordinator, item, "nej", reason="budget", text=THEIRS, next_step="Mars.", draft_version=version)

    assert Answer.objects.get().text == THEIRS
    assert not ItemDraft.objects.filled().exists()


def test_who_may_not_write_at_the_meeting_answers_and_empties_nothing(
    as_representative: Client, as_coordinator: Client, item: AgendaItem, late: Action
) -> None:
    keep(as_coordinator, item, "question", fraga__text=HALF)
    address = reverse("issues:assignment_ask", args=[late.current.pk])

    as_representative.post(f"{address}?punkt={item.pk}", {"fraga-text": HALF, "fraga-draft_version": "1"})

    assert Answer.objects.exists()
    assert ItemDraft.objects.filled().get().text == HALF


def test_what_is_typed_when_the_meeting_has_closed_is_kept_and_late(
    as_coordinator: Client, coordinator: Member, item: AgendaItem
) -> None:
    close(item.meeting, coordinator)

    reply = keep(as_coordinator, item, "declined", nej__text=HALF)

    assert (reply["kept"], reply["message"]) == (True, LATE.format("minnesanteckningarna"))
    page = words(as_coordinator.get(item.get_absolute_url()))
    assert "Svar från Tekniska förvaltningen: Nej, inte nu" in page
    assert HALF in page


def test_it_is_the_answer_of_whom_it_was_typed_for_though_it_is_passed_on_since(
    as_coordinator: Client, coordinator: Member, item: AgendaItem, late: Action, technical: Organisation
) -> None:
    parks = OrganisationFactory(name="Parkförvaltningen")
    keep(as_coordinator, item, "declined", nej__text=HALF)
    first = late.current

    late.current.pass_on(by=Actor.of(coordinator).speaking_for(technical, "phone"), to=parks)

    assert ItemDraft.objects.with_related().get().called == "Svar från Tekniska förvaltningen: Nej, inte nu"
    page = as_coordinator.get(item.get_absolute_url())
    assert all(step.draft is None for step in page.context["answers"])
    assert "Svar från Tekniska förvaltningen: Nej, inte nu" in words(page)
    address = reverse("meetings:step_draft_save", args=[item.pk, first.pk, "question"])
    as_coordinator.post(address, {"fraga-text": HALF, "version": 0})  # of a page from before
    assert {draft.organisation for draft in ItemDraft.objects.all()} == {technical}


def test_of_another_action_and_of_no_step_nothing_is_kept(
    as_coordinator: Client, item: AgendaItem, late: Action
) -> None:
    other = ActionFactory(title="Måla bänken")
    addresses = [
        reverse("meetings:step_draft_save", args=[item.pk, other.current.pk, "declined"]),
        reverse("meetings:step_draft_save", args=[item.pk, late.current.pk, "opens"]),
    ]

    assert [as_coordinator.post(address, {"version": 0}).status_code for address in addresses] == [404, 404]
    assert not ItemDraft.objects.exists()


@pytest.mark.parametrize("part", STEPS)
def test_every_text_and_choice_of_a_step_is_kept(coordinator: Member, late: Action, part: str) -> None:
    fields = STEPS[part](assignment=late.current, by=coordinator).fields
    texts = {name for name, field in fields.items() if isinstance(field, WrittenMixin)}
    chosen = {name for name, field in fields.items() if not (name in texts or field.widget.is_hidden)}
    kept = {"other_day" if name == "planned_words" else name for name in ItemDraft.TEXTS[part]}

    assert kept == texts
    assert {*ItemDraft.CHOICES[part]} - {"other_day"} == chosen


@pytest.mark.parametrize("left", ["ord " * 40, "a\x00b"])
def test_words_left_in_a_day_that_is_not_chosen_hinder_no_yes(
    as_coordinator: Client, item: AgendaItem, left: str
) -> None:
    day = next(iter(steps(as_coordinator, item)["ja"].form.offered))
    keep(as_coordinator, item, "accepted", ja__planned=day, ja__text=HALF)

    send(as_coordinator, item, "ja", planned=day, text=HALF, other_day_words=left, draft_version=1)

    assert (Answer.objects.get().kind, ItemDraft.objects.filled().exists()) == ("accepted", False)


def test_who_saves_the_item_is_told_that_the_answer_is_not_sent(as_coordinator: Client, item: AgendaItem) -> None:
    keep(as_coordinator, item, "declined", nej__text=HALF)
    told = "Svaret från Tekniska förvaltningen är inte skickat, utan ligger kvar som utkast på punkten."

    assert told in words(write(as_coordinator, item, note="Vi talade om lampan.", then="stay"))
    item.refresh_from_db()
    draft = ItemDraft.objects.filled().get()
    thrown = write(as_coordinator, item, note="Vi talade klart.", **{f"{draft.key}_version": draft.version})
    assert told not in words(thrown)
    assert not ItemDraft.objects.filled().exists()


def test_an_answer_that_they_gave_otherwise_is_not_called_unsent(as_coordinator: Client, item: AgendaItem) -> None:
    keep(as_coordinator, item, "declined", nej__text=THEIRS)
    send(as_coordinator, item, "fraga", text=HALF)

    assert "är inte skickat" not in words(write(as_coordinator, item, note="Vi talade om lampan.", then="stay"))
    assert ItemDraft.objects.filled().exists()


def test_what_is_passed_on_is_not_called_an_unsent_answer_of_the_first(
    as_coordinator: Client, coordinator: Member, item: AgendaItem, late: Action, technical: Organisation
) -> None:
    keep(as_coordinator, item, "declined", nej__text=HALF)
    parks = OrganisationFactory(name="Parkförvaltningen")
    late.current.pass_on(by=Actor.of(coordinator).speaking_for(technical, "phone"), to=parks)

    assert "är inte skickat" not in words(write(as_coordinator, item, note="Vi talade om lampan.", then="stay"))


@pytest.mark.parametrize("noted", [{}, {"external_ref": "T-12"}], ids=["", "with a number"])
def test_a_draft_whose_saving_was_not_heard_is_emptied_by_the_same_step(
    as_coordinator: Client, item: AgendaItem, noted: dict[str, str]
) -> None:
    """They are noted as here, so that how it came is sent hidden, which no script keeps."""
    day = next(iter(steps(as_coordinator, item)["ja"].form.offered))
    typed = {"planned": day, "text": HALF, **noted}
    keep(as_coordinator, item, "accepted", **{f"ja__{name}": value for name, value in typed.items()})

    send(as_coordinator, item, "ja", **typed, channel="meeting", draft_version=0)

    assert Answer.objects.get().text == HALF
    assert not ItemDraft.objects.filled().exists()


def test_what_is_kept_of_whom_it_is_passed_on_to_is_read_at_once(
    as_coordinator: Client, item: AgendaItem, late: Action, coordinator: Member, technical: Organisation
) -> None:
    def sent() -> int:
        with CaptureQueriesContext(connection) as statements:
            told = [draft.words for draft in ItemDraft.objects.left_at(meeting, AgendaItem.objects.all())]
        assert all("till Parkförvaltningen" in words for words in told)
        return len(statements)

    meeting, parks = item.meeting, OrganisationFactory(name="Parkförvaltningen")
    keep(as_coordinator, item, "passed_on", vidare__to=parks.pk)
    one = sent()
    for title in ("Måla bänken", "Klipp häcken"):
        action = ActionFactory(title=title, issue=late.issue, assignment__organisation=technical)
        chosen: dict[str, Any] = {"texts": {}, "chosen": {"to": [str(parks.pk)]}, "version": 0}
        ItemDraft.keep(item, ItemDraft.Part.PASSED_ON, action=action, by=Actor.of(coordinator), **chosen)

    assert sent() == one == 1


@pytest.mark.parametrize("to", ["nobody", "99999999999999999999", "12345678"])
def test_whom_there_is_none_of_is_the_samordnare(item: AgendaItem, late: Action, coordinator: Member, to: str) -> None:
    chosen: dict[str, Any] = {"texts": {}, "chosen": {"to": [to]}, "version": 0}
    kept = ItemDraft.keep(item, ItemDraft.Part.PASSED_ON, action=late, by=Actor.of(coordinator), **chosen)

    assert kept.words == ItemDraft.objects.with_related().get().words == "till samordnaren"
