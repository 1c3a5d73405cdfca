"""A web process whose database is locked, slow, restarted and away: it says so soon, and nothing typed is lost."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from urllib.parse import urlencode

import psycopg
import pytest

from benchmarks.serving import Browser
from temagrupp.tools.demo_server import listen
from temagrupp.tools.postgres import Cluster
from tests.serving.asking import HOST, Answer, ask, wait_until
from tests.serving.conftest import LIMITS, Register, Web, serving

TEXT = "Lampan är släckt.\nOch <b>rutan</b> är trasig."
SHOWN = "Lampan är släckt.\nOch &lt;b&gt;rutan&lt;/b&gt; är trasig."
SECONDS_TO_SAY = 3
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def browser(web: Web, register: Register) -> Iterator[Browser]:
    browser = web.signed_in(register.member)
    yield browser
    browser.connection.close()


@pytest.fixture
def restarted(cluster: Cluster, web: Web) -> Iterator[Cluster]:
    """The database's server, which the test may stop; afterwards it is up and the web process knows."""
    yield cluster
    cluster._comes_up()
    assert wait_until(lambda: ask(web.port, "/fragar/0/").status == 200)


def asked(web: Web, browser: Browser, path: str, fields: dict[str, str] | None = None) -> Answer:
    """What she is answered who is signed in in the browser, to a form of ours where there are fields."""
    cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    headers = {"Cookie": cookies, "Origin": f"http://{HOST}:{web.port}"}
    if fields is None:
        return ask(web.port, path, headers=headers)
    token = browser.cookies["csrftoken"]
    return ask(web.port, path, encoded({**fields, "csrfmiddlewaretoken": token}), headers | FORM)


def encoded(fields: dict[str, str]) -> str:
    return urlencode(fields)


def report(register: Register, key: str) -> dict[str, str]:
    chosen = {"category": str(register.category), "when": "now", "police_report": "unknown", "source": "own"}
    return {**chosen, "where": "tunneln", "text": TEXT, "key": key, "writer": str(register.member.pk)}


def says_that_it_is_away(answer: Answer) -> bool:
    return (answer.status, answer.headers["Retry-After"]) == (503, "5") and "Registret svarar inte" in answer.page


def hidden_fields(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    return {name: unescape(value) for name, value in found}


def test_idle_connections_of_a_server_that_was_restarted_fail_nobody(
    web: Web, browser: Browser, cluster: Cluster
) -> None:
    with ThreadPoolExecutor(8) as clients:
        list(clients.map(lambda _: ask(web.port, "/fragar/200/"), range(8)))  # each thread has had its connection
    for _ in range(2):
        assert cluster._control("restart", "-m", "fast")
        first = asked(web, browser, "/rapportera/")
        with ThreadPoolExecutor(8) as clients:
            rest = list(clients.map(lambda _: asked(web, browser, "/rapportera/"), range(23)))

        assert [answer.status for answer in [first, *rest]] == [200] * 24


def test_without_the_database_a_page_says_so_in_time_and_comes_back_by_itself(
    web: Web, browser: Browser, restarted: Cluster
) -> None:
    restarted._control("stop", "-m", "fast")

    with ThreadPoolExecutor(16) as clients:  # on four threads
        answers = list(clients.map(lambda _: asked(web, browser, "/arenden/?q=lampa"), range(16)))

    assert all(map(says_that_it_is_away, answers))
    assert max(answer.seconds for answer in answers) < SECONDS_TO_SAY
    alone = asked(web, browser, "/arenden/?q=lampa")
    assert says_that_it_is_away(alone)
    assert alone.seconds < SECONDS_TO_SAY
    assert '<a class="button" href="/arenden/?q=lampa">Försök igen</a>' in alone.page
    assert ask(web.port, "/static/css/main.css").status == 200

    restarted._comes_up()
    assert wait_until(lambda: asked(web, browser, "/rapportera/").status == 200, 8)


def test_what_was_typed_while_the_database_was_away_is_sent_again_from_the_page_and_saved_once(
    web: Web, browser: Browser, register: Register, restarted: Cluster
) -> None:
    fields = report(register, "6f0f4b8e-6f51-4c0e-a8f7-0a3f5a4b9c01")
    restarted._control("stop", "-m", "fast")

    answer = asked(web, browser, "/rapportera/", fields)

    assert says_that_it_is_away(answer)
    assert answer.seconds < SECONDS_TO_SAY
    assert f"{SHOWN}</textarea>" in answer.page
    assert "Skicka det jag skrev" in answer.page
    again = hidden_fields(answer.page)
    assert {name: again[name] for name in fields} == fields

    restarted._comes_up()
    for _ in range(2):
        assert wait_until(lambda: asked(web, browser, "/rapportera/", again).status == 302, 8)
    with psycopg.connect(register.cluster.addresses.application) as connection:
        rows = connection.execute('SELECT count(*) FROM issues_observation WHERE "where" = %s', ["tunneln"]).fetchone()
    assert rows == (1,)


@pytest.mark.parametrize(
    ("path", "fields", "headers"),
    [
        ("/konto/login/", {"login": "maja@exempel.se", "password": "ljus i tunneln", "x": "En text."}, {}),
        ("/rapportera/", {"text": TEXT}, {"Origin": "https://elak.example"}),
    ],
)
def test_neither_a_password_nor_what_another_site_sent_is_sent_again_from_our_page(
    web: Web, restarted: Cluster, path: str, fields: dict[str, str], headers: dict[str, str]
) -> None:
    restarted._control("stop", "-m", "fast")
    signed_in = {"Cookie": "sessionid=x", "Origin": f"http://{HOST}:{web.port}"}

    answer = ask(web.port, path, encoded(fields), FORM | signed_in | headers)

    assert answer.status in {503, 403}
    assert "Skicka det jag skrev" not in answer.page
    assert "ljus i tunneln" not in answer.page


def test_what_another_holds_is_waited_for_only_so_long(web: Web, browser: Browser, register: Register) -> None:
    fields = report(register, "6f0f4b8e-6f51-4c0e-a8f7-0a3f5a4b9c02")
    with psycopg.connect(register.cluster.addresses.owner) as other:
        other.execute("LOCK TABLE issues_observation IN ACCESS EXCLUSIVE MODE")

        answer = asked(web, browser, "/rapportera/", fields)

    assert says_that_it_is_away(answer)
    assert f"{SHOWN}</textarea>" in answer.page
    assert answer.seconds < int(LIMITS["LOCK_TIMEOUT"]) + 2
    assert asked(web, browser, "/rapportera/", hidden_fields(answer.page)).status == 302


def test_a_statement_ends_in_time_and_the_next_page_is_whole(web: Web) -> None:
    start = time.monotonic()

    answer = ask(web.port, "/fragar/30000/")

    assert says_that_it_is_away(answer)
    assert time.monotonic() - start < int(LIMITS["STATEMENT_TIMEOUT"]) + 2
    assert ask(web.port, "/fragar/0/").page == "told"


def test_a_process_that_starts_without_the_database_says_so_before_anybody_asks(
    register: Register, capfd: pytest.CaptureFixture[str]
) -> None:
    with listen(0) as listener:
        nobody = f"postgres://temagrupp@127.0.0.1:{listener.getsockname()[1]}/temagrupp"
    told: list[str] = []

    def is_told() -> bool:
        told.append(capfd.readouterr().err)
        return "Databasen svarar inte: " in "".join(told)

    with serving(register.environment | {"DATABASE_URL": nobody}):
        assert wait_until(is_told)
    assert "Connection refused" in "".join(told)
