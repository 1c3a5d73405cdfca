"""Ending a link while its question stands: by the samordnare, and with the organisation's address."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django import Settings

from issues.answer_link import address_for, print_of, read
from issues.models import Action, Event
from issues.reminding import remind
from members.actor import Actor, Voice
from members.models import Member, Organisation
from members.outbox.sending import send_due
from tests.days import in_days, next_noon
from tests.factories import ActionFactory
from tests.people import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def action(technical: Organisation) -> Action:
    technical.mailbox = "tekniska@exempel.se"
    technical.save()
    return ActionFactory(title="Byt lampor", assignment__organisation=technical)


def link_of(action: Action) -> str:
    return address_for(Action.objects.get(pk=action.pk).current)


def press(client: Client, action: Action) -> str:
    version = Action.objects.get(pk=action.pk).version
    address = f"{action.get_absolute_url()}lank/ogiltig/"
    return client.post(address, {"lank-version": version}, follow=True).content.decode()


def opens(link: str) -> bool:
    return read(link.split("/")[2]) is not None


def change(organisation: Organisation, by: Member, **facts: Any) -> None:
    Organisation.objects.get(pk=organisation.pk).change(by=Actor.of(by), **facts)


def test_the_samordnare_ends_the_link_of_a_promise_and_the_next_mail_has_another(
    settings: Settings,
    coordinator: Member,
    technical: Organisation,
    action: Action,
    mailoutbox: list[EmailMessage],
) -> None:
    settings.ADDRESS = "https://register.exempel.se"
    old = link_of(action)
    assert opens(old)
    client = signed_in(coordinator)
    assert "Gör länken ogiltig" in client.get(action.get_absolute_url()).content.decode()

    page = press(client, action)

    assert "Länken gäller inte längre. En ny går med nästa mejl om åtgärden." in page
    assert not opens(old)
    [told] = Event.objects.filter(kind=Event.Kind.LINK_ENDED)
    assert (str(told), told.by) == ("Länken till Tekniska förvaltningen om ”Byt lampor” gjordes ogiltig.", coordinator)
    assert str(told) in client.get(action.issue.get_absolute_url()).content.decode()
    assert "Länken gäller inte längre" in Client().get(old).content.decode()
    remind(Action.objects.get(pk=action.pk).current, by=Actor.of(coordinator))
    mailoutbox.clear()
    send_due(at=next_noon())
    [mail] = [mail for mail in mailoutbox if mail.to == ["tekniska@exempel.se"] and "Påminnelse" in str(mail.subject)]
    assert link_of(action) in mail.body
    assert old not in mail.body
    assert opens(link_of(action))


def test_an_old_page_does_not_end_a_newer_link(coordinator: Member, technical: Organisation, action: Action) -> None:
    shown = {"lank-version": action.version, "lank-link": print_of(action.current)}
    change(technical, coordinator, mailbox="nya@exempel.se")
    link = link_of(Action.objects.get(pk=action.pk))

    page = signed_in(coordinator).post(f"{action.get_absolute_url()}lank/ogiltig/", shown, follow=True)

    assert "Länken du såg gäller inte längre, och en nyare är på väg eller skickad." in page.content.decode()
    assert opens(link)
    assert not Event.objects.filter(kind=Event.Kind.LINK_ENDED).exists()


def test_of_what_is_promised_too(coordinator: Member, technical: Organisation, action: Action) -> None:
    action.current.accept(by=Voice.by_link(technical), planned=in_days(7))
    old = link_of(action)

    press(signed_in(coordinator), action)

    assert not opens(old)
    assert Action.objects.get(pk=action.pk).is_promised


@pytest.mark.parametrize("who", ["representative", "officer", "reader"])
def test_others_do_not(request: pytest.FixtureRequest, action: Action, who: str) -> None:
    client, old = signed_in(request.getfixturevalue(who)), link_of(action)

    assert "Gör länken ogiltig" not in client.get(action.get_absolute_url()).content.decode()
    press(client, action)

    assert opens(old)


def test_a_new_address_ends_the_links_of_all_that_the_organisation_has(
    coordinator: Member, technical: Organisation, housing: Organisation, action: Action
) -> None:
    others = ActionFactory(assignment__organisation=housing)
    promised = ActionFactory(assignment__organisation=technical)
    promised.current.accept(by=Voice.by_link(technical), planned=in_days(7))
    old, old_promised, theirs = link_of(action), link_of(promised), link_of(others)

    change(technical, coordinator, mailbox="ny@exempel.se")

    assert [opens(link) for link in (old, old_promised, theirs)] == [False, False, True]
    assert opens(link_of(action))


def test_other_facts_end_nothing(coordinator: Member, technical: Organisation, action: Action) -> None:
    old = link_of(action)

    change(technical, coordinator, area="Gator", mailbox="tekniska@exempel.se")

    assert opens(old)


def test_its_button_stands_last_and_quiet(as_coordinator: Client, action: Action) -> None:
    page = as_coordinator.get(action.get_absolute_url()).content.decode()

    assert re.search(r'<button class="button quiet"[^>]*>Gör länken ogiltig', page)
    assert page.index("Gör länken ogiltig") > page.index("Ta tillbaka åtgärden")
