"""An outbox with one kind of notice, whose words and receivers a test says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from typing import Any

import pytest
from environ import Env
from pytest_django import Settings

from benchmarks.mail_server import Caught, mail_server
from members.models import Member, NoticeCause, Organisation, Subject
from members.outbox.kinds import KINDS, AttachedFile, NoticeKind, NoticeWords, Receiver
from tests.outbox.times import AT

PROBE, FILED = "probe", "filed"
ICS = "BEGIN:VCALENDAR\r\nX:Åkrahäll\r\nEND:VCALENDAR\r\n"
FILES = (
    AttachedFile("dagordning.pdf", lambda: b"%PDF-1.7\n\xe5\xff\x00", "application/pdf"),
    AttachedFile("mote.ics", ICS.encode, "application/ics", "text/calendar; method=REQUEST"),
)


def told_of(cause: NoticeCause, receiver: Receiver) -> NoticeWords | None:
    words = cause.facts.get("words", f"Nytt om {cause.key}.")
    url = cause.facts.get("url", f"/prov/{cause.key}/")
    places = {name: cause.facts.get(name, False) for name in ("waits", "is_first")}
    return NoticeWords(words, url, "Läs", cause.facts.get("text", ""), **places) if words else None


def told_with_files(cause: NoticeCause, receiver: Receiver) -> NoticeWords | None:
    told = told_of(cause, receiver)
    return told and replace(told, files=FILES)


def whom(cause: NoticeCause) -> list[Member | Organisation]:
    members, organisations = cause.facts.get("members", []), cause.facts.get("organisations", [])
    return [*Member.objects.filter(pk__in=members), *Organisation.objects.filter(pk__in=organisations)]


@pytest.fixture(autouse=True)
def probe(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    settings.ADDRESS = "https://register.exempel.se"
    settings.DEFAULT_FROM_EMAIL = "Trygghet <trygghet@exempel.se>"
    monkeypatch.setattr("members.outbox.addressing.SOURCES", [])
    monkeypatch.setitem(KINDS, PROBE, NoticeKind(PROBE, Subject.ASKED, "ett prov", whom, told_of))
    monkeypatch.setitem(
        KINDS, FILED, NoticeKind(FILED, Subject.MEETINGS, "ett prov", whom, told_with_files, alone=True)
    )


@pytest.fixture
def server(settings: Settings) -> Iterator[Caught]:
    with mail_server() as caught:
        use(settings, caught)
        yield caught


def use(settings: Settings, caught: Caught) -> None:
    for name, value in Env.email_url_config(caught.url).items():
        setattr(settings, name, value)
    settings.EMAIL_TIMEOUT = 1


def cause(key: str, *to: Any, **facts: Any) -> NoticeCause:
    """One that was due a minute ago, of the receivers."""
    members = [one.pk for one in to if isinstance(one, Member)]
    organisations = [one.pk for one in to if isinstance(one, Organisation)]
    thing, at, kind = facts.pop("thing", ""), facts.pop("at", AT), facts.pop("kind", PROBE)
    noted = NoticeCause.of(kind, key, at=at, thing=thing, members=members, organisations=organisations, **facts)
    noted.save()
    return noted


def parts(mail: EmailMessage) -> tuple[str, str]:
    """Its plain text and its HTML."""
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain
    assert html
    return plain.get_content(), html.get_content()
