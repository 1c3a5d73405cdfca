"""What the security log tells of members: who came in, who did not, and what they may do from now on."""

import io
import json
import logging
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from base.logs.lines import JsonLines
from issues.models import AccessGrant, Issue
from members.actor import Actor
from members.inviting import token_for
from members.models import Invitation, Member, Organisation, Seat
from tests.factories import PASSWORD, ActionFactory, AgendaItemFactory, IssueFactory, ObservationFactory

pytestmark = pytest.mark.django_db

Told = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def told(caplog: pytest.LogCaptureFixture, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Any:
    """The entries since the test began, as if all had been committed."""
    caplog.set_level("INFO", logger="temagrupp.security")

    def entries(act: Callable[[], object]) -> list[dict[str, Any]]:
        caplog.clear()
        with django_capture_on_commit_callbacks(execute=True):
            act()
        assert "exempel.se" not in json.dumps([str(vars(record)) for record in caplog.records])
        return [vars(record)["told"] for record in caplog.records if record.name == "temagrupp.security"]

    return entries


def sign_in(client: Client, login: str, password: str = PASSWORD) -> Callable[[], object]:
    return lambda: client.post("/konto/login/", {"login": login, "password": password})


def test_coming_in_and_going_out(client: Client, representative: Member, told: Any) -> None:
    assert told(sign_in(client, "omar@exempel.se")) == [{"event": "signed_in", "about": representative.pk}]
    assert told(lambda: client.post("/konto/logout/")) == [{"event": "signed_out", "about": representative.pk}]


def test_one_is_invited_and_comes_in(as_coordinator: Client, client: Client, representative: Member, told: Any) -> None:
    about = {"about": representative.pk}
    choose = {"password1": "första lampan lyser", "password2": "första lampan lyser"}

    assert told(lambda: as_coordinator.post(f"{representative.get_absolute_url()}inbjudan/")) == [
        {"event": "invited", **about}
    ]
    link = f"/inbjudan/{token_for(Invitation.objects.get())}/"
    assert told(lambda: client.get(link)) == []
    assert told(lambda: client.post(link, choose)) == [
        {"event": "invitation_accepted", **about},
        {"event": "signed_in", **about},
    ]
    assert told(lambda: Client().post(link, choose)) == []


@pytest.mark.parametrize("login", ["omar@exempel.se", "OMAR@exempel.se", " omar@exempel.se "])
def test_a_wrong_password_is_told_by_the_number_of_the_account(
    client: Client, representative: Member, told: Any, login: str
) -> None:
    assert told(sign_in(client, login, "fel lösenord")) == [{"event": "sign_in_failed", "about": representative.pk}]


@pytest.mark.parametrize("login", ["okand@exempel.se", "mitt-hemliga-losenord@x.se", "a\0b@exempel.se"])
def test_of_an_address_that_is_nobodys_nothing_is_told(client: Client, told: Any, login: str) -> None:
    assert told(sign_in(client, login)) in ([{"event": "sign_in_failed"}], [])  # no address at all is no attempt


def test_a_new_password_asked_for_and_chosen(
    client: Client, representative: Member, told: Any, mailoutbox: list[Any]
) -> None:
    about = {"about": representative.pk}

    assert told(lambda: client.post("/konto/password/reset/", {"email": "omar@exempel.se"})) == [
        {"event": "reset_asked", **about}
    ]
    address = next(word for word in mailoutbox[0].body.split() if "/konto/" in word)
    form = client.get(address.removeprefix("http://testserver"), follow=True).request["PATH_INFO"]
    new = {"password1": "kastanj i motvind", "password2": "kastanj i motvind"}
    events = [entry["event"] for entry in told(lambda: client.post(form, new))]
    assert "reset_done" in events


def test_what_is_done_after_the_answer_belongs_to_its_request(
    client: Client, representative: Member, told: Any
) -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    logging.getLogger().addHandler(handler)
    try:
        told(lambda: client.post("/konto/password/reset/", {"email": "omar@exempel.se"}))
    finally:
        logging.getLogger().removeHandler(handler)

    (line,) = map(json.loads, stream.getvalue().splitlines())
    assert (line["event"], line["route"], bool(line["request"])) == ("reset_asked", "konto/password/reset/", True)


def test_a_reset_for_nobody_is_not_told(client: Client, told: Any) -> None:
    assert told(lambda: client.post("/konto/password/reset/", {"email": "okand@exempel.se"})) == []


def test_a_changed_password(as_representative: Client, representative: Member, told: Any) -> None:
    new = {"oldpassword": PASSWORD, "password1": "kastanj i motvind", "password2": "kastanj i motvind"}

    entries = told(lambda: as_representative.post("/konto/password/change/", new))
    assert {"event": "password_changed", "about": representative.pk} in entries


@pytest.mark.parametrize(
    ("facts", "events"),
    [
        ({"is_coordinator": True}, ["coordinator_given"]),
        ({"is_reader": True}, ["reader_given"]),
        ({"is_active": False}, ["member_closed"]),
        ({"email": "ny@exempel.se"}, ["address_changed"]),
        ({"email": "ny@exempel.se", "is_coordinator": True}, ["coordinator_given", "address_changed"]),
        ({"phone": "0383-971 00", "name": "Omar Ny"}, []),
        ({"is_coordinator": False, "email": "omar@exempel.se"}, []),
    ],
    ids=str,
)
def test_what_a_member_may_do_is_told_when_it_changes(
    coordinator: Member, representative: Member, told: Any, facts: dict[str, Any], events: list[str]
) -> None:
    by = Actor.of(coordinator)

    entries = told(lambda: representative.change(by=by, **facts))
    assert entries == [{"event": event, "about": representative.pk} for event in events]


def test_and_when_it_is_taken_back(coordinator: Member, reader: Member, told: Any) -> None:
    by = Actor.of(coordinator)
    reader.change(by=by, is_coordinator=True, is_active=False)

    entries = told(lambda: reader.change(by=by, is_coordinator=False, is_reader=False, is_active=True))
    assert [entry["event"] for entry in entries] == ["coordinator_taken", "reader_taken", "member_opened"]


def test_a_new_member_with_marks(coordinator: Member, housing: Organisation, police: Organisation, told: Any) -> None:
    by = Actor.of(coordinator)
    new: dict[str, Any] = {"name": "Ny Exempel", "is_reader": True, "answers_for": [housing]}

    entries = told(lambda: Member.objects.create_user("ny@exempel.se", by=by, **new))
    member = Member.objects.get(email="ny@exempel.se")
    assert entries == [
        {"event": "member_entered", "about": member.pk},
        {"event": "reader_given", "about": member.pk},
        {"event": "handler_given", "about": member.pk, "organisation": housing.pk},
    ]
    entries = told(lambda: member.answer_for([police], by=by))
    assert sorted((entry["event"], entry["organisation"]) for entry in entries) == [
        ("handler_given", police.pk),
        ("handler_taken", housing.pk),
    ]
    assert told(lambda: member.answer_for([police], by=by)) == []


def test_a_seat_given_ended_and_withdrawn(
    coordinator: Member, representative: Member, reader: Member, technical: Organisation, told: Any
) -> None:
    by, today = Actor.of(coordinator), timezone.localdate()
    place: dict[str, Any] = {"organisation": technical, "member": reader, "role": Seat.Role.ORDINARY, "since": today}

    entries = told(lambda: Seat.appoint(by=by, **place))
    at = {"organisation": technical.pk}
    assert entries == [
        {"event": "seat_ended", "about": representative.pk, **at},
        {"event": "seat_given", "about": reader.pk, **at},
    ]
    seat = Seat.objects.get(member=reader)
    assert told(lambda: seat.end(by=by, last_day=today)) == [{"event": "seat_ended", "about": reader.pk, **at}]
    assert told(lambda: seat.withdraw(by=by)) == [{"event": "seat_withdrawn", "about": reader.pk, **at}]


def test_access_to_what_is_restricted_is_told_once(coordinator: Member, reader: Member, told: Any) -> None:
    by, issue = Actor.of(coordinator), IssueFactory(restricted=True)
    given = {"event": "access_given", "issue": issue.pk}

    assert told(lambda: AccessGrant.give(issue, {reader.pk}, by=by)) == [{**given, "about": reader.pk}]
    assert told(lambda: AccessGrant.give(issue, {reader.pk, coordinator.pk}, by=by)) == [
        {**given, "about": coordinator.pk}
    ]


def test_who_opens_what_is_restricted_is_told(as_coordinator: Client, coordinator: Member, told: Any) -> None:
    restricted, ordinary = IssueFactory(restricted=True), IssueFactory()
    AccessGrant.objects.create(issue=restricted, member=coordinator)

    def open_page(issue: Issue) -> Callable[[], object]:
        return lambda: as_coordinator.get(issue.get_absolute_url())

    assert told(open_page(restricted)) == [{"event": "restricted_opened", "issue": restricted.pk}]
    assert told(open_page(ordinary)) == []


def test_so_is_who_opens_what_hangs_on_it(as_coordinator: Client, coordinator: Member, told: Any) -> None:
    restricted = IssueFactory(restricted=True)
    AccessGrant.objects.create(issue=restricted, member=coordinator)
    seen = ObservationFactory(restricted=True, reporter=coordinator)
    opened = [
        (ActionFactory(issue=restricted), {"issue": restricted.pk}),
        (AgendaItemFactory(issue=restricted), {"issue": restricted.pk}),
        (ObservationFactory(issue=restricted, reporter=coordinator), {"issue": restricted.pk}),
        (seen, {"observation": seen.pk}),
    ]

    for thing, what in opened:
        assert told(lambda thing=thing: as_coordinator.get(thing.get_absolute_url())) == [
            {"event": "restricted_opened", **what}
        ]
