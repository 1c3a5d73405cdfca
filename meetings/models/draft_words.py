"""What is chosen in a draft, in words."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date

from base.swedish.words import day_and_month
from issues.models import Answer, Issue
from issues.texts.issue import INFLUENCE
from members.actor import Channel

USES: dict[str, tuple[str, ...]] = {
    Answer.Kind.ACCEPTED: ("planned", "text"),
    Answer.Kind.DECLINED: ("reason", "text", "next_step"),
    Answer.Kind.QUESTION: ("text",),
    Answer.Kind.PASSED_ON: ("to", "text"),
}
"""What belongs to each answer at the table."""


UNJUDGED = "none"
"""What is kept of a priority that is taken away."""


def chosen_in_words(choices: Mapping[str, list[str]], *, receiver: str = "") -> str:
    """What is chosen of an answer or a priority: Åtar sig, planerat klart 15 december 2026.

    `receiver` is the name of the organisation that it is passed on to; the samordnare has none.
    """
    chosen = {name: values[0] for name, values in choices.items()}
    if (kind := chosen.get("kind", "")) in USES:  # what is left of an answer chosen before belongs to it no more
        chosen = {name: value for name, value in chosen.items() if name in ("kind", *USES[kind])}
    need = {str(degree): words.lower() for degree, words in Issue.Degree.choices} | {UNJUDGED: "inte bedömt"}
    influence = {str(degree): words for degree, words in INFLUENCE.items()} | {UNJUDGED: "inte bedömd"}
    said = [f"Behov: {need[chosen['need']]}" if chosen.get("need") in need else ""]
    said += [f"möjlighet att påverka: {influence[chosen['influence']]}" if chosen.get("influence") in influence else ""]
    said += [dict(Answer.Kind.choices).get(chosen.get("kind", ""), "")]
    said.append(dict(Answer.Reason.choices).get(chosen.get("reason", ""), "").lower())
    said.append(
        _day("planerat klart", chosen.get("planned", "")) or _day("planerat klart", chosen.get("other_day", ""))
    )
    said.append(_day("gjort", chosen.get("done_on", "")))
    said.append(f"till {receiver or 'samordnaren'}" if chosen.get("to") else "")
    said.append(dict(Answer.CostBand.choices).get(chosen.get("cost_band", ""), "").lower())
    said.append(f"budgetår {chosen['budget_year']}" if "budget_year" in chosen else "")
    said.append(dict(Channel.choices).get(chosen.get("channel", ""), ""))
    return ", ".join(filter(None, said))


def _day(what: str, typed: str) -> str:
    """What is chosen to be done on a day, in words; empty where no day is chosen."""
    with suppress(ValueError):
        return f"{what} {day_and_month(date.fromisoformat(typed), today=date.min)}"
    return ""
