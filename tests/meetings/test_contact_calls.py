"""One without an account who presents an item is called to it by mail, and told of nothing else of the meeting."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from issues.restricting import restrict
from meetings.agenda.ordering import add_item, remove_line
from meetings.agenda.presenting import in_words
from meetings.calling import call_meeting
from meetings.calling_off import call_off, reinstate
from meetings.models import AgendaItem, Heading, Meeting, Presenter
from meetings.models.presenter import NamedPerson
from meetings.planning import change_meeting
from members.actor import Actor
from members.models import Group, Member, Notice, NoticeCause, OutsideContact
from members.outbox.retention import KEPT, remove_old
from tests.factories import AgendaItemFactory, IssueFactory, MeetingFactory, have_closed
from tests.meetings.called import AT, event_in, sent
from tests.meetings.meetings import words
from tests.presenting import let_present

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
ANNA = NamedPerson("Anna Exempel", "kurator", "Brottsofferjouren", "anna@jouren.exempel.se")


@pytest.fixture(autouse=True)
def addresses(settings: Settings) -> None:
    settings.ADDRESS = "https://register.exempel.se"


@pytest.fixture
def item(coming: Meeting, by: Actor) -> AgendaItem:
    Group.objects.create(pk=1, name="Trygghet!")
    add_item(coming, by=by, title="Belysningen", minutes=60)
    return add_item(coming, by=by, title="Nattvandringen", presenters=[ANNA], minutes=10)


@pytest.fixture
def called(coming: Meeting, item: AgendaItem, by: Actor, mailoutbox: list[EmailMessage]) -> EmailMessage:
    """Anna's own call."""
    call_meeting(coming, by=by, at=AT)
    sent(mailoutbox, AT)
    [mail] = to_anna(mailoutbox, AT + 2 * MINUTE)
    return mail


def to_anna(mailoutbox: list[EmailMessage], at: datetime) -> list[EmailMessage]:
    """What has been sent to her then."""
    sent(mailoutbox, at)
    return [mail for mail in mailoutbox if mail.to == [ANNA.address]]


def test_she_is_told_when_and_where_and_of_her_own_item_alone(
    called: EmailMessage, coming: Meeting, coordinator: Member
) -> None:
    text = str(called.body)

    assert str(called.subject).startswith("Kallelse till din punkt på mötet ")
    assert ("10.00–12.00, Åsalen." in text, "– Nattvandringen (11.00, tio minuter)" in text) == (True, True)
    assert "Klockslaget är planerat och kan ändras." in text
    assert "Du är kallad som föredragande till ett möte med Trygghet!\n" in text
    assert [word for word in ("Belysningen", "Dagordning", "svar/", "https://", "er brevlåda") if word in text] == []
    assert "Har mejlet kommit fel? Svara på det, så rättas adressen." in text
    assert f"Svaret läser samordnaren {coordinator.name}, {coordinator.mail_address}" in text
    assert called.reply_to == [coordinator.mail_address]
    method, event = event_in(called)
    assert (method, event.decoded("dtstart"), str(event["attendee"])) == (
        "REQUEST",
        coming.starts_at,
        f"mailto:{ANNA.address}",
    )
    assert ("url" in event, "https" in str(event.get("description", ""))) == (False, False)
    html = str(called.alternatives[0][0])  # type: ignore[attr-defined]  # of a mail in both forms
    assert ("href=" in html, "\n\n\n" in text) == (False, False)


def test_two_who_share_an_address_are_called_by_one_mail_that_names_the_item_once(
    coming: Meeting, by: Actor, mailoutbox: list[EmailMessage]
) -> None:
    bo = NamedPerson("Bo Prov", "kassör", ANNA.home, ANNA.address)
    add_item(coming, by=by, title="Nattvandringen", presenters=[ANNA, bo])
    call_meeting(coming, by=by, at=AT)
    sent(mailoutbox, AT)

    [mail] = to_anna(mailoutbox, AT + 2 * MINUTE)

    assert str(mail.subject).startswith("Kallelse till din punkt på mötet ")
    assert str(mail.body).count("Nattvandringen") == 1


def test_she_is_called_once_with_the_others_and_not_before(
    coming: Meeting, item: AgendaItem, by: Actor, mailoutbox: list[EmailMessage]
) -> None:
    assert to_anna(mailoutbox, AT) == []

    call_meeting(coming, by=by, at=AT + MINUTE)
    mails = [len(to_anna(mailoutbox, AT + minutes * MINUTE)) for minutes in range(2, 9, 2)]

    assert sum(mails) == 1


def test_no_time_is_told_where_nothing_has_one(coming: Meeting, by: Actor, mailoutbox: list[EmailMessage]) -> None:
    Heading.objects.update(minutes=None)
    add_item(coming, by=by, title="Nattvandringen", presenters=[ANNA])
    call_meeting(coming, by=by, at=AT)
    sent(mailoutbox, AT)

    [mail] = to_anna(mailoutbox, AT + 2 * MINUTE)

    assert ("– Nattvandringen\n" in str(mail.body), "Klockslaget" in str(mail.body)) == (True, False)


def test_what_comes_before_any_time_has_gone_has_none_of_its_own(
    coming: Meeting, by: Actor, mailoutbox: list[EmailMessage]
) -> None:
    Heading.objects.update(minutes=None)
    add_item(coming, by=by, title="Nattvandringen", presenters=[ANNA])
    add_item(coming, by=by, title="Belysningen", minutes=60)
    call_meeting(coming, by=by, at=AT)
    sent(mailoutbox, AT)

    [mail] = to_anna(mailoutbox, AT + 2 * MINUTE)

    assert ("– Nattvandringen\n" in str(mail.body), "Klockslaget" in str(mail.body)) == (True, False)


def test_two_who_share_an_address_are_called_once_to_what_they_present_together(
    called: EmailMessage, coming: Meeting, item: AgendaItem, by: Actor, mailoutbox: list[EmailMessage]
) -> None:
    let_present(AgendaItem.objects.filter(pk=item.pk), ANNA, replace(ANNA, name="Bo Exempel"))

    assert to_anna(mailoutbox, AT + 4 * MINUTE) == []  # it is the same item as before

    call_off(coming, by=by, at=AT + 5 * MINUTE)
    [mail] = to_anna(mailoutbox, AT + 30 * MINUTE)
    assert str(mail.body).count("Nattvandringen") == 1


def test_a_new_time_or_place_is_told_her_once(
    called: EmailMessage, coming: Meeting, by: Actor, mailoutbox: list[EmailMessage]
) -> None:
    change_meeting(coming, by=by, at=AT + 60 * MINUTE, place="Biblioteket")

    [mail] = to_anna(mailoutbox, AT + 62 * MINUTE)

    assert str(mail.subject).startswith("Ändrad kallelse till din punkt på mötet ")
    assert ("Biblioteket" in str(mail.body), "Det här gäller nu" in str(mail.body)) == (True, True)
    assert (event_in(mail)[0], int(str(event_in(mail)[1]["sequence"]))) == ("REQUEST", 1)
    assert to_anna(mailoutbox, AT + 64 * MINUTE) == []


def test_one_whose_item_is_taken_off_need_not_come_and_is_called_anew_when_it_is_put_back(
    called: EmailMessage, coming: Meeting, item: AgendaItem, by: Actor, mailoutbox: list[EmailMessage]
) -> None:
    item.refresh_from_db()
    remove_line(coming, item.key, by=by, at=AT + 3 * MINUTE)

    [mail] = to_anna(mailoutbox, AT + 4 * MINUTE)

    assert str(mail.subject).startswith("Du behöver inte gå på mötet ")
    assert "Du står inte längre som föredragande på någon punkt." in str(mail.body)
    assert event_in(mail)[0] == "CANCEL"
    assert to_anna(mailoutbox, AT + 6 * MINUTE) == []

    let_present(AgendaItem.objects.filter(title="Belysningen"), ANNA)
    [again] = to_anna(mailoutbox, AT + 8 * MINUTE)
    assert ("– Belysningen" in str(again.body), str(again.subject)[:8]) == (True, "Kallelse")
    assert int(str(event_in(again)[1]["sequence"])) > int(str(event_in(mail)[1]["sequence"]))


def test_what_is_exchanged_and_put_back_before_it_is_sent_is_not_told(
    called: EmailMessage, mailoutbox: list[EmailMessage]
) -> None:
    let_present(AgendaItem.objects.filter(title="Belysningen"), ANNA)
    let_present(AgendaItem.objects.filter(title="Belysningen"))

    assert to_anna(mailoutbox, AT + 4 * MINUTE) == []


def test_that_the_meeting_is_called_off_is_told_when_it_is_final(
    called: EmailMessage, coming: Meeting, by: Actor, mailoutbox: list[EmailMessage]
) -> None:
    call_off(coming, by=by, reason="Sjukdom.", at=AT + 60 * MINUTE)
    assert to_anna(mailoutbox, AT + 65 * MINUTE) == []

    [mail] = to_anna(mailoutbox, AT + 72 * MINUTE)

    assert str(mail.subject).startswith("Inställt: möte ")
    assert "Din punkt ”Nattvandringen” väntar på nästa möte." in str(mail.body)
    assert ("Belysningen" in str(mail.body), event_in(mail)[0]) == (False, "CANCEL")


def test_a_place_that_is_changed_back_before_she_was_told_is_no_change(
    called: EmailMessage, coming: Meeting, by: Actor, mailoutbox: list[EmailMessage]
) -> None:
    place = coming.place
    change_meeting(coming, by=by, at=AT + 60 * MINUTE, place="Biblioteket")
    change_meeting(coming, by=by, at=AT + 60 * MINUTE, place=place)

    assert [to_anna(mailoutbox, AT + minutes * MINUTE) for minutes in (62, 64)] == [[], []]


def test_she_hears_nothing_of_a_calling_off_that_was_taken_back(
    called: EmailMessage, coming: Meeting, by: Actor, mailoutbox: list[EmailMessage]
) -> None:
    call_off(coming, by=by, reason="Sjukdom.", at=AT + 60 * MINUTE)
    reinstate(coming, by=by, at=AT + 63 * MINUTE)

    assert [to_anna(mailoutbox, AT + minutes * MINUTE) for minutes in (64, 72, 80)] == [[], [], []]


def test_what_is_restricted_is_not_named(
    coming: Meeting, coordinator: Member, by: Actor, mailoutbox: list[EmailMessage]
) -> None:
    house = IssueFactory(title="Hemliga huset")
    restrict(house, reason="Kan kännas igen.", named=[coordinator.pk], by=by)
    items = AgendaItem.objects.filter(
        pk=AgendaItemFactory(meeting=coming, kind="issue", title="Hemliga punkten", issue=house, minutes=10).pk
    )
    let_present(items, ANNA)
    call_meeting(coming, by=by, at=AT)
    sent(mailoutbox, AT)

    [mail] = to_anna(mailoutbox, AT + 2 * MINUTE)

    assert "emliga" not in str(mail.body) + str(mail.subject)
    assert "– En punkt som samordnaren berättar mer om." in str(mail.body)


# Named with an address


def present(client: Client, item: AgendaItem, people: str) -> str:
    item.refresh_from_db()
    address = reverse("meetings:agenda_present", args=[item.meeting_id, item.key])
    return words(client.post(address, {"version": item.version, "people": people}, follow=True))


def test_the_address_is_typed_beside_the_name_and_stands_there_when_one_comes_back(
    as_coordinator: Client, item: AgendaItem
) -> None:
    line = "Bo Prov, trafikingenjör, Trafikverket, bo@trafik.exempel.se"
    present(as_coordinator, item, line)

    address = reverse("meetings:agenda_present", args=[item.meeting_id, item.key])
    assert as_coordinator.get(address).context["form"]["people"].value() == line
    [bo] = Presenter.objects.of(item)
    assert (bo.who, OutsideContact.objects.filter(presents=bo).get().address) == (
        NamedPerson("Bo Prov", "trafikingenjör", "Trafikverket", "bo@trafik.exempel.se"),
        "bo@trafik.exempel.se",
    )


def test_the_agenda_shows_nobody_the_address(as_representative: Client, coming: Meeting, item: AgendaItem) -> None:
    page = words(as_representative.get(coming.get_absolute_url()))

    assert ("Anna Exempel, kurator, Brottsofferjouren" in page, "anna@" in page) == (True, False)


def test_an_address_that_is_none_is_refused_and_nothing_typed_is_lost(as_coordinator: Client, item: AgendaItem) -> None:
    page = present(as_coordinator, item, "Bo Prov, bo@\nCia Mall, a@b.se, c@d.se")

    assert "Rad 1: bo@ är ingen e-postadress som det går att skicka till." in page
    assert "Rad 2: Skriv en e-postadress för varje person." in page
    assert [one.name for one in Presenter.objects.of(item)] == ["Anna Exempel"]


def test_the_address_of_one_with_an_account_is_hers(officer: Member) -> None:
    assert in_words(f"{officer}, {officer.email}") == [officer]
    with pytest.raises(ValidationError, match=f"{officer.email} är adressen till {officer}, som har konto"):
        in_words(f"Bo Prov, {officer.email}")


# Kept and erased


def test_an_address_is_kept_until_the_meeting_is_over_and_no_mail_is_known(
    called: EmailMessage, coming: Meeting, item: AgendaItem
) -> None:
    remove_old(AT + KEPT + timedelta(days=30))
    assert OutsideContact.objects.get().address == ANNA.address

    have_closed()
    remove_old(AT + KEPT - timedelta(days=1))
    assert OutsideContact.objects.get().address == ANNA.address

    remove_old(AT + KEPT + timedelta(days=30))
    assert OutsideContact.objects.get().address == ""
    assert [one.name for one in Presenter.objects.of(item)] == ["Anna Exempel"]
    assert not Notice.objects.exclude(contact=None).exists()


def test_an_address_that_nobody_has_any_longer_is_erased(item: AgendaItem) -> None:
    let_present(AgendaItem.objects.filter(pk=item.pk), NamedPerson("Anna Exempel"))

    remove_old(AT)

    assert list(OutsideContact.objects.values_list("address", flat=True)) == [""]


def test_one_who_presented_long_ago_and_is_to_present_again_keeps_her_address(item: AgendaItem) -> None:
    held = AgendaItemFactory(meeting=MeetingFactory(starts_at=AT - 2 * KEPT))
    let_present(AgendaItem.objects.filter(pk=held.pk), ANNA)
    have_closed(pk=held.meeting_id)

    remove_old(AT)

    assert OutsideContact.objects.get().address == ANNA.address


def test_an_address_does_not_outlive_the_meeting_that_was_called_off_and_left_nothing_to_present(
    coming: Meeting, item: AgendaItem, by: Actor
) -> None:
    MeetingFactory(starts_at=coming.starts_at + timedelta(weeks=4))
    item.refresh_from_db()
    remove_line(coming, item.key, by=by)
    call_off(coming, by=by, reason="Sjukdom.", at=AT)

    remove_old(AT)

    assert OutsideContact.objects.get().address == ""


def test_the_database_lets_an_address_be_erased_and_not_changed(item: AgendaItem) -> None:
    with pytest.raises(IntegrityError, match="Adressen är den som mejlen gick till"), transaction.atomic():
        OutsideContact.objects.update(address="bo@prov.exempel.se")


def test_a_notice_has_one_receiver(called: EmailMessage, coordinator: Member) -> None:
    cause, contact = NoticeCause.objects.get(kind="meetings.contact_called"), OutsideContact.objects.get()
    with pytest.raises(IntegrityError, match="notice_has_one_receiver"), transaction.atomic():
        Notice.objects.create(cause=cause, member=coordinator, contact=contact, due_at=AT)


def test_the_topic_that_goes_on_takes_her_along(
    coming: Meeting, item: AgendaItem, by: Actor, mailoutbox: list[EmailMessage]
) -> None:
    MeetingFactory(starts_at=coming.starts_at + timedelta(weeks=4))
    call_off(coming, by=by, reason="Sjukdom.", at=AT)

    [moved] = Presenter.objects.filter(name="Anna Exempel", item__meeting__state="planned")
    assert moved.contact == OutsideContact.objects.get()


def test_one_whose_mail_did_not_reach_stands_with_her_address(
    called: EmailMessage, as_coordinator: Client, mailoutbox: list[EmailMessage]
) -> None:
    hers = Notice.objects.exclude(contact=None)
    hers._raw_delete("default")
    cause = NoticeCause.objects.get(kind="meetings.contact_called")
    met = {"state": "refused", "trouble": "550 5.1.1", "settled_at": AT, "handed_at": AT, "sent_to": ANNA.address}
    notice = Notice.objects.create(cause=cause, contact=OutsideContact.objects.get(), due_at=AT, **met)

    page = words(as_coordinator.get(reverse("members:undelivered")))

    assert ("anna@jouren.exempel.se" in page, "Det finns ingen sådan adress." in page) == (True, True)
    assert "Rätta adressen" not in page
    as_coordinator.post(reverse("members:notice_send_again", args=[notice.pk]))
    assert Notice.objects.get(pk=notice.pk).state == "waiting"
