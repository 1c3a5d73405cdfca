"""A member is invited, finds the mail, chooses a password by its link and is in."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from members.models import Member
from members.outbox.sending import send_due
from tests.browser.conftest import Enter
from tests.factories import MemberFactory

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("way", ["phone"], indirect=True)]

CHOSEN = "första lampan lyser"


def test_who_is_invited_comes_in_by_the_link_of_the_mail(enter: Enter, coordinator: Member) -> None:
    Member.objects.update(last_login=timezone.now())
    anna = MemberFactory(name="Anna Prov", email="anna@exempel.se")
    maja = enter(coordinator)

    maja.goes_to("Gruppen")
    maja.follows("Inbjudningar")
    maja.reads_heading("En medlem har inte loggat in")
    maja.reads("Inte bjuden")
    maja.presses("Bjud in alla som inte har loggat in")
    maja.reads("En medlem är bjuden.")
    maja.does_not_read("Inte bjuden")

    send_due(at=timezone.localtime().replace(hour=12) + timedelta(days=1))
    [link] = re.findall(r"/inbjudan/\S+", str(mail.outbox[-1].body))
    at_her_phone = enter(anna, signed_in=False)
    at_her_phone.opens(link)
    at_her_phone.reads_heading("Välkommen, Anna Prov")
    at_her_phone.writes("Lösenord", CHOSEN)
    at_her_phone.writes("Samma lösenord", CHOSEN)
    at_her_phone.presses("Spara och logga in")
    at_her_phone.reads_heading("Välkommen.")

    another = enter(MemberFactory(last_login=timezone.now()), signed_in=False)
    another.page.goto(link)
    another.complaints.clear()  # the browser tells of a status that is no 200
    another.examiner.examine(another.page)
    another.reads_heading("Länken gäller inte längre")
    another.follows("Skicka en ny länk")
    another.reads_heading("Välj ett nytt lösenord")

    maja.follows("Gruppen")
    maja.follows("Inbjudningar")
    maja.reads_heading("Alla har loggat in")
