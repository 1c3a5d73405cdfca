"""The page on which a member chooses what she is mailed of, how, and when not."""

from __future__ import annotations

import re

from django.test import Client
from django.urls import reverse

from members.actor import Actor
from members.models import How, Member, NoticeChoice, QuietHours, Subject
from members.outbox.unsubscribing import token_for
from tests.meetings.meetings import words
from tests.past import history_of

URL = reverse("notice_choices")
ALL_DAILY = {subject.value: How.DAILY.value for subject in Subject}


def chosen(page: str) -> list[str]:
    """The hours that the page has chosen, as it writes them."""
    selects = re.findall(r'<select name="(?:begin|end)".*?</select>', page, re.DOTALL)
    return [re.findall(r"<option[^>]*selected[^>]*>([^<]+)<", select)[0] for select in selects]


def test_who_has_chosen_nothing_is_sent_no_mail_from_eight_in_the_evening_to_seven(as_representative: Client) -> None:
    page = as_representative.get(URL).content.decode()

    assert chosen(page) == ["20.00", "7.00"]
    assert re.search(r'<input[^>]*name="on_days_off"[^>]*checked', page) is None


def test_she_chooses_her_own_hours_and_days(as_representative: Client, representative: Member) -> None:
    typed = ALL_DAILY | {"begin": "22", "end": "9", "on_days_off": "on"}

    page = as_representative.post(URL, typed, follow=True).content.decode()

    assert "Dina val av mejl är sparade." in page
    assert chosen(page) == ["22.00", "9.00"]
    assert re.search(r'<input[^>]*name="on_days_off"[^>]*checked', page)
    assert set(NoticeChoice.objects.of(representative).values()) == {How.DAILY}
    as_representative.post(URL, ALL_DAILY | {"begin": "21", "end": "6"})
    [quiet] = QuietHours.objects.all()
    assert (quiet.member, quiet.begin, quiet.end, quiet.on_days_off) == (representative, 21, 6, False)
    assert [(past.begin, past.on_days_off) for past in history_of(quiet)] == [(22, True), (21, False)]


def test_what_was_ended_from_a_mail_meanwhile_stays_so(
    as_representative: Client, client: Client, representative: Member
) -> None:
    form = as_representative.get(URL).context["form"]
    typed = {name: form[name].value() for name in form.fields if form[name].value()}
    client.post(reverse("no_more_mail", args=[token_for(representative, [Subject.FOLLOWED])]))

    as_representative.post(URL, typed | {Subject.ASKED.value: How.WEEKLY.value})

    expected = dict.fromkeys(Subject, How.AT_ONCE) | {Subject.FOLLOWED: How.NEVER, Subject.ASKED: How.WEEKLY}
    assert NoticeChoice.objects.of(representative) == expected


def test_who_wants_mail_at_any_hour_chooses_the_same_hour_twice(as_representative: Client) -> None:
    typed = ALL_DAILY | {"begin": "7", "end": "7"}

    page = as_representative.post(URL, typed, follow=True).content.decode()

    assert "Välj samma klockslag i båda om du vill ha mejl dygnet runt." in page
    assert chosen(page) == ["7.00", "7.00"]
    assert not any(QuietHours.objects.get().cover(hour) for hour in range(24))


def test_the_page_says_how_long_what_is_about_a_meeting_waits(as_representative: Client) -> None:
    page = as_representative.get(URL).content.decode()

    assert "det som gäller ett möte väntar som längst tills det är två timmar kvar till mötet" in page


def test_the_page_says_what_it_is_to_choose_no_mail_about_meetings(as_representative: Client) -> None:
    page = as_representative.get(URL).content.decode()

    assert "Väljer du inget mejl får du ingen kallelse med mejl, och samordnaren ser det." in page
    assert "missar inget" not in page


def test_the_page_from_the_mail_says_what_has_ended_and_one_press_undoes_it_as_it_was(
    client: Client, representative: Member
) -> None:
    hers = {Subject.ASKED: How.WEEKLY, Subject.FOLLOWED: How.AT_ONCE}
    NoticeChoice.objects.choose(representative, hers, by=Actor.of(representative))
    address = reverse("no_more_mail", args=[token_for(representative, hers)])
    assert "Vill du sluta få mejl?" in words(client.get(address))

    page = client.post(address)

    ended = "Mejl om det du ska svara på och det du har rapporterat eller följer kommer inte längre. Allt står ändå på"
    assert "Du får inga fler sådana mejl" in words(page)
    assert ended in words(page)
    assert "Vill du sluta" not in words(page)
    assert ended in words(client.get(address))  # whoever opens it again
    [before] = re.findall(r'name="again" value="([^"]*)"', page.content.decode())

    page = client.post(address, {"again": before})

    assert "Du får mejlen igen" in words(page)
    assert "Det du ska svara på Samlat, en gång i veckan" in words(page)
    assert NoticeChoice.objects.of(representative) == dict.fromkeys(Subject, How.AT_ONCE) | hers


def test_undoing_what_was_ended_another_day_takes_them_as_one_has_them_at_first(
    client: Client, representative: Member
) -> None:
    address = reverse("no_more_mail", args=[token_for(representative, [Subject.FOLLOWED, Subject.ASKED])])
    client.post(address)
    [before] = re.findall(r'name="again" value="([^"]*)"', client.get(address).content.decode())

    client.post(address, {"again": before})
    client.post(address, {"again": "x never daily " * 9})

    expected = dict.fromkeys(Subject, How.AT_ONCE) | {Subject.FOLLOWED: How.DAILY}
    assert NoticeChoice.objects.of(representative) == expected
