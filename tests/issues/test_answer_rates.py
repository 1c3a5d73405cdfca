"""How organisations answer over time: how many, and how soon, in working days; of a few nothing is said."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from issues.answer_rates import AnswerRate, Answers, Tertial, answer_rates
from issues.models import Action
from issues.texts.answer_rates import rate_bars, rate_picture_words, rate_words, tertial_words
from members.actor import Actor
from members.models import Member, Organisation
from tests.factories import ActionFactory

TODAY = date(2026, 11, 30)
MONDAY = date(2026, 10, 5)


def noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def asked(organisation: Organisation, day: date = MONDAY, *, after: int | None = None, **facts: Any) -> Action:
    """A question of that day; answered so many days later."""
    given = {"asked_at": noon(day), "answer_due": day + timedelta(days=14), **facts}
    if after is not None:
        planned = day + timedelta(days=60)
        given |= {"answer": "accepted", "planned": planned, "answered_at": noon(day + timedelta(days=after))}
    return ActionFactory(
        state="proposed" if after is None else "accepted",
        assignment__organisation=organisation,
        **{f"assignment__{name}": value for name, value in given.items()},
    )


def rate_of(organisation: Organisation) -> AnswerRate:
    [rate] = answer_rates([organisation], TODAY)
    return rate


def test_half_of_the_answers_came_within_so_many_working_days(technical: Organisation) -> None:
    for after in (0, 1, 2, 7, 30):
        asked(technical, after=after)
    asked(technical)

    rate = rate_of(technical)

    assert (rate.whole.asked, rate.whole.answered, rate.whole.days) == (6, 5, (0, 1, 2, 5, 22))
    assert rate_words(rate) == "5 av 6 frågor besvarade, hälften inom 2 arbetsdagar."


def test_of_fewer_than_five_answers_no_time_is_said(technical: Organisation) -> None:
    for _ in range(4):
        asked(technical, after=1)

    rate = rate_of(technical)

    assert rate_words(rate) == "4 av 4 frågor besvarade."
    assert rate_bars(rate) == []


@pytest.mark.parametrize(
    "facts",
    [
        {"answer_due": TODAY},  # which has time left
        {"stands_still": True},
        {"ended_at": noon(MONDAY)},
    ],
)
def test_what_waits_in_time_or_ended_unanswered_is_not_counted(technical: Organisation, facts: dict[str, Any]) -> None:
    asked(technical, **facts)

    assert answer_rates([technical], TODAY) == []


def test_what_the_group_took_back_and_what_is_restricted_is_not_counted(
    technical: Organisation, coordinator: Member
) -> None:
    taken_back = asked(technical)
    assert len(answer_rates([technical], TODAY)) == 1
    taken_back.cancel(by=Actor.of(coordinator), reason="Löst på annat sätt.")
    ActionFactory(
        issue__restricted=True,
        assignment__organisation=technical,
        assignment__asked_at=noon(MONDAY),
        assignment__answer_due=MONDAY,
    )

    assert answer_rates([technical], TODAY) == []


def test_a_question_belongs_to_the_tertial_in_which_it_was_asked(technical: Organisation) -> None:
    asked(technical, date(2025, 8, 31), after=1)
    asked(technical, date(2025, 9, 1), after=1)
    asked(technical, date(2026, 8, 31), after=5)
    asked(technical, date(2026, 9, 1), after=5)

    assert [(tertial_words(tertial), answers.asked) for tertial, answers in rate_of(technical).by_tertial] == [
        ("sep–dec 2025", 1),
        ("jan–apr 2026", 0),
        ("maj–aug 2026", 1),
        ("sep–dec 2026", 1),
    ]


def test_the_latest_tertials_reach_over_the_turn_of_the_year() -> None:
    assert Tertial.latest(date(2027, 1, 1)) == [Tertial(2026, 0), Tertial(2026, 1), Tertial(2026, 2), Tertial(2027, 0)]


def test_the_organisations_stand_as_they_came_and_not_by_how_they_answer(
    technical: Organisation, housing: Organisation, police: Organisation
) -> None:
    asked(technical, after=30)
    asked(housing, after=0)

    assert [rate.organisation for rate in answer_rates([technical, housing, police], TODAY)] == [technical, housing]


def test_the_picture_has_words() -> None:
    quick, slow, few = Answers(5, (0, 0, 0, 1, 9)), Answers(5, (1, 80, 80, 80, 80)), Answers(4, (1, 1, 1))
    tertials = Tertial.latest(TODAY)
    rate = AnswerRate(Organisation(name="Tekniska"), tuple(zip(tertials, (few, slow, quick, few), strict=True)))

    assert rate_picture_words(rate) == (
        "Hälften av svaren kom: sep–dec 2025 för få svar, jan–apr 2026 inom 80 arbetsdagar, "
        "maj–aug 2026 samma dag, sep–dec 2026 för få svar."
    )
    assert [(bar.x, bar.height) for bar in rate_bars(rate)] == [(0, None), (20, 32), (40, 2), (60, None)]


def test_it_takes_one_statement(technical: Organisation, housing: Organisation, django_assert_num_queries: Any) -> None:
    for organisation in (technical, housing):
        asked(organisation, after=3)

    with django_assert_num_queries(1):
        answer_rates([technical, housing], TODAY)
