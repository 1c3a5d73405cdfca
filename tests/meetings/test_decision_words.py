"""The formal sentence of a decision: what is typed with a small letter begins with a large one, as a sentence does."""

from __future__ import annotations

import pytest

from meetings.decision_words import formal_words


@pytest.mark.parametrize(
    ("kind", "typed", "told"),
    [
        ("other", "vi röjer i maj", "Vi röjer i maj."),
        ("inform", "polisen berättade", "Gruppen noterar informationen. Polisen berättade."),
        ("inform", "gruppen noterar informationen", "Gruppen noterar informationen."),
        ("other", "", ""),
    ],
)
def test_what_is_typed_with_a_small_letter_begins_with_a_large_one(kind: str, typed: str, told: str) -> None:
    assert formal_words(kind, typed) == told
