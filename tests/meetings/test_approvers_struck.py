"""Who is chosen to approve and was not there, or wrote the minutes, is chosen no longer: closing, correcting, in room.

Whose name is masked is known all the same.
"""

from __future__ import annotations

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from base.swedish.passages import MASK
from meetings.approvals import Approvals
from meetings.approvers import approvers_of
from meetings.approving import approve
from meetings.correcting import save_correction, start_correcting
from meetings.correcting_facts import correct_facts
from meetings.discarding import discard_correction
from meetings.models import Approver, Meeting, Minutes, Presence
from meetings.planning import change_meeting
from meetings.texts.approving import approval_lines
from members.actor import Actor
from members.models import Member
from tests.meetings.approving import GUEST, approver, choose, latest, meeting, note, omar, sent
from tests.meetings.meetings import words
from tests.meetings.reopening import close
from tests.redaction.test_pages import mask

__all__ = ["approver", "meeting", "omar", "sent"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_any_hour")]
NOT_THERE, WRITES = "hen står inte som närvarande", "hen är sekreterare och andra var med"


@pytest.fixture(autouse=True)
def address(settings: Settings) -> None:
    settings.ADDRESS = "https://register.exempel.se"


def take_out(meeting: Meeting, who: Member | str, by: Actor) -> None:
    """Note that somebody was not at the meeting."""
    if isinstance(who, str):
        Presence.objects.get(meeting=meeting, name=who).discard(by=by)
        return
    Presence.objects.get(meeting=meeting, member=who).discard(by=by)
    meeting.organisations.get(organisation=who.organisation).note(by=by, state="absent")


def chosen_at(meeting: Meeting) -> list[str]:
    return [str(one) for one in approvers_of(meeting)]


def named_in(meeting: Meeting) -> list[str]:
    return [one["name"] for one in latest(meeting).content["approvers"]]


def lines(meeting: Meeting) -> list[str]:
    approvals = Approvals.of(meeting, list(Minutes.objects.of(meeting).latest_first()))
    return approval_lines(approvals, today=timezone.localdate())


def page_of(client: Client, name: str, meeting: Meeting) -> str:
    return words(client.get(reverse(f"meetings:{name}", args=[meeting.pk])))


def test_the_closing_strikes_who_was_not_there_and_says_so_before(
    as_coordinator: Client, meeting: Meeting, representative: Member, coordinator: Member, by: Actor
) -> None:
    choose(meeting, representative, coordinator, GUEST)
    assert "stryks" not in page_of(as_coordinator, "close", meeting)
    take_out(meeting, representative, by)
    take_out(meeting, "Åsa Ärlig", by)

    asked = page_of(as_coordinator, "close", meeting)
    assert f"Omar Prov är vald att justera, men stryks när mötet avslutas: {NOT_THERE}." in asked
    assert f"Åsa Ärlig är vald att justera, men stryks när mötet avslutas: {NOT_THERE}." in asked
    assert "Ingen är vald att justera" not in asked
    assert "Justeras av Maja Exempel" in page_of(as_coordinator, "minutes_detail", meeting)
    assert chosen_at(meeting) == ["Omar Prov", "Maja Exempel", "Åsa Ärlig"]  # to look changes nothing
    close(meeting, coordinator)

    assert named_in(meeting) == chosen_at(meeting) == ["Maja Exempel"]


def test_where_all_are_struck_nobody_is_chosen_and_that_is_said(
    as_coordinator: Client, as_representative: Client, meeting: Meeting, representative: Member, by: Actor
) -> None:
    choose(meeting, representative)
    take_out(meeting, representative, by)
    nobody = "Ingen är vald att justera minnesanteckningarna."
    assert nobody in page_of(as_coordinator, "close", meeting)
    close(meeting, by.member)

    assert named_in(meeting) == chosen_at(meeting) == lines(meeting) == []
    assert nobody in page_of(as_coordinator, "minutes_detail", meeting)
    assert list(Approver.objects.waited_for(representative)) == []
    assert "Justera version" not in page_of(as_representative, "minutes_detail", meeting)


def test_a_chair_who_is_replaced_for_the_whole_meeting_is_struck(
    meeting: Meeting, coordinator: Member, representative: Member, by: Actor
) -> None:
    choose(meeting, coordinator)
    change_meeting(meeting, chair=representative, by=by)
    close(meeting, representative)

    assert named_in(meeting) == chosen_at(meeting) == []


def test_a_correction_that_takes_her_out_strikes_her_everywhere(
    as_coordinator: Client,
    as_representative: Client,
    sent: Meeting,
    approver: Approver,
    omar: Actor,
    by: Actor,
    mailoutbox: list[EmailMessage],
) -> None:
    start_correcting(sent, by=by)
    take_out(sent, omar.member, by)
    told = f"Justerare: Omar Prov är struken, för {NOT_THERE}."
    assert told.removeprefix("Justerare: ").removesuffix(".") in page_of(as_coordinator, "correct", sent)
    assert chosen_at(sent) == ["Omar Prov"]

    saved = as_coordinator.post(reverse("meetings:correct", args=[sent.pk]), {"why": ""}, follow=True)

    assert f"{told} Ingen är vald att justera minnesanteckningarna." in words(saved)
    assert named_in(sent) == chosen_at(sent) == lines(sent) == []
    assert list(Approver.objects.waited_for(omar.member)) == []
    assert "väntar på att du justerar" not in words(as_representative.get("/"))
    shown = page_of(as_representative, "minutes_detail", sent)
    assert "Justera version" not in shown
    assert "ska justeras av" not in shown


def test_who_approved_an_earlier_version_has_done_so_when_she_is_struck(
    sent: Meeting, approver: Approver, omar: Actor, by: Actor
) -> None:
    approve(latest(sent), approver, by=omar)
    start_correcting(sent, by=by)
    take_out(sent, omar.member, by)
    save_correction(sent, by=by)

    first, second = lines(sent)
    assert first.startswith("Version 1 justerades av Omar Prov ")
    assert second == "Version 2 är inte justerad."


def test_whoever_becomes_secretary_approves_no_longer_where_others_were_there(
    as_coordinator: Client, meeting: Meeting, representative: Member, coordinator: Member, by: Actor
) -> None:
    choose(meeting, representative, coordinator)
    url = reverse("meetings:change", args=[meeting.pk])
    form = as_coordinator.get(url).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}
    told = as_coordinator.post(url, typed | {"secretary": representative.pk, "since": "1"}, follow=True)

    assert f"Omar Prov är inte längre vald att justera, för {WRITES}." in words(told)
    assert chosen_at(meeting) == ["Maja Exempel"]


def test_a_secretary_who_is_chosen_alone_is_struck_at_the_closing_when_others_came(
    as_coordinator: Client, meeting: Meeting, siv: Member, by: Actor
) -> None:
    Approver.objects.create(meeting=meeting, member=siv)  # as when nobody else was there yet

    assert f"men stryks när mötet avslutas: {WRITES}." in page_of(as_coordinator, "close", meeting)
    close(meeting, by.member)

    assert named_in(meeting) == chosen_at(meeting) == []


def test_a_correction_that_makes_her_secretary_strikes_her_when_it_is_saved(
    as_coordinator: Client, sent: Meeting, omar: Actor, by: Actor
) -> None:
    start_correcting(sent, by=by)
    correct_facts(sent, secretary=omar.member, by=by)
    assert chosen_at(sent) == ["Omar Prov"]
    assert f"Omar Prov är struken, för {WRITES}" in page_of(as_coordinator, "correct", sent)

    save_correction(sent, by=by)

    assert named_in(sent) == chosen_at(sent) == []


def test_who_wrote_before_the_correction_is_chosen_no_longer_when_that_is_thrown_away(
    sent: Meeting, siv: Member, omar: Actor, by: Actor
) -> None:
    start_correcting(sent, by=by)
    correct_facts(sent, secretary=by.member, by=by)
    Presence.objects.filter(meeting=sent, member=siv).delete()
    correct_facts(sent, chair=siv, by=by)
    choose(sent, siv, omar.member)

    discard_correction(sent, by=by)

    assert chosen_at(sent) == ["Omar Prov"]


@pytest.mark.parametrize("passage", ["Åsa Ärlig", "Ärlig"])
@pytest.mark.parametrize("is_in_minutes", [True, False])
def test_a_guest_whose_name_is_masked_is_noted_as_approving_and_stays_chosen(
    as_coordinator: Client, meeting: Meeting, coordinator: Member, by: Actor, passage: str, is_in_minutes: bool
) -> None:
    choose(meeting, GUEST)
    close(meeting, coordinator)
    Meeting.objects.filter(pk=meeting.pk).update(sent_at=meeting.closed_at)
    meeting.refresh_from_db()
    version = latest(meeting).pk
    mask(as_coordinator, passage, offered_minutes=[version], minutes=[version] if is_in_minutes else [])
    [guest] = approvers_of(meeting)
    assert guest.name == "Åsa Ärlig".replace(passage, MASK)

    approve(latest(meeting), guest, by=by, signed_on=timezone.localdate())

    start_correcting(meeting, by=by)
    note(meeting, "Ett ord till.", by)
    save_correction(meeting, by=by)
    assert chosen_at(meeting) == [guest.name]
    assert len(named_in(meeting)) == 1
