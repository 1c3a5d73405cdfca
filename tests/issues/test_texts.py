"""Sentences are computed from rows and the day; these say them aloud."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db.models import Prefetch
from pytest_django import DjangoAssertNumQueries

from issues.counting import ObservationCount
from issues.models import Action, Issue
from issues.texts.action import action_about, action_state, answer_came, assignment_state
from issues.texts.evidence import evidence, observed_words
from issues.texts.issue import beside_title, issue_state, kind_words, priority_words
from members.models import Member, Organisation
from tests.factories import ActionFactory, AssignmentFactory, CategoryFactory, IssueFactory

TODAY = date(2026, 11, 23)
Ask = Callable[..., Action]


def on(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 11, 0, tzinfo=UTC)


@pytest.fixture
def ask(technical: Organisation) -> Ask:
    """An action in a state, with its current handover's facts; all in one issue."""
    one = {"issue": IssueFactory()}

    def make(state: str = "proposed", *, action: dict[str, Any] | None = None, **facts: Any) -> Action:
        row = ActionFactory(state=state, assignment=None, **one | (action or {}))
        asked = {"asked_at": on(11, 11), "answer_due": date(2026, 11, 25), "organisation": technical}
        AssignmentFactory(action=row, **asked | facts)
        return Action.objects.with_assignments().get(pk=row.pk)

    return make


def said(action: Action) -> tuple[str, str]:
    sentence = action_state(action, TODAY)
    return sentence.state, str(sentence)


def test_a_draft_has_no_clock(ask: Ask) -> None:
    action = ask("draft", asked_at=None, answer_due=None)

    assert said(action) == ("new", "Utkast. Inte föreslagen för Tekniska förvaltningen än.")


def test_a_draft_of_which_only_the_name_is_written_has_no_small_print(ask: Ask) -> None:
    action = ask("draft", action={"term": ""}, asked_at=None, answer_due=None)

    assert action_about(action, TODAY) == ""


def test_a_question_within_its_time_says_when_the_answer_is_due(ask: Ask) -> None:
    expected = "Väntar på svar. Tekniska förvaltningen, svar senast 25 november."

    assert said(ask()) == ("waiting", expected)


@pytest.mark.parametrize(
    ("due", "ago", "short"),
    [(18, "för 5 dagar sedan", "Svar försenat 5 dagar"), (22, "i går", "Svar försenat 1 dag")],
)
def test_silence_is_counted_from_the_day_the_answer_was_due(ask: Ask, due: int, ago: str, short: str) -> None:
    action = ask(answer_due=date(2026, 11, due))

    expected = f"Svar skulle ha kommit {ago}. Tekniska förvaltningen, begärt 11 november."
    assert said(action) == ("silent", expected)
    assert action_state(action, TODAY).words == short


def test_the_small_print_of_silence_says_when_the_answer_was_due(ask: Ask) -> None:
    assert action_about(ask(answer_due=date(2026, 11, 18)), TODAY) == "Svar senast 18 november, kort sikt."


def test_the_day_an_answer_is_due_is_not_yet_silence(ask: Ask) -> None:
    assert said(ask(answer_due=TODAY))[0] == "waiting"


def test_a_question_back_carries_its_words_and_its_day(ask: Ask) -> None:
    action = ask("question", answer="question", answered_at=on(11, 21), text="Gäller det även lovveckan?")

    expected = "Tekniska förvaltningen begär komplettering: ”Gäller det även lovveckan?” Begärt 21 november."
    assert said(action) == ("question", expected)


def test_what_nobody_knows_whose_it_is_waits_on_the_coordinator(ask: Ask) -> None:
    action = ask("question", answer="passed_on", answered_at=on(11, 21))

    expected = "Tekniska förvaltningen anser att frågan ligger hos någon annan. Samordnaren utser ansvarig."
    assert said(action) == ("question", expected)


@pytest.mark.parametrize(
    ("state", "planned", "expected"),
    [
        (
            "accepted",
            date(2027, 3, 31),
            ("ongoing", "Planerat klart 31 mars 2027. Tekniska förvaltningen åtar sig åtgärden."),
        ),
        ("ongoing", date(2026, 12, 18), ("ongoing", "Påbörjad, planerat klart 18 december. Tekniska förvaltningen.")),
        ("ongoing", TODAY, ("ongoing", "Påbörjad, planerat klart 23 november. Tekniska förvaltningen.")),
        (
            "accepted",
            date(2026, 11, 17),
            ("overdue", "Försenad 6 dagar. Tekniska förvaltningen, planerat klart 17 november."),
        ),
        (
            "ongoing",
            date(2026, 11, 17),
            ("overdue", "Försenad 6 dagar. Tekniska förvaltningen, påbörjad, planerat klart 17 november."),
        ),
    ],
)
def test_a_promise_is_told_with_its_day_and_with_its_delay(
    ask: Ask, state: str, planned: date, expected: tuple[str, str]
) -> None:
    assert said(ask(state, answer="accepted", answered_at=on(11, 13), planned=planned)) == expected


def test_a_no_is_told_with_its_reason(ask: Ask) -> None:
    facts = {"reason": "priority", "text": "Ljus först.", "next_step": "Ta upp i mars."}
    action = ask("declined", answer="declined", answered_at=on(11, 6), **facts)

    assert said(action) == ("declined", "Avböjd: annat går före. Tekniska förvaltningen, 6 november.")


def test_what_is_done_is_told_with_its_day(ask: Ask) -> None:
    assert said(ask("done", action={"done_at": on(10, 2)})) == ("done", "Klar 2 oktober. Tekniska förvaltningen.")


def test_what_was_taken_back_is_told(ask: Ask) -> None:
    assert said(ask("cancelled")) == ("withdrawn", "Återtagen. Gruppen frågar inte Tekniska förvaltningen längre.")


def test_what_was_taken_back_after_a_yes_need_not_be_done(ask: Ask) -> None:
    action = ask("cancelled", answer="accepted", answered_at=on(11, 13), planned=date(2026, 12, 18))

    assert said(action) == ("withdrawn", "Återtagen. Tekniska förvaltningen behöver inte göra den.")


def test_the_small_print_says_how_the_answer_came(ask: Ask, coordinator: Member) -> None:
    facts = {"answered_at": on(11, 13), "answered_by": coordinator, "channel": "phone", "planned": date(2026, 12, 18)}
    action = ask("accepted", action={"wished": date(2026, 12, 18)}, answer="accepted", cost_band="under_50", **facts)

    assert action_about(action, TODAY) == (
        "Begärt 11 november, önskas klart 18 december, kort sikt. Kostnad: under 50 000 kr. "
        "Svaret kom på telefon, noterat av Maja Exempel."
    )


def test_an_own_answer_names_its_author(ask: Ask, representative: Member) -> None:
    action = ask("question", answer="question", answered_at=on(11, 13), answered_by=representative, text="Var?")

    assert answer_came(action.current) == "Svar av Omar Prov."


def test_a_handover_that_ended_unanswered_says_so(ask: Ask) -> None:
    action = ask(ended_at=on(11, 20))

    sentence = assignment_state(action.assignments.get(), TODAY)

    assert str(sentence) == "Inget svar. Frågan lämnades över till någon annan."


def test_one_who_was_silent_and_was_asked_again_did_not_lose_the_question(
    ask: Ask, technical: Organisation, housing: Organisation
) -> None:
    action = ask(ended_at=on(11, 20))
    AssignmentFactory(action=action, organisation=technical, ended_at=on(11, 22))
    AssignmentFactory(action=action, organisation=housing)

    _, second, first = Action.objects.with_assignments().get().assignments.all()
    told = [str(assignment_state(silent, TODAY)) for silent in (first, second)]

    assert told == [
        "Inget svar. Samma organisation frågades igen.",
        "Inget svar. Frågan lämnades över till någon annan.",
    ]


def test_a_handover_passed_on_says_to_whom(ask: Ask, housing: Organisation) -> None:
    action = ask(answer="passed_on", answered_at=on(11, 12), passed_to=housing, ended_at=on(11, 12))

    sentence = assignment_state(action.assignments.get(), TODAY)

    assert (sentence.state, str(sentence)) == ("passed", "Skickad vidare till Witalabostäder AB, 12 november.")


def issue_with(*actions: Action) -> Issue:
    [issue] = {action.issue for action in actions} or {IssueFactory()}
    return issue


def told(issue: Issue) -> tuple[str, str]:
    sentence = issue_state(issue, TODAY)
    return sentence.state, str(sentence)


def test_an_issue_without_actions_says_that_none_is_proposed(db: None) -> None:
    assert told(IssueFactory(state="new")) == ("new", "Nytt. Ingen åtgärd är föreslagen än.")


def test_an_issue_tells_first_what_has_waited_too_long(ask: Ask) -> None:
    silent = ask(answer_due=date(2026, 11, 18))
    no = {"reason": "budget", "text": "Nej.", "next_step": "Fråga i vår."}
    declined = ask("declined", answer="declined", answered_at=on(11, 6), **no)
    done = [ask("done", action={"done_at": on(10, 2)}) for _ in range(2)]

    issue = issue_with(silent, declined, *done, ask("cancelled"))

    assert told(issue) == ("silent", "Svar skulle ha kommit för 5 dagar sedan. En åtgärd är avböjd och två är klara.")
    assert issue_state(issue, TODAY).words == "Svar försenat 5 dagar"


def test_an_issue_counts_when_several_have_waited_too_long(ask: Ask) -> None:
    issue = issue_with(*(ask(answer_due=date(2026, 11, 18)) for _ in range(2)))

    assert told(issue) == ("silent", "Två åtgärder har inte fått svar i tid.")


def test_an_issue_tells_how_late_its_late_action_is(ask: Ask) -> None:
    late = ask("ongoing", answer="accepted", answered_at=on(11, 6), planned=date(2026, 11, 17))

    assert told(issue_with(late, ask())) == (
        "overdue",
        "En åtgärd är försenad 6 dagar. En väntar på svar.",
    )


def test_an_issue_tells_of_silence_first_then_of_what_is_late_and_then_of_what_waits(ask: Ask) -> None:
    waiting, silent = ask(), ask(answer_due=date(2026, 11, 18))
    late = ask("ongoing", answer="accepted", answered_at=on(11, 6), planned=date(2026, 11, 17))

    issue = issue_with(waiting, late, silent)

    assert told(issue) == (
        "silent",
        "Svar skulle ha kommit för 5 dagar sedan. En åtgärd är försenad och en väntar på svar.",
    )


def test_an_issue_tells_of_a_question_to_the_group_before_silence(ask: Ask) -> None:
    silent = ask(answer_due=date(2026, 11, 18))
    question = ask("question", answer="question", answered_at=on(11, 21), text="Var?")

    assert told(issue_with(silent, question)) == (
        "question",
        "En åtgärd väntar på samordnaren. En har inte fått svar i tid.",
    )


def test_an_issue_tells_of_a_draft_before_a_no(ask: Ask) -> None:
    no = {"reason": "budget", "text": "Nej.", "next_step": "Fråga i vår."}
    declined = ask("declined", answer="declined", answered_at=on(11, 6), **no)
    draft = ask("draft", asked_at=None, answer_due=None)

    assert told(issue_with(declined, draft)) == ("new", "En åtgärd är ett utkast. En är avböjd.")


def test_a_closed_issue_tells_its_outcome_and_what_the_reporters_were_told(db: None) -> None:
    issue = IssueFactory(state="closed", feedback="Det lyser igen.", closed_at=on(11, 20))

    assert told(issue) == (
        "closed",
        "Åtgärdat. Avslutat 20 november. Det lyser igen.",
    )


def test_an_issue_at_rest_says_so(db: None) -> None:
    assert told(IssueFactory(state="on_hold")) == ("hold", "Vilande.")


def test_an_issue_at_rest_names_what_still_waits(technical: Organisation) -> None:
    issue = IssueFactory(state="on_hold")
    ActionFactory.create_batch(2, issue=issue, assignment__organisation=technical)
    ActionFactory(issue=issue, state="declined", assignment__organisation=technical)

    assert told(issue) == ("hold", "Vilande. Två åtgärder väntar på svar och en är avböjd.")


@pytest.mark.parametrize(
    ("kind", "category", "expected"),
    [
        ("place", None, "Plats eller företeelse"),
        ("place", "Belysning", "Plats eller företeelse, belysning"),
        ("other", "Annat", "Annat"),
    ],
)
def test_the_kind_of_an_issue_is_told_with_its_category_unless_both_are_the_same_word(
    db: None, kind: str, category: str | None, expected: str
) -> None:
    issue = IssueFactory(kind=kind, category=category and CategoryFactory(name=category))

    assert kind_words(issue) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Mörkt på vägen hem", "Belysning · Norra gångtunneln"),
        ("Belysning, Norra gångtunneln", ""),
        ("Trasig belysning", "Norra gångtunneln"),
    ],
)
def test_what_the_title_says_already_is_not_said_again_beside_it(db: None, title: str, expected: str) -> None:
    issue = IssueFactory(title=title, category=CategoryFactory(), where="Norra gångtunneln")

    assert beside_title(issue) == expected


@pytest.mark.parametrize(
    ("need", "influence", "expected"),
    [
        (None, None, "Inte satt än"),
        (3, None, "Inte satt än: stort behov"),
        (None, 2, "Inte satt än: måttlig möjlighet att påverka"),
        (1, 2, "Låg: litet behov, måttlig möjlighet att påverka"),
        (1, 3, "Medel: litet behov, stor möjlighet att påverka"),
        (2, 2, "Medel: måttligt behov, måttlig möjlighet att påverka"),
        (2, 3, "Hög: måttligt behov, stor möjlighet att påverka"),
    ],
)
def test_the_priority_of_an_issue_is_told_with_what_it_was_judged_by(
    db: None, need: int | None, influence: int | None, expected: str
) -> None:
    assert priority_words(IssueFactory(need=need, influence=influence)) == expected


@pytest.mark.parametrize("number", [1, 3])
def test_sentences_of_many_issues_ask_the_database_a_fixed_number_of_times(
    number: int, technical: Organisation, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(number):
        ActionFactory(assignment__organisation=technical, assignment__answer_due=TODAY - timedelta(days=1))
    actions = Prefetch("actions", queryset=Action.objects.with_current())

    with django_assert_num_queries(2):
        states = [issue_state(issue, TODAY).state for issue in Issue.objects.prefetch_related(actions)]
    assert states == ["silent"] * number


@pytest.mark.parametrize(
    ("others", "told"),
    [
        ({}, "3 från 2 rapportörer"),
        ({"resident": 6}, "3 från 2 rapportörer, + 6 från invånare"),
        (
            {"safety_walk": 2, "fault_report": 1},
            "3 från 2 rapportörer, + 2 från trygghetsvandring, + 1 från felanmälan",
        ),
    ],
)
def test_what_others_brought_is_told_beside_the_groups_own(others: dict[str, int], told: str) -> None:
    assert observed_words(ObservationCount(own=3, reporters=2, others=others)) == told


@pytest.mark.parametrize(
    ("observed", "told"),
    [
        (ObservationCount(0, 0, {}), "Inga observationer i ärendet."),
        (ObservationCount(1, 1, {"resident": 1}), "1 observation från 1 rapportör, + 1 från invånare."),
        (ObservationCount(0, 0, {"safety_walk": 2}), "2 observationer från trygghetsvandring."),
        (ObservationCount(0, 0, {"resident": 1, "police": 2}), "1 observation från invånare, 2 från polisen."),
    ],
)
def test_what_a_question_rests_on_names_where_it_came_from(observed: ObservationCount, told: str) -> None:
    assert evidence(observed) == told
