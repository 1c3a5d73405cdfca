"""The page of mails that did not reach: what each met, and what can be done about it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from members.models import Notice, NoticeCause
from tests.factories import MemberFactory
from tests.notices import undelivered

pytestmark = pytest.mark.django_db

TOLD = {
    ("refused", "550 5.1.1"): "Det finns ingen sådan adress. Rätta den och skicka igen.",
    ("refused", "550"): "Det finns ingen sådan adress. Rätta den och skicka igen.",
    ("refused", "452 4.2.2"): "Brevlådan är full. Säg till mottagaren, och skicka igen.",
    ("refused", "451 4.7.1"): "Mottagarens e-postserver har skjutit upp det i tre dagar. Skicka igen, eller ring.",
    ("refused", "554 5.7.1"): "Be den som sköter er e-post att se efter.",
    ("refused", "554"): "Mottagarens e-postserver sa nej. Kontrollera adressen och skicka igen.",
    ("refused", "address"): "Adressen har tecken som e-postservern inte klarar.",
    ("uncertain", "cut off"): "Fråga mottagaren innan du skickar igen, annars kan det komma två gånger.",
}


@pytest.mark.parametrize(("state", "trouble"), TOLD)
def test_each_says_what_to_do(as_coordinator: Client, state: str, trouble: str) -> None:
    undelivered(MemberFactory(name="Anna Prov"), state, trouble)

    page = as_coordinator.get("/gruppen/mejl/").content.decode()

    assert TOLD[state, trouble] in page
    assert ("Kan ha kommit fram." in page) == (state == "uncertain")


def test_sent_again_it_is_owed_anew_and_off_the_list(as_coordinator: Client) -> None:
    notice = undelivered(MemberFactory(name="Anna Prov"))

    page = as_coordinator.post(f"/gruppen/mejl/{notice.pk}/igen/", follow=True).content.decode()

    notice.refresh_from_db()
    assert (notice.state, notice.attempts, notice.settled_at) == (Notice.State.WAITING, 0, None)
    assert "Mejlet till Anna Prov skickas igen inom någon minut." in page
    assert "Inget mejl behöver ses till" in page


@pytest.mark.parametrize(("before", "after"), [("refused", "dropped"), ("uncertain", "sent")])
def test_what_is_left_is_off_the_list(as_coordinator: Client, before: str, after: str) -> None:
    notice = undelivered(MemberFactory(), before)

    as_coordinator.post(f"/gruppen/mejl/{notice.pk}/bort/")

    notice.refresh_from_db()
    assert notice.state == after


def test_the_second_who_sees_to_it_is_told_so(as_coordinator: Client) -> None:
    notice = undelivered(MemberFactory())
    as_coordinator.post(f"/gruppen/mejl/{notice.pk}/bort/")

    page = as_coordinator.post(f"/gruppen/mejl/{notice.pk}/igen/", follow=True).content.decode()

    assert "Någon har redan tagit hand om det mejlet." in page


def test_that_mails_stand_still_is_told(as_coordinator: Client) -> None:
    long_ago = timezone.now() - timedelta(hours=2)
    cause = NoticeCause.of("issues.asked", "en", at=long_ago)
    cause.save()
    Notice.objects.create(cause=cause, member=MemberFactory(), due_at=long_ago)

    page = as_coordinator.get("/gruppen/mejl/").content.decode()

    assert "Mejl väntar på att skickas sedan" in page
