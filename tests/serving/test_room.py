"""The room on a server that is killed: what was typed is there when it is started again."""

from __future__ import annotations

import re
from http.client import HTTPException

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from meetings.models import AgendaItem, Heading, ItemDraft, Meeting
from meetings.starting import start_meeting
from members.actor import Actor
from tests.serving.conftest import Register, logged_in_at, serving

HALF = "Tekniska sätter upp tillfällig"


@pytest.fixture
def item(register: Register, django_db_blocker: DjangoDbBlocker) -> AgendaItem:
    with django_db_blocker.unblock(), logged_in_at(register.cluster.addresses):
        meeting = Meeting.plan(starts_at=timezone.now(), by=Actor.of(register.member))
        start_meeting(meeting, by=Actor.of(register.member))
        item: AgendaItem = meeting.items.get(heading__rule=Heading.Rule.ROUND)
        return item


def test_what_is_typed_survives_that_the_server_is_killed(
    register: Register, item: AgendaItem, django_db_blocker: DjangoDbBlocker
) -> None:
    address = reverse("meetings:draft_save", args=[item.pk, "decision"])
    with serving(register.environment) as web:
        maja = web.signed_in(register.member)
        assert maja.post(address, {"text": "Tekniska", "version": "0"}).status == 200
        web.process.kill()  # as she types on
        web.process.wait()
        with pytest.raises((OSError, HTTPException)):  # however the line broke
            maja.post(address, {"text": HALF, "version": "1"})
        maja.connection.close()

    with serving(register.environment) as web:
        maja = web.signed_in(register.member)
        page = maja.get(item.get_absolute_url()).body.decode()
        assert re.search(r'<textarea name="text"[^>]*>\s*Tekniska</textarea>', page)
        assert maja.post(address, {"text": HALF, "version": "1"}).status == 200  # the script sends it again
        maja.connection.close()
    with django_db_blocker.unblock(), logged_in_at(register.cluster.addresses):
        assert ItemDraft.objects.get(item=item).text == HALF
