"""A hit is shown with the words in their context."""

import pytest

from base.records.search_provider import excerpt


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("Gatubelysningen är släckt", "belysning", "<mark>Gatubelysningen</mark> är släckt"),
        ("Alla gångtunnlar", "gångtunnel", "Alla <mark>gångtunnlar</mark>"),
        ("Mörkt och\nkallt", "mörkt kallt", "<mark>Mörkt</mark> och <mark>kallt</mark>"),
        ("Inget här", "tunnel", "Inget här"),
        ("a < b & klotter", "klotter", "a &lt; b &amp; <mark>klotter</mark>"),
        ("Klotter", "(", "Klotter"),
        ("", "klotter", ""),
    ],
)
def test_the_words_are_marked_in_whatever_form_they_stand(text: str, words: str, shown: str) -> None:
    assert excerpt(text, words) == shown


def test_a_long_text_is_cut_between_words_around_the_first_that_was_met() -> None:
    text = f"{'ord ' * 100}klotter {'slut ' * 100}"

    shown = excerpt(text, "klotter")

    assert shown.startswith("… ord ")
    assert "<mark>klotter</mark> slut" in shown
    assert shown.endswith("slut …")
    assert len(shown) < 300


def test_a_word_without_end_is_read_through_once() -> None:
    assert excerpt("a" * 200_000, "belysning").startswith("aaa")  # letter by letter it takes a quarter of an hour
    assert "<mark>" in excerpt("a" * 100_000 + "belysning" + "a" * 100_000, "belysning")
