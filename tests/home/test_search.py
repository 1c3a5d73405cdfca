"""Search over everything: each finds what she may know, in Swedish, and nothing else."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from issues.models import AccessGrant, Issue, Opening
from meetings.models import AgendaItem, Decision, Meeting
from members.models import Member
from temagrupp.home.search import FIRST, OFFERED, Search
from tests.factories import (
    ActionFactory,
    AgendaItemFactory,
    IssueFactory,
    MemberFactory,
    ObservationFactory,
    PlaceFactory,
    SeatFactory,
    have_closed,
    reopened,
)
from tests.pages import text_of

pytestmark = pytest.mark.django_db


def found(words: str, member: Member, only: str = "") -> dict[str, list[str]]:
    """The titles of the hits by kind."""
    groups = Search(words, only, member).groups
    return {group.kind.name: [hit.title for hit, _ in group] for group in groups}


def page(client: Client, query: str) -> str:
    return text_of(client, f"/sok/?{query}")


def decision(item: AgendaItem, text: str, **facts: Any) -> Decision:
    with reopened(item.meeting):
        return Decision.objects.create(item=item, text=text, decided_by=item.meeting.chair, **facts)


def test_every_kind_of_thing_is_found_by_a_word_inside_another(representative: Member) -> None:
    issue = IssueFactory(title="Gatubelysningen är släckt")
    ObservationFactory(text="Ingen belysning alls", where="Torget")
    ActionFactory(issue=issue, title="Byt belysningen")
    PlaceFactory(name="Belysningsparken")
    item = AgendaItemFactory(title="Gatubelysning", meeting__state=Meeting.State.CLOSED)
    decision(item, "Gruppen ber om bättre belysning.")
    SeatFactory(member=MemberFactory(name="Bo Prov", title="Belysningsingenjör"))

    kinds = found("belysning", representative)

    assert kinds == {
        "arenden": ["Gatubelysningen är släckt"],
        "observationer": ["Belysning, Torget"],
        "atgarder": ["Byt belysningen"],
        "platser": ["Belysningsparken"],
        "beslut": ["Gatubelysning"],
        "punkter": ["Gatubelysning"],
        "medlemmar": ["Bo Prov"],
    }


def test_an_observation_without_the_word_is_found_last_by_what_it_is_about(representative: Member) -> None:
    ObservationFactory(text="Ingen belysning alls", where="Torget")
    ObservationFactory(text="Mörkt", where="Parken")

    assert found("belysning", representative, "observationer") == {
        "observationer": ["Belysning, Torget", "Belysning, Parken"]
    }


def test_a_number_finds_the_issue_first_and_the_decision_of_that_number(representative: Member) -> None:
    IssueFactory(serial=41, title="Mörkt i tunneln")
    IssueFactory(serial=7, title="Uppföljning av 2026-41", text="Se 2026-41.")
    decision(
        AgendaItemFactory(title="Belysning", meeting__state=Meeting.State.CLOSED), "Lampor byts.", year=2026, serial=41
    )

    kinds = found("2026-41", representative)

    assert list(kinds.items()) == [("arenden", ["Mörkt i tunneln"]), ("beslut", ["Belysning"])]


def numbered(title: str, serial: int) -> None:
    item = AgendaItemFactory(title=title, meeting__state=Meeting.State.CLOSED)
    decision(item, f"{title} åtgärdas.", year=2026, serial=serial)


@pytest.mark.parametrize("words", ["beslut 2026-41", "Beslut 2026–41", "beslutet 41", "BESLUT 2026/41"])
def test_a_decision_is_found_as_papers_cite_it(words: str, representative: Member) -> None:
    IssueFactory(serial=41, title="Mörkt i tunneln")
    IssueFactory(serial=7, title="Beslut", text="Beslut 2026 om lampor")
    numbered("Belysning", 41)

    assert list(found(words, representative).items()) == [("beslut", ["Belysning"]), ("arenden", ["Mörkt i tunneln"])]


def test_an_issue_is_found_as_papers_cite_it(representative: Member) -> None:
    IssueFactory(serial=41, title="Mörkt i tunneln")
    numbered("Belysning", 41)

    for words in ("ärende 2026-41", "Ärende 41", "ärendet 2026–41"):
        kinds = found(words, representative)
        assert list(kinds.items()) == [("arenden", ["Mörkt i tunneln"]), ("beslut", ["Belysning"])]


def test_a_number_is_no_year_to_look_for_and_what_has_it_stands_first(representative: Member) -> None:
    IssueFactory(serial=7, title="Plan för 2026", text="Det här är 2026.")
    IssueFactory(serial=8, title="Uppföljning", text="Se 2026-64.")
    numbered("Belysning", 64)

    assert list(found("2026-64", representative).items()) == [("beslut", ["Belysning"]), ("arenden", ["Uppföljning"])]
    assert found("2026-65", representative) == {}


def test_what_is_restricted_is_found_by_the_named_alone(
    coordinator: Member, representative: Member, deputy: Member
) -> None:
    hidden = IssueFactory(title="Oro kring kiosken", restricted=True)
    AccessGrant.objects.create(issue=hidden, member=deputy)
    ObservationFactory(text="Kiosken igen", issue=hidden)
    ObservationFactory(text="Vid kiosken", restricted=True)
    ActionFactory(issue=hidden, title="Besök kiosken")
    item = AgendaItemFactory(title="Kiosken", issue=hidden, note="Om kiosken", meeting__state=Meeting.State.CLOSED)
    decision(item, "Kiosken besöks.")

    assert found("kiosken", coordinator) == {}
    assert found("kiosken", representative) == {}
    assert set(found("kiosken", deputy)) == {"arenden", "observationer", "atgarder", "beslut", "punkter"}


def test_a_restricted_text_that_is_read_in_the_search_is_opened(as_deputy: Client, deputy: Member) -> None:
    hidden = IssueFactory(title="Oro", text="Kring kiosken", restricted=True)
    told_by_title = IssueFactory(title="Kiosken", text="", restricted=True)
    beside = IssueFactory(title="Kiosken stängd", restricted=True)
    noted, open_to_all = (
        IssueFactory(title="Bråk", restricted=True),
        IssueFactory(title="Kiosken är mörk", text="Kiosken"),
    )
    for issue in (hidden, told_by_title, noted):
        AccessGrant.objects.create(issue=issue, member=deputy)
    seen = ObservationFactory(text="Vid kiosken", restricted=True, reporter=deputy)
    item = AgendaItemFactory(title="Punkten", issue=noted, note="Om kiosken", meeting__state=Meeting.State.CLOSED)
    decision(item, "Kiosken besöks.")

    shown = page(as_deputy, "q=kiosken")
    as_deputy.head("/sok/?q=kiosken")

    assert beside.title not in shown
    assert open_to_all.title in shown
    assert {(one.issue or one.observation, one.member, one.how) for one in Opening.objects.all()} == {
        (thing, deputy, Opening.How.SEARCH) for thing in (hidden, noted, seen)
    }


def test_what_was_hidden_since_it_was_found_is_not_shown(representative: Member) -> None:
    issue, _ = IssueFactory(title="Klotter i tunneln"), IssueFactory(title="Klotter på skolan")
    groups = Search("klotter", "", representative).groups

    Issue.objects.filter(pk=issue.pk).update(restricted=True)

    assert [hit.title for group in groups for hit, _ in group] == ["Klotter på skolan"]


def test_a_reader_is_shown_no_raw_observation_and_nobodys_name(reader: Member) -> None:
    IssueFactory(title="Klotter på muren")
    ObservationFactory(text="Klotter igen")
    SeatFactory(member=MemberFactory(name="Klotter Prov"))

    assert found("klotter", reader) == {"arenden": ["Klotter på muren"]}


def test_a_guest_finds_her_own_item_alone(outsider: Member) -> None:
    IssueFactory(title="Klotter på muren")
    AgendaItemFactory(title="Klotter, en genomgång", presenter=outsider)
    AgendaItemFactory(title="Klotter, de andras punkt")
    PlaceFactory(name="Klottermuren")

    assert found("klotter", outsider) == {"punkter": ["Klotter, en genomgång"]}


def test_the_frame_of_a_meeting_is_nothing_to_find_until_something_is_written(representative: Member) -> None:
    AgendaItemFactory(title="Övriga frågor", kind="heading")
    assert found("frågor", representative) == {}

    AgendaItemFactory(title="Övriga frågor", kind="heading", note="Frågor om nyår", meeting__state=Meeting.State.CLOSED)
    assert found("frågor", representative) == {"punkter": ["Övriga frågor"]}


def test_what_is_written_at_a_meeting_is_found_by_the_group_when_that_has_closed(
    coordinator: Member, representative: Member
) -> None:
    item = AgendaItemFactory(title="Kiosken", note="Klotter på kiosken", meeting__state=Meeting.State.UNDER_WAY)
    decision(item, "Klotter tas bort.")
    everything = {"beslut": ["Kiosken"], "punkter": ["Kiosken"]}

    assert (found("klotter", coordinator), found("klotter", representative)) == (everything, {})

    have_closed()
    assert found("klotter", representative) == everything


def test_a_kind_shows_its_first_and_leads_to_all_of_them(as_representative: Client) -> None:
    for _ in range(FIRST + 2):
        ObservationFactory(text="Glaskross")

    whole, alone = page(as_representative, "q=glaskross"), page(as_representative, "q=glaskross&bland=observationer")

    assert whole.count("<mark>Glaskross</mark>") == FIRST
    assert 'href="?q=glaskross&amp;bland=observationer">Visa 7 träffar' in whole
    assert alone.count("<mark>Glaskross</mark>") == FIRST + 2
    assert "Visa alla slags träffar" in alone


def test_hits_are_counted_up_to_where_one_stops_reading(as_representative: Client) -> None:
    author = MemberFactory()
    for _ in range(51):
        ObservationFactory(reporter=author, text="Glaskross")

    assert "<h1>Fler än 50 träffar på ”glaskross”</h1>" in page(as_representative, "q=glaskross")


def test_what_people_have_written_is_text_in_a_hit(as_representative: Client) -> None:
    IssueFactory(title="<b>Klotter</b>", text="<script>klotter</script> & mer")

    shown = page(as_representative, "q=klotter")

    assert "&lt;script&gt;<mark>klotter</mark>&lt;/script&gt; &amp; mer" in shown


@pytest.mark.parametrize("words", ["", "   ", "%00", "'", "-", "%3Cscript%3E", "a" * 3000, "2026-", "½"])
def test_whatever_is_typed_is_answered_with_a_page(words: str, as_representative: Client) -> None:
    assert as_representative.get(f"/sok/?q={words}&bland=inget").status_code == 200


@pytest.mark.parametrize(
    "piece",
    ["-", "- ", "!-", "-_", "-(", '-"', "-–", "-\u0301", "-a ", "–a ", "---a ", "a-", '"', "or ", "|", "&!", "½"],
)
@pytest.mark.parametrize("where", ["/sok/?", "/arenden/?lage=alla&", "/atgarder/?", "/observationer/?"])
def test_a_wall_of_any_sign_is_answered_with_a_page(piece: str, where: str, as_coordinator: Client) -> None:
    assert as_coordinator.get(f"{where}{urlencode({'q': piece * 200})}").status_code == 200


def test_what_is_to_be_without_is_still_left_out(representative: Member) -> None:
    IssueFactory(title="Klotter i tunneln")
    IssueFactory(title="Klotter på 22-02 skolan")

    assert found("klotter -tunneln", representative)["arenden"] == ["Klotter på 22-02 skolan"]
    assert found("klotter - skolan", representative)["arenden"] == ["Klotter på 22-02 skolan"]
    assert found('klotter -"i tunneln"', representative)["arenden"] == ["Klotter på 22-02 skolan"]


def test_nothing_asked_and_nothing_found_say_what_to_do(as_representative: Client) -> None:
    assert "Skriv ett ord, en plats eller ett nummer" in page(as_representative, "")
    assert "<h1>Inget stämmer med ”xyzzy”</h1>" in page(as_representative, "q=xyzzy")
    assert "Prova ett kortare ord" in page(as_representative, "q=xyzzy")


def test_a_handlaggare_finds_the_issues_she_was_asked_about(handler: Member) -> None:
    asked = IssueFactory(title="Klotter på porten")
    IssueFactory(title="Klotter på skolan")
    ActionFactory(issue=asked, assignment__organisation=handler.answers_for.get())

    assert found("klotter", handler)["arenden"] == ["Klotter på porten"]


def test_the_kinds_have_names_of_their_own() -> None:
    assert len({kind.name for kind in OFFERED}) == len(OFFERED)
