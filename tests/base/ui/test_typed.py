"""What of a form that could not be received is given back to be copied."""

import pytest

from base.ui.typed import Field


@pytest.mark.parametrize("value", ["mörkt", "Trasig", "ingen lampa", "maja@exempel.se", "två\nrader", "Å"])
def test_what_was_written_is_a_text(value: str) -> None:
    assert Field("text", value).is_text


@pytest.mark.parametrize("value", ["", "on", "7", "under_way", "2026-11-27", " 12:30 ", "not-known"])
def test_what_was_chosen_is_none(value: str) -> None:
    assert not Field("text", value).is_text
