"""Gruppens papper: what they are called and who they are from, shown on a paper before it is saved."""

from __future__ import annotations

from datetime import timedelta
from threading import Event as Signal
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from meetings.changing_headings import make_template
from meetings.models import AgendaTemplate, Heading, Meeting
from meetings.papers import change_papers
from members.actor import Actor
from members.models import Group, Member
from members.outbox.sending import send_due
from tests.acting import a_coordinator
from tests.at_once import at_once, waits_for_a_row
from tests.base.documents.reading import pdf_text, word_text
from tests.meetings.meetings import words
from tests.meetings.reopening import close

pytestmark = pytest.mark.django_db

PAGE = reverse("meetings:papers")
TYPED: dict[str, Any] = {
    "minutes_name": "protocol",
    "sender": "Trygghet i Exempelstad, HRF",
    "papers_mail": "papper@exempel.se",
}


def labels(**which: Any) -> set[str]:
    return {*Heading.objects.filter(rule=Heading.Rule.PREVIOUS, **which).values_list("label", flat=True)}


def test_what_is_typed_is_shown_on_the_paper_and_not_saved(as_coordinator: Client, closed: Meeting) -> None:
    before = words(as_coordinator.get(PAGE))

    response = as_coordinator.post(PAGE, TYPED | {"preview": "1"})

    page = words(response)
    assert "Så är det sparat." in before
    assert f"Temagruppens register Minnesanteckningar {closed}" in before
    assert "Inget är sparat än." in page
    assert f"Trygghet i Exempelstad, HRF Protokoll {closed}" in page
    assert "Trygghet i Exempelstad, HRF. Frågor: papper@exempel.se Sida 1" in page
    assertContains(response, 'value="Trygghet i Exempelstad, HRF"')
    assert not Group.objects.exists()


def test_the_standard_heading_is_shown_by_the_word_too(as_coordinator: Client, decided: Meeting, by: Actor) -> None:
    heading = decided.items.get(heading__rule=Heading.Rule.PREVIOUS)
    heading.write_note(text="Lades till handlingarna.", version=0, by=by)
    close(decided, by.member)

    page = words(as_coordinator.post(PAGE, TYPED | {"preview": "1"}))

    assert "3. Föregående protokoll Lades till handlingarna." in page


def test_before_there_are_any_minutes_an_example_is_shown(as_coordinator: Client) -> None:
    page = words(as_coordinator.post(PAGE, TYPED | {"preview": "1"}))

    assert "Trygghet i Exempelstad, HRF Protokoll Ett exempel" in page


def test_the_same_form_is_saved_after_it_was_looked_at(as_coordinator: Client) -> None:
    form = as_coordinator.get(PAGE).context["form"]
    sent = TYPED | {"version": form["version"].value(), "key": form["key"].value()}
    as_coordinator.post(PAGE, sent | {"preview": "1"})

    assertRedirects(as_coordinator.post(PAGE, sent), PAGE)

    group = Group.current()
    assert {name: getattr(group, name) for name in TYPED} == TYPED


def test_what_is_wrong_is_told_and_kept_and_the_paper_is_as_it_was_saved(as_coordinator: Client) -> None:
    for button in ({}, {"preview": "1"}):
        response = as_coordinator.post(PAGE, TYPED | {"papers_mail": "ingen adress"} | button)

        assertContains(response, 'value="ingen adress"')
        assertNotContains(response, "Inget är sparat än.")
        assertContains(response, "<h3>Minnesanteckningar</h3>", html=True)
    assert not Group.objects.exists()


def test_the_second_who_changes_them_is_told_who_was_first(as_coordinator: Client) -> None:
    seen = as_coordinator.get(PAGE).context["form"]["version"].value()
    as_coordinator.post(PAGE, TYPED | {"version": seen})

    late = as_coordinator.post(PAGE, TYPED | {"version": seen, "sender": "En annan"})

    assertContains(late, "Maja Exempel ändrade det här i dag")
    assertContains(late, 'value="En annan"')
    assert Group.current().sender == TYPED["sender"]


def test_the_page_leads_to_where_all_else_is_changed(as_coordinator: Client, closed: Meeting) -> None:
    page = as_coordinator.get(PAGE)
    template = AgendaTemplate.objects.default()

    for url in (template.get_absolute_url(), reverse("meetings:series_create"), reverse("members:logotype_change")):
        assertContains(page, f'href="{url}"')
    assert "Numrering: Från 1 på varje möte." in words(page)
    for other in (reverse("members:group_change"), reverse("meetings:list")):
        assertContains(as_coordinator.get(other), f'href="{PAGE}"')


def test_the_standard_heading_follows_the_word_and_one_of_the_groups_own_words_stands(
    as_coordinator: Client, coordinator: Member, closed: Meeting
) -> None:
    own = make_template(name="Extra", source=AgendaTemplate.objects.default(), by=Actor.of(coordinator))
    own.headings.filter(rule=Heading.Rule.PREVIOUS).update(label="Förra gången")
    was = labels(meeting=closed)

    response = as_coordinator.post(PAGE, TYPED, follow=True)

    assert "Föregående protokoll" in words(response)
    assert labels(template__isnull=False) == {"Föregående protokoll", "Förra gången"}
    assert labels(meeting=closed) == was == {"Föregående minnesanteckningar"}
    made = make_template(name="Ny", source=None, by=Actor.of(Member.objects.get(pk=coordinator.pk)))
    assert labels(template=made) == {"Föregående protokoll"}


@pytest.mark.django_db(transaction=True)
def test_a_heading_that_somebody_renames_at_that_moment_keeps_her_words() -> None:
    template, by = AgendaTemplate.objects.default(), a_coordinator()
    has_renamed = Signal()

    def rename() -> None:
        with transaction.atomic():
            template.lock()
            template.headings.filter(rule=Heading.Rule.PREVIOUS).update(label="Förra gången")
            has_renamed.set()
            waits_for_a_row()

    def change() -> int:
        has_renamed.wait(10)
        return change_papers(Group.current(), by=by, minutes_name="protocol")

    assert at_once(rename, change)[1] == 0
    assert labels(template=template) == {"Förra gången"}


def test_whether_they_are_approved_is_chosen_there_and_off_until_then(as_coordinator: Client) -> None:
    page = as_coordinator.get(PAGE)
    assertContains(page, "Protokoll justeras för det mesta.")
    assert not page.context["form"]["approves_minutes"].value()
    assertNotContains(as_coordinator.get(reverse("members:group_change")), 'name="approves_minutes"')

    as_coordinator.post(PAGE, TYPED)
    assert not Group.current().approves_minutes
    as_coordinator.post(PAGE, TYPED | {"approves_minutes": "on", "version": Group.current().version})
    assert Group.current().approves_minutes


def test_another_sender_renames_nothing(coordinator: Member) -> None:
    template = AgendaTemplate.objects.default()
    template.headings.filter(rule=Heading.Rule.PREVIOUS).update(label="Föregående protokoll")

    assert change_papers(Group.current(), by=a_coordinator(), sender="HRF") == 0
    assert labels(template=template) == {"Föregående protokoll"}


def test_papers_are_from_the_sender_and_say_whom_to_ask(as_coordinator: Client, decided: Meeting) -> None:
    change_papers(Group.current(), by=a_coordinator(), **TYPED)

    pdf = pdf_text(b"".join(as_coordinator.get(reverse("meetings:minutes_pdf", args=[decided.pk]))))
    word = word_text(b"".join(as_coordinator.get(reverse("meetings:agenda_word", args=[decided.pk]))))

    assert pdf.startswith("Trygghet i Exempelstad, HRF")
    assert "Trygghet i Exempelstad, HRF. Frågor: papper@exempel.se" in pdf
    assert "Trygghet i Exempelstad, HRF" in word


@pytest.mark.usefixtures("at_any_hour")
@pytest.mark.parametrize(
    ("sender", "comes_from"),
    [("", "Trygghet <trygghet@exempel.se>"), ('HRF "Höglandet"', '"HRF \\"Höglandet\\"" <trygghet@exempel.se>')],
)
def test_mails_are_signed_with_it_and_come_from_it(
    settings: Settings, closed: Meeting, mailoutbox: list[EmailMessage], sender: str, comes_from: str
) -> None:
    settings.DEFAULT_FROM_EMAIL = "Trygghet <trygghet@exempel.se>"
    Group.current().change(by=a_coordinator(), name="Trygghet Provstad", sender=sender)
    mailoutbox.clear()

    send_due(at=timezone.now() + timedelta(minutes=12))

    assert mailoutbox
    assert {mail.from_email for mail in mailoutbox} == {comes_from}
    assert all(f"-- \n{sender or 'Trygghet Provstad'}\n" in str(mail.body) for mail in mailoutbox)
    assert all("trygghet@exempel.se" in mail.message()["From"] for mail in mailoutbox)
