"""Members who have never signed in are invited, and come in by the link in the mail: once, and nobody else."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from base.swedish.words import day_and_month, swedish_day, swedish_moment
from members.actor import Actor
from members.inviting import come_in, invite, token_for
from members.models import (
    Group,
    How,
    Invitation,
    Member,
    Notice,
    NoticeChoice,
    Organisation,
    Seat,
    Subject,
)
from members.outbox.sending import send_due
from tests.days import today
from tests.factories import MemberFactory
from tests.members.invited import mailed
from tests.pages import text_of

pytestmark = pytest.mark.django_db

CHOSEN = "första lampan lyser"
BOTH = {"password1": CHOSEN, "password2": CHOSEN}
ALL = "/gruppen/inbjudningar/"
NOON = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)


@pytest.fixture(autouse=True)
def address(settings: Settings) -> None:
    settings.ADDRESS = "https://register.exempel.se"


@pytest.fixture
def anna() -> Member:
    return MemberFactory(name="Anna Prov", email="anna@exempel.se")


def invited(member: Member, by: Member) -> str:
    """The path of the link that her mail would have."""
    invite(Member.objects.filter(pk=member.pk), by=Actor.of(by))
    return path_of(member)


def path_of(member: Member) -> str:
    invitation = Invitation.objects.select_related("member").filter(member=member).latest("pk")
    return f"/inbjudan/{token_for(invitation)}/"


def signed_in_as(client: Client) -> str:
    return str(client.session.get("_auth_user_id", ""))


# Who is invited


def test_all_who_have_never_signed_in_are_invited_at_once(as_coordinator: Client, anna: Member) -> None:
    been_here = MemberFactory(last_login=timezone.now())
    left = MemberFactory(is_active=False)

    as_coordinator.post("/gruppen/inbjudningar/alla/")

    those = set(Invitation.objects.values_list("member", flat=True))
    assert anna.pk in those
    assert those.isdisjoint({been_here.pk, left.pk})
    assert those == set(Member.objects.active().filter(last_login=None).values_list("pk", flat=True))


def test_who_was_invited_within_a_day_keeps_the_link_in_her_mail(
    as_coordinator: Client, coordinator: Member, anna: Member, client: Client
) -> None:
    Member.objects.exclude(pk=anna.pk).update(last_login=timezone.now())
    berit = MemberFactory(name="Berit Skiss")
    now = timezone.now()
    invite(Member.objects.filter(pk=anna.pk), by=Actor.of(coordinator), at=now - timedelta(hours=23))
    invite(Member.objects.filter(pk=berit.pk), by=Actor.of(coordinator), at=now - timedelta(hours=25))
    hers, old = path_of(anna), path_of(berit)

    first, again = (told_after_inviting_all(as_coordinator) for _ in range(2))

    assert first[0].startswith(
        "En medlem är bjuden. En medlem bjöds in det senaste dygnet och får inget nytt mejl. "
        "Bjud in en i taget om det behövs."
    )
    assert again == [
        (
            "Två medlemmar bjöds in det senaste dygnet och får inget nytt mejl. Bjud in en i taget om det behövs. "
            "Inget mejl är skickat."
        )
    ]
    assert (client.get(hers).status_code, client.get(old).status_code) == (200, 410)
    assert f'action="/gruppen/medlemmar/{anna.pk}/inbjudan/?lista=1"' in as_coordinator.get(ALL).content.decode()


def told_after_inviting_all(coordinator: Client) -> list[str]:
    page = coordinator.post(f"{ALL}alla/", follow=True)
    return [str(message) for message in page.context["messages"]]


def test_one_is_invited_from_her_page(as_coordinator: Client, coordinator: Member, anna: Member) -> None:
    before = text_of(as_coordinator, anna.get_absolute_url())
    after = as_coordinator.post(f"{anna.get_absolute_url()}inbjudan/", follow=True).content.decode()

    assert "Inte bjuden." in before
    assert f"Bjuden {day_and_month(today(), today=today())}, mejlet väntar på att skickas." in after
    assert "Bjud in igen" in after
    assert [(each.member, each.invited_by) for each in Invitation.objects.all()] == [(anna, coordinator)]


@pytest.mark.parametrize("state", [{"is_active": False}, {"last_login": timezone.now()}])
def test_one_who_has_come_in_or_left_is_not_invited(as_coordinator: Client, anna: Member, state: Any) -> None:
    Member.objects.filter(pk=anna.pk).update(**state)

    page = as_coordinator.post(f"{anna.get_absolute_url()}inbjudan/", follow=True).content.decode()

    assert "har redan loggat in eller kan inte logga in" in page
    assert "Bjud in" not in page
    assert not Invitation.objects.exists()


def test_the_page_says_who_has_come_in_and_since_when_the_others_are_invited(
    as_coordinator: Client, coordinator: Member, anna: Member
) -> None:
    Member.objects.exclude(pk=anna.pk).update(last_login=timezone.now())
    MemberFactory(name="Berit Skiss")
    MemberFactory(name="Cilla Mall")
    day = NOON - timedelta(days=20)
    MemberFactory(name="David Test")
    for name, at in {"Anna Prov": day, "Berit Skiss": NOON, "David Test": NOON}.items():
        [invited_one] = invite(Member.objects.filter(name=name), by=Actor.of(coordinator), at=at)
        if name == "Anna Prov":
            mailed(invited_one, day)
        elif name == "Berit Skiss":
            mailed(invited_one, NOON, state=Notice.State.REFUSED)

    page = as_coordinator.get(ALL)

    assert page.context["headline"] == "Fyra medlemmar har inte loggat in"
    assert [(str(member), words.split(",")[1:]) for member, words in page.context["members"]] == [
        ("Anna Prov", [" länken gäller inte längre", " mejlet är skickat"]),
        ("Berit Skiss", [" mejlet kom inte fram"]),
        ("Cilla Mall", []),
        ("David Test", [" mejlet väntar på att skickas"]),
    ]
    assert page.context["members"][2][1] == "Inte bjuden"
    coordinator.refresh_from_db()
    assert coordinator.last_login is not None
    last = swedish_moment(coordinator.last_login, today=today())
    told = f"{coordinator.organisation}, kom in i dag, senast inloggad {last}"
    assert dict(page.context["come_in"])[coordinator] == told


def test_since_when_one_has_come_in_stays_however_often_she_signs_in(
    as_coordinator: Client, coordinator: Member, client: Client
) -> None:
    came, last = timezone.now() - timedelta(days=400), timezone.now()
    Member.objects.filter(pk=coordinator.pk).update(first_login=came)

    client.force_login(coordinator)

    coordinator.refresh_from_db()
    assert coordinator.first_login == came
    assert coordinator.last_login is not None
    assert coordinator.last_login > last
    words = dict(as_coordinator.get(ALL).context["come_in"])[coordinator]
    assert f", kom in {swedish_day(timezone.localdate(came), today=today())}, senast inloggad i dag " in words


# The mail


def test_the_mail_has_a_link_to_choose_a_password_by_and_cannot_be_turned_off(
    as_coordinator: Client, coordinator: Member, anna: Member, client: Client
) -> None:
    NoticeChoice.objects.choose(anna, dict.fromkeys(Subject, How.NEVER), by=Actor.of(anna))
    as_coordinator.post(f"{anna.get_absolute_url()}inbjudan/")
    send_due(at=NOON + timedelta(days=1))

    [letter] = [each for each in mail.outbox if each.to == ["anna@exempel.se"]]
    body = str(letter.body)
    assert letter.subject == f"Du är inbjuden till {Group.current().name}"
    assert "List-Unsubscribe" not in letter.extra_headers
    assert "Mejl om hur du loggar in skickas alltid." in body
    [link] = re.findall(r"https://register\.exempel\.se(/inbjudan/\S+)", body)
    assert client.get(link).status_code == 200


def test_the_mail_waits_for_the_morning(coordinator: Member, anna: Member) -> None:
    night = NOON.replace(hour=22)
    invite(Member.objects.filter(pk=anna.pk), by=Actor.of(coordinator), at=night)

    send_due(at=night)
    assert mail.outbox == []
    assert Notice.objects.get().due_at == (night + timedelta(days=1)).replace(hour=7)

    send_due(at=(night + timedelta(days=1)).replace(hour=7))
    assert [letter.to for letter in mail.outbox] == [["anna@exempel.se"]]


def come_in_meanwhile(anna: Member, by: Member) -> None:
    Member.objects.filter(pk=anna.pk).update(last_login=timezone.now())


def leave_meanwhile(anna: Member, by: Member) -> None:
    Member.objects.filter(pk=anna.pk).update(is_active=False)


@pytest.mark.parametrize("happens", [come_in_meanwhile, leave_meanwhile])
def test_one_who_has_come_in_or_left_before_it_is_sent_gets_no_mail(
    coordinator: Member, anna: Member, happens: Callable[[Member, Member], None]
) -> None:
    invited(anna, coordinator)
    happens(anna, coordinator)

    send_due(at=NOON + timedelta(days=1))

    assert mail.outbox == []


def test_invited_twice_before_it_is_sent_she_gets_one_mail(coordinator: Member, anna: Member) -> None:
    invited(anna, coordinator)
    invited(anna, coordinator)

    send_due(at=NOON + timedelta(days=1))

    assert [letter.to for letter in mail.outbox] == [["anna@exempel.se"]]


def test_the_mail_says_what_she_is_invited_as_until_when_and_the_way_in_after_that(
    coordinator: Member, anna: Member, technical: Organisation
) -> None:
    day, by = today() + timedelta(days=3), Actor.of(coordinator)
    Seat.appoint(by=by, member=anna, organisation=technical, role=Seat.Role.DEPUTY, since=day)
    invited(anna, coordinator)

    send_due(at=NOON + timedelta(days=1))

    body = " ".join(str(mail.outbox[0].body).split())
    coming = day_and_month(day, today=today())
    last = day_and_month(today() + timedelta(days=14), today=today())
    assert f"i gruppens register som ersättare för {technical} från {coming}. Välj ett lösenord" in body
    assert f"Länken gäller i 14 dagar, till {last} klockan " in body
    assert "ber du om en ny. Vet du inte vad det gäller? Svara på det här mejlet, så läser" in body
    assert "Be om en ny länk: https://register.exempel.se/konto/password/reset/" in body
    [(html, _)] = mail.outbox[0].alternatives  # type: ignore[union-attr]
    assert "https://" not in re.sub("<[^>]*>", "", str(html))


# The link


def test_to_look_at_the_link_uses_nothing_up(client: Client, coordinator: Member, anna: Member) -> None:
    link = invited(anna, coordinator)
    for _ in range(3):
        client.get(link)
        client.head(link)

    anna.refresh_from_db()
    assert (anna.last_login, signed_in_as(client)) == (None, "")
    assert client.get(link).context["member"] == anna


def test_by_it_she_chooses_a_password_and_is_signed_in(client: Client, coordinator: Member, anna: Member) -> None:
    link = invited(anna, coordinator)

    answer = client.post(link, BOTH)

    anna.refresh_from_db()
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert signed_in_as(client) == str(anna.pk)
    assert anna.check_password(CHOSEN)
    assert (anna.last_login is not None, anna.first_login is not None) == (True, True)


def test_a_password_that_is_easy_to_guess_is_refused_and_the_link_still_there(
    client: Client, coordinator: Member, anna: Member
) -> None:
    link = invited(anna, coordinator)

    weak = client.post(link, {"password1": "Sommar2026!!", "password2": "Sommar2026!!"})
    different = client.post(link, {"password1": CHOSEN, "password2": "en annan lampa"})

    assert weak.context["form"].errors.keys() == {"password1"}
    assert different.context["form"].errors.keys() == {"password2"}
    assert signed_in_as(client) == ""
    assert client.post(link, BOTH).status_code == 302


def used(anna: Member, by: Member) -> None:
    Client().post(path_of(anna), BOTH)


def new_address(anna: Member, by: Member) -> None:
    anna.change(by=Actor.of(by), email="anna.ny@exempel.se")


def new_password(anna: Member, by: Member) -> None:
    anna.set_password(CHOSEN)
    anna.save(update_fields=["password"])


def shut_out(anna: Member, by: Member) -> None:
    anna.change(by=Actor.of(by), is_active=False)


def signed_in_otherwise(anna: Member, by: Member) -> None:
    Member.objects.filter(pk=anna.pk).update(last_login=timezone.now())


def invited_again(anna: Member, by: Member) -> None:
    invited(anna, by)


@pytest.mark.parametrize(
    "happens",
    [used, new_address, new_password, shut_out, signed_in_otherwise, invited_again],
    ids=lambda each: each.__name__,
)
def test_the_link_is_void_once(
    client: Client, coordinator: Member, anna: Member, happens: Callable[[Member, Member], None]
) -> None:
    link = invited(anna, coordinator)
    happens(Member.objects.get(pk=anna.pk), coordinator)

    for answer in (client.get(link), client.post(link, BOTH)):
        assert answer.status_code == 410
        assert "Länken gäller inte längre" in answer.content.decode()
    assert signed_in_as(client) == ""


@pytest.mark.parametrize(("days", "status"), [(13.9, 200), (14.1, 410)])
def test_the_link_is_good_for_two_weeks(
    client: Client, coordinator: Member, anna: Member, days: float, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = invited(anna, coordinator)
    then = timezone.now() + timedelta(days=days)
    monkeypatch.setattr("django.core.signing.time", SimpleNamespace(time=then.timestamp))

    assert client.get(link).status_code == status


def test_a_link_that_is_changed_leads_to_nobody(client: Client, coordinator: Member, anna: Member) -> None:
    link, other = invited(anna, coordinator), invited(MemberFactory(), coordinator)
    first, last = link.split(":", 1)[0], other.split(":", 1)[1]

    for broken in ("/inbjudan/x/", f"{link[:-2]}/", f"{first}:{last}", link.replace(":", "%00")):
        assert client.post(broken, BOTH).status_code == 410


def test_of_two_who_use_it_at_the_same_time_the_second_does_not_come_in(coordinator: Member, anna: Member) -> None:
    token = invited(anna, coordinator).split("/")[2]

    assert come_in(token, CHOSEN) == anna
    assert come_in(token, "den andras lösenord här") is None
    anna.refresh_from_db()
    assert anna.check_password(CHOSEN)


def test_where_another_is_signed_in_nobody_takes_her_place(
    as_representative: Client, representative: Member, coordinator: Member, anna: Member
) -> None:
    link = invited(anna, coordinator)

    for answer in (as_representative.get(link), as_representative.post(link, BOTH)):
        assert answer.status_code == 409
        assert "Omar Prov är redan inloggad" in answer.content.decode()
    assert signed_in_as(as_representative) == str(representative.pk)
    assert "/inbjudan/" in answer.content.decode().partition('name="next"')[2][:60]


def test_who_is_in_already_is_led_on_by_an_old_link(client: Client, coordinator: Member, anna: Member) -> None:
    link = invited(anna, coordinator)
    client.post(link, BOTH)

    assert "Du är inloggad som Anna Prov." in text_of(client, link)
