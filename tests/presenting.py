"""Who presents the items of a test."""

from __future__ import annotations

from meetings.agenda.presenting import name_presenters
from meetings.models import AgendaItem, Presenter
from meetings.models.agenda import AgendaItemQuerySet
from meetings.models.presenter import Presenting
from tests.acting import a_coordinator


def let_present(items: AgendaItemQuerySet, *people: Presenting) -> None:
    """These present each of the items, and nobody else does."""
    for item in items:
        name_presenters(item, people, by=a_coordinator())


def presented_by(item: AgendaItem) -> Presenting | None:
    """Who presents it alone, as the database has it."""
    named = [one.who for one in Presenter.objects.of(item)]
    assert len(named) < 2
    return named[0] if named else None
