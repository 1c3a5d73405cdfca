"""A proposal reads as a sentence where its words begin with a verb, and as it was written where they do not."""

import pytest

from base.swedish.verbs import asked_to


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ("Laga grinden", "Tekniska att laga grinden"),
        ("Byt lampan.", "Tekniska att byta lampan"),
        ("Se över belysningen", "Tekniska att se över belysningen"),
        ("Gå en trygghetsvandring", "Tekniska att gå en trygghetsvandring"),
        ("Låsbara cykelställ under tak", "Tekniska: Låsbara cykelställ under tak"),
        ("Laga grinden och måla den", "Tekniska att laga grinden och måla den"),
        ("Lås på grinden", "Tekniska: Lås på grinden"),
    ],
)
def test_what_is_asked_follows_whom_as_a_sentence_where_it_begins_with_a_verb(what: str, expected: str) -> None:
    assert asked_to("Tekniska", what) == expected


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ("Byt lampor och sätt upp spegel", "Tekniska att byta lampor och sätta upp spegel"),
        ("Klipp häcken och rensa diket", "Tekniska att klippa häcken och rensa diket"),
        ("Laga staketet och sätt upp en skylt", "Tekniska att laga staketet och sätta upp en skylt"),
        ("Utred farthinder och mät hastigheten", "Tekniska att utreda farthinder och mäta hastigheten"),
        ("Stäng av vattnet och töm brunnen", "Tekniska att stänga av vattnet och tömma brunnen"),
        ("Sanera klottret och måla om", "Tekniska att sanera klottret och måla om"),
        ("Byt lampor och skyltar i parken", "Tekniska: Byt lampor och skyltar i parken"),
        ("Se över gångvägar och trappor", "Tekniska att se över gångvägar och trappor"),
        ("Se över tider och sätt att nå dem", "Tekniska: Se över tider och sätt att nå dem"),
        ("Byt lampor och armaturer och sätt upp spegel", "Tekniska: Byt lampor och armaturer och sätt upp spegel"),
        ("Röj sly och klipp gräset", "Tekniska: Röj sly och klipp gräset"),
        ("Kontakta ägaren och bygg ett staket", "Tekniska att kontakta ägaren och bygga ett staket"),
    ],
)
def test_of_two_things_each_is_a_known_verb_or_the_words_stand_as_they_are(what: str, expected: str) -> None:
    assert asked_to("Tekniska", what) == expected
