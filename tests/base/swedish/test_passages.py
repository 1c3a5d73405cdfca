"""A passage to be masked: found however it is written, and the same in Python and in PostgreSQL."""

import re
from datetime import date

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from base.swedish.guard import find
from base.swedish.passages import LONGEST, MASK, NoPassage, masked, pattern

BLANKS = ["  ", "\n", "\u00a0", "\r\n", "\t", " \n ", "\u200b \u202f"]
DASHES = ["-", "–", "\u2212", "\u2011", " - ", "-\n", " – "]


@pytest.mark.parametrize("blank", BLANKS)
def test_a_blank_is_any_run_of_blanks(blank: str) -> None:
    assert masked(pattern("Kim Fiktiv"), f"Av Kim{blank}Fiktiv.") == f"Av {MASK}."


@pytest.mark.parametrize("dash", DASHES)
def test_a_dash_is_any_dash_with_blanks_around_it_or_without(dash: str) -> None:
    assert masked(pattern("000101-9999"), f"Nr 000101{dash}9999, sedan") == f"Nr {MASK}, sedan"


@pytest.mark.parametrize(
    "written", ["KIM FIKTIV", "kim fiktiv", "K\u200bim Fik\u00adtiv", "Kim Fiktivs", "Ki\u200dm Fiktiv"]
)
def test_case_what_nobody_sees_and_the_genitive_do_not_hide_it(written: str) -> None:
    assert masked(pattern("Kim\u200b  Fiktiv "), f"({written})") == f"({MASK})"
    assert masked(pattern("a\u030asa prov"), "Åsa Prov") == MASK


PERSON = ["850709-9805", "8507099805", "19850709-9805", "850709 9805", "19 85 07 09+9805", "850709–\n9805"]
WRITTEN = ["８５０７０９-９８０５", "8️⃣5️⃣0️⃣7️⃣0️⃣9️⃣-9805", "850709ㅤ-9805", "85\u03030709-9805", "⑧⑤⓪⑦⓪⑨-9805", "٨٥٠٧٠٩-٩٨٠٥"]
PERSON += WRITTEN
PHONE = [
    *("070-174 06 05", "0701740605", "+46 70 174 06 05", "+46701740605", "0046 70-174 06 05", "+46 (0)70-1740605"),
    *("070/174.06.05", "070\u00a0174\u200b06\n05", "46 70 174 06 05"),
]
PLATE = ["ABC123", "ABC 123", "abc123", "Abc-123", "ABC\n123"]
ABROAD = ["+47 912 34 567", "004791234567", "00 47-91 23 45 67"]
ONE_NUMBER = [PERSON, PHONE, PLATE, ABROAD, ["ABC12D", "abc 12d"], ["850709-T123", "19850709t123"]]


@pytest.mark.django_db
@pytest.mark.parametrize("ways", ONE_NUMBER, ids=lambda ways: ways[0])
def test_a_number_is_found_however_it_is_written(ways: list[str]) -> None:
    for passage in ways:
        text = "; ".join(ways)
        assert masked(pattern(passage), text) == "; ".join([MASK] * len(ways))
        assert in_the_database(pattern(passage), text) == masked(pattern(passage), text)


@pytest.mark.parametrize(
    ("passage", "others"),
    [
        ("850709-9805", ["1850709-9805", "850709-98051", "850709-9806", "85070998 5", "199850709 9805"]),
        ("070-174 06 05", ["070-174 06 051", "10701740605", "70 174 06 05", "+47 70 174 06 05", "0701740600"]),
        ("ABC123", ["XABC123", "ABC1234", "ABC 123B", "ABC 124", "ABC/123"]),
        ("2026-41", ["202641", "2026 41"]),
        ("2026-10-14", ["20261014", "2026 10 14"]),
    ],
)
def test_another_number_is_left(passage: str, others: list[str]) -> None:
    for other in others:
        assert masked(pattern(passage), f"nr {other}.") == f"nr {other}."


@pytest.mark.parametrize("written", ["O'Fiktiv", "O’Fiktiv", "o\u02bcfiktiv", "O‘FIKTIVS"])
def test_an_apostrophe_is_any_apostrophe(written: str) -> None:
    assert (
        masked(pattern("O'Fiktiv"), f"Av {written}.") == masked(pattern("O’Fiktiv"), f"Av {written}.") == f"Av {MASK}."
    )


@pytest.mark.parametrize("written", ["Annan", "Joanna", "Anna5", "annaå", "xAnna", "Annass", "Annaｎ", "𝐧Anna"])
def test_a_word_is_not_found_inside_another(written: str) -> None:
    assert masked(pattern("Anna"), f"{written} är här") == f"{written} är här"


@pytest.mark.django_db
@pytest.mark.parametrize("written", ["(07+)", "a.b*c", "x{2}", "p|q", "[ab]", "c\\d", "^ab$", "a_b", "?ab", "***:ab"])
def test_signs_of_an_expression_are_only_signs(written: str) -> None:
    assert masked(pattern(written), f"se {written} och 0777 aXbbc xx pp ab") == f"se {MASK} och 0777 aXbbc xx pp ab"
    assert in_the_database(pattern(written), f"se {written} och aXbbc") == f"se {MASK} och aXbbc"


@pytest.mark.parametrize("written", ["", " ", "-", "a", "\u200b", "maskerat", "Maskerat]", "å" * (LONGEST + 1)])
def test_what_cannot_be_looked_for_is_told(written: str) -> None:
    with pytest.raises(NoPassage):
        pattern(written)


@pytest.mark.django_db
def test_the_longest_passage_is_not_too_much_for_the_database() -> None:
    passage = ("Ärende om åäö-" * LONGEST)[: LONGEST - 1] + "x"

    assert in_the_database(pattern(passage), f"a {passage.lower()}. b") == f"a {MASK}. b"


@pytest.mark.django_db
def test_nor_is_the_longest_address() -> None:
    written = f"{'a.' * 31}b@{'c.' * 8}se"

    assert in_the_database(pattern(written), f"a {written.replace('@', ' (at) ')}, b") == f"a {MASK}, b"


ADDRESSES = [
    *(
        "anna.ek (at) exempel.se",
        "anna.ek [AT] exempel [punkt] se",
        "anna.ek(a)exempel.se",
        "anna.ek{at}exempel{dot}se",
    ),
    *("Anna.Ek snabel-a exempel punkt se", "anna punkt ek <snabel a> exempel punkt se", "anna.ek @ exempel.se"),
    "anna.ek［аt］exempel（punkt）se",
]


@pytest.mark.django_db
@pytest.mark.parametrize("written", ADDRESSES)
def test_an_address_is_found_however_it_is_spelled_out(written: str) -> None:
    for passage in ("anna.ek@exempel.se", written):
        text = f"Skriv till {written}, eller anna.ek@exempel.se, inte hanna.ek@exempel.se eller anna.ek@exempel.sex"
        left = f"Skriv till {MASK}, eller {MASK}, inte hanna.ek@exempel.se eller anna.ek@exempel.sex"
        assert in_the_database(pattern(passage), text) == masked(pattern(passage), text) == left


SIGNS = some.sampled_from(
    [*"aAåÅsSßẞıİſKKéñΣςσжЖאع中5٣²_.,:;()[]{}*+?|\\^$/#&'\"-–— \n\t\u00a0\u200b\u200d\u00ad\ufeff\u0301😀ǅ"]
)
WORDS = some.text(
    some.one_of(SIGNS, some.characters(exclude_categories=["Cs"], exclude_characters="\x00")), max_size=30
)


def in_the_database(expression: str, text: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT regexp_replace(%s, %s, %s, 'g'), %s ~ %s", [text, expression, MASK, text, expression])
        [(replaced, found)] = cursor.fetchall()
    assert found == (replaced != text)
    return str(replaced)


def made(passage: str) -> str:
    try:
        return pattern(passage)
    except NoPassage:
        return pattern("åsa k")


@pytest.mark.django_db
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(WORDS, WORDS, WORDS, some.booleans())
def test_both_engines_find_the_same(before: str, passage: str, after: str, is_upper: bool) -> None:
    expression = made(passage)
    text = before + (passage.upper() if is_upper else passage) + after + " " + passage + "s\nÅsa  K"

    assert in_the_database(expression, text) == masked(expression, text)


PARTED = some.lists(some.sampled_from(["", "", " ", "-", "–", "\n", "+", "(", "0", "19", "\u200b", "46"]), min_size=16)


@pytest.mark.django_db
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.sampled_from([way for ways in ONE_NUMBER for way in ways] + ["1919191919", "0046 46 46 46 46"]), PARTED)
def test_both_engines_find_the_same_of_a_number(passage: str, parted: list[str]) -> None:
    signs = re.sub(r"\W", "", passage)
    text = (
        f"{''.join(f'{between}{sign}' for between, sign in zip(parted, signs, strict=False))}{parted[-1]} 19{passage}"
    )

    assert in_the_database(pattern(passage), text) == masked(pattern(passage), text)


def test_the_expression_disregards_case_by_itself() -> None:
    """Who adds the flag finds the same."""
    expression, text = pattern("Åsa Prov-Test 12"), "ÅSA\nprov–TEST 12 ÅSA"

    assert re.sub(expression, MASK, text, flags=re.IGNORECASE) == masked(expression, text) == f"{MASK} ÅSA"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("passage", "written"),
    [
        *(("850709-9805", written) for written in WRITTEN),
        ("anna.ek@exempel.se", "anna.ek＠exempel.se"),
        ("anna.ek@exempel.se", "ａｎｎａ．ｅｋ@exempel.se"),
        *(("ABC 123", written) for written in ("АВС 123", "ΑΒC－123", "𝐀𝐁𝐂 𝟏𝟐𝟑", "AB\u0303C123", "ａｂｃ１２３")),
        *(("070-174 06 05", written) for written in ("070）174．06／05", "070－174﹣06ー05", "＋46（0）70 174 06 05")),
        *(("+47 912 34 567", written) for written in ("⁺47 912 34 567", "﬩47/912﹙34﹚567")),
        *(("850709-9805", written) for written in ("850709_9805", "850709\t-9805", "85O7O9-9805", "850709⁻9805")),
        ("anna.ek@exempel.se", "аnnа．ek﹫ехеmреl．se"),
        ("Kevin Prov", "КЕVІN РRОV".replace("І", "I")),
        ("Вова", "ВОВА"),
        ("Åsa Öberg", "Åsa \u2800Öberg"),
        ("Åsa Öberg", "Åsa \u3164Öb\u180eerg"),
    ],
)
def test_what_looks_the_same_is_the_same_whichever_is_typed(passage: str, written: str) -> None:
    for typed, stands in ((passage, written), (written, passage)):
        text = f"Det stod {stands}, sedan"
        assert masked(pattern(typed), text) == f"Det stod {MASK}, sedan"
        assert in_the_database(pattern(typed), text) == masked(pattern(typed), text)


def test_every_spelling_of_a_number_that_the_guard_asks_about_is_found() -> None:
    for written in PERSON:
        asked = [found.kind for found in find(f"Det gäller {written}, sedan", today=date(2026, 11, 28))]
        assert asked == ["personnummer"], written
        assert MASK in masked(pattern("850709-9805"), f"Det gäller {written}, sedan")
