"""The minutes are mailed to all who may read them, once the closing can not be undone; who has had them is kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from base.swedish.words import number_word
from issues.models import Issue
from issues.restricting import restrict
from meetings.attendance import note_expected
from meetings.closing import close_meeting
from meetings.deciding import decide
from meetings.minutes_mails import MAILED, causes_of_minutes, who_get_minutes, write
from meetings.models import AgendaItem, Meeting, Minutes
from meetings.registering import register_minutes
from meetings.reopening import unclose_meeting
from meetings.sending_now import send_now
from meetings.starting import start_meeting
from members.actor import Actor
from members.models import Member, Notice, NoticeCause
from members.outbox import sending
from members.outbox.letters import Letter
from members.outbox.mail import mail
from members.outbox.retention import remove_old
from members.outbox.sending import send_due
from tests.base.documents.reading import pdf_text
from tests.factories import MemberFactory
from tests.issues.restricted import WHY
from tests.meetings.meetings import words
from tests.the import the

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_any_hour")]

LATER = timedelta(minutes=12)


@pytest.fixture(autouse=True)
def address(settings: Settings) -> None:
    settings.ADDRESS = "https://register.exempel.se"


@pytest.fixture
def reader(db: None) -> Member:
    """One who leads the municipality and reads with the group."""
    reader: Member = MemberFactory(name="Klara Ledning", is_reader=True)
    return reader


def minutes_in(mailoutbox: list[EmailMessage], at: datetime) -> list[EmailMessage]:
    mailoutbox.clear()
    send_due(at=at)
    return [mail for mail in mailoutbox if str(mail.subject).startswith("Minnesanteckningar")]


def pdf_of(mail: EmailMessage) -> tuple[str, bytes]:
    [file] = [part for part in mail.message().walk() if part.get_content_type() == "application/pdf"]
    content: Any = file.get_payload(decode=True)
    return str(file.get_filename()), content


def test_all_who_may_read_them_get_them_when_the_undo_is_over(
    closed: Meeting,
    reader: Member,
    representative: Member,
    deputy: Member,
    coordinator: Member,
    mailoutbox: list[EmailMessage],
) -> None:
    MemberFactory(name="Gäst utan plats")
    until: Any = closed.undo_until

    assert minutes_in(mailoutbox, until) == []
    mails = minutes_in(mailoutbox, until + LATER)

    to = {address for mail in mails for address in mail.to}
    assert to == {one.email for one in (reader, representative, deputy, coordinator)}
    assert len(mails) == 4
    assert minutes_in(mailoutbox, until + 2 * LATER) == []


def test_the_mail_has_the_decisions_and_the_file_that_the_page_serves(
    closed: Meeting, deputy: Member, coordinator: Member, mailoutbox: list[EmailMessage], as_coordinator: Client
) -> None:
    mail = next(mail for mail in minutes_in(mailoutbox, timezone.now() + LATER) if mail.to == [deputy.email])
    name, content = pdf_of(mail)
    [minutes] = Minutes.objects.of(closed)

    decided = [
        (i["title"], d["number"]) for h in minutes.content["headings"] for i in h["items"] for d in i["decisions"]
    ]
    assert all(f"{title}: beslut {number}. " in str(mail.body) for title, number in decided)
    assert decided
    assert mail.reply_to == [coordinator.email]
    assert f"så läser {coordinator} det" in str(mail.body)
    assert name.startswith(f"minnesanteckningar-{closed.day}")
    served = as_coordinator.get(reverse("meetings:minutes_pdf", args=[closed.pk]))
    assert b"".join(served) == content


def test_the_mail_of_one_meeting_is_of_its_minutes_though_another_has_closed_since(
    closed: Meeting, coordinator: Member, representative: Member
) -> None:
    [cause] = causes_of_minutes(closed.created_at, at=timezone.now() + LATER)
    by, later = Actor.of(coordinator), the(closed.following())
    start_meeting(later, by=by)
    note_expected(later, by=by)
    close_meeting(later, by=by)

    assert the(write(cause, representative)).url == reverse("meetings:minutes_detail", args=[closed.pk])


def test_of_what_is_restricted_since_the_mail_says_nothing(
    closed: Meeting, deputy: Member, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    [minutes] = Minutes.objects.of(closed)
    item = next(i for h in minutes.content["headings"] for i in h["items"] if i["decisions"] and i["of"])
    issue = AgendaItem.objects.get(meeting=closed, issue=item["of"], action=None).issue
    assert issue is not None
    restrict(issue, reason=WHY, named=[], by=Actor.of(coordinator))

    mail = next(mail for mail in minutes_in(mailoutbox, timezone.now() + LATER) if mail.to == [deputy.email])

    assert item["decisions"][0]["number"] not in str(mail.body)
    assert item["title"] not in pdf_text(pdf_of(mail)[1])


def test_an_undone_closing_mails_nothing_and_the_next_its_own_version(
    closed: Meeting, deputy: Member, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    send_due(at=timezone.now())  # a run has found it already
    unclose_meeting(closed, by=Actor.of(coordinator))
    assert minutes_in(mailoutbox, timezone.now() + LATER) == []

    close_meeting(closed, by=Actor.of(coordinator))
    mail = next(mail for mail in minutes_in(mailoutbox, timezone.now() + LATER) if mail.to == [deputy.email])
    assert "version-2" in pdf_of(mail)[0]


def test_sent_now_they_leave_at_once(closed: Meeting, coordinator: Member, mailoutbox: list[EmailMessage]) -> None:
    now = timezone.now()
    send_due(at=now)

    send_now(closed, by=Actor.of(coordinator), at=now)

    assert len(minutes_in(mailoutbox, now)) >= 1
    assert [cause.due_at for cause in NoticeCause.objects.filter(kind=MAILED)] == [now]


def test_a_meeting_written_down_long_afterwards_is_mailed_to_nobody(
    item: AgendaItem, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    meeting = item.meeting
    decide(item, by=Actor.of(coordinator), text="Vi ses")
    Meeting.objects.filter(pk=meeting.pk).update(
        started_at=timezone.now() - timedelta(days=61), starts_at=timezone.now() - timedelta(days=61)
    )
    meeting.organisations.update(state="absent")
    close_meeting(Meeting.objects.get(pk=meeting.pk), by=Actor.of(coordinator))

    assert minutes_in(mailoutbox, timezone.now() + LATER) == []


def test_the_page_tells_who_has_had_which_version_also_in_years(
    closed: Meeting, reader: Member, as_coordinator: Client, mailoutbox: list[EmailMessage]
) -> None:
    for name in ("Örjan Prov", "Åke Prov", "Ärla Prov", "Zita Prov"):
        MemberFactory(name=name, is_reader=True)
    page = reverse("meetings:minutes_detail", args=[closed.pk])
    assert "Mejlade" not in words(as_coordinator.get(page))
    mails = minutes_in(mailoutbox, timezone.now() + LATER)

    remove_old(timezone.now() + timedelta(days=1000))

    shown = words(as_coordinator.get(page))
    assert f"till {number_word(len(mails))} personer: " in shown
    assert "Klara Ledning" in shown
    assert "Version 1 mejlades" in shown
    named = shown.partition("personer: ")[2].partition(".")[0].replace(" och ", ", ").split(", ")
    assert named == [str(one) for one in who_get_minutes(closed)]  # in Swedish order


def test_the_start_page_says_it_too(
    closed: Meeting, reader: Member, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    client.force_login(reader)
    line = "Minnesanteckningar från"
    assert line not in words(client.get("/"))

    send_now(closed, by=Actor.of(closed.chair))
    send_due(at=timezone.now())

    assert line in words(client.get("/"))


def test_closed_and_sent_in_one_press(
    as_coordinator: Client, item: AgendaItem, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    item.meeting.organisations.update(state="absent")
    closing = reverse("meetings:close", args=[item.meeting_id])
    assert "Avsluta och skicka nu" in words(as_coordinator.get(closing))

    told = words(as_coordinator.post(closing, {"send_now": "1"}, follow=True))

    assert "Mötet är avslutat. Mejlen skickas inom någon minut, och avslutet kan inte längre ångras." in told
    assert "Ångra avslutet" not in told
    assert minutes_in(mailoutbox, timezone.now())


def test_of_a_meeting_written_down_long_afterwards_no_page_says_that_they_are_mailed(
    as_coordinator: Client, item: AgendaItem, coordinator: Member
) -> None:
    long_ago = timezone.now() - timedelta(days=61)
    Meeting.objects.filter(pk=item.meeting_id).update(started_at=long_ago, starts_at=long_ago)
    item.meeting.organisations.update(state="absent")
    closing = reverse("meetings:close", args=[item.meeting_id])

    assert "Minnesanteckningarna mejlas" not in words(as_coordinator.get(closing))

    told = words(as_coordinator.post(closing, follow=True))
    assert "Sedan mejlas det som beslutades." in told
    assert "minnesanteckningarna och det" not in told


def closed_now(item: AgendaItem, by: Member, **facts: Any) -> Meeting:
    """The meeting of the item, closed with nothing decided."""
    Meeting.objects.filter(pk=item.meeting_id).update(**facts)
    item.meeting.organisations.update(state="absent")
    meeting = Meeting.objects.get(pk=item.meeting_id)
    close_meeting(meeting, by=Actor.of(by))
    return meeting


def test_what_is_restricted_when_the_mail_has_been_put_together_does_not_leave_in_its_file(
    item: AgendaItem, coordinator: Member, mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of an issue with a note and no decision, so that the words of the mail are the same without it."""
    item.write_note(text="Lamporna är sönder.", version=0, by=Actor.of(coordinator))
    closed_now(item, coordinator)
    hidden: list[Issue] = []

    def put_together(letter: Letter) -> EmailMultiAlternatives:
        made = mail(letter)
        if letter.notices[0].cause.kind == MAILED and not hidden:
            hidden.append(the(item.issue))
            restrict(hidden[0], reason=WHY, named=[], by=Actor.of(coordinator))
        return made

    monkeypatch.setattr(sending, "mail", put_together)
    mails = minutes_in(mailoutbox, timezone.now() + LATER) + minutes_in(mailoutbox, timezone.now() + 2 * LATER)

    assert hidden
    assert mails
    assert [mail.to for mail in mails if "Lamporna" in pdf_text(pdf_of(mail)[1])] == []


def test_a_secretary_who_may_not_read_them_is_not_whom_one_answers(
    item: AgendaItem, deputy: Member, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    outside = MemberFactory(name="Åsa Öst")
    closed_now(item, coordinator, secretary=outside)

    mails = minutes_in(mailoutbox, timezone.now() + LATER)

    assert [mail.reply_to for mail in mails if mail.to == [deputy.email]] == [[coordinator.email]]
    assert outside.email not in [address for mail in mails for address in mail.to]


def test_a_diarienummer_that_comes_before_the_mail_is_in_it_and_the_page_tells_that_version(
    closed: Meeting, coordinator: Member, mailoutbox: list[EmailMessage], as_coordinator: Client
) -> None:
    register_minutes(closed, registry_no="KS 2026/77", by=Actor.of(coordinator))

    mails = minutes_in(mailoutbox, timezone.now() + LATER)

    assert mails
    assert [mail.to for mail in mails if "KS 2026/77" not in pdf_text(pdf_of(mail)[1])] == []
    shown = words(as_coordinator.get(reverse("meetings:minutes_detail", args=[closed.pk])))
    assert "Version 2 mejlades" in shown
    assert "Version 1 mejlades" not in shown


def test_whom_nobody_knows_if_it_reached_is_told_apart(
    closed: Meeting, deputy: Member, as_coordinator: Client, mailoutbox: list[EmailMessage]
) -> None:
    now = timezone.now() + LATER
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sending, "mail", lambda letter: 1 / 0)  # none can be put together, and all wait
        send_due(at=now)
    hers = Notice.objects.filter(cause__kind=MAILED, member=deputy)
    assert hers.update(state=Notice.State.UNCERTAIN, handed_at=now, settled_at=now) == 1  # as a stop leaves it

    assert minutes_in(mailoutbox, now + timedelta(hours=3))
    shown = words(as_coordinator.get(reverse("meetings:minutes_detail", args=[closed.pk])))

    assert f"Den kan ha kommit fram till {deputy}." in shown
    assert f"{deputy}" not in shown.partition("Version 1 mejlades")[2].partition(" Den kan ha")[0]
