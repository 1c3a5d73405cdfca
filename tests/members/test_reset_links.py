"""Links to a new password: how many one may ask for, how long one is valid, and what the answer tells nobody."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from members import limits
from members.models import Member
from members.reset_links import ResetLinkTokens
from members.sign_in import CROWDED, AccountAdapter
from tests.factories import MemberFactory
from tests.members.trying import NEW, OMAR, ask, at, is_in, known, links, posted_from

pytestmark = pytest.mark.usefixtures("nothing_counted")


def test_the_link_of_a_stranger_lets_the_owner_in_when_no_more_are_sent(representative: Member) -> None:
    for number in range(50):
        ask(at(f"198.51.100.{number % 20}"))
    sent = len(mail.outbox)

    hers = at("203.0.113.7")
    ask(hers)
    assert len(mail.outbox) == sent
    form = hers.get(links()[0], follow=True)
    hers.post(form.request["PATH_INFO"], {"password1": NEW, "password2": NEW})

    assert is_in(hers)
    hers.post("/konto/logout/")
    ask(hers)  # the device is known now
    assert len(mail.outbox) == sent + 2  # that the password is new, and the link


def test_the_link_of_a_stranger_outlasts_that_the_owner_signs_in_and_lets_her_in_at_a_new_device(
    representative: Member,
) -> None:
    for number in range(50):
        ask(at(f"198.51.100.{number % 20}"))
    known("192.0.2.1")
    sent = links()

    hers = at("203.0.113.7")
    ask(hers)
    assert links() == sent
    form = hers.get(sent[-1], follow=True)
    hers.post(form.request["PATH_INFO"], {"password1": NEW, "password2": NEW})

    assert is_in(hers)


@pytest.mark.parametrize("changed", [{"password": "x"}, {"email": "omar.ny@exempel.se"}, {"is_active": False}], ids=str)
def test_a_link_is_void_when_the_password_or_the_address_is_changed_or_the_account_closed(
    representative: Member, changed: dict[str, Any]
) -> None:
    ask(at("203.0.113.7"))
    assert "Välj ett lösenord" in at("203.0.113.7").get(links()[0], follow=True).content.decode()

    Member.objects.filter(pk=representative.pk).update(**changed)

    assert "Länken gäller inte längre" in at("203.0.113.7").get(links()[0], follow=True).content.decode()


@pytest.mark.parametrize(("hours", "is_open"), [(71, True), (73, False)])
def test_a_link_is_valid_for_three_days(
    representative: Member, monkeypatch: pytest.MonkeyPatch, hours: int, is_open: bool
) -> None:
    ask(at("203.0.113.7"))
    later = datetime.now() + timedelta(hours=hours)
    monkeypatch.setattr(ResetLinkTokens, "_now", lambda tokens: later)

    page = at("203.0.113.7").get(links()[0], follow=True).content.decode()

    assert ("Välj ett lösenord" in page) == is_open


def test_five_links_an_hour_from_an_address_and_the_answer_is_the_same(representative: Member) -> None:
    browser = at("198.51.100.1")
    answers = {ask(browser).content for _ in range(7)} | {ask(browser, "ingen@exempel.se").content}

    assert len(mail.outbox) == 5
    assert len(answers) == 1


def test_ten_links_a_day_to_an_account_and_five_an_hour_more_for_a_known_device(representative: Member) -> None:
    device = known("192.0.2.1")
    for number in range(20):
        ask(at(f"198.51.100.{number}"))
    assert len(mail.outbox) == 10

    for _ in range(7):
        ask(device)
    assert len(mail.outbox) == 15


def test_a_hundred_links_a_minute_from_an_address_are_told_by_name_of_none(representative: Member) -> None:
    browser = at("198.51.100.1")
    for number in range(100):
        browser.post("/konto/password/reset/", {"email": f"nummer{number}@exempel.se"})

    said = [ask(browser, email).content.decode() for email in (OMAR, "ingen@exempel.se")]
    assert [CROWDED in page for page in said] == [True, True]
    assert f'value="{OMAR}"' in said[0]
    assert mail.outbox == []


def test_the_answer_waits_for_no_mail_server(representative: Member, sent_by: list[tuple[bool, bool]]) -> None:
    Client().post("/konto/password/reset/", {"email": OMAR})

    assert (sent_by, len(mail.outbox)) == ([(False, False)], 1)


@pytest.mark.parametrize("email", ["ingen@exempel.se", "borta@exempel.se", "ingen@åmål.se"])
def test_one_who_is_nobody_costs_as_many_statements_and_mails_made(representative: Member, email: str) -> None:
    MemberFactory(email="borta@exempel.se", is_active=False)
    browser = at("198.51.100.1")

    def work(email: str) -> tuple[int, int]:
        made: list[str] = []

        def note(adapter: AccountAdapter, subject: str) -> str:
            made.append(subject)
            return subject

        with CaptureQueriesContext(connection) as told, pytest.MonkeyPatch.context() as patch:
            patch.setattr(AccountAdapter, "format_email_subject", note)
            browser.post("/konto/password/reset/", {"email": email})
        return len(told), len(made)

    work(OMAR), work(email)
    assert work(OMAR) == work(email)
    assert {letter.to[0] for letter in mail.outbox} == {OMAR}


def test_as_many_statements_before_the_answer_for_one_who_is_nobody(representative: Member) -> None:
    def statements(email: str) -> int:
        with CaptureQueriesContext(connection) as told:
            limits.count_link(posted_from("192.0.2.1"), email)
        return len(told)

    statements(OMAR), statements("ingen@exempel.se")
    assert statements(OMAR) == statements("ingen@exempel.se")


def test_three_hundred_broken_links_a_minute_and_a_valid_one_opens_all_the_same(
    representative: Member, caplog: pytest.LogCaptureFixture
) -> None:
    browser = at("198.51.100.1")
    ask(browser)
    for _ in range(299):
        limits.count_broken_link(posted_from("198.51.100.1"))
    met = [browser.post("/konto/password/reset/key/1-trasig/").status_code for _ in range(2)]

    assert met == [200, 429]
    told = [record.getMessage() for record in caplog.records if record.name.startswith("temagrupp")]
    assert told == ["limit_reached"]  # by the limit, and not once more by its answer
    assert "Välj ett lösenord" in browser.get(links()[0], follow=True).content.decode()
