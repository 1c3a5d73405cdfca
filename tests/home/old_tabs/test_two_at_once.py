"""Two who do the same in the same instant: one does it, the other is told, and the timeline tells of it once.

Each verb that ends something, takes it back or hands it on, and a thing in the state that it begins from.
"""

from __future__ import annotations

import json
from collections import Counter
from threading import Event as Signal

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from base.records import Conflict
from issues.models import Event, NilReport
from members.actor import Actor
from tests.at_once import at_once, waits_for_a_row
from tests.days import in_days
from tests.factories import MemberFactory, OrganisationFactory, SeatFactory
from tests.home.old_tabs.verbs import VERBS, Verb, say_nothing


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_one_does_it_and_the_other_is_told(verb: Verb) -> None:
    people = [Actor.of(MemberFactory(is_coordinator=True)) for _ in range(2)]
    for each in people:
        SeatFactory(member=each.member)
    thing = verb.ready(people[0])
    before = told()
    hers, his = (type(thing)._default_manager.get(pk=thing.pk) for _ in range(2))

    outcomes = at_once(lambda: verb.deeds[0](hers, people[0]), lambda: verb.deeds[1](his, people[1]))

    refusals = [outcome for outcome in outcomes if isinstance(outcome, ValidationError)]
    assert [len(refusal.messages) for refusal in refusals] == [1]
    assert [line for line, times in (told() - before).items() if times > 1] == []


@pytest.mark.django_db(transaction=True)
def test_of_days_and_some_of_them_the_second_is_told_who_was_first() -> None:
    """The database refuses the same days twice; of others it is the organisation's lock that lets one at a time."""
    organisation, by = OrganisationFactory(), Actor.of(MemberFactory(is_coordinator=True))
    said = Signal()

    def all_of_them() -> None:
        with transaction.atomic():
            say_nothing(organisation, by)
            said.set()
            waits_for_a_row()

    def some_of_them() -> None:
        said.wait(10)
        NilReport.give(organisation, first_day=in_days(-3), last_day=in_days(0), by=by)

    _, refusal = at_once(all_of_them, some_of_them)

    assert type(refusal) is Conflict
    assert [each.first_day for each in NilReport.objects.all()] == [in_days(-9)]


def told() -> Counter[str]:
    """What the timelines tell, whoever did it and when."""
    events = Event.objects.values_list("issue", "kind", "text", "facts", "action", "assignment", "observation")
    return Counter(json.dumps(event) for event in events)
