"""Whatever is sent by a link, in whatever state its question is: it is said or given back, and never a fault."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from issues.answer_link import address_for
from issues.forms.answer import ANSWERS
from issues.models import Action, Answer, Assignment, DateChange, Event, Progress
from issues.views.answer_link import STEPS
from members.actor import Actor, Voice
from members.models import Member, Organisation
from tests.days import in_days, today
from tests.issues.test_answer_link import again
from tests.meetings.meetings import words

pytestmark = pytest.mark.django_db

WORDS = "Det här skrev jag om lamporna vid ån."
SENT: dict[str, dict[str, str]] = {
    "ja": {"planned": "other", "other_day": in_days(30).isoformat(), "text": WORDS},
    "gjort": {"done_on": today().isoformat(), "note": WORDS},
    "nej": {"reason": "priority", "text": WORDS, "next_step": "I mars."},
    "fraga": {"text": WORDS},
    "vidare": {"to": "nobody", "text": WORDS},
    "avstamning": {"old": in_days(7).isoformat(), "review": in_days(90).isoformat(), "note": WORDS},
    "paborjad": {},
    "klar": {"done_on": today().isoformat(), "note": WORDS},
    "lage": {"text": WORDS},
    "datum": {"old": in_days(7).isoformat(), "planned": in_days(30).isoformat(), "reason": WORDS},
    "handlaggning": {"external_ref": WORDS, "version": "gammal"},
}

Turn = Callable[[Action, Voice, Actor], Any]
NO: dict[str, Any] = {"reason": "budget", "text": "Nej.", "next_step": "I mars."}


def promised(action: Action, link: Voice, by: Actor) -> None:
    action.current.accept(by=link, planned=in_days(7))


def ongoing(action: Action, link: Voice, by: Actor) -> None:
    promised(action, link, by)
    again(action).start(by=link)


def done(action: Action, link: Voice, by: Actor) -> None:
    promised(action, link, by)
    again(action).finish(note="Klart.", by=link)


STATES: dict[str, Turn] = {
    "asked": lambda action, link, by: None,
    "promised": promised,
    "ongoing": ongoing,
    "done": done,
    "declined": lambda action, link, by: action.current.decline(by=link, **NO),
    "asked back": lambda action, link, by: action.current.ask(by=link, text="Vilka?"),
    "passed back": lambda action, link, by: action.current.pass_on(by=link, to=None),
    "already done": lambda action, link, by: action.current.already_done(by=link, done_on=today(), note="Ja."),
    "closed": lambda action, link, by: action.issue.close(by=by, outcome="solved", feedback="K.", despite="Ä."),
    "cancelled": lambda action, link, by: action.cancel(reason="Nej.", by=by),
}


@pytest.fixture
def link(asked: Action) -> str:
    return address_for(asked.current)


def post(client: Client, link: str, step: str, fields: dict[str, str]) -> Any:
    return client.post(f"{link}{step}/", {f"{step}-{name}": value for name, value in fields.items()})


def kept() -> str:
    """All that has been said of it."""
    rows = [*Answer.objects.all(), *Progress.objects.all(), *DateChange.objects.all(), *Assignment.objects.all()]
    notes = Action.objects.values_list("done_note", flat=True)
    return str([vars(row) for row in rows]) + str([*notes])


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("step", SENT)
def test_each_step_in_each_state_is_said_or_given_back(
    client: Client, asked: Action, technical: Organisation, coordinator: Member, link: str, step: str, state: str
) -> None:
    STATES[state](asked, Voice.by_link(technical), Actor.of(coordinator))
    events = Event.objects.count()

    reply = post(client, link, step, SENT[step])

    said = Event.objects.count() - events
    assert (reply.status_code, said) in {(302, 1), (200, 0), (410, 0)}
    if WORDS in SENT[step].values():
        assert WORDS in (kept() if said else words(reply))


def test_they_are_all_sent() -> None:
    assert {*SENT} == {*STEPS}


HOSTILE = {"nul": "a\x00b", "digits": "9" * 6000, "late": "9999-12-31", "markup": "<script>{{ form }}{% now %}%s"}


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("state", ["asked", "promised"])
def test_no_value_in_any_field_is_a_fault(
    client: Client, asked: Action, technical: Organisation, coordinator: Member, link: str, state: str, hostile: str
) -> None:
    STATES[state](asked, Voice.by_link(technical), Actor.of(coordinator))

    theirs = {form.prefix for form in ANSWERS}
    for step, fields in SENT.items():
        for name in (*fields, "key", "shown", "budget_year") if (step in theirs) == (state == "asked") else ():
            value = HOSTILE[hostile]
            sent = {f"{step}-{field}": each for field, each in fields.items()} | {f"{step}-{name}": value, name: value}
            assert client.post(f"{link}{step}/", sent).status_code in {200, 302, 410}, (step, name)
    for what in ("svar", "klar"):
        for name in ("answer", "entry", "key"):
            reply = client.post(f"{link}aterta/{what}/", {name: HOSTILE[hostile]})
            assert reply.status_code in {200, 302, 410}, (what, name)
    assert client.get(link).status_code in {200, 410}


@pytest.mark.parametrize(
    "body",
    [
        b"fraga-text=%ED%A0%80",
        b"fraga-text=%FF%FE",
        b"fraga-text=\xed\xa0\x80",
        b"fraga-text=a%00b&key=%00",
        b"&".join([b"fraga-text=a"] * 1500),
        b"=&&&==;%",
        b"",
    ],
)
def test_no_bytes_are_a_fault(client: Client, asked: Action, link: str, body: bytes) -> None:
    form = "application/x-www-form-urlencoded"

    reply = client.post(f"{link}fraga/", body, content_type=form)

    assert reply.status_code in {200, 302, 400}
    broken = client.post(f"{link}fraga/", b"--x\r\nnonsense", content_type="multipart/form-data; boundary=x")
    assert broken.status_code in {200, 400}
    assert client.get(link).status_code == 200


@pytest.mark.parametrize(
    "token",
    [
        *(
            "\x00",
            "a\x00:b",
            ":" * 500,
            "." * 500,
            "1." * 300 + ":x",
            "9" * 6000,
            "9" * 6000 + ".x:y",
            "å.ä:ö",
            "\ud7ff",
        ),
        *(
            "../../etc/passwd",
            "..%2f",
            "{{7*7}}",
            "'; DROP TABLE",
            "-1.x:y",
            "1.x.y.z:w",
            "1.x.y.z.q.w.e:r",
            "None.None:x",
        ),
    ],
)
def test_no_address_is_a_fault(client: Client, asked: Action, token: str) -> None:
    for address in (f"/besked/{quote(token)}", f"/besked/{quote(token)}/", f"/besked/{quote(token, safe='')}/ja/"):
        assert client.get(address, follow=True).status_code in {404, 410}, address
        assert client.post(address, {"ja-text": WORDS}).status_code in {404, 405, 410}, address
