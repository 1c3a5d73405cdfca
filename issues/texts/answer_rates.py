"""The words of how an organisation answers, and the picture of it. Kind: no place in a row, and nothing of a few."""

from __future__ import annotations

from dataclasses import dataclass

from base.swedish.words import MONTHS, plural
from issues.answer_rates import MONTHS_OF_TERTIAL, AnswerRate, Answers, Tertial

TOO_FEW = "för få svar"
TALLEST = 20
"""Working days of the tallest bar; what takes longer is as tall."""
HEIGHT, WIDTH, STEP = 32, 12, 20
LEAST = 2


def tertial_words(tertial: Tertial) -> str:
    """The tertial as a heading: maj–aug 2026."""
    first = tertial.third * MONTHS_OF_TERTIAL
    return f"{MONTHS[first][:3]}–{MONTHS[first + MONTHS_OF_TERTIAL - 1][:3]} {tertial.year}"


def tertial_begins(tertial: Tertial) -> str:
    """When it begins, inside a sentence: september 2025."""
    return f"{MONTHS[tertial.third * MONTHS_OF_TERTIAL]} {tertial.year}"


def rate_words(rate: AnswerRate) -> str:
    """How they have answered: 14 av 15 frågor besvarade, hälften inom 6 arbetsdagar. Of too few no time is said."""
    whole = rate.whole
    questions = f"{whole.answered} av {plural(whole.asked, 'fråga besvarad', 'frågor besvarade')}"
    return f"{questions}." if whole.half_within is None else f"{questions}, {within(whole.half_within)}."


def within(days: int) -> str:
    """In how many working days half of the answers came, inside a sentence."""
    return "hälften samma dag" if days == 0 else f"hälften inom {plural(days, 'arbetsdag', 'arbetsdagar')}"


@dataclass(frozen=True)
class Bar:
    """A bar of the picture, in units of its drawing; None of too few, which has a ring instead."""

    x: int
    height: int | None

    @property
    def y(self) -> int:
        return HEIGHT - (self.height or 0)

    @property
    def middle(self) -> int:
        return self.x + WIDTH // 2


def rate_bars(rate: AnswerRate) -> list[Bar]:
    """A bar for each tertial, as tall as half of the answers took; none where all have too few."""
    found = [answers.half_within for _, answers in rate.by_tertial]
    if not any(days is not None for days in found):
        return []
    return [Bar(place * STEP, None if days is None else _height(days)) for place, days in enumerate(found)]


def _height(days: int) -> int:
    return max(LEAST, min(days, TALLEST) * HEIGHT // TALLEST)


def rate_picture_words(rate: AnswerRate) -> str:
    """What the picture shows: Hälften av svaren kom: maj–aug 2026 inom 6 arbetsdagar, sep–dec 2026 för få svar."""
    return f"Hälften av svaren kom: {', '.join(map(_of_tertial, rate.by_tertial))}."


def _of_tertial(told: tuple[Tertial, Answers]) -> str:
    tertial, answers = told
    days = answers.half_within
    took = TOO_FEW if days is None else within(days).removeprefix("hälften ")
    return f"{tertial_words(tertial)} {took}"
