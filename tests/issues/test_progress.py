"""How far it has come is told in a line, shown with the action, and taken back while it is fresh."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from base.records import Conflict, NotAllowed
from base.swedish.words import day_and_month
from issues.models import Action, Progress
from members.actor import Actor
from members.models import Member, Organisation
from tests.days import in_days, today
from tests.factories import ActionFactory
from tests.pages import Response

TODAY = day_and_month(today(), today=today())


@pytest.fixture
def promised(technical: Organisation, representative: Member) -> Action:
    action = ActionFactory(assignment__organisation=technical)
    action.current.accept(by=Actor.of(representative), planned=in_days(7))
    return stored(action)


def stored(action: Action) -> Action:
    return Action.objects.get(pk=action.pk)


def tell(client: Client, action: Action, text: str = "4 av 6 lampor", **typed: str) -> Response:
    return client.post(reverse("issues:action_progress", args=[action.pk]), {"lage-text": text, **typed})


def test_how_far_it_has_come_is_told_wherever_the_action_is(as_representative: Client, promised: Action) -> None:
    response = tell(as_representative, promised)

    note = Progress.objects.get()
    assert stored(promised).current.progress == note
    assert response["Location"] == promised.get_absolute_url()
    for address in (promised.get_absolute_url(), promised.issue.get_absolute_url(), reverse("issues:action_list")):
        assert f"4 av 6 lampor, {TODAY}." in as_representative.get(address).content.decode()
    assert str(promised.issue.events.get(kind="progress")) == "Läget för ”Laga belysningen”: 4 av 6 lampor"


def test_the_latest_counts(as_representative: Client, promised: Action) -> None:
    tell(as_representative, promised)
    tell(as_representative, promised, "5 av 6 lampor")

    page = as_representative.get(promised.issue.get_absolute_url()).content.decode()
    assert f"5 av 6 lampor, {TODAY}." in page
    assert f"4 av 6 lampor, {TODAY}." not in page


def test_the_coordinator_tells_it_on_behalf_with_how_it_came(as_coordinator: Client, promised: Action) -> None:
    refused = tell(as_coordinator, promised).content.decode()
    tell(as_coordinator, promised, **{"lage-channel": "phone"})

    assert "Hur kom beskedet?" in refused
    assert Progress.objects.get().channel == "phone"
    told = promised.issue.events.get(kind="progress")
    assert told.who == "Maja Exempel för Tekniska förvaltningen, på telefon"


def test_nothing_is_told_without_a_word(as_representative: Client, promised: Action) -> None:
    page = tell(as_representative, promised, "").content.decode()

    assert "Skriv hur långt det har kommit." in page
    assert not Progress.objects.exists()


def test_taken_back_the_one_before_it_stands_again(as_representative: Client, promised: Action) -> None:
    tell(as_representative, promised)
    tell(as_representative, promised, "44 av 66 lampor")
    first, slip = Progress.objects.order_by("pk")

    as_representative.post(reverse("issues:progress_withdraw", args=[slip.pk]))

    assert stored(promised).current.progress == first
    told = str(promised.issue.events.get(kind="withdrawn"))
    assert told == "Läget för ”Laga belysningen” togs tillbaka: 44 av 66 lampor."


def test_it_is_taken_back_once_and_while_it_is_fresh(promised: Action, representative: Member) -> None:
    by = Actor.of(representative)
    note = Progress.tell(promised.current, text="4 av 6 lampor", by=by)

    with pytest.raises(NotAllowed, match="äldre än tio minuter"):
        note.withdraw(by=by, at=timezone.now() + timedelta(minutes=11))
    note.withdraw(by=by)
    with pytest.raises(Conflict, match="redan taget tillbaka"):
        note.withdraw(by=by)


def test_what_is_done_has_no_more_to_tell(promised: Action, representative: Member) -> None:
    promised.finish(note="Alla sex.", by=Actor.of(representative))

    with pytest.raises(Conflict, match="Åtgärden är klar"):
        Progress.tell(promised.current, text="5 av 6", by=Actor.of(representative))


def test_what_was_handed_on_is_told_of_by_those_who_promised_it(
    technical: Organisation, housing: Organisation, representative: Member
) -> None:
    action, by = ActionFactory(assignment__organisation=technical), Actor.of(representative)
    theirs = action.current
    action.hand_over(to=housing, message="Kan ni?", by=by)
    action.current.accept(by=by, planned=in_days(7))

    with pytest.raises(Conflict, match="Frågan har lämnats till någon annan"):
        Progress.tell(theirs, text="4 av 6 lampor", by=by)


def test_what_others_have_now_is_not_taken_back_by_those_who_had_it(
    promised: Action, housing: Organisation, representative: Member
) -> None:
    by = Actor.of(representative)
    note = Progress.tell(promised.current, text="4 av 6 lampor", by=by)
    promised.current.replace(organisation=housing, message="", answer_due=None, at=timezone.now())

    with pytest.raises(Conflict, match="Frågan har lämnats till någon annan"):
        Progress.objects.get(pk=note.pk).withdraw(by=by)

    assert Progress.objects.get().withdrawn_at is None


def test_the_samordnare_takes_back_what_she_noted_and_not_what_they_told(
    as_coordinator: Client, as_representative: Client, promised: Action
) -> None:
    tell(as_representative, promised)
    tell(as_coordinator, promised, "44 av 66 lampor", **{"lage-channel": "phone"})
    theirs, slip = Progress.objects.order_by("pk")

    answers = [as_coordinator.post(reverse("issues:progress_withdraw", args=[it.pk])) for it in (theirs, slip)]

    assert [answer.status_code for answer in answers] == [403, 302]
    assert stored(promised).current.progress == theirs
    assert promised.issue.events.get(kind="withdrawn").who == "Maja Exempel för Tekniska förvaltningen, på telefon"


def test_their_own_take_back_what_was_noted_for_them(
    as_coordinator: Client, as_representative: Client, promised: Action
) -> None:
    tell(as_coordinator, promised, **{"lage-channel": "phone"})

    as_representative.post(reverse("issues:progress_withdraw", args=[Progress.objects.get().pk]))

    assert promised.issue.events.get(kind="withdrawn").who == "Omar Prov, Tekniska förvaltningen"


def test_the_database_keeps_what_was_told(promised: Action, representative: Member) -> None:
    note = Progress.tell(promised.current, text="4 av 6 lampor", by=Actor.of(representative))

    with pytest.raises(IntegrityError, match="Läget är redan skrivet"), transaction.atomic():
        Progress.objects.filter(pk=note.pk).update(text="5 av 6 lampor")


def test_a_page_from_when_others_had_it_tells_nothing_for_those_who_have_it(
    as_coordinator: Client, promised: Action, housing: Organisation, coordinator: Member
) -> None:
    page = as_coordinator.get(promised.get_absolute_url()).content.decode()
    [shown] = {*re.findall(r'name="lage-shown" value="(\d+)"', page)}
    by = Actor.of(coordinator)
    promised.current.withdraw_answer(by=by)
    stored(promised).hand_over(to=housing, message="Kan ni?", by=by)
    stored(promised).current.accept(by=by.speaking_for(housing, "phone"), planned=in_days(7))

    old = {"lage-shown": shown, "lage-channel": "phone"}
    refused = tell(as_coordinator, promised, **old).content.decode()

    assert "Åtgärden ligger nu hos Witalabostäder AB. Inget av ditt är sparat." in refused
    assert "4 av 6 lampor" in refused
    assert f'name="lage-shown" value="{housing.pk}"' in refused
    assert not Progress.objects.exists()
