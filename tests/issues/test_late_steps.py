"""What the page of an action asks first, signed in and by link, and that it says each thing once."""

from __future__ import annotations

import pytest
from django.test import Client

from issues.answer_link import address_for
from issues.models import Action, Assignment
from members.actor import Voice
from members.models import Organisation
from tests.days import in_days
from tests.meetings.meetings import words

pytestmark = pytest.mark.django_db


def test_a_question_to_the_group_is_read_once_on_the_page_of_its_link(client: Client, asked: Action) -> None:
    link = address_for(asked.current)

    page = words(client.post(f"{link}fraga/", {"fraga-text": "Vilka lampor?"}, follow=True))

    assert page.count("Vilka lampor?") == 1


def test_of_what_is_late_it_is_asked_first_whether_it_is_done(
    client: Client, as_representative: Client, asked: Action, technical: Organisation
) -> None:
    asked.current.accept(by=Voice.by_link(technical), planned=in_days(7))
    pages = [(address_for(asked.current), client), (asked.get_absolute_url(), as_representative)]
    begun = '<button class="button{}">Vi har börjat</button>'

    for address, who in pages:
        page = who.get(address)
        assert (page.context["unfolded"], begun.format("") in page.text) == (None, True)

    Assignment.objects.update(planned=in_days(-3))

    for address, who in pages:
        page = who.get(address)
        assert (page.context["unfolded"].prefix, begun.format(" quiet") in page.text) == ("klar", True)
