"""A call to a meeting is answered from the mail, and what follows from that is mailed in its turn."""

from __future__ import annotations

import re
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.utils import timezone

from meetings.models import CallAnswer, Meeting
from members.actor import Actor
from members.models import NoticeCause
from members.models.notice import GATHERED_WITHIN
from members.outbox.sending import send_due
from tests.browser.cast import Cast, cast
from tests.browser.conftest import Enter
from tests.meetings.called import event_in

__all__ = ["cast"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("way", ["phone", "phone without scripts"], indirect=True),
]


class Postman:
    """Brings what has happened until now, as soon as it is due, also at night."""

    def brings(self) -> dict[str, EmailMessage]:
        """The mails, by whom each is to."""
        mail.outbox.clear()
        with patch("members.outbox.letters.awake", lambda moment, quiet: moment):
            send_due(at=timezone.now() + GATHERED_WITHIN)
        assert len({letter.to[0] for letter in mail.outbox}) == len(mail.outbox)
        return {letter.to[0]: letter for letter in mail.outbox}


def link(letter: EmailMessage, answer: str) -> str:
    [address] = re.findall(rf"/svar/\S+\?svar={answer}\b", str(letter.body))
    return str(address)


def told_by(letter: EmailMessage) -> tuple[str, int]:
    """What its calendar file asks for, and the number of the version."""
    method, event = event_in(letter)
    return method, int(str(event["sequence"]))


def test_the_ordinary_says_no_from_the_mail_the_deputy_goes_and_the_time_is_changed(enter: Enter, cast: Cast) -> None:
    omar, gun, maja = cast.street_manager, cast.traffic_engineer, enter(cast.coordinator)
    begins = timezone.localtime().replace(hour=13, minute=0, second=0, microsecond=0) + timedelta(days=20)
    meeting = Meeting.plan(starts_at=begins, place="Åsalen", by=Actor.of(cast.coordinator))
    postman = Postman()

    maja.opens(meeting.get_absolute_url())
    maja.follows("Skicka kallelsen nu …")
    maja.presses("Skicka kallelsen")
    NoticeCause.objects.update(due_at=timezone.now())  # the time to undo it is out
    called = postman.brings()
    to_omar = called[omar.email]
    assert (gun.email in called, told_by(to_omar)) == (False, ("REQUEST", 0))
    assert event_in(to_omar)[1].decoded("dtstart") == meeting.starts_at

    at_his_phone = enter(omar, signed_in=False)
    at_his_phone.opens(link(to_omar, CallAnswer.Answer.NO))
    at_his_phone.reads_heading("Svara att du inte kan komma?")
    at_his_phone.reads("Inget är skickat än.")
    at_his_phone.reads("Omar Prov sitter för Tekniska förvaltningen.")
    assert not CallAnswer.objects.exists()
    at_his_phone.presses("Skicka: jag kan inte")
    at_his_phone.reads("Du har anmält förhinder.")

    to_gun = postman.brings()[gun.email]
    assert (str(to_gun.subject).startswith("Du går på mötet"), told_by(to_gun)) == (True, ("REQUEST", 0))
    at_her_phone = enter(gun, signed_in=False)
    at_her_phone.opens(link(to_gun, CallAnswer.Answer.YES))
    at_her_phone.presses("Skicka: jag kommer")
    at_her_phone.reads("Du har svarat att du kommer.")
    maja.opens(meeting.get_absolute_url())
    maja.reads("Gun Prototyp, ersättare, kommer.")

    maja.follows("Ändra tid och plats")
    maja.writes("Börjar", "14:30")
    maja.writes("Plats", "Biblioteket")
    maja.presses("Spara")
    changed = postman.brings()
    assert {told_by(letter) for letter in changed.values()} == {("REQUEST", 1)}
    event = event_in(changed[gun.email])[1]
    meeting.refresh_from_db()
    assert (event.decoded("dtstart"), str(event["location"])) == (meeting.starts_at, "Biblioteket")
    assert event["uid"] == event_in(to_gun)[1]["uid"]

    at_his_phone.opens(link(changed[omar.email], CallAnswer.Answer.PARTLY))
    at_his_phone.reads("14.30")
    at_his_phone.writes("Vilken del?", "från 15")
    at_his_phone.presses("Spara svaret")
    at_his_phone.reads("Du har svarat att du är med en del av mötet: från 15.")

    [released] = [letter for letter in postman.brings().values() if letter.to == [gun.email]]
    assert (str(released.subject).startswith("Du behöver inte gå på mötet"), told_by(released)[0]) == (True, "CANCEL")
    assert event_in(released)[1]["uid"] == event["uid"]
    maja.opens(meeting.get_absolute_url())
    maja.reads("Omar Prov kommer till en del av mötet: från 15.")
