"""What is struck, restored or masked where only those named know of it."""

from __future__ import annotations

from base.swedish.passages import pattern
from issues.models import (
    Action,
    Issue,
    Note,
)
from issues.striking import restore, strike
from temagrupp.redaction.finding import find
from temagrupp.redaction.redacting import redact_passage
from temagrupp.redaction.scope import MaskingScope
from tests.factories import (
    ObservationFactory,
)
from tests.restricted.telling import Facts, Register


def struck(told: Register) -> None:
    """An issue that was opened by mistake, asked about and struck: its reports wait again, marked."""
    issue = _by_mistake(told, "Rökring över Silverdammen")
    strike(issue, reason="Rökringen var dimma.", **told.acts("named", 13))
    told.things["struck"] = issue


def restored(told: Register) -> None:
    """One that was struck, and is restored with the reports that still waited."""
    issue = _by_mistake(told, "Rökring vid Norra gångtunneln")
    strike(issue, reason="Rökringen var dimma.", **told.acts("named", 13))
    restore(issue, **told.acts("named", 12))
    told.things["restored"] = issue


def _by_mistake(told: Register, title: str) -> Issue:
    known: Facts = {"where": "Silverdammen", "place": told.things["dam"], "category": told.things["light"]}
    issue = Issue.create(restricted=True, title=title, **known, **told.acts("named", 16))
    seen: Facts = {"reporter": told.people["named"], "text": "Rökringar.", "created_at": told.at(16), **known}
    ObservationFactory(**seen).attach(issue, **told.acts("named", 15))
    asked: Facts = {"issue": issue, "organisation": told.things["handled"], "term": Action.Term.SHORT}
    action = Action.draft(title="Släcka rökringar", **asked, **told.acts("named", 15))
    action.propose(**told.acts("named", 14))
    return issue


def masked(told: Register) -> None:
    """Words are masked in a restricted issue by one who is named."""
    Note.write(told.things["fishing"], text="Kvastbåten ligger vid järnekarna.", **told.acts("named", 0.9))
    _mask(told, "Kvastbåten", days=0.8)


def masked_in_minutes(told: Register) -> None:
    """Words are masked in what sent minutes tell of a restricted issue, and in its item."""
    _mask(told, "Kvastudden", days=0.7)


def _mask(told: Register, passage: str, *, days: float) -> None:
    places = find(MaskingScope(told.people["named"], told.things["fishing"]), pattern(passage))
    assert places
    redact_passage(passage, places, why="Kvasten pekar ut.", **told.acts("named", days))
