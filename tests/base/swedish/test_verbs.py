"""A proposal reads as a sentence where its words begin with a verb, and as it was written where they do not."""

import pytest

from base.swedish.verbs import asked_to


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ("Laga grinden", "Tekniska att laga grinden"),
        ("Byt lampan.", "Tekniska att byta lampan"),
        ("Se över belysningen", "Tekniska att se över belysningen"),
        ("Låsbara cykelställ under tak", "Tekniska: Låsbara cykelställ under tak"),
        ("Byt lampor och sätt upp en skylt", "Tekniska: Byt lampor och sätt upp en skylt"),
        ("Laga grinden och måla den", "Tekniska att laga grinden och måla den"),
        ("Lås på grinden", "Tekniska: Lås på grinden"),
    ],
)
def test_what_is_asked_follows_whom_as_a_sentence_where_it_begins_with_a_verb(what: str, expected: str) -> None:
    assert asked_to("Tekniska", what) == expected
