"""Who sits says whether she comes: yes, no, or to a part; and who runs the meeting notes what she was told."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from meetings.attendance import rows
from meetings.models import CallAnswer, Meeting
from meetings.texts.attendance import row_state
from members.actor import Actor, Channel
from members.models import Member
from tests.meetings.meetings import excuse, planned, undo, words
from tests.pages import Response

pytestmark = pytest.mark.django_db

Answer = CallAnswer.Answer


@pytest.fixture
def meeting(coordinator: Member, representative: Member) -> Meeting:
    return planned(coordinator)


def answered(client: Client, meeting: Meeting, member: Member, answer: str, **sent: object) -> Response:
    address = reverse("meetings:call_answer", args=[meeting.pk])
    response: Response = client.post(address, {"member": member.pk, "reply": answer, **sent}, follow=True)
    return response


def standing() -> list[tuple[str, str, str]]:
    return [(f"{row.member}", row.answer, row.words) for row in CallAnswer.objects.order_by("pk")]


def state_of(meeting: Meeting, member: Member) -> str:
    [row] = [row for row in rows(meeting) if member in (row.ordinary, row.deputy)]
    return f"{row_state(row)}"


def test_she_says_that_she_comes_and_everybody_can_see_it(
    as_representative: Client, representative: Member, meeting: Meeting
) -> None:
    assert state_of(meeting, representative) == "Omar Prov väntas."

    page = words(answered(as_representative, meeting, representative, "yes"))

    assert "Du kommer på mötet." in page
    assert "Du har svarat att du kommer." in page
    assert state_of(meeting, representative) == "Omar Prov kommer."


def test_she_comes_to_a_part_of_it_in_her_words_and_is_expected_all_the_same(
    as_representative: Client, representative: Member, deputy: Member, meeting: Meeting
) -> None:
    page = words(answered(as_representative, meeting, representative, "partly", part="fram till 14.30."))

    assert "Du har svarat att du är med en del av mötet: fram till 14.30." in page
    assert state_of(meeting, representative) == "Omar Prov kommer till en del av mötet: fram till 14.30."
    assert [row.expects(representative) for row in rows(meeting) if row.ordinary == representative] == [True]


def test_the_words_of_another_answer_than_in_part_are_none(
    as_representative: Client, representative: Member, meeting: Meeting
) -> None:
    answered(as_representative, meeting, representative, "yes", part="fram till 14.30")

    assert standing() == [("Omar Prov", "yes", "")]


def test_she_changes_her_mind_as_often_as_she_wants(
    as_representative: Client, representative: Member, meeting: Meeting
) -> None:
    for answer in ("yes", "no", "partly", "yes"):
        answered(as_representative, meeting, representative, answer)

    assert standing() == [("Omar Prov", "yes", "")]


def test_the_same_said_again_is_still_what_was_said_then(representative: Member, meeting: Meeting) -> None:
    said = timezone.now() - timedelta(days=2)
    excuse(meeting, representative, by=Actor.of(representative), at=said)
    excuse(meeting, representative, by=Actor.of(representative))

    assert [row.said_at for row in CallAnswer.objects.all()] == [said]


def test_undone_is_what_she_had_said_before(
    as_representative: Client, representative: Member, meeting: Meeting
) -> None:
    answered(as_representative, meeting, representative, "partly", part="från 15")

    undo(as_representative, answered(as_representative, meeting, representative, "no"))

    assert standing() == [("Omar Prov", "partly", "från 15")]


def test_the_page_asks_with_what_she_has_said_chosen(
    as_representative: Client, representative: Member, meeting: Meeting
) -> None:
    answered(as_representative, meeting, representative, "partly", part="från 15")

    page = as_representative.get(reverse("meetings:call_answer", args=[meeting.pk])).content.decode()

    assert "Kommer du?" in page
    assert 'value="från 15"' in page
    assert re.findall(r'value="(\w+)"[^>]* checked', page) == ["partly"]


def test_a_name_in_her_words_is_asked_about_and_nothing_is_lost(
    as_representative: Client, representative: Member, meeting: Meeting
) -> None:
    page = words(answered(as_representative, meeting, representative, "partly", part="hämtar 811218-9876 kl 15"))

    assert standing() == []
    assert "hämtar 811218-9876 kl 15" in page


def test_the_samordnare_notes_what_she_was_told_and_how_it_came(
    as_coordinator: Client, coordinator: Member, representative: Member, meeting: Meeting
) -> None:
    page = words(as_coordinator.get(f"{reverse('meetings:call_answer', args=[meeting.pk])}?annan=1"))
    assert "Anteckna svar åt någon" in page
    assert "På telefon" in page

    address = f"{reverse('meetings:call_answer', args=[meeting.pk])}?annan=1"
    sent = {"member": representative.pk, "reply": "partly", "part": "från 15", "channel": "phone"}
    page = words(as_coordinator.post(address, sent, follow=True))

    assert "Omar Prov är med en del av mötet." in page
    [row] = CallAnswer.objects.all()
    assert (row.noted_by, row.channel, row.answer) == (coordinator, Channel.PHONE, Answer.PARTLY)


def test_a_page_from_before_another_answered_says_so_and_saves_nothing_unless_it_is_sent_again(
    as_coordinator: Client, as_representative: Client, representative: Member, meeting: Meeting
) -> None:
    address = f"{reverse('meetings:call_answer', args=[meeting.pk])}?annan=1"
    form = as_coordinator.get(address).context["form"]
    typed = {"member": representative.pk, "reply": "yes", "channel": "phone", "shown": form["shown"].value()}
    answered(as_representative, meeting, representative, "no")

    refused = as_coordinator.post(address, typed)

    assert re.search(
        "Omar Prov sparade ett annat svar i dag [0-9.]+: ”Jag kan inte”. Inget är ändrat. Spara igen", words(refused)
    )
    assert standing() == [("Omar Prov", "no", "")]
    as_coordinator.post(address, typed | {"shown": refused.context["form"]["shown"].value()})
    assert standing() == [("Omar Prov", "yes", "")]


def test_what_another_noted_is_not_undone_by_the_answer_page_of_before_but_her_own_is(
    as_representative: Client, coordinator: Member, representative: Member, meeting: Meeting
) -> None:
    page = as_representative.get(meeting.get_absolute_url()).content.decode()
    shown = re.findall(r'name="shown" value="([^"]+)"', page)[0]
    answered(as_representative, meeting, representative, "yes", shown=shown)
    answered(as_representative, meeting, representative, "no", shown=shown)
    assert standing() == [("Omar Prov", "no", "")]

    CallAnswer.say(meeting, representative, "partly", words="från 15", by=Actor.of(coordinator))
    page = words(answered(as_representative, meeting, representative, "yes", shown=shown))

    assert "”Jag är med en del av mötet”. Inget är ändrat." in page
    assert standing() == [("Omar Prov", "partly", "från 15")]


def test_of_another_it_is_kept_how_the_answer_came_wherever_it_is_sent_from(
    as_coordinator: Client, representative: Member, meeting: Meeting
) -> None:
    answered(as_coordinator, meeting, representative, "no", channel="phone")

    assert CallAnswer.objects.get().channel == Channel.PHONE


def test_nobody_else_gets_the_form_for_others(as_representative: Client, meeting: Meeting) -> None:
    page = words(as_representative.get(f"{reverse('meetings:call_answer', args=[meeting.pk])}?annan=1"))

    assert "Kommer du?" in page
    assert "På telefon" not in page
