"""Answering a call from the mail, without signing in."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django import Settings

from meetings.answer_link import SIGNER, address_for
from meetings.calling import call_meeting
from meetings.models import CallAnswer, Meeting
from meetings.planning import change_meeting
from meetings.starting import start_meeting
from members import limits
from members.actor import Actor, Channel
from members.models import Member, Seat
from members.outbox.mailed_to import seal_of
from tests.meetings.called import AT, sent, the_member
from tests.meetings.meetings import words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def addresses(settings: Settings) -> None:
    settings.ADDRESS = "https://register.exempel.se"


@pytest.fixture
def omar(coming: Meeting) -> Member:
    member: Member = Member.objects.get(name="Omar")
    return member


@pytest.fixture
def link(coming: Meeting, omar: Member) -> str:
    return address_for(coming, omar)


def standing() -> list[tuple[str, str, str, str]]:
    rows = CallAnswer.objects.order_by("pk")
    return [(f"{row.member}", row.answer, row.words, row.channel) for row in rows]


def page_of(client: Client, address: str) -> str:
    return words(client.get(address))


def answered(client: Client, link: str, answer: str, **sent: str) -> str:
    return words(client.post(link, {"reply": answer, **sent}, follow=True))


def test_the_mail_has_an_address_for_each_answer_in_both_forms(
    coming: Meeting, coordinator: Member, link: str, mailoutbox: list[EmailMessage]
) -> None:
    call_meeting(coming, by=Actor.of(coordinator), at=AT)
    assert sent(mailoutbox, AT) == ["omar", "pia"]

    [mail] = [mail for mail in mailoutbox if mail.to[0].startswith("omar")]
    html = str(mail.alternatives[0][0])  # type: ignore[attr-defined]
    for label, answer in (("Jag kommer", "yes"), ("Jag kan inte", "no"), ("Jag är med en del av mötet", "partly")):
        address = f"https://register.exempel.se{link}?svar={answer}"
        assert f"{label}: {address}" in str(mail.body)
        assert re.search(rf'class="on-button" href="{re.escape(address)}"[^>]*>{label}</a>', html)
    page = re.escape(f"https://register.exempel.se{coming.get_absolute_url()}")
    assert re.search(rf'class="link" href="{page}"[^>]*>\s*Läs dagordningen</a>', html)  # as heavy as it is needed


def test_looking_at_all_the_addresses_of_a_mail_answers_nothing(client: Client, link: str) -> None:
    for answer in ("yes", "no", "partly", "x"):
        page = page_of(client, f"{link}?svar={answer}")
        assert "Omar sitter för Tekniska." in page
        assert "Åsalen" in page

    assert standing() == []


def test_what_one_came_to_say_is_one_button_and_is_said_to_be_sent_by_nothing_else(client: Client, link: str) -> None:
    page = page_of(client, f"{link}?svar=no")
    assert "Svara att du inte kan komma?" in page
    assert "Inget är skickat än." in page
    assert ("Skicka: jag kan inte" in page, "Jag kommer" in page, "Svara något annat" in page) == (True, False, True)

    page = page_of(client, link)
    assert ("Kommer du?" in page, "Inget är skickat" in page) == (True, False)
    assert ("Jag kommer" in page, "Jag kan inte" in page) == (True, True)

    answered(client, link, "no")
    page = page_of(client, f"{link}?svar=no")  # the same link of the same mail once more
    assert ("Ditt svar" in page, "Inget är skickat" in page, "Skicka:" in page) == (True, False, False)
    page = page_of(client, f"{link}?svar=yes")
    assert "Svara att du kommer?" in page
    assert "Inget är skickat än. Du har anmält förhinder." in page


def test_one_press_answers_and_the_page_says_what_was_answered(client: Client, link: str) -> None:
    page = answered(client, link, "no")

    assert "Du har anmält förhinder. Gun går på mötet" in page
    assert "Du kan ändra svaret tills mötet börjar." in page
    assert standing() == [("Omar", "no", "", Channel.LINK)]

    page = answered(client, link, "yes")

    assert "Du har svarat att du kommer." in page
    assert standing() == [("Omar", "yes", "", Channel.LINK)]


def test_once_she_has_answered_to_change_it_is_not_the_heaviest_act(client: Client, link: str) -> None:
    yes = '<button class="button{}" name="reply" value="yes">'

    assert yes.format("") in client.get(link).text
    client.post(link, {"reply": "no"})

    assert yes.format(" second") in client.get(link).text


def test_an_answer_is_taken_back_and_the_deputy_who_was_told_to_go_need_not(
    client: Client, coming: Meeting, link: str, mailoutbox: list[EmailMessage]
) -> None:
    assert "Ta tillbaka svaret" not in page_of(client, link)
    assert "Ta tillbaka svaret" in answered(client, link, "no")
    tomorrow = AT + timedelta(days=1)
    assert sent(mailoutbox, tomorrow) == ["gun"]

    page = answered(client, link, "unsaid")

    assert "Du har anmält förhinder." not in page
    assert "Ta tillbaka svaret" not in page
    assert standing() == []
    assert sent(mailoutbox, tomorrow + timedelta(minutes=5)) == ["gun"]
    [mail] = mailoutbox
    assert str(mail.subject).startswith("Du behöver inte gå på mötet")
    assert str(mail.body).split("\n\n")[1] == "Omar väntas."


def test_the_old_link_of_a_deputy_who_is_released_says_first_that_she_need_not_go_and_who_does(
    client: Client, coming: Meeting, link: str
) -> None:
    hers = address_for(coming, the_member("Gun"))
    answered(client, link, "no")
    page = page_of(client, hers)
    assert ("Kommer du?" in page, "Du går på mötet" in page, "Du behöver inte" in page) == (True, True, False)

    answered(client, link, "unsaid")

    page = page_of(client, f"{hers}?svar=yes")  # what she may press in the mail that she has
    heading = re.search("<h1>(.*?)</h1>", client.get(hers).content.decode())
    assert heading
    assert heading.group(1).startswith("Du behöver inte gå på mötet")
    assert "Omar väntas. Ändras det får du en ny kallelse." in page
    assert ("Kommer du?" in page, "Skicka: jag kommer" in page, "Jag kommer" in page) == (False, False, False)
    assert ("Jag kan inte" in page, "en del av mötet" in page) == (True, False)
    assert "Du behöver inte gå på mötet" in page_of(client, f"{hers}?svar=partly")

    answered(client, hers, "no")  # should the ordinary not be able after all
    page = page_of(client, hers)
    assert ("Du har anmält förhinder." in page, "Du behöver inte" in page) == (True, False)


def test_a_deputy_who_has_said_yes_is_told_that_the_ordinary_comes_after_all(
    client: Client, coming: Meeting, link: str
) -> None:
    hers = address_for(coming, the_member("Gun"))
    answered(client, link, "no")
    answered(client, hers, "yes")
    answered(client, link, "yes")

    page = page_of(client, hers)

    assert "Du behöver inte gå på mötet" in page
    assert "Omar kommer. Ändras det får du en ny kallelse." in page
    assert "Du har svarat att du kommer" not in page


def test_one_who_comes_to_a_part_of_it_says_which(client: Client, link: str) -> None:
    page = page_of(client, f"{link}?svar=partly")
    assert "Vilken del?" in page

    page = answered(client, link, "partly", part="från 15")

    assert "Du har svarat att du är med en del av mötet: från 15." in page
    assert standing() == [("Omar", "partly", "från 15", Channel.LINK)]


def test_what_looks_like_a_person_in_it_is_asked_about(client: Client, link: str) -> None:
    page = answered(client, link, "partly", part="hämtar 811218-9876 kl 15")

    assert "hämtar 811218-9876 kl 15" in page
    assert standing() == []


def test_whoever_is_signed_in_answers_for_whom_the_mail_was_to(
    as_coordinator: Client, coordinator: Member, link: str
) -> None:
    answered(as_coordinator, link, "no")

    [row] = CallAnswer.objects.all()
    assert (row.member.name, row.noted_by.name) == ("Omar", "Omar")


def test_nothing_else_than_the_meeting_and_who_sits_for_what_stands_there(
    client: Client, link: str, coming: Meeting
) -> None:
    page = page_of(client, link)

    assert "omar@" not in page
    assert "Polisen" not in page


def test_a_moved_meeting_is_told_with_its_new_day_and_an_answer_to_the_old_one_is_none(
    client: Client, link: str, coming: Meeting, coordinator: Member
) -> None:
    shown = re.findall(r'name="day" value="([^"]*)"', client.get(link).content.decode())
    later = coming.starts_at + timedelta(days=1)
    change_meeting(coming, by=Actor.of(coordinator), starts_at=later, ends_at=None)

    page = answered(client, link, "yes", day=shown[0])

    assert "Mötet är flyttat till" in page
    assert standing() == []


def test_when_the_meeting_has_begun_it_says_so(client: Client, link: str, coming: Meeting, coordinator: Member) -> None:
    start_meeting(coming, by=Actor.of(coordinator))

    assert "Mötet pågår redan. Det går inte att svara längre." in page_of(client, link)
    answered(client, link, "no")
    assert standing() == []


def test_it_ends_when_she_no_longer_sits_or_has_left(client: Client, link: str, omar: Member) -> None:
    Member.objects.filter(pk=omar.pk).update(is_active=False)
    assert client.get(link).status_code == 410

    Member.objects.filter(pk=omar.pk).update(is_active=True)
    assert client.get(link).status_code == 200

    Seat.objects.filter(member=omar).delete()
    assert client.get(link).status_code == 410
    assert client.post(link, {"reply": "no"}).status_code == 410


def test_a_mail_to_another_address_than_she_has_now_answers_nothing(
    client: Client, link: str, coming: Meeting, omar: Member
) -> None:
    Member.objects.filter(pk=omar.pk).update(email="omar@ratt.exempel.se")
    omar.refresh_from_db()

    page = client.get(link)
    assert page.status_code == 410
    assert "du har fått en annan adress sedan mejlet skickades" in words(page)
    assert client.post(link, {"reply": "no"}).status_code == 410
    assert standing() == []

    answered(client, address_for(coming, omar), "no")
    assert standing() == [("Omar", "no", "", Channel.LINK)]


def test_an_address_that_somebody_made_up_is_none(client: Client, coming: Meeting, omar: Member) -> None:
    body, seal = SIGNER.sign_object([coming.pk, omar.pk, seal_of(omar)]).split(":")
    gun = Member.objects.get(name="Gun")
    other = SIGNER.sign_object([coming.pk, gun.pk, seal_of(gun)]).split(":")[0]

    tried = [body, f"{body}:{seal[:-1]}", f"{other}:{seal}", "å", "a:b", "x"]

    assert {client.get(f"/svar/{each}/").status_code for each in tried} == {410}


def test_the_answer_is_kept_nowhere_on_the_way(client: Client, link: str) -> None:
    reply = client.get(link)

    assert "no-store" in reply["Cache-Control"]
    assert reply["Referrer-Policy"] == "same-origin"


def test_what_is_sent_by_broken_ones_is_counted_and_shuts_no_valid_one(
    client: Client, link: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "BROKEN_LINKS", limits.Limit("broken_links", 1, limits.DAY))

    statuses = [client.post("/svar/a:b/", {"reply": "no"}).status_code for _ in range(2)]

    assert statuses == [410, 429]
    assert client.get("/svar/a:b/").status_code == 410
    assert client.post(link, {"reply": "no"}).status_code == 302
