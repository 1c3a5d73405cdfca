"""Minutes are corrected page by page: opened, put right in the room, looked over, saved, mailed and read."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from issues.models import Action
from issues.restricting import restrict
from meetings.attendance import note_expected
from meetings.closing import close_meeting
from meetings.correcting import save_correction, start_correcting
from meetings.deciding import decide, withdraw
from meetings.models import Decision, ItemDraft, Meeting, Minutes
from meetings.starting import start_meeting
from meetings.texts.correcting import NO_MORE
from meetings.texts.mailed_minutes import replaced_by
from members.actor import Actor
from members.models import Member
from members.outbox.sending import send_due
from tests.base.documents.reading import pdf_text
from tests.issues.restricted import WHY
from tests.meetings.correcting import note
from tests.meetings.meetings import item_of, planned, words, write
from tests.pages import Response
from tests.the import the

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_any_hour")]

NOTICE = "Mötet är avslutat. Det du ändrar här blir version 2 av minnesanteckningarna när du sparar rättelsen."
BUTTON = "Rätta minnesanteckningarna</button>"


@pytest.fixture(autouse=True)
def address(settings: Settings) -> None:
    settings.ADDRESS = "https://register.exempel.se"


@pytest.fixture
def sent(closed: Meeting) -> Meeting:
    """Its mails have left."""
    Meeting.objects.filter(pk=closed.pk).update(sent_at=closed.closed_at)
    closed.refresh_from_db()
    return closed


@pytest.fixture
def open_again(sent: Meeting, by: Actor) -> Meeting:
    start_correcting(sent, by=by)
    return sent


def page(name: str, meeting: Meeting) -> str:
    return reverse(f"meetings:{name}", args=[meeting.pk])


def save(client: Client, meeting: Meeting, **typed: Any) -> Response:
    seen = client.get(page("correct", meeting)).context["form"].initial["seen"]
    return client.post(page("correct", meeting), {"seen": seen, **typed}, follow=True)


def test_the_whole_way(as_coordinator: Client, sent: Meeting) -> None:
    minutes = as_coordinator.get(page("minutes_detail", sent))
    assert BUTTON in minutes.content.decode()

    opened = words(as_coordinator.post(page("start_correcting", sent), follow=True))
    assert "Minnesanteckningarna är öppna för rättelse." in opened
    assert NOTICE in opened
    assert "Inget är ändrat än" in opened
    assert "Avbryt rättelsen" in opened

    item = item_of(sent, "Lampan")
    room = words(as_coordinator.get(item.get_absolute_url()))
    assert NOTICE in room
    assert "Granska och spara rättelsen" in room
    assert "Avsluta mötet" not in room
    assert "Visa på väggen" not in room
    write(as_coordinator, item, note="Lampan är köpt.")

    shown = words(as_coordinator.get(page("correct", sent)))
    assert "En ändring i minnesanteckningarna" in shown
    assert "Lampan: noteringen är ny. Blir: Lampan är köpt." in shown
    assert "Version 2 sparas och mejlas. Version 1 går fortfarande att läsa." in shown
    assert "Minnesanteckningarna mejlas till" in shown

    saved = words(save(as_coordinator, sent, why="Rättat efter synpunkt från räddningstjänsten"))
    assert "Rättelsen är sparad som version 2 av minnesanteckningarna." in saved
    assert "Version 2, rättad" in saved
    assert "Ändrat i version 2 sedan version 1 Rättat efter synpunkt från räddningstjänsten." in saved
    assert BUTTON in as_coordinator.get(page("minutes_detail", sent)).content.decode()  # once more, if need be


def test_those_who_read_are_told_meanwhile(as_reader: Client, as_coordinator: Client, open_again: Meeting) -> None:
    told = words(as_reader.get(page("minutes_detail", open_again)))
    assert "Minnesanteckningarna rättas (Maja Exempel" in told
    assert "En ny version kommer när rättelsen är sparad." in told
    assert "Fortsätt rätta" not in told
    assert "Fortsätt rätta" in words(as_coordinator.get(page("minutes_detail", open_again)))
    assert "Fortsätt rätta minnesanteckningarna" in words(as_coordinator.get(open_again.get_absolute_url()))


def test_a_draft_decision_is_for_those_who_write(
    as_reader: Client, as_coordinator: Client, open_again: Meeting
) -> None:
    item = item_of(open_again, "Lampan")
    write(as_coordinator, item, text="Vi byter stolpen.")
    assert "Vi byter stolpen." in words(as_coordinator.get(item.get_absolute_url()))
    assert "Vi byter stolpen." not in words(as_reader.get(open_again.get_absolute_url()))


def test_a_decision_is_struck_and_stands_again(as_coordinator: Client, open_again: Meeting) -> None:
    item = item_of(open_again, "Räcket")
    decision = Decision.objects.get(item=item)

    struck = words(write(as_coordinator, item, strike=decision.pk))
    assert "Beslutet stryks när rättelsen sparas." in struck
    assert "Låt stå" in struck
    shown = words(as_coordinator.get(page("correct", open_again)))
    assert "Ett beslut stryks" in shown
    assert "Ärendet står som det gör." in shown

    back = words(write(as_coordinator, item, restore=decision.pk))
    assert "Beslutet står kvar." in back
    assert "Inget är ändrat än" in words(as_coordinator.get(page("correct", open_again)))


def test_what_is_asked_and_unanswered_is_told_to_be_taken_back(as_coordinator: Client, open_again: Meeting) -> None:
    item = item_of(open_again, "Lampan")
    write(as_coordinator, item, strike=the(Decision.objects.filter(item=item).first()).pk)
    assert "Åtgärden ”Laga lampan” återtas: Tekniska förvaltningen har inte svarat." in words(
        as_coordinator.get(page("correct", open_again))
    )
    saved = words(save(as_coordinator, open_again))
    assert "struket: Gruppen föreslår Tekniska förvaltningen att laga lampan." in saved
    assert Action.objects.get().state == Action.State.CANCELLED


def test_attendance_is_put_right_on_its_own_page(as_coordinator: Client, open_again: Meeting) -> None:
    shown = words(as_coordinator.get(page("attendance", open_again)))
    assert NOTICE in shown
    assert "Granska och spara rättelsen" in shown


def test_a_tab_of_the_room_from_before_it_was_saved_loses_no_words(
    as_coordinator: Client, open_again: Meeting, by: Actor
) -> None:
    item = item_of(open_again, "Lampan")
    item.write_note(text="Lampan är köpt.", version=0, by=by)
    save_correction(open_again, by=by)

    late = words(write(as_coordinator, item, note="Lampan är köpt i dag.", text="Vi byter stolpen."))

    assert "Mötet är avslutat" in late
    assert "Lampan är köpt i dag." in late
    assert "Vi byter stolpen." in late
    item.refresh_from_db()
    assert item.note == "Lampan är köpt."
    kept = as_coordinator.post(
        reverse("meetings:note_save", args=[item.pk]), {"note": "Sent ord.", "version": item.note_version}
    ).json()
    assert "inte med i minnesanteckningarna" in kept["message"]
    assert ItemDraft.objects.get(item=item, part="note").note == "Sent ord."


def test_what_was_typed_stands_when_another_has_saved_it(
    as_coordinator: Client, open_again: Meeting, by: Actor
) -> None:
    item_of(open_again, "Lampan").write_note(text="Lampan är köpt.", version=0, by=by)
    seen = as_coordinator.get(page("correct", open_again)).context["form"].initial["seen"]
    save_correction(open_again, by=by)

    late = words(as_coordinator.post(page("correct", open_again), {"seen": seen, "why": "Efter en synpunkt."}))

    assert "Ingen rättelse är öppen" in late
    assert "Efter en synpunkt." in late
    assert Minutes.objects.of(open_again).count() == 2


def test_more_since_is_told_with_what_was_typed(as_coordinator: Client, open_again: Meeting, by: Actor) -> None:
    item_of(open_again, "Lampan").write_note(text="Lampan är köpt.", version=0, by=by)
    seen = as_coordinator.get(page("correct", open_again)).context["form"].initial["seen"]
    item_of(open_again, "Räcket").write_note(text="Räcket är rakt.", version=0, by=by)

    told = words(as_coordinator.post(page("correct", open_again), {"seen": seen, "why": "Efter en synpunkt."}))

    assert "mer har ändrats sedan du läste sidan" in told
    assert "Efter en synpunkt." in told
    assert "Två ändringar i minnesanteckningarna" in told


def test_who_corrects_already_is_told_and_one_is_led_there(as_coordinator: Client, open_again: Meeting) -> None:
    answer = as_coordinator.post(page("start_correcting", open_again), follow=True)
    assert "Minnesanteckningarna rättas redan (Maja Exempel" in words(answer)
    assert answer.redirect_chain[-1][0] == page("correct", open_again)


def test_it_is_called_off(as_coordinator: Client, open_again: Meeting) -> None:
    told = words(as_coordinator.post(page("cancel_correcting", open_again), follow=True))
    assert "Rättelsen är avbruten. Inget är ändrat." in told
    assert Minutes.objects.of(open_again).count() == 1


def test_the_undo_is_offered_no_more_and_before_it_no_correction(as_coordinator: Client, closed: Meeting) -> None:
    first = as_coordinator.get(page("minutes_detail", closed)).content.decode()
    assert BUTTON not in first
    assert "Ångra avslutet" in first


def test_where_another_meeting_has_begun_since_it_is_not_offered(
    as_coordinator: Client, sent: Meeting, by: Actor
) -> None:
    start_meeting(the(sent.following()), by=by)
    minutes = as_coordinator.get(page("minutes_detail", sent))
    assert BUTTON not in minutes.content.decode()
    assert NO_MORE in words(minutes)


def test_in_the_room_nothing_new_is_taken_up(as_coordinator: Client, open_again: Meeting) -> None:
    shown = as_coordinator.get(item_of(open_again, "Parken").get_absolute_url()).content.decode()
    assert 'name="opens"' not in shown
    assert "Bordlägg frågan" not in shown
    assert "Lägg till en bilaga" not in shown


def corrected_mails(mailoutbox: list[EmailMessage], at: datetime) -> list[Any]:
    mailoutbox.clear()
    send_due(at=at)
    return [mail for mail in mailoutbox if str(mail.subject).startswith("Rättade minnesanteckningar")]


def test_it_is_mailed_to_the_same_with_what_changed_first(
    open_again: Meeting, by: Actor, deputy: Member, mailoutbox: list[EmailMessage]
) -> None:
    withdraw(the(Decision.objects.filter(item=item_of(open_again, "Lampan")).first()), by=by)
    save_correction(open_again, by=by, why="Efter en synpunkt.")

    mails = corrected_mails(mailoutbox, timezone.now() + timedelta(minutes=1))

    first = next(mail for mail in mails if deputy.email in mail.to)
    assert isinstance(first, EmailMultiAlternatives)
    body = str(first.body)
    assert "Rättade minnesanteckningar, version 2, från mötet" in body
    assert body.index("Ändrat sedan version 1:") < body.index("Det här beslutades:")
    assert "är struket." in body
    assert "Efter en synpunkt." in body
    _name, content, _ = first.attachments[0]
    assert "Ändrat i version 2 sedan version 1" in " ".join(pdf_text(content).split())
    assert corrected_mails(mailoutbox, timezone.now() + timedelta(minutes=30)) == []


def test_the_mail_of_a_version_that_is_corrected_in_turn_says_what_it_put_right(
    open_again: Meeting, by: Actor, deputy: Member, mailoutbox: list[EmailMessage]
) -> None:
    note(open_again, "Räcket", "Räcket är rakt.", by)
    save_correction(open_again, by=by)
    start_correcting(open_again, by=by)
    note(open_again, "Lampan", "Lampan är köpt.", by)
    save_correction(open_again, by=by)

    mails = corrected_mails(mailoutbox, timezone.now() + timedelta(minutes=1))

    bodies = sorted(str(mail.body) for mail in mails if deputy.email in mail.to)
    assert [f"version {version}," in body for version, body in zip((2, 3), bodies, strict=True)] == [True, True]
    assert ["Räcket: noteringen är ny" in body for body in bodies] == [True, False]
    assert ["Lampan: noteringen är ny" in body for body in bodies] == [False, True]
    assert [replaced_by(3) in " ".join(body.split()) for body in bodies] == [True, False]


def test_where_no_version_is_made_none_is_mailed(as_coordinator: Client, open_again: Meeting, by: Actor) -> None:
    restrict(the(item_of(open_again, "Parken").issue), reason=WHY, named=[by.member.pk], by=by)
    decide(item_of(open_again, "Parken"), by=by, text="Vi frågar igen.")
    shown = words(as_coordinator.get(page("correct", open_again)))
    assert "Minnesanteckningarna blir som förut" in shown
    assert "Minnesanteckningarna mejlas till" not in shown


def test_of_one_that_is_written_long_afterwards_nobody_is_mailed(
    as_coordinator: Client, coordinator: Member, by: Actor
) -> None:
    then = timezone.now() - timedelta(days=70)
    old = planned(coordinator, starts_at=then)
    start_meeting(old, by=by, started_at=then)
    note_expected(old, by=by)
    for row in old.organisations.filter(state="unnoted"):
        row.note(by=by, state="absent")
    close_meeting(old, by=by)
    Meeting.objects.filter(pk=old.pk).update(sent_at=old.closed_at)
    old.refresh_from_db()
    start_correcting(old, by=by)
    the(old.items.first()).write_note(text="Ord.", version=0, by=by)
    shown = words(as_coordinator.get(page("correct", old)))
    assert "Version 2 sparas. Version 1 går fortfarande att läsa." in shown


def test_what_is_struck_stands_for_those_who_read_until_it_is_saved(
    as_reader: Client, as_coordinator: Client, open_again: Meeting, by: Actor
) -> None:
    item = item_of(open_again, "Parken")
    decision = the(Decision.objects.filter(item=item).first())
    pages = {
        "meeting": open_again.get_absolute_url(),
        "item": item.get_absolute_url(),
        "issue": the(item.issue).get_absolute_url(),
        "year": reverse("meetings:year", args=[open_again.day.year]),
        "search": f"{reverse('search')}?q={decision.number}",
    }

    def lacking() -> list[str]:
        return [name for name, shown in pages.items() if "Vi väntar till våren" not in words(as_reader.get(shown))]

    assert lacking() == []
    withdraw(decision, by=by)
    assert lacking() == []
    assert "Stryks" in words(as_coordinator.get(pages["item"]))
    save(as_coordinator, open_again)
    assert lacking() == ["meeting", "item", "year"]  # timeline and search tell that it is struck
