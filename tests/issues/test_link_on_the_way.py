"""The address of a link on its way: what a mail program makes of it, who learns it, and a register that is away."""

from __future__ import annotations

import html
import re

import pytest
from django.db import OperationalError
from django.test import Client
from pytest_django import Settings

from issues.answer_link import address_for
from issues.forms.answer import AskForm
from issues.models import Action, Answer
from members.actor import Actor, Voice
from tests.days import in_days
from tests.issues.test_answer_link import GONE, again, say, token_of
from tests.meetings.meetings import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(asked: Action) -> str:
    return address_for(asked.current)


@pytest.fixture
def token(link: str) -> str:
    return token_of(link)


# Nobody learns it, whatever is answered


def test_whatever_is_answered_there_is_kept_nowhere_and_told_to_nobody(
    link: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client(raise_request_exception=False)

    def broken(*_: object) -> None:
        raise RuntimeError

    answers = [
        *(client.get(address) for address in (link, link[:-1], f"{link}ja/", f"{link})", "/besked/x/", "/besked/x")),
        *(client.post(address, {}) for address in (link, f"{link}ja/", f"{link}x/", "/besked/x", f"{link}a/b/c/")),
        client.put(link),
        client.get(link, headers={"host": "andra.exempel.se"}),
    ]
    settings.MOST_BYTES_SENT = 3
    answers.append(client.post(f"{link}ja/", {"a": "a" * 99}))
    monkeypatch.setattr("issues.views.answer_link.read", broken)
    answers.append(client.get(link))
    settings.SECURE_SSL_REDIRECT = True
    answers.append(Client().get(link))

    assert {answer.status_code for answer in answers} >= {200, 301, 302, 400, 405, 410, 413, 500}
    for answer in answers:
        assert "no-store" in answer["Cache-Control"]
        assert (answer["Referrer-Policy"], answer["X-Robots-Tag"]) == ("no-referrer", "noindex")


def test_other_pages_tell_our_own_where_one_comes_from(as_coordinator: Client) -> None:
    assert as_coordinator.get("/atgarder/")["Referrer-Policy"] == "same-origin"


# The register is away


def test_what_could_not_be_received_is_sent_again_from_the_page_that_says_so(
    asked: Action, link: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False, headers={"origin": "null"})
    key = re.findall(r'name="key" value="([^"]+)"', client.get(link).content.decode())[0]
    save, times = AskForm.save, iter([OperationalError, None])

    def away_once(form: AskForm) -> Action:
        if error := next(times, None):
            raise error
        return save(form)

    monkeypatch.setattr(AskForm, "save", away_once)

    page = client.post(f"{link}fraga/", {"key": key, "fraga-text": "Vilka <lampor>?"})

    assert page.status_code == 503
    assert page["Referrer-Policy"] == "no-referrer"
    assert "Skicka det jag skrev" in words(page)
    hidden = re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)">', page.content.decode())
    sent = {name: html.unescape(value) for name, value in hidden}
    for _ in range(2):
        client.post(f"{link}fraga/", sent)
    assert Answer.objects.get().text == "Vilka <lampor>?"


def test_what_was_received_all_the_same_is_not_said_twice(client: Client, asked: Action, link: str) -> None:
    key = re.findall(r'name="key" value="([^"]+)"', client.get(link).content.decode())[0]
    asked.current.accept(by=Voice.by_link(asked.current.organisation), planned=in_days(7))
    lage = {"key": key, "lage-text": "4 av 6 lampor"}

    client.post(f"{link}lage/", lage)
    page = client.post(f"{link}lage/", lage | {"tried": "1"})

    assert "Det var redan skickat" in words(page)
    assert asked.issue.events.filter(kind="progress").count() == 1


# What a mail program makes of it


@pytest.mark.parametrize(
    "made",
    [
        *(
            "{}",
            "{}.",
            "{}).",
            "{}>",
            "{}%3E",
            "{}%253E",
            "{}/)",
            "{}/>",
            "{}/%3E/",
            "{}/.)",
            "{}/,",
            "{};",
            "%3C{}%3E",
        ),
        *("{}/ja", "{}/ja/)", "{}/ja/x/y/", "{}&gt;", "{}/%20", "{}%0D%0A", "{}/%E2%80%9D", "{}/%00", "{}”", "{}=20"),
    ],
)
def test_a_sign_after_it_is_forgiven(client: Client, token: str, link: str, made: str) -> None:
    page = client.get(f"/besked/{made.format(token)}", follow=True)

    assert page.redirect_chain[-1] == (link, 302)
    assert page.status_code == 200


@pytest.mark.parametrize("break_", ["%0A", "%20", "%0D%0A", "=%0D%0A", "%20%20"])
def test_nor_does_it_matter_where_its_lines_were_broken(client: Client, token: str, link: str, break_: str) -> None:
    for place in (1, 5, len(token) // 2, len(token) - 1):
        page = client.get(f"/besked/{token[:place]}{break_}{token[place:]}/", follow=True)
        assert page.redirect_chain == [(link, 302)]


def test_the_head_alone_is_led_on_as_well(client: Client, token: str, link: str) -> None:
    assert client.head(f"/besked/{token})")["Location"] == link


@pytest.mark.parametrize("take", [1, 10, 44])
def test_of_which_a_part_is_missing_it_is_none(client: Client, asked: Action, token: str, take: int) -> None:
    for part in (token[:-take], token[take:], f"{token[:-take]}.", f"{token[:-take]}%3E", f"x{token}"):
        for address in (f"/besked/{part}", f"/besked/{part}/"):
            page = client.get(address)
            assert (page.status_code, GONE in words(page)) == (410, True)


def test_one_that_has_ended_tells_no_more_with_a_sign_after_it(client: Client, asked: Action, token: str) -> None:
    asked.cancel(reason="Behövs inte.", by=Actor.of(asked.created_by))

    bodies = {client.get(f"/besked/{token}{sign}").content for sign in ("/", "", ")", "/)")}

    assert client.get(f"/besked/{token})").status_code == 410
    assert len({re.sub(rb"\s+", b" ", body) for body in bodies}) == 1


def test_nothing_is_said_by_one_that_is_not_whole_and_its_words_are_given_back(
    client: Client, asked: Action, token: str
) -> None:
    page = say(client, f"/besked/{token})/", "fraga", text="Vilka lampor är det?")

    assert page.status_code == 410
    assert "Vilka lampor är det?" in words(page)
    assert again(asked).is_asked
