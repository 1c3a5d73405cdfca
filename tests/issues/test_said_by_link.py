"""An organisation's word that came by link: nobody's by name, and told so wherever a word is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction
from django.test import Client
from django.utils import timezone

from base.records import Conflict, EditConflict
from base.swedish.words import day_and_month
from issues import rules
from issues.answer_link import address_for
from issues.models import Action, Answer, Assignment, DateChange, Event, Progress
from issues.texts.timeline import timeline
from members.actor import Actor, Channel, Voice
from members.models import Member, Organisation
from tests.days import in_days, today
from tests.factories import ActionFactory
from tests.pages import text_of

FIRST, SECOND = in_days(7), in_days(30)
VIA_LINK = "Tekniska förvaltningen, via länk"
NO: dict[str, Any] = {"reason": "budget", "text": "Inte i år.", "next_step": "Fråga i mars."}


@pytest.fixture
def link(technical: Organisation) -> Voice:
    return Voice.by_link(technical)


@pytest.fixture
def promised(asked: Action, link: Voice) -> Action:
    asked.current.accept(by=link, planned=FIRST)
    return again(asked)


def again(action: Action) -> Action:
    return Action.objects.get(pk=action.pk)


ANSWERS: dict[str, Callable[[Assignment, Voice], Any]] = {
    "accepted": lambda asked, by: asked.accept(by=by, planned=FIRST),
    "done": lambda asked, by: asked.already_done(by=by, done_on=today(), note="Lagat."),
    "declined": lambda asked, by: asked.decline(by=by, **NO),
    "question": lambda asked, by: asked.ask(by=by, text="Vilka lampor?"),
    "passed_on": lambda asked, by: asked.pass_on(by=by, to=None),
}
STEPS: dict[str, Callable[[Action, Voice], Any]] = {
    "started": lambda action, by: action.start(by=by),
    "progress": lambda action, by: Progress.tell(action.current, text="4 av 6 lampor", by=by),
    "date_changed": lambda action, by: DateChange.make(
        action.current, old=FIRST, new=SECOND, reason="Materialet är sent.", by=by
    ),
    "done": lambda action, by: action.finish(note="Alla sex.", by=by),
}


@pytest.mark.parametrize("kind", ANSWERS)
def test_each_answer_is_its_organisations_and_nobodys_by_name(asked: Action, link: Voice, kind: str) -> None:
    ANSWERS[kind](asked.current, link)

    answer = Answer.objects.get()
    assert (answer.kind, answer.by, answer.capacity, answer.channel) == (kind, None, "", Channel.LINK)
    assert answer.who == VIA_LINK
    event = Event.objects.get(answer=answer)
    assert (event.by, event.who, event.named, event.attribution.who) == (None, VIA_LINK, VIA_LINK, VIA_LINK)


def test_the_link_leads_on_to_the_register_for_whoever_may_read_there(
    asked: Action, client: Client, as_representative: Client, as_handler: Client, housing: Organisation
) -> None:
    address = address_for(asked.current)
    others = ActionFactory(assignment__organisation=housing)
    on = "Läs åtgärden i registret"

    def offers(one: Client, address: str) -> bool:
        return on in one.get(address).content.decode()

    assert [offers(one, address) for one in (client, as_representative)] == [True, True]
    assert not offers(as_handler, address)  # of another organisation
    assert offers(as_handler, address_for(others.current))


@pytest.mark.parametrize("step", STEPS)
def test_each_step_after_a_yes_is_told_so_too(promised: Action, link: Voice, step: str) -> None:
    STEPS[step](promised, link)

    event = promised.issue.events.latest_first()[0]
    assert (event.kind, event.by, event.who) == (step, None, VIA_LINK)
    assert not (event.progress or event.date_change or Answer.objects.get()).by


def test_the_page_tells_how_the_answer_came(promised: Action, link: Voice, as_coordinator: Client) -> None:
    STEPS["date_changed"](promised, link)

    page = text_of(as_coordinator, promised.get_absolute_url())

    days = [day_and_month(day, today=today()) for day in (FIRST, SECOND)]
    assert f"Ändrat datum: {days[0]} blev {days[1]}: ”Materialet är sent.” via länk." in page
    assert "Svaret kom via länk." in page
    assert VIA_LINK in text_of(as_coordinator, promised.issue.get_absolute_url())


def test_how_far_and_done_by_link_are_told_so_on_the_page(
    promised: Action, link: Voice, as_coordinator: Client
) -> None:
    STEPS["progress"](promised, link)
    so_far = text_of(as_coordinator, promised.get_absolute_url())
    STEPS["done"](again(promised), link)
    done = text_of(as_coordinator, promised.get_absolute_url())

    assert f"4 av 6 lampor, {day_and_month(today(), today=today())}, via länk." in so_far
    assert "Beskedet kom via länk." not in so_far
    assert "Beskedet kom via länk." in done


def test_the_page_of_the_link_promises_to_take_back_only_what_can_be(
    client: Client, asked: Action, link: Voice
) -> None:
    def page() -> str:
        return text_of(client, address_for(again(asked).current))

    any_answer = "Här kan ni ta tillbaka ett svar i tio minuter."
    before = page()
    asked.current.accept(by=link, planned=FIRST)
    after = page()

    assert any_answer in before
    assert any_answer not in after
    assert "Att det är klart kan ni ta tillbaka här i tio minuter" in after


def test_done_signed_in_is_not_told_to_have_come_by_link(
    promised: Action, representative: Member, as_coordinator: Client
) -> None:
    STEPS["done"](promised, Actor.of(representative))

    assert "Beskedet kom via länk." not in text_of(as_coordinator, promised.get_absolute_url())


def test_a_review_by_link_is_told_so(asked: Action, link: Voice, as_coordinator: Client) -> None:
    from base.swedish.said_days import Precision, SaidDay

    asked.current.accept(by=link, planned=SaidDay(FIRST, Precision.RUNNING, "löpande"))
    DateChange.review(again(asked).current, old=FIRST, next_review=SECOND, note="Rullar på.", by=link)

    assert "”Rullar på.” Via länk." in text_of(as_coordinator, asked.get_absolute_url())


def test_whoever_is_asked_next_reads_who_passed_it_on(
    asked: Action, link: Voice, housing: Organisation, as_coordinator: Client
) -> None:
    asked.current.pass_on(by=link, to=housing)

    current = again(asked).current
    assert (current.organisation, current.asked_by, current.asker) == (housing, None, VIA_LINK)
    day = day_and_month(today(), today=today())
    assert f"{VIA_LINK}, {day}" in text_of(as_coordinator, asked.get_absolute_url())
    current.ask(by=Voice.by_link(housing), text="Vilka lampor?")
    assert f"Begärt {day} av {VIA_LINK}. Svaret kom via länk." in text_of(as_coordinator, asked.get_absolute_url())


def test_one_who_comes_second_reads_who_was_first(promised: Action, link: Voice, representative: Member) -> None:
    asked, by = promised.current, Actor.of(representative)
    with pytest.raises(Conflict, match=r"Tekniska förvaltningen svarade via länk i dag .*: åtar sig\. Ditt svar är"):
        asked.decline(by=by, **NO)

    STEPS["done"](promised, link)
    with pytest.raises(Conflict, match=rf"Åtgärden är klar \({VIA_LINK}, i dag .*\)\."):
        Progress.tell(asked, text="4 av 6", by=by)


def test_one_who_had_the_page_open_reads_who_changed_it(asked: Action, link: Voice, coordinator: Member) -> None:
    version = asked.version
    asked.current.decline(by=link, **NO)

    with pytest.raises(EditConflict, match=r"Tekniska förvaltningen ändrade det här i dag .* medan du skrev\. Avböjer"):
        again(asked).cancel(reason="Behövs inte.", by=Actor.of(coordinator), version=version)


@pytest.mark.parametrize("kind", ANSWERS)
def test_the_samordnare_takes_back_what_came_by_link(
    asked: Action, link: Voice, coordinator: Member, officer: Member, representative: Member, kind: str
) -> None:
    ANSWERS[kind](asked.current, link)
    assignment = Assignment.objects.get()
    may = [rules.may_withdraw_answer(member, assignment) for member in (coordinator, representative, officer)]
    assert may == [True, True, False]

    assignment.withdraw_answer(by=Actor.of(coordinator), why="Fel länk.")

    assert again(asked).is_asked
    [line] = timeline(list(asked.issue.events.with_related().latest_first()))[:1]
    assert line.words.startswith("Tekniska förvaltningen ")
    assert line.words.endswith("via länk, och samordnaren tog tillbaka det. Fel länk.")


def test_the_samordnare_takes_back_nothing_that_they_said_signed_in(
    asked: Action, coordinator: Member, representative: Member
) -> None:
    asked.current.ask(by=Actor.of(representative), text="Vilka?")

    assert not rules.may_withdraw_answer(coordinator, Assignment.objects.get())


def test_what_the_organisation_itself_takes_back_is_told_as_ever(
    asked: Action, link: Voice, representative: Member
) -> None:
    asked.current.ask(by=link, text="Vilka?")
    Assignment.objects.get().withdraw_answer(by=Actor.of(representative))

    [line] = timeline(list(asked.issue.events.with_related().latest_first()))[:1]
    assert line.words == "Tekniska förvaltningen begärde komplettering om ”Laga belysningen” och tog tillbaka det."


@pytest.mark.parametrize(
    ("model", "facts", "constraint"),
    [
        (Answer, {}, "answer_said_by_somebody"),
        (Progress, {"text": "4 av 6"}, "progress_said_by_somebody"),
        (DateChange, {"old": FIRST, "new": SECOND, "reason": "Sent."}, "date_change_said_by_somebody"),
    ],
)
@pytest.mark.parametrize("is_by_link", [True, False])
def test_by_nobody_it_came_by_link_and_by_link_it_is_by_nobody(
    asked: Action,
    coordinator: Member,
    model: type[models.Model],
    facts: dict[str, Any],
    constraint: str,
    is_by_link: bool,
) -> None:
    by, channel = (coordinator, Channel.LINK) if is_by_link else (None, Channel.PHONE)
    answer = {"kind": "question", "given_at": timezone.now()} if model is Answer else {}

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        model._base_manager.create(assignment=asked.current, by=by, channel=channel, **answer, **facts)


def test_a_line_by_link_is_of_an_organisation(asked: Action, coordinator: Member, technical: Organisation) -> None:
    for who in ({"by": coordinator, "organisation": technical}, {}):
        with pytest.raises(IntegrityError, match="event_by_link_is_of_an_organisation"), transaction.atomic():
            Event.objects.create(issue=asked.issue, kind="started", channel="link", **who)


def test_who_said_it_stands(promised: Action, coordinator: Member) -> None:
    from tests.tools.test_guards import forged

    told = promised.current.answer
    assert told is not None
    assert forged(told, by=coordinator, channel="phone") == "Svaret är redan lämnat. Inget är ändrat."
    assert forged(promised.current, asked_by=None, asked_channel="link") == "Frågan är redan ställd. Inget är ändrat."
    done = ActionFactory()
    done.current.already_done(by=Voice.by_link(done.current.organisation), done_on=today(), note="Lagat.")
    assert forged(done, state_by=coordinator) == "Det står kvar när det blev så. Inget är ändrat."
