"""Finding an issue in Swedish: parts of compounds, other forms, misspellings; and never what one may not read."""

import pytest

from issues.models import Issue, search, with_row_facts
from members.models import Member
from tests.factories import IssueFactory, ObservationFactory

# What one types, and words in an issue that it must find.
FINDS = [
    ("belysning", "Gatubelysningen är släckt"),
    ("gångtunnel", "I gångtunnlarna är det mörkt"),
    ("gångtunnlar", "Norra gångtunneln"),
    ("tunnel", "Tunnlar under järnvägen"),
    ("klotter", "Allt klottret på väggen"),
    ("klotter", "Klottertavla"),
    ("cykel", "Flera cyklar har stulits"),
    ("cyklar", "En cykel utan lås"),
    ("cykel", "Hål i cykelvägen"),
    ("fönster", "Tre fönstren är krossade"),
    ("buskar", "En buske skymmer"),
    ("lampa", "Lamporna är släckta"),
    ("mörker", "Det är mörkt"),
    ("skola", "Utanför skolan"),
    ("skolor", "Utanför skolan"),
    ("busshållplats", "Busshållplatserna"),
    ("droger", "Drogförsäljning"),
    ("glas", "Glassplitter i sandlådan"),
    ("nyckel", "Borttappade nycklar"),
    ("belysing", "Belysningen"),
    ("gångtunel", "Norra gångtunneln"),
    ("resecentrum", "Vid resecenter"),
    ("kvarnparken", "Kvarn parken"),
    ("mörk tunnel", "Mörkt i norra gångtunneln"),
]
# What one types, and words that only look alike.
PASSES_BY = [
    ("belysning", "Belöning till alla"),
    ("gångtunnel", "Gång- och cykelväg"),
    ("tunnel", "Tung trafik"),
    ("klotter", "Klot och kägla"),
    ("cykel", "Cylinder"),
    ("fönster", "Förstörelse"),
    ("buske", "Buss mot stan"),
    ("lampa", "Lamm på bete"),
    ("mörkt", "Mördad tid"),
    ("skola", "Skoja runt"),
    ("droger", "Drottninggatan"),
    ("glas", "Glad fest"),
    ("brott", "Bro över ån"),
    ("stöld", "Stökigt på torget"),
    ("trasig", "Trafik på torget"),
    ("ungdom", "Ung man"),
    ("moped", "Modellen"),
    ("parkering", "Parken är fin"),
    ("mörk tunnel", "Mörk skog"),
]

ODDITIES = [
    *("", "   ", "!!!", "'", '"', '"öppen fras', "\\", "%", "_", "-", "- -", "(", ":*", "<->", "a & b | !c", "½", "🙂"),
    *("\x00", "lampa\x00", "x" * 1000, "å " * 500, "99999999999999999999", "2026-0", "٤١"),
]


def found(words: str, member: Member) -> list[str]:
    issues = with_row_facts(search(Issue.objects.visible_to(member), words, member), member)
    return [issue.title for issue in issues.last_happened_first()]


@pytest.mark.parametrize(("words", "title"), FINDS)
def test_search_finds_the_word_in_its_other_forms(words: str, title: str, coordinator: Member) -> None:
    IssueFactory(title=title, where="")

    assert found(words, coordinator) == [title]


@pytest.mark.parametrize(("words", "title"), PASSES_BY)
def test_search_passes_by_what_only_looks_alike(words: str, title: str, coordinator: Member) -> None:
    IssueFactory(title=title, where="")

    assert found(words, coordinator) == []


def test_search_puts_exact_words_before_parts_and_likenesses(coordinator: Member) -> None:
    for title in ("Belysing", "Gatubelysningen", "Belysning"):
        IssueFactory(title=title, where="")

    assert found("belysning", coordinator) == ["Belysning", "Gatubelysningen", "Belysing"]


def test_search_looks_no_wider_when_the_exact_words_find_enough(coordinator: Member) -> None:
    for _ in range(5):
        IssueFactory(title="Belysning", where="")
    IssueFactory(title="Gatubelysningen", where="")

    assert found("belysning", coordinator) == ["Belysning"] * 5


def test_search_understands_a_phrase_and_a_word_to_leave_out(coordinator: Member) -> None:
    IssueFactory(title="Belysning vid torget", where="")
    IssueFactory(title="Belysning vid skolan", where="")

    assert found("belysning -torget", coordinator) == ["Belysning vid skolan"]
    assert found('"torget belysning"', coordinator) == []


@pytest.mark.parametrize("words", ["2026-41", "41", "#41", " 41 ", "2026/41"])
def test_search_by_number_finds_that_issue_alone(words: str, coordinator: Member) -> None:
    IssueFactory(serial=41, title="Klotter")
    IssueFactory(serial=7, title="Buss 41 går inte, 2026 var det 41 av dem")

    assert found(words, coordinator) == ["Klotter"]


def test_search_finds_an_issue_by_what_its_observations_say(representative: Member) -> None:
    issue = IssueFactory(title="Mörkt", where="")
    ObservationFactory(text="Armaturen är sönderslagen.", issue=issue)

    assert found("armaturer", representative) == ["Mörkt"]


def test_search_never_finds_by_an_observation_the_member_may_not_read(
    reader: Member, representative: Member, coordinator: Member
) -> None:
    issue = IssueFactory(title="Mörkt", where="")
    ObservationFactory(text="Armaturen är sönderslagen.", issue=issue)
    ObservationFactory(text="Kameran är borta.", issue=issue, restricted=True)
    IssueFactory(title="Kamera vid infarten", restricted=True)

    assert found("armaturen", reader) == []
    assert found("kameran", representative) == []
    assert found("kamera", coordinator) == []


@pytest.mark.parametrize("words", ODDITIES)
def test_search_takes_whatever_is_typed(words: str, coordinator: Member) -> None:
    IssueFactory(title="Belysning")

    assert found(words, coordinator) == []
