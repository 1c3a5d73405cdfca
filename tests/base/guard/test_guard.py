"""The guard: what it finds, what it leaves alone, where it says it stands, and how long it takes."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path
from time import process_time
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from base.swedish.guard import find
from base.swedish.guard.checking import read, tally

TODAY = date(2026, 11, 27)
CORPUS = Path(__file__).parent


def told(text: str) -> list[tuple[str, str]]:
    """What is found in the text: the kind, and the signs that are pointed at."""
    return [(one.kind.value, text[one.start : one.end]) for one in find(text, today=TODAY)]


@pytest.mark.parametrize(
    "written",
    [
        "690130-9846",
        "19690130-9846",
        "6901309846",
        "196901309846",
        "690130 9846",
        "690130–9846",
        "690130 - 9846",
        "690130-\n9846",
        "690130\n9846",
        "69-01-30-9846",
        "1969 01 30-9846",
        "121212+1212",
        "６９０１３０－９８４６",
        "٦٩٠١٣٠-٩٨٤٦",
        "6901\u200b30-98\u200b46",
        "69O130-9846",
        "110607-T982",
        "690130_9846",
        "690130\t-9846",
        "690130\t–\t9846",
        "19690130_9846",
        "6901\u180e30-\u28009846",
        "6️⃣9️⃣0️⃣1️⃣3️⃣0️⃣-9️⃣8️⃣4️⃣6️⃣",
        "6\u03089\u03080130-9846",
        "690130-\r\n9846",
        *("690130-9846"[:place] + "\n" + "690130-9846"[place:] for place in range(1, 11)),
    ],
)
def test_a_personnummer_is_found_however_it_is_written(written: str) -> None:
    assert told(f"Det var {written}, sa hon.") == [("personnummer", written)]


@pytest.mark.parametrize(
    "written",
    [
        "690130-9847",  # the check digit is wrong
        "691330-9844",  # there is no thirteenth month
        "690230-9843",  # nor a thirtieth of February
        "556012-5790",  # an organisation's
        "20271014-9807",  # nobody is born next year
        "2026-10-14 0215",
        "20261014 2213",
        "20261014_2213",
        "261014_1208",
        "5000-K123456-24",
        "1690130-98461",
        "69013098\n46",  # two numbers on two lines as well
    ],
)
def test_what_only_looks_like_a_personnummer_is_left_alone(written: str) -> None:
    assert told(f"Se {written} i listan.") == []


def test_the_day_of_a_samordningsnummer_is_sixty_more() -> None:
    assert told("Han har 860672-9880.") == [("samordningsnummer", "860672-9880")]


@pytest.mark.parametrize(
    "written",
    [
        "070-174 06 05",
        "0701740605",
        "070 174 06 05",
        "070/174 06 05",
        "070.174.06.05",
        "070 - 174 06 05",
        "070–174 06 05",
        "+46701740605",
        "+46 70 174 06 05",
        "+46 (0)70 174 06 05",
        "0046 70 174 06 05",
        "08-465 004 21",
        "(031) 390 06 45",
        "0980-319 204",
        "0846500421",
        "0313900645",
    ],
)
def test_a_phone_number_is_found_however_it_is_written(written: str) -> None:
    assert told(f"Ring {written} efter fyra.") == [("phone", written)]


@pytest.mark.parametrize("number", ["0846500421", "0313900645", "0406280477", "0980319204", "098031920"])
def test_without_a_blank_it_is_found_where_nothing_says_that_it_is_one(number: str) -> None:
    assert told(f"Lappen: {number}, annars mejl.") == [("phone", number)]
    for thing in ("Dnr", "Mätare", "Faktura", "/karta?id="):
        assert told(f"{thing} {number}.".replace("= ", "=")) == []


@pytest.mark.parametrize("number", ["04650042", "0001234567", "08465004210", "01012026"])
def test_digits_in_a_row_that_are_too_few_too_many_or_of_no_area_are_left_alone(number: str) -> None:
    assert told(f"Lappen: {number}, annars mejl.") == []


@pytest.mark.parametrize(
    "written", ["112", "114 14", "1177", "04-11-2026", "08-17", "08.15-09.30", "070174", "0701-12"]
)
def test_an_authoritys_short_number_a_day_and_a_span_are_no_phone_numbers(written: str) -> None:
    assert told(f"Gäller {written} tills vidare.") == []


def test_numbers_in_a_row_are_each_found() -> None:
    assert told("0701740605 0701740612 0701740619") == [
        ("phone", "0701740605"),
        ("phone", "0701740612"),
        ("phone", "0701740619"),
    ]


@pytest.mark.parametrize("written", ["DUM 482", "DUM482", "DUM-482", "DUM 48B", "DUM48B", "ОOO 517", "dum48b"])
def test_a_plate_is_found_however_it_is_written(written: str) -> None:
    assert told(f"Det var {written} igen.") == [("plate", written)]


@pytest.mark.parametrize(
    "written", ["DUM 4821", "DUM 48O", "IQV 123", "LED 830", "och 200", "lgh 12b", "KSN 123/24", "TRV 2026/98"]
)
def test_a_model_a_word_and_a_diary_number_are_no_plates(written: str) -> None:
    assert told(f"Det var {written} igen.") == []


def test_a_plate_in_small_letters_is_one_where_a_vehicle_is_told_of() -> None:
    assert told("En moped utan lyse, dum 482.") == [("plate", "dum 482")]
    assert told("Det var dum 482 gånger om.") == []


@pytest.mark.parametrize(
    "written",
    [
        *("b.holm@byalaget.example", "Åsa.Öberg@exempel.se", "b.holm (at) byalaget.example", "b.holm(a)exempel.se"),
        *("anna.ek [at] exempel [punkt] se", "anna.ek snabel-a exempel.se", "anna punkt ek snabela exempel punkt se"),
        *("anna.ek {at} exempel {dot} se", "anna.ek@exempel(punkt)se", "anna.ek［ａｔ］exempel.se"),
    ],
)
def test_an_address_is_found_however_it_is_written(written: str) -> None:
    assert told(f"Skriv till {written}.") == [("email", written)]


@pytest.mark.parametrize(
    "text",
    [
        "Möte (a) belysning, (b) städning. Punkt 3 utgår.",
        "Vi ses @ Biblioteket punkt tre står kvar",
        "Skriv snabel-a i adressen, inte (at) som förut.",
        "Se punkt 4 (at) och 5.",
        "Barnet sa punkt och pekade.",
    ],
)
def test_words_that_may_stand_for_signs_make_no_address_alone(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Killen heter Kevin och går i åttan.", ["Kevin"]),
        ("Barnen heter Lisa, Kalle och Per.", ["Lisa", "Kalle", "Per"]),
        ("han heter kevin tror jag", ["kevin"]),
        ("En av dem kallas Bagarn.", ["Bagarn"]),
        ("Hon är dotter till Marie Fransson.", ["Marie Fransson"]),
        ("Mannen bor på Tallvägen 14 B, två trappor.", ["Tallvägen 14 B"]),
        ("Mannen bor på våningsplan 2, Tallvägen 14 B.", ["Tallvägen 14 B"]),
        ("Boende på plan 2, Stora torget 3 B.", ["Stora torget 3 B"]),
        ("Enligt K. Magnusson är låset borta.", ["K. Magnusson"]),
        ("Det var Xhevdet Gjokaj som ringde.", ["Xhevdet Gjokaj"]),
        ("Vi mötte Carl von Hallberg där.", ["Carl von Hallberg"]),
        ("DET VAR KEVIN ANDERSSON IGEN", ["KEVIN ANDERSSON"]),
    ],
)
def test_a_name_is_found_by_what_introduces_it_or_how_it_is_written(text: str, names: list[str]) -> None:
    assert told(text) == [("name", name) for name in names]


@pytest.mark.parametrize(
    "text",
    [
        "Lekplatsen heter Igelkotten.",
        "Parken som kallas Apladalen är mörk.",
        "Vid Astrid Lindgrens gata är det mörkt.",
        "Restaurang Bella Napoli har fest.",
        "Igår Kväll Var Det Bråk Vid Macken",
        "Hans cykel låg i ån. Per år är det tio.",
        "Samverkan med Rädda Barnen fortsätter.",
        "Vi bor på Ekvägen och har inget ljus.",
        "Hon bor på våningsplan 2, de andra bor på entréplan 1.",
        "Boende på plan 2 och de som bor vid torget 2025 klagar.",
        "N. Esplanaden är avstängd.",
    ],
)
def test_a_place_a_shop_and_a_heading_are_no_names(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Anna Ek\t690130\t9846\tÅparken", "690130\t9846"),
        ("Pnr: 690130-9846född", "690130-9846"),
        ("Pnr: 196901309846Anna", "196901309846"),
        ("ring tel0701740605", "0701740605"),
    ],
)
def test_a_number_is_found_in_a_row_of_a_sheet_and_glued_to_a_word(text: str, found: str) -> None:
    assert found in [words for kind, words in told(text) if kind in ("personnummer", "phone")]


def test_ten_digits_with_letters_after_them_are_no_personnummer() -> None:
    assert told("Artikel 6901309846AB") == []


def test_loose_accents_are_of_the_letter_before() -> None:
    text = normalize("NFD", "Mejla åsa.öberg@exempel.se. Hon heter Åsa Öberg.")

    asked = [(kind, normalize("NFC", words)) for kind, words in told(text)]
    assert asked == [("email", "åsa.öberg@exempel.se"), ("name", "Åsa Öberg")]


def test_where_two_kinds_lie_over_each_other_one_is_told() -> None:
    assert told("Jag heter kevin.larsson@exempel.se") == [("email", "kevin.larsson@exempel.se")]


def test_it_is_told_where_it_stands_in_the_text_as_it_was_written() -> None:
    text = "🙂\u200b Ring 070\u200b-174\u00a006 05 🙂"

    assert [text[one.start : one.end] for one in find(text)] == ["070\u200b-174\u00a006 05"]


@pytest.mark.parametrize("unit", ["690130-9846, ", "0701740605 ", "DUM 482, ", "a.b@exempel.se ", "Kevin Larsson, "])
def test_ten_thousand_in_one_text_are_each_found_before_anybody_has_waited(unit: str) -> None:
    text = unit * 10_000
    begun = process_time()

    assert len(find(text, today=TODAY)) == 10_000
    assert process_time() - begun < 3


@pytest.mark.parametrize("file", sorted(CORPUS.glob("*.tsv")), ids=lambda file: file.stem)
def test_of_the_sentences_what_is_asked_for_is_found(file: Path) -> None:
    sentences = list(read(file.read_text(encoding="utf-8")))

    numbers, names = tally(sentences, names=False), tally(sentences, names=True)

    assert numbers.found >= numbers.marked * (1 if file.stem == "tuned" else 0.95)
    assert numbers.alarmed <= numbers.quiet * 0.03
    assert names.found >= names.marked * 0.9
    assert names.alarmed <= names.quiet * 0.05


PIECES = st.sampled_from(
    [
        *"0123456789 -+./()@_\n",
        "070-",
        "1969",
        "0130",
        "Kevin ",
        "heter ",
        "bor på ",
        "ABC ",
        "vägen ",
        "A.",
        "å",
        "\u200b",
        "🙂",
        "４",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=80).map("".join))
def test_whatever_is_typed_what_is_found_stands_in_it_in_order_and_apart(text: str) -> None:
    found = find(text, today=TODAY)

    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(before.end <= after.start for before, after in pairwise(found))


@settings(max_examples=25, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=4).map("".join))
def test_the_time_grows_with_the_text_alone(unit: str) -> None:
    short, long = unit * (4_000 // len(unit)), unit * (16_000 // len(unit))

    assert _seconds(long) < max(10 * _seconds(short), 0.4)


def _seconds(text: str) -> float:
    begun = process_time()
    find(text, today=TODAY)
    return process_time() - begun
