"""What the decisions of a correction cause, as its version tells it: new ones, struck ones, and what they ask."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from base.records import EditConflict
from base.swedish.words import day_and_month
from issues.models import Action
from issues.restricting import lift, restrict
from meetings.correcting import correction, save_correction, start_correcting
from meetings.deciding import decide, make_issue, propose_action, restore, withdraw
from meetings.minutes.editions import Edition
from meetings.models import Meeting, Minutes, OrganisationAtMeeting, ProposedAction
from meetings.sending_now import send_now
from meetings.table_answers import answer_at_table, take_out
from members.actor import Actor
from members.models import Member, Organisation
from tests.days import today
from tests.issues.restricted import WHY
from tests.meetings.at_table import say_yes
from tests.meetings.correcting import changes, decision_on, note, open_again, save, sent
from tests.meetings.meetings import item_of
from tests.meetings.reopening import close, told

__all__ = ["open_again", "sent"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def answered(decided: Meeting, by: Actor, coordinator: Member, technical: Organisation) -> Meeting:
    """The organisation answered at the table. Its minutes are sent, and open to be corrected."""
    row = decided.organisations.get(organisation=technical)
    row.note(by=by, state=OrganisationAtMeeting.State.REPRESENTED)
    say_yes(technical, by)
    close(decided, coordinator)
    send_now(decided, by=by)
    start_correcting(decided, by=by)
    return decided


def told_of(minutes: Minutes, title: str) -> dict[str, Any]:
    items = (item for heading in minutes.content["headings"] for item in heading["items"])
    return next(item for item in items if item["title"] == title)


def ask(meeting: Meeting, by: Actor, organisation: Organisation, title: str = "Byt stolpen") -> ProposedAction:
    decision = propose_action(item_of(meeting, "Lampan"), by=by, title=title, organisation=organisation)
    return ProposedAction.objects.get(decision=decision)


def test_on_what_was_restricted_when_it_closed_and_is_no_longer(
    decided: Meeting, by: Actor, coordinator: Member
) -> None:
    park = item_of(decided, "Parken").issue
    assert park
    restrict(park, reason=WHY, named=[by.member.pk], by=by)
    close(decided, coordinator)
    send_now(decided, by=by)
    park.refresh_from_db()
    lift(park, reason="Inte längre", by=by)
    start_correcting(decided, by=by)
    assert correction(decided).becomes.changes == []
    decision = decide(item_of(decided, "Parken"), by=by, text="Vi frågar igen.")
    second = save(decided, by)
    decision.refresh_from_db()
    told = told_of(second, "Parken")
    assert [one["text"] for one in told["decisions"]][-1] == "Vi frågar igen."
    assert [one["number"] for one in told["decisions"]][-1] == decision.number
    assert changes(second) == [f"Punkt {told['number']} Parken: nytt beslut {decision.number}."]
    assert {"said"}.isdisjoint(told)


def test_an_action_of_the_same_name_stands_beside_it(open_again: Meeting, by: Actor, technical: Organisation) -> None:
    ask(open_again, by, technical, title="Laga lampan")
    second = save(open_again, by)
    assert sorted(row["key"] for row in second.content["actions"]) == sorted(
        Action.objects.values_list("pk", flat=True)
    )


def test_a_struck_decision_whose_action_stands_says_where(
    open_again: Meeting, by: Actor, representative: Member
) -> None:
    Action.objects.get().current.accept(by=Actor.of(representative), planned=timezone.localdate())
    withdraw(decision_on(open_again, "Lampan"), by=by)
    [row] = save(open_again, by).content["actions"]
    state = Action.objects.get().get_state_display().lower()
    assert row["status"] == f"Beslutet är struket. Åtgärden finns kvar: {state}"


def test_an_answer_is_told_once(answered: Meeting, by: Actor, technical: Organisation) -> None:
    before = told_of(Minutes.objects.of(answered).get(), "Lampan")["answers"]
    ask(answered, by, technical)
    assert len(before) == 1
    assert told_of(save(answered, by), "Lampan")["answers"] == before


def test_what_is_answered_in_it_is_told_with_what_it_answers(
    answered: Meeting, by: Actor, technical: Organisation
) -> None:
    before = told_of(Minutes.objects.of(answered).get(), "Lampan")["answers"]
    facts: dict[str, Any] = {"kind": "accepted", "planned": timezone.localdate() + timedelta(days=9)}
    answer_at_table(ask(answered, by, technical), by=by, **facts)
    told = told_of(save(answered, by), "Lampan")["answers"]
    assert told[:-1] == before
    assert told[-1].startswith("Byt stolpen: Tekniska förvaltningen svarade på mötet: åtar sig")


def test_an_answer_since_the_page_was_read_is_told(answered: Meeting, by: Actor, technical: Organisation) -> None:
    asked = ask(answered, by, technical)
    seen = correction(answered, by.member).seen
    answer = answer_at_table(asked, by=by, kind="question", text="Vilken av dem?")
    with pytest.raises(EditConflict, match="mer har ändrats"):
        save_correction(answered, by=by, seen=seen)
    with_it = correction(answered, by.member).seen
    assert take_out(answer)
    with pytest.raises(EditConflict, match="mer har ändrats"):
        save_correction(answered, by=by, seen=with_it)
    save_correction(answered, by=by, seen=seen)


def test_what_is_noted_beside_does_not_touch_the_answers(answered: Meeting, by: Actor) -> None:
    before = told_of(Minutes.objects.of(answered).get(), "Lampan")["answers"]
    note(answered, "Räcket", "Räcket är rakt.", by)
    assert told_of(save(answered, by), "Lampan")["answers"] == before


def test_marked_off_and_on_again_is_told_once(open_again: Meeting, by: Actor) -> None:
    before = told("Lampan")
    decision = decision_on(open_again, "Lampan")
    withdraw(decision, by=by)
    item_of(open_again, "Lampan").unmark_discussed(by=by)
    item_of(open_again, "Lampan").mark_discussed(by=by)
    restore(decision)
    note(open_again, "Räcket", "Räcket är rakt.", by)
    save(open_again, by)
    assert told("Lampan") == before


def test_what_is_newly_dealt_with_is_told(open_again: Meeting, by: Actor) -> None:
    made = make_issue(item_of(open_again, "Nattvandring"), by=by, title="Nattvandring")
    item_of(open_again, "Nattvandring").mark_discussed(by=by)
    save(open_again, by)
    assert made.events.filter(kind="discussed").count() == 1


def test_a_decision_that_stands_again_is_of_the_issue_made_meanwhile(
    decided: Meeting, by: Actor, coordinator: Member
) -> None:
    decide(item_of(decided, "Nattvandring"), by=by, text="Vi vandrar.")
    close(decided, coordinator)
    send_now(decided, by=by)
    start_correcting(decided, by=by)
    decision = decision_on(decided, "Nattvandring")
    withdraw(decision, by=by)
    made = make_issue(item_of(decided, "Nattvandring"), by=by, title="Nattvandring")
    restore(decision)
    save(decided, by)
    decision.refresh_from_db()
    assert decision.issue == made
    assert [f"{event}" for event in made.events.filter(kind="decided")] == [
        f"Beslut {decision.number} på mötet {day_and_month(decided.day, today=today())}: Vi vandrar."
    ]


def test_struck_while_it_is_restricted_it_is_told_so_when_it_is_no_longer(open_again: Meeting, by: Actor) -> None:
    park = item_of(open_again, "Parken").issue
    assert park
    restrict(park, reason=WHY, named=[by.member.pk], by=by)
    number = decision_on(open_again, "Parken").number
    withdraw(decision_on(open_again, "Parken"), by=by)
    note(open_again, "Räcket", "Räcket är rakt.", by)
    second = save(open_again, by)
    assert [told for told in changes(second) if "Räcket" not in told] == []
    [decision] = told_of(second, "Parken")["decisions"]
    assert (decision["number"], decision["struck"]) == (number, True)
    assert "Parken" not in f"{Edition.of(second).content}"
