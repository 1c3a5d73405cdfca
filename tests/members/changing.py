"""What a samordnare does with a member's form."""

from __future__ import annotations

import time
from typing import Any

from django.test import Client

from members.models import Member
from tests.factories import PASSWORD
from tests.pages import Response

NEW = "/gruppen/medlemmar/ny/"
ENTERED = {"name": "Elin Skiss", "email": "elin.skiss@exempel.se", "title": "Områdeschef"}
ANOTHER = "omar.ny@exempel.se"
SAYS = {"own_password": PASSWORD}


def change(browser: Client, member: Member, **changed: Any) -> Response:
    """Send the form of a member with something changed in it; None is a box without its tick."""
    marks = {name: "on" for name in ("is_coordinator", "is_reader", "is_active") if getattr(member, name)}
    shown = {"name": member.name, "email": member.email, "organisation": member.organisation_id or ""} | marks
    typed = {name: value for name, value in (shown | changed).items() if value is not None}
    response: Response = browser.post(f"/gruppen/medlemmar/{member.pk}/andra/", typed)
    return response


def assert_says(response: Response, words: str) -> None:
    assert words in response.content.decode()


def asks(response: Response) -> bool:
    return 'type="password" name="own_password"' in response.content.decode()


def anew(member: Member) -> Member:
    found: Member = Member.objects.get(pk=member.pk)
    return found


def given_long_ago(browser: Client, seconds: int) -> None:
    session = browser.session
    for record in session["account_authentication_methods"]:
        record["at"] = time.time() - seconds
    session["account_authentication_methods"] = session["account_authentication_methods"]
    session.save()
