"""Approving page by page: the setting, the choice, the mail, the mark, what is wished, and what is told to others."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from pytest_django import Settings

from base.records import NotAllowed
from meetings.approval_mails import who_gets_wishes
from meetings.approving import approve
from meetings.minutes.files import keep_files
from meetings.models import Approval, Approver, MaskedMinutes, Meeting, Presence
from meetings.models.presence import AttendanceSpan
from members.actor import Actor
from members.models import Group, Member, MinutesName
from members.outbox.sending import send_due
from tests.base.documents.reading import pdf_text
from tests.factories import MemberFactory
from tests.meetings.approving import GUEST, approver, choose, correct, latest, meeting, omar, sent
from tests.meetings.meetings import planned, words
from tests.meetings.reopening import close
from tests.pages import Response
from tests.people import signed_in

__all__ = ["approver", "meeting", "omar", "sent"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_any_hour")]

CHOSEN = "Du är vald att justera minnesanteckningarna."
WAITS = "Minnesanteckningarna väntar på att du justerar dem."


@pytest.fixture(autouse=True)
def address(settings: Settings) -> None:
    settings.ADDRESS = "https://register.exempel.se"


def page(name: str, meeting: Meeting, *args: int) -> str:
    return reverse(f"meetings:{name}", args=[meeting.pk, *args])


def minutes_of(client: Client, meeting: Meeting) -> str:
    return words(client.get(page("minutes_detail", meeting)))


def post(client: Client, name: str, meeting: Meeting, *args: int, **typed: Any) -> Response:
    return client.post(page(name, meeting, *args), typed, follow=True)


def mailed(mailoutbox: list[EmailMessage], member: Member) -> list[EmailMessage]:
    return [mail for mail in mailoutbox if mail.to == [member.email]]


def test_it_is_off_and_asked_of_nobody_until_the_group_says_so(
    as_coordinator: Client, coordinator: Member, meeting: Meeting, by: Actor
) -> None:
    Group.current().change(by=by, approves_minutes=False)
    for name in ("attendance", "close"):
        assert "justera" not in words(as_coordinator.get(page(name, meeting))).lower()
    assert "Gruppen har inte slagit på justering." in words(as_coordinator.get(page("approvers", meeting)))

    settings = as_coordinator.get(reverse("meetings:papers")).context["form"]
    typed = {name: settings[name].value() for name in settings.fields} | {"approves_minutes": "on"}
    as_coordinator.post(reverse("meetings:papers"), typed)

    assert Group.current().approves_minutes
    for name in ("attendance", "close"):
        assert "Välj justerare" in words(as_coordinator.get(page(name, meeting)))


def test_nobody_chosen_is_said_before_the_closing_and_stops_nothing(
    as_coordinator: Client, coordinator: Member, meeting: Meeting, representative: Member
) -> None:
    said = "Ingen är vald att justera minnesanteckningarna."
    assert said in words(as_coordinator.get(page("close", meeting)))
    choose(meeting, representative)
    assert said not in words(as_coordinator.get(page("close", meeting)))
    choose(meeting)
    close(meeting, coordinator)
    assert said in minutes_of(as_coordinator, meeting)
    assert said not in minutes_of(signed_in(representative), meeting)


def test_who_approves_is_chosen_on_a_page_of_its_own(
    as_coordinator: Client, meeting: Meeting, representative: Member, deputy: Member
) -> None:
    form = words(as_coordinator.get(page("approvers", meeting)))
    assert "Omar Prov, Tekniska förvaltningen" in form
    assert "Siv Skriv" not in form

    refused = words(post(as_coordinator, "approvers", meeting, people=[representative.pk, deputy.pk]))
    assert "Gun Prototyp är inte noterad som närvarande på mötet" in refused
    for odd in ("²", "1" * 5000):  # digits that no key has
        refused = words(post(as_coordinator, "approvers", meeting, people=odd))
        assert "Någon av dem du valde är inte noterad som närvarande" in refused
    assert not Approver.objects.exists()

    saved = words(post(as_coordinator, "approvers", meeting, people=[representative.pk, GUEST]))
    assert "Justerare: Omar Prov och Åsa Ärlig." in saved


def test_before_the_meeting_its_page_says_when_one_chooses(
    as_coordinator: Client, coordinator: Member, siv: Member, by: Actor
) -> None:
    Group.current().change(by=by, approves_minutes=True)
    coming = planned(coordinator, secretary=siv)
    assert "Justerare väljs när mötet har börjat." in words(as_coordinator.get(page("approvers", coming)))


def test_the_whole_way(
    as_representative: Client,
    as_coordinator: Client,
    as_reader: Client,
    representative: Member,
    coordinator: Member,
    meeting: Meeting,
    by: Actor,
    mailoutbox: list[EmailMessage],
) -> None:
    choose(meeting, representative)
    close(meeting, coordinator)
    send_due(at=timezone.now() + timedelta(minutes=25))
    [mail] = mailed(mailoutbox, representative)
    assert CHOSEN in str(mail.body)
    assert str(mail.subject).startswith("Att justera: minnesanteckningar från mötet ")
    assert f"Läs och justera: https://register.exempel.se{page('minutes_detail', meeting)}#justering" in str(mail.body)
    [others] = mailed(mailoutbox, coordinator)
    assert str(others.subject).startswith("Minnesanteckningar från mötet ")
    assert not [one for one in mailoutbox if CHOSEN in str(one.body) and one is not mail]
    Meeting.objects.filter(pk=meeting.pk).update(sent_at=meeting.closed_at)
    assert WAITS in words(as_representative.get("/"))
    assert WAITS not in words(as_coordinator.get("/"))
    shown = minutes_of(as_representative, meeting)
    assert "Du justerar version 1. Rättas texten sedan" in shown
    assert "Justeras av Omar Prov, Tekniska förvaltningen" in shown
    assert "Justeras av" in pdf_text(as_reader.get(page("minutes_version_pdf", meeting, 1)).content)
    mailoutbox.clear()

    done = words(post(as_representative, "minutes_approve", meeting, 1))

    assert "Version 1 är justerad. Det går att ta tillbaka i tio minuter, om den inte lämnas till" in done
    assert "Justera version 1" not in done
    assert "Version 1 är justerad av Omar Prov" in minutes_of(as_reader, meeting)
    assert "Ta tillbaka justeringen" in minutes_of(as_representative, meeting)
    assert "Ta tillbaka justeringen" not in minutes_of(as_coordinator, meeting)
    assert "Ta tillbaka justeringen" not in minutes_of(as_reader, meeting)
    assert WAITS not in words(as_representative.get("/"))
    send_due(at=timezone.now() + timedelta(minutes=25))
    assert mailoutbox == []

    back = words(post(as_representative, "minutes_unapprove", meeting, 1, Approver.objects.get().pk))
    assert "Justeringen av version 1 är tillbakatagen." in back
    assert "Justera version 1" in back


def test_the_sum_of_the_kept_pdf_is_shown_and_none_of_what_is_hidden(
    as_representative: Client, sent: Meeting, approver: Approver, by: Actor
) -> None:
    keep_files(latest(sent))
    kept = latest(sent).files.get(kind="pdf").digest
    assert kept in minutes_of(as_representative, sent)
    content = {**latest(sent).content, "place": "[maskerat]"}
    facts: dict[str, Any] = {"content": content, "masked_at": timezone.now(), "masked_by": by.member}
    MaskedMinutes.objects.create(minutes=latest(sent), **facts)

    shown = minutes_of(as_representative, sent)

    assert "Du justerar version 1. Rättas texten sedan" in shown


def test_it_is_approved_after_the_text_too_and_taken_back_beside_the_receipt(
    as_representative: Client, sent: Meeting, approver: Approver
) -> None:
    read = as_representative.get(page("minutes_detail", sent)).content.decode()
    to = f'action="{page("minutes_approve", sent, 1)}"'
    first, second = (found.start() for found in re.finditer(re.escape(to), read))
    assert first < read.index('id="heading-') < second

    approved = post(as_representative, "minutes_approve", sent, 1)

    assert approved.redirect_chain[-1][0] == f"{page('minutes_detail', sent)}#justering"
    told, undo = words(approved), page("minutes_unapprove", sent, 1, approver.pk)
    assert "Version 1 är justerad. Det går att ta tillbaka i tio minuter, om den" in told
    assert "dessförinnan. Ångra Version 1 är justerad av Omar Prov" in told
    assert "Ta tillbaka justeringen" not in told
    assert approved.content.decode().count(f'action="{undo}"') == 1
    assert "Ta tillbaka justeringen" in minutes_of(as_representative, sent)
    assert to not in as_representative.get(page("minutes_detail", sent)).content.decode()


def test_an_old_tab_leads_to_the_version_that_stands(
    as_representative: Client, sent: Meeting, approver: Approver, by: Actor
) -> None:
    correct(sent, by)

    refused = post(as_representative, "minutes_approve", sent, 1)

    assert refused.redirect_chain[-1][0] == f"{page('minutes_detail', sent)}#justering"
    assert "Version 1 gäller inte längre. Läs version 2, och justera den i stället." in words(refused)
    assert "Justera version 2" in words(refused)
    assert "Läs version" not in words(as_representative.get(page("minutes_wish", sent, 2)))
    wished = post(as_representative, "minutes_wish", sent, 1, text="Fel datum.")
    assert "Version 1 gäller inte längre." in words(wished)
    assert f'<a href="{page("minutes_detail", sent)}">Läs version 2</a>' in wished.content.decode()
    assert "Fel datum." in words(wished)
    assert not Approval.objects.exists()


def test_what_she_wants_put_right_is_mailed_to_who_writes_and_stands_on_the_page(
    as_representative: Client,
    as_reader: Client,
    as_coordinator: Client,
    sent: Meeting,
    approver: Approver,
    siv: Member,
    mailoutbox: list[EmailMessage],
) -> None:
    send_due(at=timezone.now() + timedelta(minutes=25))
    mailoutbox.clear()
    assert "Det mejlas till Siv Skriv" in words(as_representative.get(page("minutes_wish", sent, 1)))
    assert "Skriv vad du vill ha rättat." in words(post(as_representative, "minutes_wish", sent, 1, text=" "))

    said = words(post(as_representative, "minutes_wish", sent, 1, text="Det var den 3 december."))

    assert "Önskemålet är sparat." in said
    for client in (as_representative, as_coordinator):
        assert "Omar Prov vill ha något rättat i version 1" in minutes_of(client, sent)
        assert "Det var den 3 december." in minutes_of(client, sent)
    assert "Det var den 3 december." not in minutes_of(as_reader, sent)
    send_due(at=timezone.now() + timedelta(minutes=25))
    [mail] = mailoutbox
    assert mail.to == [siv.email]
    assert str(mail.subject).startswith("Omar Prov vill ha något rättat i minnesanteckningarna från mötet")
    assert "Det var den 3 december." in str(mail.body)


def test_what_waits_is_named_as_it_was_frozen(
    as_representative: Client, sent: Meeting, approver: Approver, by: Actor
) -> None:
    Group.current().change(by=by, minutes_name=MinutesName.PROTOCOL)

    start = words(as_representative.get("/"))

    assert WAITS in start
    assert "protokoll" not in start.lower()


def test_who_gets_what_is_wished_is_told_as_the_mail_goes(
    as_representative: Client, sent: Meeting, approver: Approver, siv: Member, by: Actor
) -> None:
    siv.change(by=by, is_active=False)
    asked = words(as_representative.get(page("minutes_wish", sent, 1)))
    assert "Det mejlas till Maja Exempel, och står på sidan" in asked

    assert who_gets_wishes(sent, approver.member) == who_gets_wishes(sent, siv) == [sent.chair]  # type: ignore[arg-type]


def test_a_guest_with_an_account_approves_on_paper(
    as_coordinator: Client, coordinator: Member, meeting: Meeting, by: Actor
) -> None:
    per = MemberFactory(name="Per Modell")
    Presence.seat(meeting, AttendanceSpan(per, "guest"), organisation=None, by=by)
    offered = words(as_coordinator.get(page("approvers", meeting)))
    assert f"Per Modell, {per.organisation}, justerar på papper" in offered
    assert offered.count(", justerar på papper") == 1

    choose(meeting, per)
    close(meeting, coordinator)
    Meeting.objects.filter(pk=meeting.pk).update(sent_at=meeting.closed_at)

    assert WAITS not in words(signed_in(per).get("/"))
    assert "Per Modell har justerat på papper" in minutes_of(as_coordinator, meeting)


def test_of_minutes_from_before_nobody_is_asked(
    as_coordinator: Client, coordinator: Member, meeting: Meeting, representative: Member, by: Actor
) -> None:
    Group.current().change(by=by, approves_minutes=False)
    close(meeting, coordinator)
    Group.current().change(by=by, approves_minutes=True)
    assert "Justering" not in minutes_of(as_coordinator, meeting)
    choose(meeting, representative)
    assert "Version 1 är inte justerad. Den ska justeras av Omar Prov." in minutes_of(as_coordinator, meeting)


def test_of_a_meeting_on_paper_nobody_is_chosen(
    as_coordinator: Client, meeting: Meeting, representative: Member
) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(is_on_paper=True)
    meeting.refresh_from_db()
    asked = words(as_coordinator.get(page("approvers", meeting)))
    assert "Mötet är inskrivet i efterhand, och justeras inte här." in asked
    with pytest.raises(NotAllowed, match="inskrivet i efterhand, och justeras inte här"):
        choose(meeting, representative)


def test_who_is_chosen_afterwards_is_told_by_a_mail_of_its_own(
    sent: Meeting, representative: Member, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    send_due(at=timezone.now() + timedelta(minutes=25))
    mailoutbox.clear()

    choose(sent, representative, coordinator)

    send_due(at=timezone.now() + timedelta(minutes=25))
    [mail] = mailoutbox
    assert mail.to == [coordinator.email]
    assert str(mail.subject).startswith("Du är vald att justera minnesanteckningarna från mötet")


def test_the_samordnare_notes_what_is_signed_on_paper_and_nobody_else(
    as_coordinator: Client, as_representative: Client, coordinator: Member, meeting: Meeting, representative: Member
) -> None:
    choose(meeting, representative, GUEST)
    close(meeting, coordinator)
    guest = Approver.objects.get(member=None)
    to = ("minutes_approve_on_paper", meeting, 1, guest.pk)
    assert as_representative.get(page(*to)).status_code == 403
    assert "Åsa Ärlig har justerat på papper" in minutes_of(as_coordinator, meeting)
    assert "har justerat på papper" not in minutes_of(as_representative, meeting)
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert "Välj en dag från den då versionen sparades" in words(post(as_coordinator, *to, signed_on=f"{tomorrow}"))

    done = words(post(as_coordinator, *to, signed_on=f"{timezone.localdate()}"))

    assert "Version 1 är noterad som justerad på papper av Åsa Ärlig." in done
    assert "(noterat av Maja Exempel). Omar Prov har inte justerat den än." in minutes_of(as_representative, meeting)


def test_a_button_sent_twice_sets_one_mark(as_representative: Client, sent: Meeting, approver: Approver) -> None:
    key = "6f1f4a52-5d0e-4b52-9c0e-5f4f0b7d3c1a"
    for _ in range(2):
        post(as_representative, "minutes_approve", sent, 1, key=key)
    assert "Omar Prov har redan justerat version 1." in words(post(as_representative, "minutes_approve", sent, 1))
    assert Approval.objects.count() == 1


def test_who_is_not_chosen_finds_no_such_page(
    as_deputy: Client, sent: Meeting, approver: Approver, omar: Actor
) -> None:
    approve(latest(sent), approver, by=omar)
    assert as_deputy.post(page("minutes_approve", sent, 1)).status_code == 404
    assert as_deputy.get(page("minutes_wish", sent, 1)).status_code == 404
    assert as_deputy.post(page("minutes_unapprove", sent, 1, approver.pk)).status_code == 404


def test_the_diarium_and_its_package_say_who_has_approved(
    as_coordinator: Client, sent: Meeting, approver: Approver, omar: Actor, by: Actor
) -> None:
    def packed() -> str:
        response: Any = as_coordinator.get(page("minutes_package", sent, 1))
        with ZipFile(BytesIO(b"".join(response.streaming_content))) as package:
            told = [name for name in package.namelist() if name.endswith((".txt", ".xml"))]
            return "".join(package.read(name).decode() for name in told)

    assert "Inte justerad." in words(as_coordinator.get(page("registry", sent)))
    assert "Inte justerad." in packed()

    approve(latest(sent), approver, by=omar)

    assert "Justerad av Omar Prov" in words(as_coordinator.get(page("registry", sent)))
    told = packed()
    assert f"Justerad av Omar Prov {date_format(timezone.localdate(), 'j F Y')}." in told
    assert packed() == told
