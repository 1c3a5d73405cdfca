"""A meeting that asks organisations which are there, and what they answer at the table."""

from __future__ import annotations

from typing import Any

import pytest

from base.swedish.words import day_and_month
from issues.models import Action
from meetings.deciding import propose_action_to_each
from meetings.models import AgendaItem, Meeting, OrganisationAtMeeting, ProposedAction, TableAnswer
from meetings.table_answers import answer_at_table
from members.actor import Actor
from members.models import Organisation
from tests.days import in_days, today

DAY = in_days(20)
YES = f"Tekniska förvaltningen svarade på mötet: åtar sig, planerat klart {day_and_month(DAY, today=today())}."


@pytest.fixture
def meeting(item: AgendaItem, technical: Organisation, housing: Organisation, by: Actor) -> Meeting:
    """Under way, with both organisations there; the item asks both for the same."""
    return asking(item, technical, housing, by=by)


def asking(item: AgendaItem, *organisations: Organisation, by: Actor) -> Meeting:
    """The item asks the organisations, which are there, for the same in one decision."""
    for organisation in organisations:
        row, _ = item.meeting.organisations.get_or_create(organisation=organisation)
        row.note(by=by, state=OrganisationAtMeeting.State.REPRESENTED)
    propose_action_to_each(item, organisations, by=by, title="Laga lampan", answer_due=in_days(14))
    return item.meeting


def of(organisation: Organisation) -> ProposedAction:
    return ProposedAction.objects.get(action__assignments__organisation=organisation)


def action_of(organisation: Organisation) -> Action:
    return Action.objects.get(pk=of(organisation).action_id)


def typed(organisation: Organisation, kind: str, **parts: object) -> dict[str, object]:
    """The fields of the organisation's line."""
    name = f"answer_{of(organisation).action_id}"
    return {name: kind, **{f"{name}_{part}": value for part, value in parts.items()}}


def say_yes(organisation: Organisation, by: Actor, **facts: Any) -> TableAnswer:
    return answer_at_table(of(organisation), by=by, kind="accepted", planned=DAY, **facts)
