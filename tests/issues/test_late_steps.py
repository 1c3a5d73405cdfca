"""What the page of an action asks first, signed in and by link, and that it says each thing once."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

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


def test_what_is_late_leads_from_each_list_to_where_it_is_told_how_it_goes(
    as_representative: Client, asked: Action, technical: Organisation
) -> None:
    asked.current.accept(by=Voice.by_link(technical), planned=in_days(7))
    way = f'href="{asked.get_absolute_url()}#progress">Säg hur det går<'
    lists = (reverse("start"), f"{reverse('issues:action_list')}?vy=egna")

    in_time = [as_representative.get(address).text for address in lists]
    Assignment.objects.update(planned=in_days(-3))
    late = [as_representative.get(address).text for address in lists]

    assert [way in page for page in (*in_time, *late)] == [False, False, True, True]


def test_what_came_back_leads_the_samordnare_to_her_own_steps(as_coordinator: Client, asked: Action) -> None:
    asked.current.ask(by=Voice.by_link(asked.current.organisation), text="Vilka lampor?")

    for address in (reverse("start"), reverse("handed_out")):
        assert f'href="{asked.get_absolute_url()}#steering">Lämna komplettering<' in as_coordinator.get(address).text
