"""That it is done can be taken back like an answer: for ten minutes, if nothing later rests on it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from base.records import Conflict, EditConflict, NotAllowed
from issues.models import Action, DoneReport
from issues.models.done_report import last_minute_of
from members.actor import Actor
from members.models import Member, Organisation
from tests.days import in_days
from tests.factories import ActionFactory
from tests.issues.answering import send
from tests.issues.test_undo import way_back
from tests.pages import Response, text_of
from tests.people import signed_in
from tests.the import the

BUTTON = "Ta tillbaka att det är klart"
UNDO = 'form="angra-'


@pytest.fixture
def promised(technical: Organisation, representative: Member) -> Action:
    action = ActionFactory(assignment__organisation=technical)
    action.current.accept(by=Actor.of(representative), planned=in_days(7))
    return stored(action)


@pytest.fixture
def by(representative: Member) -> Actor:
    return Actor.of(representative)


@pytest.fixture
def done(promised: Action, by: Actor) -> Action:
    promised.finish(note="Fyra bytta.", by=by)
    return stored(promised)


def stored(action: Action) -> Action:
    return Action.objects.get(pk=action.pk)


def finish(client: Client, action: Action, **typed: str) -> Response:
    return client.post(reverse("issues:action_finish", args=[action.pk]), {"klar-note": "Fyra bytta.", **typed})


def address(action: Action) -> str:
    return reverse("issues:done_withdraw", args=[action.pk])


def test_it_is_taken_back_beside_its_receipt_and_goes_on_as_before(as_representative: Client, promised: Action) -> None:
    response = finish(as_representative, promised)
    undo, until = the(way_back(response)), last_minute_of(stored(promised))

    back = as_representative.post(undo.url, undo.fields)

    assert str(*get_messages(response.wsgi_request)) == (
        f"Rapporterad klar. Gruppen ser det direkt. Går att ta tillbaka till klockan {until}."
    )
    action = stored(promised)
    assert (action.state, action.done_at, action.done_on, action.done_note) == ("accepted", None, None, "")
    assert action.current.planned == in_days(7)
    page = text_of(as_representative, back["Location"])
    assert "Beskedet är taget tillbaka. Åtgärden är inte klar." in page
    assert "Rapportera klar" in page


def test_what_had_begun_is_under_way_again(promised: Action, by: Actor) -> None:
    promised.start(by=by)
    promised.finish(note="Fyra bytta.", by=by)

    DoneReport.withdraw(promised, by=by)

    assert stored(promised).state == "ongoing"


def test_the_timeline_tells_of_it_with_what_was_told(done: Action, by: Actor) -> None:
    DoneReport.withdraw(done, by=by)
    again = stored(done)
    again.finish(note="Alla sex bytta.", by=by)

    events = [str(event) for event in done.issue.events.filter(action=done).order_by("pk")][-3:]
    assert events == [
        "Klar: Laga belysningen.",
        "Beskedet att ”Laga belysningen” är klar togs tillbaka: Fyra bytta.",
        "Klar: Laga belysningen. Alla sex bytta.",
    ]
    assert done.issue.events.get(kind="withdrawn").who == "Omar Prov, Tekniska förvaltningen"


def test_another_of_the_organisation_may_and_others_may_not(
    as_representative: Client, deputy: Member, as_officer: Client, as_coordinator: Client, promised: Action
) -> None:
    finish(as_representative, promised)

    refused = [client.post(address(promised)).status_code for client in (as_officer, as_coordinator)]
    signed_in(deputy).post(address(promised))

    assert refused == [403, 403]
    assert stored(promised).state == "accepted"


def test_the_samordnare_takes_back_what_she_noted(as_coordinator: Client, promised: Action) -> None:
    undo = the(way_back(finish(as_coordinator, promised, **{"klar-channel": "phone"})))

    as_coordinator.post(undo.url, undo.fields)

    assert stored(promised).state == "accepted"
    assert promised.issue.events.get(kind="withdrawn").who == "Maja Exempel för Tekniska förvaltningen, på telefon"


def test_after_ten_minutes_it_stands(done: Action, by: Actor) -> None:
    said = the(done.done_at)

    with pytest.raises(NotAllowed) as refused:
        DoneReport.withdraw(done, by=by, at=said + timedelta(minutes=10, seconds=1))
    DoneReport.withdraw(stored(done), by=by, at=said + timedelta(minutes=10))

    told = "Det går inte att ångra: det har gått mer än tio minuter."
    assert refused.value.messages == [f"{told} Blev det fel kan samordnaren föreslå åtgärden på nytt."]


def test_it_stands_when_its_issue_has_closed_since(
    as_representative: Client, done: Action, coordinator: Member
) -> None:
    done.issue.close(by=Actor.of(coordinator), outcome="solved", feedback="Lamporna är bytta.")

    response = as_representative.post(address(done))

    assert response["Location"] == done.get_absolute_url()
    told = "Det går inte att ångra: det har hänt mer sedan dess. Blev det fel kan samordnaren föreslå åtgärden på nytt."
    assert told in text_of(as_representative, response["Location"])
    assert stored(done).state == "done"


def test_who_comes_second_is_told(as_representative: Client, deputy: Member, done: Action) -> None:
    as_representative.post(address(done))
    page = signed_in(deputy)

    response = page.post(address(done))

    assert "Beskedet är redan taget tillbaka." in text_of(page, response["Location"])


def test_undo_of_one_report_takes_no_later_one_back(
    as_representative: Client, deputy: Member, promised: Action
) -> None:
    undo = the(way_back(finish(as_representative, promised)))
    colleague = signed_in(deputy)
    colleague.post(address(promised))
    finish(colleague, promised, **{"klar-note": "Alla sex bytta."})

    response = as_representative.post(undo.url, undo.fields)

    assert stored(promised).done_note == "Alla sex bytta."
    assert "Åtgärden är rapporterad klar på nytt" in text_of(as_representative, response["Location"])
    with pytest.raises(EditConflict):
        DoneReport.withdraw(stored(promised), by=Actor.of(deputy), entry=undo.fields["entry"])


def test_what_was_answered_to_be_done_already_is_taken_back_as_an_answer(
    as_representative: Client, asked: Action, by: Actor
) -> None:
    send(as_representative, asked, "already_done", **{"gjort-note": "Bytta i våras."})

    with pytest.raises(Conflict):
        DoneReport.withdraw(stored(asked), by=by)
    as_representative.get(asked.get_absolute_url())

    page = text_of(as_representative, asked.get_absolute_url())
    assert ("Ta tillbaka svaret" in page, BUTTON in page) == (True, False)
    assert stored(asked).state == "done"


def test_the_page_has_one_way_back_the_receipts_and_then_its_own(
    as_representative: Client, as_coordinator: Client, promised: Action
) -> None:
    page = finish(as_representative, promised)["Location"]

    first, then = text_of(as_representative, page), text_of(as_representative, page)

    assert (UNDO in first, BUTTON in first) == (True, False)
    assert (UNDO in then, BUTTON in then) == (False, True)
    assert f"Går till klockan {last_minute_of(stored(promised))}, om inget händer" in then
    assert BUTTON not in text_of(as_coordinator, page)


def test_the_page_offers_nothing_that_stands(as_representative: Client, done: Action) -> None:
    done.issue.close(by=Actor.of(done.created_by), outcome="solved", feedback="Lamporna är bytta.")

    assert BUTTON not in text_of(as_representative, done.get_absolute_url())


def test_the_database_lets_nothing_but_the_way_back_change_what_is_done(done: Action) -> None:
    with pytest.raises(IntegrityError, match="Åtgärden är redan avslutad"), transaction.atomic():
        Action.objects.filter(pk=done.pk).update(state="cancelled", done_at=None, done_on=None)
    with pytest.raises(IntegrityError, match="Åtgärden är redan avslutad"), transaction.atomic():
        Action.objects.filter(pk=done.pk).update(done_note="Annat.")
