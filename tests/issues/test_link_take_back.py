"""What was said by link is taken back by the same link, as long as it can be on the page."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from base.swedish.words import day_and_month
from issues.answer_link import address_for
from issues.forms.taking_back import undo_of_answer, undo_of_done
from issues.models import Action, Answer, Assignment, Event
from issues.texts.timeline import timeline
from members.actor import Actor, Channel, Voice
from members.models import Member, Organisation
from tests.at_once import at_once
from tests.days import in_days, today
from tests.factories import ActionFactory
from tests.issues.test_answer_link import SAYINGS, again, say
from tests.meetings.meetings import words
from tests.pages import Response

pytestmark = pytest.mark.django_db

BUTTON = "Ta tillbaka svaret"
DONE = "Ta tillbaka att det är klart"


@pytest.fixture
def link(asked: Action) -> str:
    return address_for(asked.current)


def press(client: Client, page: Response) -> Response:
    """The button of the page, with what its form holds."""
    form: Any = re.search(r'<form[^>]*action="([^"]*/aterta/[^"]*)">(.*?)</form>', page.content.decode(), re.DOTALL)
    held = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form[2]))
    return client.post(form[1], held, follow=True)


@pytest.mark.parametrize("step", SAYINGS)
def test_each_answer_is_taken_back_and_the_link_goes_on(client: Client, asked: Action, link: str, step: str) -> None:
    page = say(client, link, step, **SAYINGS[step][0])
    assert BUTTON in words(page)
    assert f"Går till klockan {Answer.objects.get().last_minute}" in words(page)

    after = press(client, page)

    assert again(asked).state == Action.State.PROPOSED
    assert BUTTON not in words(after)
    assert "Ja, vi gör det" in words(after)
    answer = Answer.objects.get()
    assert (answer.withdrawn_by, answer.withdrawn_at is not None) == (None, True)
    told = Event.objects.get(kind=Event.Kind.WITHDRAWN)
    assert (told.by, told.organisation, told.channel) == (None, asked.current.organisation, Channel.LINK)
    [line] = timeline(list(asked.issue.events.with_related().latest_first()))[:1]
    assert line.words.startswith("Tekniska förvaltningen ")
    assert line.words.endswith("och tog tillbaka det.")
    assert again(asked).state_by is None


def test_what_was_passed_on_comes_back_and_who_was_asked_by_a_slip_reads_no_more(
    client: Client, asked: Action, link: str, housing: Organisation
) -> None:
    page = say(client, link, "vidare", to=housing.pk)
    theirs = address_for(again(asked).current)

    press(client, page)

    assert again(asked).current == asked.current
    assert client.get(theirs).status_code == 410


def test_that_it_is_done_is_taken_back_too(client: Client, asked: Action, link: str) -> None:
    asked.current.accept(by=Voice.by_link(asked.current.organisation), planned=in_days(7))
    page = say(client, link, "klar", done_on=today().isoformat(), note="Alla sex.")
    assert DONE in words(page)

    after = press(client, page)

    assert again(asked).state == Action.State.ACCEPTED
    assert DONE not in words(after)
    assert (Event.objects.get(kind=Event.Kind.WITHDRAWN).channel) == Channel.LINK


def test_what_somebody_said_signed_in_is_not_the_links_to_take_back(
    client: Client, asked: Action, link: str, representative: Member
) -> None:
    asked.current.accept(by=Actor.of(representative), planned=in_days(7))

    assert BUTTON not in words(client.get(link))
    client.post(f"{link}aterta/svar/", {"answer": Answer.objects.get().pk})

    assert again(asked).state == Action.State.ACCEPTED
    again(asked).finish(note="Klart.", by=Actor.of(representative))
    client.post(f"{link}aterta/klar/", {"entry": again(asked).entry})
    assert again(asked).state == Action.State.DONE


def test_after_ten_minutes_it_stands_and_is_said_so(
    client: Client, asked: Action, link: str, technical: Organisation
) -> None:
    at = timezone.now() - timedelta(minutes=11)
    asked.current.accept(by=Voice.by_link(technical), planned=in_days(7), at=at)

    assert BUTTON not in words(client.get(link))
    page = client.post(f"{link}aterta/svar/", {"answer": Answer.objects.get().pk})

    assert "Svaret är äldre än tio minuter och står fast." in words(page)
    assert again(asked).state == Action.State.ACCEPTED


def test_where_more_rests_on_it_it_stands(client: Client, asked: Action, link: str) -> None:
    say(client, link, "ja", **SAYINGS["ja"][0])
    page = say(client, link, "paborjad")

    assert BUTTON not in words(page)
    refused = client.post(f"{link}aterta/svar/", {"answer": Answer.objects.get().pk})
    assert "så det står fast" in words(refused)
    assert again(asked).state == Action.State.ONGOING


def test_an_old_page_takes_no_other_answer_back(client: Client, asked: Action, link: str) -> None:
    old = say(client, link, "ja", **SAYINGS["ja"][0])
    Assignment.objects.get().withdraw_answer(by=Voice.by_link(asked.current.organisation))
    say(client, link, "nej", **SAYINGS["nej"][0])

    assert "Svaret är redan taget tillbaka." in words(press(client, old))
    assert again(asked).state == Action.State.DECLINED


def test_pressed_twice_it_is_taken_back_once(client: Client, asked: Action, link: str) -> None:
    page = say(client, link, "ja", **SAYINGS["ja"][0])

    press(client, page)
    press(client, page)

    assert Event.objects.filter(kind=Event.Kind.WITHDRAWN).count() == 1
    assert again(asked).state == Action.State.PROPOSED


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_it_back_at_once_one_is_told(asked: Action, link: str, coordinator: Member) -> None:
    say(Client(), link, "ja", **SAYINGS["ja"][0])
    answer = Answer.objects.get().pk

    at_once(
        lambda: Client().post(f"{link}aterta/svar/", {"answer": answer}),
        lambda: Client().post(f"{link}aterta/svar/", {"answer": answer}),
    )

    assert Event.objects.filter(kind=Event.Kind.WITHDRAWN).count() == 1


def test_nothing_else_is_taken_back_by_it(client: Client, asked: Action, link: str) -> None:
    say(client, link, "ja", **SAYINGS["ja"][0])

    assert client.post(f"{link}aterta/lage/").status_code == 410
    assert client.get(f"{link}aterta/svar/")["Location"] == link
    assert again(asked).state == Action.State.ACCEPTED


@pytest.mark.parametrize(("days", "may"), [(0, True), (13, True), (15, False)])
@pytest.mark.parametrize("is_done", [False, True])
def test_the_samordnare_may_for_two_weeks_for_whoever_has_the_mail_may_have_said_it(
    as_coordinator: Client, technical: Organisation, is_done: bool, days: int, may: bool
) -> None:
    at, voice = timezone.now() - timedelta(days=days, minutes=11), Voice.by_link(technical)
    long_ago = at - timedelta(days=1)
    asked = ActionFactory(assignment__organisation=technical, assignment__asked_at=long_ago, created_at=long_ago)
    Assignment.objects.update(asked_at=at - timedelta(days=1))
    asked.current.accept(by=voice, planned=in_days(7), at=at)
    if is_done:
        again(asked).finish(note="Klart.", done_on=timezone.localdate(at), by=voice, at=at)

    page = as_coordinator.get(asked.get_absolute_url())

    assert ((DONE if is_done else BUTTON) in words(page)) == may
    if may:
        until = timezone.localdate(at + timedelta(days=14))
        assert f"Går till {day_and_month(until, today=today())}" in words(page)
        undo = undo_of_done(again(asked)) if is_done else undo_of_answer(again(asked).current)
        as_coordinator.post(undo.url, undo.fields)
        assert again(asked).state == (Action.State.ACCEPTED if is_done else Action.State.PROPOSED)


def test_the_organisations_own_people_may_for_ten_minutes(
    as_representative: Client, asked: Action, technical: Organisation
) -> None:
    at = timezone.now() - timedelta(minutes=11)
    asked.current.accept(by=Voice.by_link(technical), planned=in_days(7), at=at)

    assert BUTTON not in words(as_representative.get(asked.get_absolute_url()))


def test_what_was_said_signed_in_the_samordnare_may_not_take_back_later(
    as_coordinator: Client, asked: Action, coordinator: Member, technical: Organisation
) -> None:
    at, by = timezone.now() - timedelta(minutes=11), Actor.of(coordinator).speaking_for(technical, Channel.PHONE)
    asked.current.accept(by=by, planned=in_days(7), at=at)

    assert BUTTON not in words(as_coordinator.get(asked.get_absolute_url()))


# The same page, sent again after that


def sent_from_one_page(client: Client, link: str, step: str) -> Any:
    """What sends the form of the page that is open now, each time with the same key."""
    key = re.findall(r'name="key" value="([^"]+)"', client.get(link).content.decode())[0]
    typed = SAYINGS.get(step, ({"done_on": today().isoformat(), "note": "Alla sex."},))[0]
    held = {"key": key, **{f"{step}-{name}": value for name, value in typed.items()}}
    return lambda: client.post(f"{link}{step}/", held, follow=True)


@pytest.mark.parametrize("step", SAYINGS)
def test_the_same_answer_from_an_old_page_is_said_anew_after_it_was_taken_back(
    client: Client, asked: Action, link: str, step: str
) -> None:
    send = sent_from_one_page(client, link, step)
    press(client, send())

    send()
    after = send()

    assert again(asked).state == SAYINGS[step][1]
    assert [answer.withdrawn_at is None for answer in Answer.objects.order_by("pk")] == [False, True]
    assert "Det var redan skickat, så inget sparades två gånger." in words(after)


def test_whoever_took_it_back(client: Client, asked: Action, link: str, coordinator: Member) -> None:
    send = sent_from_one_page(client, link, "ja")
    send()
    Assignment.objects.get().withdraw_answer(by=Actor.of(coordinator))

    send()

    assert again(asked).state == Action.State.ACCEPTED


def test_that_it_is_done_is_said_anew_too(client: Client, asked: Action, link: str) -> None:
    asked.current.accept(by=Voice.by_link(asked.current.organisation), planned=in_days(7))
    send = sent_from_one_page(client, link, "klar")
    press(client, send())
    assert again(asked).state == Action.State.ACCEPTED

    send()

    assert again(asked).state == Action.State.DONE
