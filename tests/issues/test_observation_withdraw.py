"""What somebody reported by mistake she takes back, until it is sorted: its words are gone, and nothing is silent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client

from base.records import Conflict
from issues.counting import Scope
from issues.coverage import Coverage, Said
from issues.models import Issue, Note, Observation, Tombstone
from issues.reporting import Report, report_in
from issues.triage import put_back_each, sort_each
from members.actor import Actor
from members.models import Member
from tests.at_once import at_once
from tests.days import today
from tests.factories import CategoryFactory, IssueFactory, MemberFactory, ObservationFactory, PlaceFactory
from tests.pages import text_of
from tests.the import the
from tests.tools.test_guards import forged

WORD = "Quastenflosse"
SORTED = [
    lambda it, by: it.note(by=by),
    lambda it, by: it.reject(by=by, reason="Inte vårt."),
    lambda it, by: it.attach(IssueFactory(), by=by),
]


@pytest.fixture
def hers(representative: Member) -> Observation:
    place = PlaceFactory(name=f"Parken {WORD}")
    return ObservationFactory(reporter=representative, text=f"Det är {WORD}.", where=place.name, place=place, unsafe=3)


def page_of(observation: Observation) -> str:
    return f"/observationer/{observation.pk}/"


def withdraw(client: Client, observation: Observation, **typed: str) -> Any:
    return client.post(f"{page_of(observation)}ta-tillbaka/", typed, follow=True)


def kept_in_the_database(word: str) -> list[str]:
    """The tables in which the word stands, in any column of any row."""
    found = []
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT count(*) FROM "{table}" AS t WHERE t::text ILIKE %s', [f"%{word}%"])
            found += [table] if cursor.fetchone()[0] else []
    return sorted(found)


def test_two_taps_take_it_back_and_its_page_tells_who_did_and_when(
    as_representative: Client, as_coordinator: Client, hers: Observation
) -> None:
    for page in (page_of(hers), f"/rapportera/tack/{hers.pk}/", "/"):
        assert f"{page_of(hers)}ta-tillbaka/" in text_of(as_representative, page)

    left = withdraw(as_representative, hers, why="Skrev i fel register.").content.decode()

    assert "Du tog tillbaka observationen" in left
    assert "Skrev i fel register." in left
    told = text_of(as_coordinator, page_of(hers))
    assert f"Omar Prov tog tillbaka observationen {today().day}" in told
    assert "Skrev i fel register." in told
    stone = Tombstone.objects.get()
    assert (stone.kind, stone.number, stone.by, stone.why) == (
        "observation",
        str(hers.pk),
        hers.reporter,
        "Skrev i fel register.",
    )


def test_no_table_keeps_a_word_of_it_though_it_was_corrected_rejected_and_put_back(
    hers: Observation, representative: Member, coordinator: Member
) -> None:
    hers.correct(by=Actor.of(representative), text=f"Två {WORD} till.", where=f"Bron {WORD}")
    hers.reject(by=Actor.of(coordinator), reason=f"Om {WORD}.")
    hers.put_back(by=Actor.of(coordinator))
    assert "issues_observationevent" in kept_in_the_database(WORD)

    hers.withdraw(by=Actor.of(representative))

    assert kept_in_the_database(WORD) == ["issues_place", "issues_placeevent"]  # whose name it is
    lines = apps.get_model("issues", "ObservationEvent")._base_manager.filter(pgh_obj=hers.pk)
    assert {*lines.values_list("text", "where", "rejection", "unsafe", "place")} == {("", "", "", None, None)}
    assert lines.count() > 3


@pytest.mark.parametrize("role", ["officer", "handler", "reader", "outsider", "deputy"])
def test_what_is_left_is_nobody_elses_to_read(
    role: str, hers: Observation, representative: Member, request: pytest.FixtureRequest
) -> None:
    hers.withdraw(by=Actor.of(representative))

    assert request.getfixturevalue(f"as_{role}").get(page_of(hers)).status_code == 404


def test_of_a_restricted_one_the_samordnare_who_was_not_named_learns_nothing(
    as_representative: Client, as_coordinator: Client, representative: Member
) -> None:
    secret = ObservationFactory(reporter=representative, restricted=True, text=WORD)

    withdraw(as_representative, secret)

    assert as_representative.get(page_of(secret)).status_code == 200
    assert as_coordinator.get(page_of(secret)).status_code == 404


def test_it_leaves_lists_counts_the_queue_and_the_search(
    hers: Observation, representative: Member, as_representative: Client, as_coordinator: Client
) -> None:
    other = ObservationFactory(reporter=representative, text="Trasig bänk", where="Torget")

    hers.withdraw(by=Actor.of(representative))

    for client in (as_representative, as_coordinator):
        for page in ("/", "/observationer/", "/observationer/?mina=1", f"/sok/?q={WORD}"):
            assert page_of(hers) not in text_of(client, page)
    assert [each.pk for each in as_coordinator.get("/sortera/").context["page"]] == [other.pk]
    assert as_coordinator.get("/observationer/").context["page"].paginator.count == 1
    assert list(Scope().reports) == [other]


def test_whoever_had_reported_nothing_else_has_not_reported(hers: Observation, representative: Member) -> None:
    def word() -> Said:
        coverage = Coverage.of(Scope(), day=today()).of_each
        return next(each.word for each in coverage if each.organisation == representative.organisation)

    assert word() == Said.REPORTED

    hers.withdraw(by=Actor.of(representative))

    assert word() == Said.SILENT


@pytest.mark.parametrize("sort", SORTED)
def test_what_is_sorted_stands_and_the_page_says_what_to_do_instead(
    sort: Callable[[Observation, Actor], None], hers: Observation, coordinator: Member, as_representative: Client
) -> None:
    sort(hers, Actor.of(coordinator))

    for page in (page_of(hers), f"{page_of(hers)}ta-tillbaka/"):
        told = text_of(as_representative, page)
        assert "Be samordnaren maskera det som inte ska stå." in told
        assert f'<a href="mailto:{coordinator.email}">{coordinator}</a>' in told
        assert "Ta tillbaka observationen</button>" not in told
    refused = withdraw(as_representative, hers, why="Fel.").content.decode()
    assert "Inget är ändrat. Be samordnaren maskera det som inte ska stå." in refused
    assert WORD in Observation.objects.get().text
    assert not Tombstone.objects.exists()


def test_others_may_not(as_coordinator: Client, as_officer: Client, hers: Observation) -> None:
    for client in (as_coordinator, as_officer):
        assert withdraw(client, hers).status_code == 403
    assert Observation.objects.get() == hers


def test_a_second_tap_and_an_old_page_lead_to_what_is_left(as_representative: Client, hers: Observation) -> None:
    key = {"key": "3f0c2a9e-5a53-4a2c-9df0-0a8f3a9c1f11"}
    withdraw(as_representative, hers, **key)

    twice = withdraw(as_representative, hers, **key)
    other_tab = withdraw(as_representative, hers)

    assert "Det var redan skickat" in twice.content.decode()
    assert "Observationen är tillbakatagen (Omar Prov" in other_tab.content.decode()
    for page in (f"/rapportera/tack/{hers.pk}/", f"{page_of(hers)}ratta/"):
        assert as_representative.get(page)["Location"] == page_of(hers)
    assert Tombstone.objects.count() == 1


def test_an_old_tab_corrects_nothing_and_keeps_what_was_typed(
    as_representative: Client, hers: Observation, representative: Member
) -> None:
    form = as_representative.get(f"{page_of(hers)}ratta/").context["form"]
    typed = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    typed |= {name: f"{typed[name]:%H:%M}" for name in ("start", "end") if name in typed}
    hers.withdraw(by=Actor.of(representative))

    page = as_representative.post(f"{page_of(hers)}ratta/", typed | {"text": "Ljusare"}).content.decode()

    assert "Observationen är tillbakatagen (Omar Prov" in page
    assert "Rapportera den på nytt om den ska finnas." in page
    assert "Ljusare" in page
    assert Observation.with_withdrawn.get().text == ""


def test_an_old_tab_of_the_queue_sorts_the_others_and_tells_of_it(
    as_coordinator: Client, hers: Observation, representative: Member
) -> None:
    other = ObservationFactory(reporter=representative)
    marked = {"o": [hers.pk, other.pk], "gor": "notera"}
    hers.withdraw(by=Actor.of(representative))

    told = " ".join(as_coordinator.post("/sortera/markerade/", marked, follow=True).content.decode().split())

    assert f"Tillbakataget av den som rapporterade: Observation {hers.pk} (Omar Prov, i dag" in told
    other.refresh_from_db()
    assert other.state == Observation.State.NOTED


@pytest.mark.parametrize("way", ["nytt-arende", "koppla", "notera", "avvisa", "tillbaka"])
def test_an_old_tab_that_sorts_it_alone_is_told_who_took_it_back(
    way: str, as_coordinator: Client, hers: Observation, representative: Member
) -> None:
    hers.withdraw(by=Actor.of(representative))
    typed = {"title": "Mörkt", "kind": "place", "reason": "Nej.", "issue": IssueFactory().pk}

    told = as_coordinator.post(f"{page_of(hers)}{way}/", typed, follow=True).content.decode()

    assert "Observationen är tillbakatagen (Omar Prov" in told
    assert Issue.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_her_and_the_samordnare_in_the_same_instant_one_is_told_what_the_other_did() -> None:
    by, sorter = Actor.of(MemberFactory()), Actor.of(MemberFactory(is_coordinator=True))
    observation = ObservationFactory(reporter=by.member)
    one, same = Observation.objects.get(), Observation.objects.get()

    outcomes = at_once(
        lambda: one.withdraw(by=by), lambda: sort_each([same], lambda each: each.note(by=sorter)) and None
    )

    [refused] = [outcome for outcome in outcomes if isinstance(outcome, ValidationError)]
    left = Observation.with_withdrawn.get(pk=observation.pk)
    assert type(refused) is Conflict
    assert refused.messages[0].startswith(left.refusal("")[:-1])
    assert Tombstone.objects.count() == int(left.is_withdrawn)


# What she attached to an issue herself


@pytest.fixture
def issue(db: None) -> Issue:
    return IssueFactory(title="Mörkt i tunneln", category=CategoryFactory(), where="Norra gångtunneln")


@pytest.fixture
def same(issue: Issue, representative: Member) -> Observation:
    report = Report(the(issue.category), f"Bron {WORD}", the(representative.organisation), text=f"Mörkt {WORD}.")
    return report_in(issue, report, by=Actor.of(representative))


def test_what_she_said_is_the_same_goes_from_the_issue_whose_timeline_says_so(
    as_representative: Client, as_officer: Client, as_reader: Client, same: Observation, issue: Issue
) -> None:
    withdraw(as_representative, same)

    assert [str(event) for event in issue.events.order_by("pk")] == [
        "Observation kopplad.",
        "Observation tillbakatagen.",
    ]
    assert not issue.observations.exists()
    page = text_of(as_officer, issue.get_absolute_url())
    assert "Observation tillbakatagen." in page
    assert "Omar Prov" not in page
    assert kept_in_the_database(WORD) == []


def test_it_stands_when_others_have_gone_on(
    as_representative: Client, same: Observation, issue: Issue, coordinator: Member
) -> None:
    Note.write(issue, text="Ringde väghållaren.", by=Actor.of(coordinator))

    refused = withdraw(as_representative, same).content.decode()

    assert "Be samordnaren maskera det som inte ska stå." in refused
    assert issue.observations.get() == same


def test_that_another_took_hers_back_is_nothing_to_go_on(
    as_representative: Client, same: Observation, issue: Issue, officer: Member
) -> None:
    report = Report(the(issue.category), issue.where, the(officer.organisation), text="Samma.")
    report_in(issue, report, by=Actor.of(officer)).withdraw(by=Actor.of(officer))

    withdraw(as_representative, same)

    assert not issue.observations.exists()


# Past the verbs


def test_the_database_keeps_it_gone(hers: Observation, representative: Member, coordinator: Member) -> None:
    hers.withdraw(by=Actor.of(representative))

    assert (
        forged(hers, state="new", state_since=None, state_by=None) == "Observationen är tillbakatagen. Inget är ändrat."
    )
    assert forged(hers, text="Åter") == "Observationen är redan sorterad. Inget är ändrat."
    with pytest.raises(Conflict):
        put_back_each({hers.pk: hers.version}, by=Actor.of(coordinator))


def test_a_sorted_one_is_not_taken_back_by_a_statement(hers: Observation, coordinator: Member) -> None:
    hers.note(by=Actor.of(coordinator))

    said = forged(hers, state="withdrawn", text="", where="", place=None, unsafe=None, seen_to=None)

    assert said == "Observationen är redan sorterad. Inget är ändrat."


def test_a_sending_that_comes_once_more_brings_nothing_back(representative: Member) -> None:
    report = Report(CategoryFactory(), "Torget", the(representative.organisation), text=WORD)
    report_in(None, report, by=Actor.of(representative)).withdraw(by=Actor.of(representative))

    again = report_in(None, report, by=Actor.of(representative))

    assert again.is_withdrawn
    assert kept_in_the_database(WORD) == []
