"""Text twice as large on a phone: what one presses stays within the page."""

from __future__ import annotations

import pytest

from members.models import Member
from tests.browser.conftest import Enter

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("way", ["phone"], indirect=True)
def test_the_button_that_sends_a_report_breaks_its_words(enter: Enter, representative: Member) -> None:
    omar = enter(representative)
    omar.opens("/rapportera/")
    omar.page.evaluate("document.documentElement.style.fontSize = '200%'")

    button = omar.page.get_by_role("button", name="Skicka observationen").bounding_box()

    assert button
    assert button["x"] + button["width"] <= 390
