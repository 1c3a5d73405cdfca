"""What people write: one way to keep the same words, whatever they were typed with."""

from collections.abc import Callable

import pytest

from base.swedish.text import breakable, normalize_heading, normalize_line, normalize_text


@pytest.mark.parametrize("typed", ["a\r\nb", "a\rb", "a\nb", "a\vb", "a\fb", "a\u0085b", "a\u2028b", "a\u2029b"])
def test_a_line_break_is_one_sign_whatever_made_it(typed: str) -> None:
    assert normalize_text(typed) == "a\nb"
    assert normalize_line(typed) == "a b"


def test_empty_lines_and_the_blanks_inside_a_text_are_kept() -> None:
    assert normalize_text("\r\nFörst.\r\n\r\n  Sedan\t2\u00a0m. \r\n") == "Först.\n\n  Sedan\t2\u00a0m."


@pytest.mark.parametrize("blank", [" ", "  ", "\u00a0", "\u202f", "\t", " \u2009\u00a0", "\u3000", "\r\n\r\n"])
def test_any_run_of_blanks_in_a_line_is_one_space(blank: str) -> None:
    assert normalize_line(f"{blank}Norra{blank}gångtunneln{blank}") == "Norra gångtunneln"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("byt lampor vid  tunneln", "Byt lampor vid tunneln"),
        ("åtgärda hålet", "Åtgärda hålet"),
        ("Byt lampor", "Byt lampor"),
        ("i parken: klipp häcken", "I parken: klipp häcken"),
        ("iPad till nattvandrarna", "iPad till nattvandrarna"),
        ("e-tjänst för felanmälan", "e-tjänst för felanmälan"),
        ("p-platser vid skolan", "p-platser vid skolan"),
        ("gång- och cykelvägen", "Gång- och cykelvägen"),
        ("4 lampor", "4 lampor"),
        ("", ""),
    ],
)
def test_a_heading_begins_with_a_large_letter_unless_its_first_word_has_a_way_of_its_own(typed: str, kept: str) -> None:
    assert normalize_heading(typed) == kept
    assert normalize_heading(kept) == kept


@pytest.mark.parametrize("normalize", [normalize_text, normalize_line])
def test_a_letter_is_written_in_one_way(normalize: Callable[[str], str]) -> None:
    assert normalize("ga\u030angva\u0308g, O\u0308, cafe\u0301, \u212bhus") == "gångväg, Ö, café, Åhus"
    assert normalize("a\u200b\u030a") == "å"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("\ufeff Lam\u200bpa\u00adn", "Lampan"),
        ("\u202egnilmalv\u202c\u061c", "gnilmalv"),
        ("klart\u0096\u0007 nu", "klart nu"),
        ("brotts\ufffeförebyggande\uffff\ufdd0 ord\ufffd", "brottsförebyggande ord\ufffd"),
        ("👮🏽\u200d♀️ مرحبا", "👮🏽\u200d♀️ مرحبا"),
        ("a\x00b", "a\x00b"),
    ],
    ids=["copied", "turned around", "controls", "no signs", "pictures and other scripts", "nul, which is told of"],
)
@pytest.mark.parametrize("normalize", [normalize_text, normalize_line])
def test_what_comes_along_unseen_is_left_out_and_all_else_is_kept(
    normalize: Callable[[str], str], typed: str, kept: str
) -> None:
    assert normalize(typed) == kept


def test_a_letter_has_no_more_accents_than_a_letter_can() -> None:
    assert normalize_text("e" + "\u0301\u0323" * 100_000) == normalize_text("e" + "\u0301\u0323" * 15)
    assert len(normalize_text("e" + "\u0301" * 100_000 + "f")) == 31
    pictures = "🇸🇪👨🏽\u200d🚒…–" * 40
    assert normalize_text(pictures) == pictures


@pytest.mark.parametrize(
    "unseen",
    ["", " \r\n", "\u200b", "\u200d\ufe0f", " \u202e ", "\u3164", "\u2800 \u115f", "\U000e0041"],
)
@pytest.mark.parametrize("normalize", [normalize_text, normalize_line])
def test_what_nobody_can_see_is_nothing(normalize: Callable[[str], str], unseen: str) -> None:
    assert normalize(unseen) == ""


@pytest.mark.parametrize("normalize", [normalize_text, normalize_line])
def test_what_is_kept_is_not_changed_the_next_time(normalize: Callable[[str], str]) -> None:
    every_sign = (f"{before}{chr(sign)}a" for sign in range(0x3000) for before in ("", "a", "\r", "\u030a"))

    assert [kept for kept in map(normalize, every_sign) if normalize(kept) != kept] == []


@pytest.mark.parametrize(
    ("words", "broken"),
    [
        ("Ordningsstörning", "Ordnings|störning"),
        ("Trafiksäkerhetsarbete", "Trafiksäkerhets|arbete"),
        ("Behov av vuxennärvaro", "Behov av vuxennärvaro"),
        ("Belysning", "Belysning"),
    ],
)
def test_a_long_compound_may_be_broken_at_its_joint(words: str, broken: str) -> None:
    assert breakable(words) == broken.replace("|", "\u00ad")
