"""A decision whose words fill their field has no room for the full stop that is put after others."""

from __future__ import annotations

import pytest

from meetings.decision_words import MOST, formal_words


@pytest.mark.parametrize("kind", ["other", "pause"])
def test_a_text_that_fills_its_field_gets_no_full_stop(kind: str) -> None:
    full = "Gruppen avvaktar ".ljust(MOST, "x")

    assert formal_words(kind, full) == full
    assert formal_words(kind, full[:-1]) == f"{full[:-1]}."
