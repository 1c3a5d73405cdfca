"""A recogniser that is plugged in: what it finds, and that whatever it does nobody waits or fails because of it."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from base.swedish.guard import Found, Kind
from base.swedish.guard.recogniser import FAILURES, LONGEST_TEXT, Recogniser
from temagrupp.tools.terminal import ROOT

TEXT = "🙂 Det var Zork, sa hon."
ZORK = [Found(Kind.NAME, 10, 14)]
WRONG = [
    *("says rubbish", "says another kind", "points outside", "points backwards", "counts in letters", "says a number"),
    *("nests", "never ends its line", "dies", "never starts", "says hello", "hangs"),
]

Play = Callable[[str], Recogniser]


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    return tmp_path / "notes"


@pytest.fixture
def play(notes: Path) -> Iterator[Play]:
    """A recogniser that plays a part; ended with the test."""
    played: list[Recogniser] = []

    def play(part: str) -> Recogniser:
        played.append(Recogniser([sys.executable, "-I", str(Path(__file__).with_name("played.py")), part, str(notes)]))
        return played[-1]

    yield play
    for each in played:
        each.end()


def wait_for(done: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not done():
        assert time.monotonic() < until
        time.sleep(0.02)


def runs(notes: Path) -> int:
    return len(notes.read_text().splitlines()) if notes.exists() else 0


def test_what_it_finds_is_told_in_code_points(play: Play) -> None:
    recogniser = play("")
    wait_for(recogniser.start)

    assert recogniser.find(TEXT) == ZORK
    assert recogniser.find("") == []
    assert recogniser.find("Ingen alls.") == []
    assert recogniser.find("Zork och Zork") == [Found(Kind.NAME, 0, 4), Found(Kind.NAME, 9, 13)]


def test_it_is_started_once(play: Play, notes: Path) -> None:
    recogniser = play("")
    wait_for(recogniser.start)

    assert [recogniser.find(TEXT) for _ in range(5)] == [ZORK] * 5
    assert runs(notes) == 1


def test_nobody_waits_while_it_starts(play: Play) -> None:
    recogniser = play("slow to start")
    begun = time.monotonic()

    assert recogniser.find(TEXT) == []
    assert time.monotonic() - begun < 0.4
    wait_for(recogniser.start)
    assert recogniser.find(TEXT) == ZORK


def test_it_is_given_none_of_our_secrets(play: Play, notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "hemligt")
    monkeypatch.setenv("DATABASE_URL", "postgres://u:hemligt@h/db")

    wait_for(play("").start)

    _, *given = notes.read_text().split()
    assert {*given} <= {"PATH", "LANG", "HOME", "LC_CTYPE"}


@pytest.mark.parametrize("part", WRONG)
def test_what_it_does_wrong_is_told_once_without_the_text(
    play: Play, part: str, caplog: pytest.LogCaptureFixture
) -> None:
    recogniser = play(part)
    found: list[Found] = []

    def is_off() -> bool:
        found.extend(recogniser.find(TEXT, seconds=0.2))
        return recogniser.is_off

    wait_for(is_off)

    assert found == []
    assert recogniser.find(TEXT) == []
    assert [(record.name, record.levelname) for record in caplog.records] == [("temagrupp.guard", "WARNING")]
    assert "Zork" not in caplog.text


def test_a_program_that_is_not_there_is_left_out(caplog: pytest.LogCaptureFixture) -> None:
    recogniser = Recogniser(["/nowhere/recogniser"])

    assert [recogniser.find(TEXT) for _ in range(FAILURES + 2)] == [[]] * (FAILURES + 2)
    assert len(caplog.records) == 1


def test_one_that_hangs_is_waited_for_as_long_as_is_said(play: Play) -> None:
    recogniser = play("hangs")
    wait_for(recogniser.start)
    begun = time.monotonic()

    assert recogniser.find(TEXT, seconds=0.3) == []
    assert 0.3 <= time.monotonic() - begun < 1


def test_one_that_died_is_started_again(play: Play, notes: Path) -> None:
    recogniser = play("")
    wait_for(recogniser.start)
    recogniser.end()

    wait_for(recogniser.start)

    assert recogniser.find(TEXT) == ZORK
    assert runs(notes) == 2
    assert not recogniser.is_off


def test_what_it_says_unasked_is_never_taken_for_an_answer(play: Play) -> None:
    recogniser = play("goes on talking")
    wait_for(recogniser.start)

    recogniser.find(TEXT)
    time.sleep(0.1)

    assert recogniser.find("Zork!") == []


def test_threads_that_ask_at_once_get_each_their_own(play: Play) -> None:
    recogniser = play("")
    wait_for(recogniser.start)
    texts = ["x" * number + " Zork" for number in range(60)]

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(partial(recogniser.find, seconds=20), texts))

    assert found == [[Found(Kind.NAME, number + 1, number + 5)] for number in range(60)]


def test_a_long_text_is_sent_and_answered_whole_and_one_too_long_is_not_sent(play: Play) -> None:
    recogniser = play("")
    wait_for(recogniser.start)
    long = "🙂" * (LONGEST_TEXT - 4) + "Zork"

    assert recogniser.find(long, seconds=20) == [Found(Kind.NAME, LONGEST_TEXT - 4, LONGEST_TEXT)]
    assert recogniser.find(long + "!", seconds=20) == []


def test_the_guard_itself_can_be_plugged_in() -> None:
    recogniser = Recogniser([sys.executable, str(ROOT / "manage.py"), "check_guard", "--json", "-"])

    try:
        wait_for(recogniser.start)
        found = recogniser.find("Han heter Kevin.", seconds=20)
    finally:
        recogniser.end()

    assert found == [Found(Kind.NAME, 10, 15)]
