"""Masking through the pages: look, choose, mask, and read what has been masked. No address has the words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from base.swedish.passages import MASK
from issues.models import AccessGrant, Event, Issue, Observation
from members.actor import Actor
from members.models import Member
from temagrupp.redaction import finding, reasons, redacting
from temagrupp.redaction.again import numbers_in
from temagrupp.redaction.models import Redaction
from temagrupp.redaction.redacting import redact_passage
from tests.factories import IssueFactory, MemberFactory, ObservationFactory, OrganisationFactory

pytestmark = pytest.mark.django_db

WHY = "Begärt av den som det gäller"


def places_on(page: str) -> list[str]:
    return re.findall(r'name="places" value="([^"]+)"', page)


def tables_on(page: str) -> list[str]:
    return re.findall(r'name="tables" value="([^"]+)"', page)


def shown_on(page: str) -> dict[str, list[str]]:
    """What the form of the page sends unseen of what it has shown."""
    kinds = ("offered_places", "offered_minutes", "offered_tables")
    return {kind: re.findall(f'name="{kind}" value="([^"]+)"', page) for kind in kinds}


def mask(client: Client, passage: str, *, about: str = "", places: list[str] | None = None, **more: Any) -> Any:
    """Mask it in all that a page shows now, but for what is said to be chosen or shown."""
    found = client.post(f"/maskera/{about}", {"passage": passage}).content.decode()
    shown = shown_on(found)
    chosen = {kind.removeprefix("offered_"): values for kind, values in shown.items()}
    chosen["places"] = chosen["places"] if places is None else places
    form = {"key": str(uuid4()), "passage": passage, "why": WHY, **shown, **chosen, **more}
    return client.post(f"/maskera/utfor/{about}", form, follow=True)


def yes_on(page: str) -> str:
    """The yes that the page asks for."""
    [value] = re.findall(r'name="sure" value="([^"]+)"', page)
    return str(value)


def test_what_is_found_is_shown_with_its_words_marked_and_nothing_is_changed(as_coordinator: Client) -> None:
    issue = IssueFactory(title="Klotter av Kim Fiktiv vid skolan")
    Issue.objects.filter(pk=issue.pk).update(where="Hos Kim Fiktiv")
    Issue.objects.filter(pk=issue.pk).update(where="Skolan")

    reply = as_coordinator.post("/maskera/", {"passage": "kim fiktiv"})

    page = " ".join(reply.content.decode().split())
    assert places_on(page) == [f"issues_issue:title:{issue.pk}", f"issues_issue:where:{issue.pk}"]
    assert "Klotter av <mark>Kim Fiktiv</mark> vid skolan" in page
    assert "Finns också i tre sparade versioner i historiken." in page
    assert "Står inte längre i texten, men i en sparad version i historiken." in page
    assert not Redaction.objects.exists()
    assert reply.headers["Cache-Control"].count("no-store")


def test_what_is_chosen_is_masked_and_the_receipt_tells_where(as_coordinator: Client, coordinator: Member) -> None:
    first, second = IssueFactory(title="Kim Fiktiv"), IssueFactory(title="Kim Fiktiv igen")

    reply = mask(as_coordinator, "Kim Fiktiv", places=[f"issues_issue:title:{first.pk}"])

    redaction = Redaction.objects.get()
    assert reply.redirect_chain[-1][0] == f"/maskeringar/{redaction.pk}/"
    page = reply.content.decode()
    assert f"Rubriken på ärende {first.number}" in page
    assert WHY in page
    assert "Fiktiv" not in page
    assert Issue.objects.in_bulk()[first.pk].title == MASK
    assert Issue.objects.in_bulk()[second.pk].title == "Kim Fiktiv igen"
    told = Event.objects.get(kind=Event.Kind.MASKED)
    assert (told.issue, told.by, str(told)) == (first, coordinator, "Uppgifter är maskerade i ärendet.")
    assert WHY in as_coordinator.get("/maskeringar/").content.decode()


def test_it_is_masked_once_also_when_it_is_sent_twice(as_coordinator: Client) -> None:
    issue = IssueFactory(title="Kim Fiktiv")
    places = [f"issues_issue:title:{issue.pk}"]
    chosen = {"places": places, "offered_places": places}
    form = {"key": str(uuid4()), "passage": "Kim Fiktiv", "why": WHY, **chosen}

    first, again = as_coordinator.post("/maskera/utfor/", form), as_coordinator.post("/maskera/utfor/", form)

    assert first.headers["Location"] == again.headers["Location"]
    assert Redaction.objects.count() == 1


def test_without_a_reason_or_a_place_nothing_is_masked_and_what_was_chosen_stands(as_coordinator: Client) -> None:
    issue, other = IssueFactory(title="Kim Fiktiv"), IssueFactory(title="Kim Fiktiv")
    chosen = f"issues_issue:title:{issue.pk}"

    page = mask(as_coordinator, "Kim Fiktiv", places=[chosen], why="").content.decode()

    assert "Skriv varför det maskeras." in page
    assert ticked(page) == [chosen]
    assert f"issues_issue:title:{other.pk}" in places_on(page)
    assert "Välj minst ett ställe." in mask(as_coordinator, "Kim Fiktiv", places=[]).content.decode()
    assert not Redaction.objects.exists()


def ticked(page: str) -> list[str]:
    return re.findall(r'value="([^"]+)" checked', page)


def test_what_the_group_tells_of_itself_is_chosen_by_hand_alone(as_coordinator: Client) -> None:
    member, issue = MemberFactory(name="Kim Fiktiv", title="Handläggare"), IssueFactory(title="Kim Fiktiv ringde")

    page = as_coordinator.post("/maskera/", {"passage": "Kim Fiktiv"}).content.decode()

    assert f"members_member:name:{member.pk}" in places_on(page)
    assert ticked(page) == [f"issues_issue:title:{issue.pk}"]


def test_all_of_many_are_unticked_and_the_reason_stands(as_coordinator: Client) -> None:
    issues = IssueFactory.create_batch(6, title="Kim Fiktiv")
    page = as_coordinator.post("/maskera/", {"passage": "Kim Fiktiv"}).content.decode()
    assert (len(ticked(page)), "Kryssa ur alla" in page) == (6, True)

    unticked = as_coordinator.post("/maskera/", {"passage": "Kim Fiktiv", "why": WHY, "untick": "1"}).content.decode()

    assert (len(places_on(unticked)), ticked(unticked), WHY in unticked) == (len(issues), [], True)
    assert "Kryssa ur alla" not in unticked
    assert not Redaction.objects.exists()


@pytest.mark.parametrize("typed", ["", "a", "-", MASK, "x" * 301])
def test_what_cannot_be_looked_for_is_told(as_coordinator: Client, typed: str) -> None:
    for address in ("/maskera/", "/maskera/utfor/"):
        page = as_coordinator.post(address, {"passage": typed}).content.decode()
        assert 'aria-invalid="true"' in page


def test_a_whole_text_is_masked_from_its_place(as_coordinator: Client) -> None:
    issue = IssueFactory(title="Rubrik", text="En lång berättelse om någon som inte ska stå här.")
    page = as_coordinator.get(f"/maskera/?arende={issue.number}").content.decode()
    [address] = [
        each for each in re.findall(r'href="(/maskera/text/[^"]+)"', page) if "/text/issues_issue/text/" in each
    ]
    assert "En lång berättelse" in as_coordinator.get(address).content.decode()

    reply = as_coordinator.post(address, {"key": str(uuid4()), "why": WHY}, follow=True)

    issue.refresh_from_db()
    assert (issue.title, issue.text) == ("Rubrik", MASK)
    assert "Maskerat: en hel text" in reply.content.decode()
    assert as_coordinator.get("/maskera/text/issues_issue/text/0/").status_code == 404
    assert as_coordinator.get(f"/maskera/text/members_member/password/{issue.pk}/").status_code == 404


def test_of_what_is_restricted_one_who_is_not_named_finds_nothing(
    as_coordinator: Client, coordinator: Member, as_representative: Client, representative: Member
) -> None:
    issue = IssueFactory(title="Kim Fiktiv", restricted=True)
    place = f"issues_issue:title:{issue.pk}"
    AccessGrant.objects.create(issue=issue, member=representative, updated_by=representative)

    assert "hittades inte" in as_coordinator.post("/maskera/", {"passage": "Kim Fiktiv"}).content.decode()
    assert "hittades inte" in mask(as_coordinator, "Kim Fiktiv", places=[place]).content.decode()
    assert as_coordinator.get(f"/maskera/?arende={issue.number}").status_code == 404
    assert as_coordinator.get(f"/maskera/text/issues_issue/title/{issue.pk}/").status_code == 404

    reply = mask(as_representative, "Kim Fiktiv", about=f"?arende={issue.number}")

    assert Issue.objects.get().title == MASK
    assert reply.status_code == 200
    redaction = Redaction.objects.get()
    assert as_coordinator.get(redaction.get_absolute_url()).status_code == 404
    assert "Inget har maskerats." in as_coordinator.get("/maskeringar/").content.decode()


def test_whoever_reported_masks_in_her_own_until_it_is_sorted(
    as_representative: Client, representative: Member
) -> None:
    own = ObservationFactory(text="Kim Fiktiv klottrar", reporter=representative)
    other = ObservationFactory(text="Kim Fiktiv klottrar")
    about = f"?observation={own.pk}"

    mask(as_representative, "Kim Fiktiv", about=about)

    assert Observation.objects.get(pk=own.pk).text == f"{MASK} klottrar"
    assert Observation.objects.get(pk=other.pk).text == "Kim Fiktiv klottrar"
    assert as_representative.get(f"/maskera/?observation={other.pk}").status_code == 403
    assert as_representative.get("/maskera/").status_code == 403
    assert as_representative.get("/maskeringar/").status_code == 403
    Observation.objects.filter(pk=own.pk).update(state=Observation.State.NOTED)
    assert as_representative.get(f"/maskera/{about}").status_code == 403
    assert as_representative.get(Redaction.objects.get().get_absolute_url()).status_code == 200


@pytest.mark.parametrize("typed", ["?arende=2026", "?arende=x-y", "?observation=x", "?observation=٣", "?observation=0"])
def test_a_thing_that_is_none_is_not_found(as_coordinator: Client, typed: str) -> None:
    assert as_coordinator.get(f"/maskera/{typed}").status_code == 404


def test_a_passage_in_forty_places_is_masked_in_all(as_coordinator: Client) -> None:
    for _ in range(20):
        IssueFactory(title="Kim Fiktiv", text="Hos Kim\nFiktiv")

    asked = mask(as_coordinator, "Kim Fiktiv").content.decode()
    mask(as_coordinator, "Kim Fiktiv", sure=yes_on(asked))

    assert Redaction.objects.get().places.count() == 40
    assert not Issue.objects.filter(search_text__contains="fiktiv").exists()
    assert Event.objects.filter(kind=Event.Kind.MASKED).count() == 20


@pytest.mark.parametrize("address", ["/maskera/", "/maskera/utfor/"])
def test_of_what_stands_in_too_many_places_more_has_to_be_written(
    as_coordinator: Client, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setattr(finding, "MOST", 3)
    for place in ("torget", "parken", "hamnen"):
        IssueFactory(title=f"Kim Fiktiv vid {place}")
    at_the_ceiling = as_coordinator.post(address, {"passage": "Kim Fiktiv"}).content.decode()
    IssueFactory(title="Kim Fiktiv vid bron")

    above = as_coordinator.post(address, {"passage": "Kim Fiktiv"}).content.decode()
    less = as_coordinator.post(address, {"passage": "Kim Fiktiv vid torget"}).content.decode()

    assert len(places_on(at_the_ceiling)) == 3
    assert "Det står på fler än 3 ställen. Skriv mer av det som ska maskeras." in above
    assert (places_on(above), len(places_on(less))) == ([], 1)


BROKEN_OFF = "SELECT pg_cancel_backend(pg_backend_pid()), pg_sleep(60)"


@pytest.mark.parametrize("address", ["/maskera/", "/maskera/utfor/"])
def test_what_is_not_found_in_time_is_told(
    as_coordinator: Client, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    IssueFactory(title="Kim Fiktiv")
    monkeypatch.setattr(finding, "IN_ROWS", finding.IN_ROWS.replace("FROM (", f"FROM ({BROKEN_OFF}) AS broken, ("))

    reply = as_coordinator.post(address, {"passage": "Kim Fiktiv"})

    assert reply.status_code == 200
    assert "Det hann inte sökas igenom. Försök igen om en stund" in reply.content.decode()


def test_what_is_not_masked_in_time_is_told_and_what_was_chosen_stands(
    as_coordinator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue = IssueFactory(title="Kim Fiktiv")
    monkeypatch.setattr(redacting, "CALL", f"{BROKEN_OFF} {', %s' * 7}")

    reply = mask(as_coordinator, "Kim Fiktiv")

    page = reply.content.decode()
    assert reply.status_code == 200
    assert "Det hann inte maskeras. Inget är ändrat. Välj färre ställen åt gången" in page
    assert (places_on(page), WHY in page) == ([f"issues_issue:title:{issue.pk}"], True)
    assert Issue.objects.get().title == "Kim Fiktiv"


@pytest.mark.parametrize(
    ("passage", "why", "repeated"),
    [
        ("Kim Fiktiv", "Kim Fiktiv bad om det", "”Kim” och ”Fiktiv”"),
        ("kim fiktiv", "Gäller FIKTIVS uppgifter", "”FIKTIVS”"),
        ("0701740605", "Gäller +46 70-174 06 05", "det som maskeras"),
        ("hos henne", "Det var hos henne", "det som maskeras"),
    ],
)
def test_a_reason_has_no_word_of_what_is_masked(as_coordinator: Client, passage: str, why: str, repeated: str) -> None:
    issue = IssueFactory(title=f"Det sågs {passage} igen")

    page = mask(as_coordinator, passage, why=why).content.decode()

    assert f"Skriv skälet utan {repeated}. Skälet står kvar i listan över maskeringar." in page
    assert f'value="{why}"' in page
    assert places_on(page) == [f"issues_issue:title:{issue.pk}"]
    assert not Redaction.objects.exists()
    mask(as_coordinator, passage, why="Begärt av den som det gäller")
    assert Redaction.objects.get().why == "Begärt av den som det gäller"


def test_a_reason_that_is_refused_is_not_offered_to_be_kept(as_coordinator: Client) -> None:
    IssueFactory(title="Det sågs Anton Bergqvist igen")

    refused = mask(as_coordinator, "Anton Bergqvist", why="Namnet Anton Bergqvist.").content.decode()
    asked = mask(as_coordinator, "Anton Bergqvist", why="Begärt av Karin Bergström.").content.decode()

    assert "Skriv skälet utan ”Anton” och ”Bergqvist”." in refused
    assert [words in refused for words in ("Behåll ändå", "Väljer du inget")] == [False, False]
    assert [words in asked for words in ("Behåll ändå", "Väljer du inget")] == [True, True]
    assert not Redaction.objects.exists()


LONG = "I natt stod Kim Fiktiv vid gaveln, ringde 070-174 06 05 och ropade tills det ljusnade. Kim var full."


@pytest.mark.parametrize(
    ("text", "why", "is_refused"),
    [
        ("Kim var full", "Säger att någon var full", True),
        (LONG, "Det gäller kim", True),
        (LONG, "Numret är 0701740605", True),
        (LONG, "Han ringde", False),
        (LONG, "Det ljusnade: tills det ljusnade. Kim var full", True),
        ("Ja", "Det är begärt", False),
        (f"Polisen kom. Kommunen också.\nGrannen såg det. {LONG}", "Polisen, kommunen och grannen begärde det", False),
        ("Fritidsgårdens Vänner såg att Anna i Storparken slog på Polisen", "Begärt av Fritidsgårdens Vänner", False),
        ("Fritidsgårdens Vänner såg att Anna i Storparken slog på Polisen", "Begärt av Anna", True),
        ("Fritidsgårdens Vänner såg att Sara i parken slog på någon", "Gäller Sara", True),
        ("Anna slog någon i natt. Kim ropade och kastade sten på lamporna.", "Gäller Kims text", True),
        ("Fiktiv Prototyp slog någon i natt och kastade sten på lamporna.", "Gäller Fiktiv", True),
    ],
)
def test_of_a_whole_text_a_reason_has_no_word_that_says_who(
    as_coordinator: Client, *, text: str, why: str, is_refused: bool
) -> None:
    OrganisationFactory(name="Fritidsgårdens Vänner")
    MemberFactory(name="Sara")
    issue = IssueFactory(title="Rubrik", text=text)
    address = f"/maskera/text/issues_issue/text/{issue.pk}/"

    reply = as_coordinator.post(address, {"key": str(uuid4()), "why": why}, follow=True)

    assert ("Skriv skälet utan" in reply.content.decode()) == is_refused
    assert Redaction.objects.exists() != is_refused


def test_a_reason_has_no_name_that_stood_in_the_text_before(as_coordinator: Client) -> None:
    issue = IssueFactory(text="Kim Fiktiv klottrar")
    Issue.objects.filter(pk=issue.pk).update(text="En klottrar")
    address = f"/maskera/text/issues_issue/text/{issue.pk}/"

    page = as_coordinator.post(address, {"key": str(uuid4()), "why": "Begärt av fiktiv"}).content.decode()

    assert "Skriv skälet utan ”fiktiv”." in page
    assert 'aria-invalid="true"' in page
    assert not Redaction.objects.exists()


@pytest.mark.parametrize(("why", "is_read"), [("Det är begärt", False), ("Det är 070-174 06 05", True)])
def test_a_text_is_read_for_numbers_only_where_the_reason_has_one(
    monkeypatch: pytest.MonkeyPatch, why: str, *, is_read: bool
) -> None:
    read: list[str] = []

    def numbers_read(text: str) -> Iterator[str]:
        read.append(text)
        return numbers_in(text)

    monkeypatch.setattr(reasons, "numbers_in", numbers_read)
    reasons.ensure_says_nothing_of({"Hon såg Kim": []}, why)

    assert ("Hon såg Kim" in read) == is_read


def test_no_verb_keeps_a_reason_that_says_it(coordinator: Member) -> None:
    IssueFactory(title="Kim Fiktiv")

    with pytest.raises(ValidationError, match="Skriv skälet utan ”Fiktiv”"):
        redact_passage("Kim Fiktiv", [], why="Om Fiktiv", by=Actor.of(coordinator))
