"""An address that was a wrong one, or did not take the mail, gets nothing more."""

from __future__ import annotations

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from meetings.agenda.ordering import add_item
from meetings.calling_off import call_off
from meetings.models import AgendaItem, Meeting
from meetings.planning import change_meeting
from members.actor import Actor
from members.models import Group, Notice, NoticeCause, OutsideContact
from tests.meetings.called import AT, sent
from tests.meetings.test_contact_calls import ANNA, MINUTE, addresses, called, present, to_anna

__all__ = ["addresses", "called"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(coming: Meeting, by: Actor) -> AgendaItem:
    Group.objects.create(pk=1, name="Trygghet!")
    return add_item(coming, by=by, title="Nattvandringen", presenters=[ANNA], minutes=10)


def test_a_corrected_address_is_called_there_and_nothing_more_goes_to_the_wrong_one(
    called: EmailMessage,
    as_coordinator: Client,
    coming: Meeting,
    item: AgendaItem,
    by: Actor,
    mailoutbox: list[EmailMessage],
) -> None:
    mailoutbox.clear()
    present(as_coordinator, item, "Anna Exempel, kurator, Brottsofferjouren, anna@ny.exempel.se")
    sent(mailoutbox, AT + 4 * MINUTE)
    to_her = [(mail.to[0], str(mail.subject)[:8]) for mail in mailoutbox]
    call_off(coming, by=by, reason="Sjukdom.", at=AT + 5 * MINUTE)
    sent(mailoutbox, AT + 30 * MINUTE)

    to_her += [(mail.to[0], str(mail.subject)[:8]) for mail in mailoutbox if "anna@" in mail.to[0]]
    assert to_her == [("anna@ny.exempel.se", "Kallelse"), ("anna@ny.exempel.se", "Inställt")]


def test_one_who_presents_no_longer_is_told_so_though_others_do(
    called: EmailMessage, as_coordinator: Client, item: AgendaItem, mailoutbox: list[EmailMessage]
) -> None:
    present(as_coordinator, item, "Bo Prov, kurator, Brottsofferjouren, anna@ny.exempel.se")
    sent(mailoutbox, AT + 4 * MINUTE)

    told = {mail.to[0]: str(mail.subject)[:8] for mail in mailoutbox}
    assert told == {"anna@jouren.exempel.se": "Du behöv", "anna@ny.exempel.se": "Kallelse"}


@pytest.mark.parametrize(("trouble", "mails"), [("550 5.1.1", 0), ("451 4.2.2", 1)])
def test_what_an_address_has_refused_for_good_is_not_tried_with_another_mail(
    called: EmailMessage, coming: Meeting, by: Actor, mailoutbox: list[EmailMessage], trouble: str, mails: int
) -> None:
    refused = {"state": "refused", "trouble": trouble, "settled_at": AT, "handed_at": AT, "sent_to": ANNA.address}
    cause, contact = NoticeCause.objects.get(kind="meetings.contact_called"), OutsideContact.objects.get()
    Notice.objects.exclude(contact=None)._raw_delete("default")
    Notice.objects.create(cause=cause, contact=contact, due_at=AT, **refused)
    mailoutbox.clear()

    change_meeting(coming, by=by, place="Ekbacken")

    assert len(to_anna(mailoutbox, AT + 10 * MINUTE)) == mails
