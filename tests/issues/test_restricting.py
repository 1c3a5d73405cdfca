"""Begränsad spridning: marking and lifting it, naming and un-naming, and what follows for what hangs on it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from base.records import Conflict, NotAllowed
from issues.models import AccessGrant, Answer, Event, Issue, Observation
from issues.naming import whom_to_name
from issues.reporting import Report, report_in
from issues.restricting import lift, name, restrict, unname
from members.actor import Actor
from members.models import Member, Organisation
from tests.factories import (
    ActionFactory,
    AgendaItemFactory,
    CategoryFactory,
    IssueFactory,
    MeetingFactory,
    ObservationFactory,
)
from tests.issues.restricted import WHY, errors, named_on, url
from tests.pages import text_of
from tests.the import the


def told(issue: Issue) -> list[str]:
    return [str(event) for event in issue.events.order_by("pk")]


# Marked


def test_marking_names_whoever_does_it_and_those_who_are_chosen(
    as_coordinator: Client, issue: Issue, representative: Member
) -> None:
    as_coordinator.post(url(issue, "begransa"), {"reason": WHY, "others": [representative.pk]})

    issue.refresh_from_db()
    assert (issue.restricted, named_on(issue)) == (True, ["Maja Exempel", "Omar Prov"])
    assert told(issue) == [f"Begränsad spridning. Namngivna: Maja Exempel och Omar Prov. {WHY}"]


def test_it_is_gone_for_everybody_else_at_once(
    as_coordinator: Client, as_officer: Client, as_representative: Client, hidden: Issue
) -> None:
    pages = [client.get(hidden.get_absolute_url()) for client in (as_coordinator, as_representative, as_officer)]
    lists = [
        hidden.title in text_of(client, reverse("issues:list"))
        for client in (as_coordinator, as_representative, as_officer)
    ]

    assert [page.status_code for page in pages] == [200, 200, 404]
    assert lists == [True, True, False]


def test_its_page_says_who_sees_it_and_leads_to_who_opened_it(as_coordinator: Client, hidden: Issue) -> None:
    page = text_of(as_coordinator, hidden.get_absolute_url())

    assert "Ses bara av Maja Exempel (samordnare) och Omar Prov." in page
    assert (url(hidden, "namngivna") in page, url(hidden, "oppningar") in page) == (True, True)


def test_a_reason_is_needed_and_what_was_chosen_stands(as_coordinator: Client, issue: Issue, officer: Member) -> None:
    page = as_coordinator.post(url(issue, "begransa"), {"reason": "", "others": [officer.pk]})

    assert errors(page) == "Skriv varför spridningen begränsas."
    assert page.context["form"]["others"].value() == [str(officer.pk)]
    assert not Issue.objects.get().restricted


def test_nobody_can_be_named_who_is_neither_of_the_group_nor_answers_for_one_asked(
    as_coordinator: Client, issue: Issue, handler: Member, reader: Member, officer: Member, by: Actor
) -> None:
    page = as_coordinator.post(url(issue, "begransa"), {"reason": WHY, "others": [reader.pk, handler.pk]})

    assert [*page.context["form"].errors] == ["others"]
    with pytest.raises(NotAllowed, match="kan inte namnges"):
        restrict(issue, reason=WHY, named=[handler.pk], by=by)
    assert not Issue.objects.get().restricted


def test_those_who_answer_for_one_that_is_asked_are_proposed_with_the_samordnare(
    issue: Issue, coordinator: Member, handler: Member, representative: Member, officer: Member, housing: Organisation
) -> None:
    ActionFactory(issue=issue, assignment__organisation=housing)
    ActionFactory(issue=issue, assignment__organisation=representative.organisation)

    offered = [(str(member), member.is_proposed) for member in whom_to_name(issue)]  # type: ignore[attr-defined]

    assert offered == [("Maja Exempel", True), ("Omar Prov", True), ("Tove Test", True), ("Ali Ritning", False)]


def test_marked_by_another_meanwhile_is_told(as_coordinator: Client, hidden: Issue, by: Actor) -> None:
    page = as_coordinator.post(url(hidden, "begransa"), {"reason": "Samma."})

    assert errors(page) == "Ärendet har redan begränsad spridning. Inget är ändrat."
    assert len(told(hidden)) == 1


def test_a_closed_issue_can_be_marked_too(by: Actor) -> None:
    closed = IssueFactory(state=Issue.State.CLOSED)

    restrict(closed, reason=WHY, named=[], by=by)

    assert Issue.objects.get().restricted


def test_before_marking_the_page_says_where_it_stands_already(
    as_coordinator: Client, issue: Issue, housing: Organisation
) -> None:
    ActionFactory(issue=issue, assignment__organisation=housing)
    meeting = MeetingFactory()
    AgendaItemFactory(meeting=meeting, issue=issue)

    page = text_of(as_coordinator, url(issue, "begransa"))

    assert "Står på dagordningen till <a" in page
    assert "Witalabostäder AB är frågad i ärendet." in page
    assert "Det är ingen sekretess." in page
    assert "Skälet läses bara av dem som är namngivna, så länge spridningen är begränsad." in page


# Named


def test_naming_and_unnaming_stand_in_the_timeline(
    as_coordinator: Client, hidden: Issue, officer: Member, deputy: Member
) -> None:
    as_coordinator.post(url(hidden, "namngivna"), {"others": [officer.pk, deputy.pk]})
    as_coordinator.post(url(hidden, f"namngivna/{deputy.pk}/ta-bort"))

    assert named_on(hidden) == ["Ali Ritning", "Maja Exempel", "Omar Prov"]
    assert told(hidden)[1:] == [
        "Ali Ritning och Gun Prototyp namngivna.",
        "Gun Prototyp är inte längre namngiven.",
    ]


def test_a_representative_who_is_named_names_others_but_one_who_is_not_knows_nothing(
    as_representative: Client, as_officer: Client, hidden: Issue, officer: Member
) -> None:
    assert as_officer.post(url(hidden, "namngivna"), {"others": [officer.pk]}).status_code == 404
    assert named_on(hidden) == ["Maja Exempel", "Omar Prov"]

    as_representative.post(url(hidden, "namngivna"), {"others": [officer.pk]})

    assert named_on(hidden) == ["Ali Ritning", "Maja Exempel", "Omar Prov"]


def test_a_handler_who_is_named_reads_it_and_names_nobody(
    as_handler: Client, issue: Issue, by: Actor, handler: Member, housing: Organisation, officer: Member
) -> None:
    ActionFactory(issue=issue, assignment__organisation=housing)
    restrict(issue, reason=WHY, named=[handler.pk], by=by)

    assert as_handler.get(issue.get_absolute_url()).status_code == 200
    assert as_handler.get(url(issue, "oppningar")).status_code == 200
    assert as_handler.post(url(issue, "namngivna"), {"others": [officer.pk]}).status_code == 403
    assert named_on(issue) == ["Maja Exempel", "Tove Test"]


def test_what_two_do_at_once_is_told_to_the_second(
    hidden: Issue, by: Actor, coordinator: Member, representative: Member, officer: Member
) -> None:
    name(hidden, [officer.pk], by=by)
    with pytest.raises(Conflict, match="Ali Ritning är redan namngiven"):
        name(hidden, [officer.pk], by=Actor.of(representative))

    unname(hidden, officer, by=by)
    with pytest.raises(Conflict, match="Ali Ritning är inte namngiven längre"):
        unname(hidden, officer, by=Actor.of(representative))

    unname(hidden, coordinator, by=Actor.of(representative))
    with pytest.raises(Conflict, match="Du är inte namngiven längre"):
        lift(hidden, reason="Fel.", by=by)


# While somebody else does something in it


def test_what_is_attached_while_it_is_marked_waits_to_be_attached_knowingly(issue: Issue, by: Actor) -> None:
    seen, shown = ObservationFactory(), Issue.objects.get(pk=issue.pk)
    restrict(issue, reason=WHY, named=[], by=by)

    with pytest.raises(Conflict, match="Ärendet kan inte väljas längre"):
        seen.attach(shown, by=by)
    assert Observation.objects.get(pk=seen.pk).is_new


def test_a_report_in_an_issue_that_is_marked_meanwhile_is_kept_and_waits_to_be_sorted(
    issue: Issue, by: Actor, officer: Member, representative: Member
) -> None:
    restrict(issue, reason=WHY, named=[representative.pk], by=by)

    def reported_by(member: Member) -> Observation:
        facts: dict[str, Any] = {"category": CategoryFactory(), "where": "Skolan"}
        return report_in(issue, Report(organisation=the(member.organisation), **facts), by=Actor.of(member))

    assert (reported_by(officer).issue, reported_by(representative).issue) == (None, issue)


def test_an_answer_that_is_written_while_she_is_unnamed_is_not_given_and_stands_on_the_page(
    as_handler: Client, issue: Issue, by: Actor, handler: Member, housing: Organisation
) -> None:
    asked = ActionFactory(issue=issue, assignment__organisation=housing)
    restrict(issue, reason=WHY, named=[handler.pk], by=by)
    address = reverse("issues:assignment_decline", args=[asked.current.pk])
    unname(issue, handler, by=by)

    page = as_handler.post(address, {"nej-text": "Vi har redan flyttat bommen."})

    assert page.status_code == 404
    assert "Vi har redan flyttat bommen." in page.content.decode()
    assert not Answer.objects.exists()


# Lifted


def test_lifting_says_beforehand_what_becomes_visible_and_then_it_does(
    as_coordinator: Client, as_officer: Client, hidden: Issue, coordinator: Member
) -> None:
    ObservationFactory(issue=hidden)
    ObservationFactory(issue=hidden, restricted=True, reporter=coordinator)
    unknown = ObservationFactory(issue=hidden, restricted=True)
    ActionFactory(issue=hidden)

    page = text_of(as_coordinator, url(hidden, "hav-begransning"))
    hidden.record(Event.Kind.OBSERVED, by=Actor.of(unknown.reporter), observation=unknown)
    events = re.compile(r"\w+ händelser?, även")
    again = text_of(as_coordinator, url(hidden, "hav-begransning"))
    assert events.findall(page) == events.findall(again) != []
    listed = (
        "En observation, för gruppen och dem som svarar i ärendet.",
        "En åtgärd med frågor och svar.",
        "är begränsad för sig och förblir det.",
    )
    assert [part in page for part in listed] == [True, True, True]
    as_coordinator.post(url(hidden, "hav-begransning"), {"reason": "Det gällde platsen."})

    assert (named_on(hidden), told(hidden)[-1]) == ([], "Begränsad spridning hävd: Det gällde platsen.")
    assert as_officer.get(hidden.get_absolute_url()).status_code == 200


def test_a_form_from_before_it_was_lifted_is_refused(
    as_representative: Client, hidden: Issue, by: Actor, officer: Member
) -> None:
    lift(hidden, reason="Fel.", by=by)

    page = as_representative.post(url(hidden, "namngivna"), {"others": [officer.pk]})

    assert errors(page) == "Spridningen är inte begränsad längre. Inget är ändrat."
    assert named_on(hidden) == []


def test_the_history_keeps_who_was_named(hidden: Issue, by: Actor, representative: Member) -> None:
    unname(hidden, representative, by=by)

    history: Any = AccessGrant.history.rel.related_model  # type: ignore[attr-defined]
    kept = history.objects.filter(member=representative).order_by("pgh_id").values_list("pgh_label", flat=True)
    assert [*kept] == ["insert", "delete"]


# Who has opened


def test_those_named_read_who_has_opened_it(
    as_coordinator: Client, as_representative: Client, as_officer: Client, hidden: Issue
) -> None:
    as_representative.get(hidden.get_absolute_url())

    page = text_of(as_coordinator, url(hidden, "oppningar"))

    assert "Omar Prov, Tekniska förvaltningen" in page
    assert as_officer.get(url(hidden, "oppningar")).status_code == 404
    assert as_officer.get(url(seen := IssueFactory(), "oppningar"))["Location"] == seen.get_absolute_url()


# An observation


def test_a_restricted_observation_has_the_same_pages(
    as_coordinator: Client, as_representative: Client, representative: Member, coordinator: Member, officer: Member
) -> None:
    seen = ObservationFactory(reporter=representative, restricted=True)
    AccessGrant.objects.create(observation=seen, member=coordinator)
    address = f"{seen.get_absolute_url()}namngivna/"

    as_representative.post(address, {"others": [officer.pk]})
    as_coordinator.get(seen.get_absolute_url())

    assert named_on(seen) == ["Ali Ritning", "Maja Exempel"]
    who = "Ses bara av Ali Ritning, Maja Exempel (samordnare) och"
    assert f"{who} den som rapporterade." in text_of(as_coordinator, seen.get_absolute_url())
    assert f"{who} dig." in text_of(as_representative, seen.get_absolute_url())
    assert "Maja Exempel" in text_of(as_representative, f"{seen.get_absolute_url()}oppningar/")
    as_representative.post(f"{address}{officer.pk}/ta-bort/")
    assert named_on(seen) == ["Maja Exempel"]


def test_who_reported_it_has_no_name_there_for_those_of_other_organisations(
    as_coordinator: Client, as_officer: Client, as_representative: Client, representative: Member, officer: Member
) -> None:
    seen = ObservationFactory(reporter=representative, restricted=True)
    coordinator = Member.objects.get(is_coordinator=True)
    AccessGrant.give(seen, [officer.pk, coordinator.pk], by=Actor.of(representative))
    as_representative.get(seen.get_absolute_url())
    opened, named = f"{seen.get_absolute_url()}oppningar/", f"{seen.get_absolute_url()}namngivna/"

    assert "Den som rapporterade, Tekniska förvaltningen" in text_of(as_officer, opened)
    assert "Omar Prov" not in text_of(as_officer, opened)
    assert "av den som rapporterade" in text_of(as_officer, named)
    assert "av Omar Prov" not in text_of(as_officer, named)
    for client in (as_coordinator, as_representative):
        assert "Omar Prov, Tekniska förvaltningen" in text_of(client, opened)
        assert "av Omar Prov" in text_of(client, named)


def test_whoever_reported_it_does_not_name_herself(
    as_representative: Client, representative: Member, deputy: Member
) -> None:
    seen = ObservationFactory(reporter=representative, restricted=True)

    form = as_representative.get(f"{seen.get_absolute_url()}namngivna/").context["form"]

    assert [label for _, label in form["others"].field.choices] == ["Gun Prototyp, Tekniska förvaltningen"]
