"""Demons brev: what the demo would have sent is read in the demo, and leaves nowhere."""

from pathlib import Path

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from demo.letters import box

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(box, "folder", lambda: tmp_path / "letters")


def send(subject: str) -> None:
    message = EmailMultiAlternatives(subject, f"Hej.\n{subject} å", "a@exempel.se", ["anna@exempel.se"])
    message.attach_alternative(f'<p style="color:red">{subject}</p>', "text/html")
    box.LetterBox().send_messages([message])


def test_the_latest_is_first_and_each_is_read_in_both_forms(as_coordinator: Client) -> None:
    for subject in ("Första", "Andra"):
        send(subject)

    page = as_coordinator.get("/demons-brev/").content.decode()
    text = as_coordinator.get("/demons-brev/2/").content.decode()
    html = as_coordinator.get("/demons-brev/2/som-det-ser-ut/")

    assert page.index("Andra") < page.index("Första")
    assert "Andra å" in text
    assert html.content.decode().strip() == '<p style="color:red">Andra</p>'
    allowed = dict(each.strip().split(" ", 1) for each in html["Content-Security-Policy"].split(";"))
    assert (allowed["style-src"], allowed["script-src"], allowed["img-src"]) == ("'unsafe-inline'", "'none'", "'none'")


def test_two_who_write_at_once_lose_no_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    send("Första")
    monkeypatch.setattr(box, "_latest", lambda: 0)  # as the other saw it

    send("Andra")

    assert [letter.subject for letter in box.letters()] == ["Andra", "Första"]


def test_a_box_that_is_emptied_is_empty(as_coordinator: Client) -> None:
    send("Första")

    box.empty()

    assert "Inga brev än" in as_coordinator.get("/demons-brev/").content.decode()
