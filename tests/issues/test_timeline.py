"""The timeline on the page: what is alike and comes in a row is one line that unfolds, and the rows stay."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from issues.models import Action, DoneReport, Event, Issue, Observation, Progress
from issues.texts.timeline import line_words, timeline
from members.actor import Actor
from members.models import Member
from tests.days import in_days
from tests.factories import CategoryFactory, IssueFactory, ObservationFactory

pytestmark = pytest.mark.django_db


def attached(issue: Issue, number: int, *, by: Actor, **facts: object) -> None:
    for _ in range(number):
        ObservationFactory(**facts).attach(issue, by=by)


def lines_of(issue: Issue) -> list[str]:
    events = issue.events.with_related().latest_first()
    return [line.words if line.is_folded else line_words(line, issue) for line in timeline(list(events))]


def test_observations_attached_in_a_row_by_one_person_on_one_day_are_one_line(coordinator: Member) -> None:
    issue, by = IssueFactory(), Actor.of(coordinator)
    attached(issue, 9, by=by)
    issue.pause(reason="Till våren.", by=by)
    attached(issue, 2, by=by)

    assert lines_of(issue) == [
        "Två observationer kopplade.",
        "Ärendet är vilande: Till våren.",
        "Nio observationer kopplade.",
    ]
    assert issue.events.count() == 12


def test_another_person_another_day_and_what_left_again_are_lines_of_their_own(
    coordinator: Member, officer: Member
) -> None:
    issue, by = IssueFactory(category=CategoryFactory(), where="Norra gångtunneln"), Actor.of(coordinator)
    first = ObservationFactory()
    first.attach(issue, by=by, at=timezone.now() - timedelta(days=2))
    attached(issue, 1, by=by)
    attached(issue, 1, by=Actor.of(officer))
    first.put_back(by=Actor.of(officer))

    attached_alone = "Observation kopplad."
    assert lines_of(issue) == ["Observation bortkopplad.", attached_alone, attached_alone, attached_alone]


def test_only_what_the_issue_does_not_say_itself_is_said_of_an_observation(
    coordinator: Member, officer: Member
) -> None:
    issue, by = IssueFactory(category=CategoryFactory(), where="Norra gångtunneln"), Actor.of(coordinator)
    attached(issue, 1, by=by, where="Åparken")
    attached(issue, 1, by=Actor.of(officer), category=CategoryFactory(name="Klotter"))

    assert lines_of(issue) == ["Observation kopplad: klotter.", "Observation kopplad: Åparken."]


def test_an_answer_taken_back_is_one_line_that_keeps_its_words_folded(
    asked: Action, as_representative: Client, representative: Member, coordinator: Member
) -> None:
    by, assignment = Actor.of(representative), asked.current
    assignment.decline(by=by, reason="budget", text="Inte i år.", next_step="Fråga i mars.")
    attached(asked.issue, 1, by=Actor.of(coordinator))
    assignment.withdraw_answer(by=by, why="Fel knapp.")

    html = " ".join(as_representative.get(asked.issue.get_absolute_url()).content.decode().split())

    assert lines_of(asked.issue)[:2] == [
        "Tekniska förvaltningen svarade nej på ”Laga belysningen” och tog tillbaka det. Fel knapp.",
        "Observation kopplad: belysning.",
    ]
    told = "<li>Avböjer ”Laga belysningen”: ryms inte i budget. Inte i år. Nästa steg: Fråga i mars.</li>"
    assert html.count(told) == html.count("Inte i år.") == 1


def test_what_was_said_and_taken_back_is_told_by_what_it_was(asked: Action, representative: Member) -> None:
    by, assignment = Actor.of(representative), asked.current
    assignment.accept(by=by, planned=in_days(7))
    promised = Action.objects.get(pk=asked.pk)
    Progress.tell(promised.current, text="4 av 6 lampor", by=by).withdraw(by=by)
    promised = Action.objects.get(pk=asked.pk)
    promised.finish(note="Alla sex.", by=by)
    DoneReport.withdraw(promised, by=by)

    lines = timeline(list(asked.issue.events.with_related().latest_first()))

    assert [line.words for line in lines[:1]] == [
        "Tekniska förvaltningen tog tillbaka två besked om ”Laga belysningen”."
    ]
    assert lines[0].unfolded == [
        "Beskedet att ”Laga belysningen” är klar togs tillbaka: Alla sex.",
        "Läget för ”Laga belysningen”: 4 av 6 lampor",
    ]


@pytest.mark.parametrize("times", [1, 2, 5])
def test_many_answers_taken_back_in_a_row_are_one_line(asked: Action, representative: Member, times: int) -> None:
    by, assignment = Actor.of(representative), asked.current
    for day in range(times):
        assignment.accept(by=by, planned=in_days(7 + day))
        assignment.withdraw_answer(by=by)
    assignment.ask(by=by, text="Vilka lampor?")

    told = {
        1: "svarade ja på ”Laga belysningen” och tog tillbaka det.",
        2: "tog tillbaka två besked om ”Laga belysningen”.",
        5: "tog tillbaka fem besked om ”Laga belysningen”.",
    }
    assert lines_of(asked.issue)[:2] == [
        "Begär komplettering om ”Laga belysningen”: Vilka lampor?",
        f"Tekniska förvaltningen {told[times]}",
    ]


def test_a_word_and_its_taking_back_on_two_pages_are_told_each_by_itself(asked: Action, representative: Member) -> None:
    by, assignment = Actor.of(representative), asked.current
    assignment.accept(by=by, planned=in_days(7))
    assignment.withdraw_answer(by=by)
    back, said = asked.issue.events.with_related().latest_first()[:2]

    lines = [line for page in ([back], [said]) for line in timeline(page)]

    assert [line.is_folded for line in lines] == [False, False]
    assert str(lines[0].latest) == "Svaret om ”Laga belysningen” togs tillbaka."


def test_page_unfolds_what_is_alike_and_what_is_older(as_representative: Client, coordinator: Member) -> None:
    issue, by = IssueFactory(), Actor.of(coordinator)
    for n in range(6):
        issue.record(Event.Kind.REOPENED, text=f"Igen {n}.", by=by, at=timezone.now() - timedelta(days=9 - n))
    attached(issue, 3, by=by, where="Åparken")

    html = as_representative.get(issue.get_absolute_url()).content.decode()

    open_lines, older = html.split("Visa en äldre</span>")
    assert "<summary>Tre observationer kopplade.</summary>" in open_lines
    assert open_lines.count("<li>Observation kopplad: Åparken.</li>") == 0
    assert open_lines.count("<li>Observation kopplad: belysning, Åparken.</li>") == 3
    assert ("Igen 0." in open_lines, "Igen 0." in older) == (False, True)
    assert "<dt>Öppnat</dt>" in older
    assert '<p class="print-only soft small">En äldre händelse finns i registret.</p>' in older


def test_every_event_stands_on_one_page_however_they_are_folded(as_representative: Client, coordinator: Member) -> None:
    issue = IssueFactory()
    attached(issue, 51, by=Actor.of(coordinator))

    pages = [as_representative.get(f"{issue.get_absolute_url()}?sida={n}").content.decode() for n in (1, 2)]

    assert "<summary>50 observationer kopplade.</summary>" in pages[0]
    assert "<p>Observation kopplad: belysning.</p>" in pages[1]
    assert ["<dt>Öppnat</dt>" in page for page in pages] == [True, False]  # where the timeline does not say it
    assert Observation.objects.filter(issue=issue).count() == 51
