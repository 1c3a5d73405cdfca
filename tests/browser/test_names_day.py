"""The button of a yes says what it binds to: the day it is done, or that it runs on."""

from __future__ import annotations

import pytest

from base.swedish.said_days import RUNNING_WORDS
from issues.models import Action
from members.models import Member, Organisation
from tests.browser.conftest import Enter
from tests.factories import ActionFactory

pytestmark = pytest.mark.browser


@pytest.fixture
def asked(technical: Organisation) -> Action:
    action: Action = ActionFactory(assignment__organisation=technical)
    return action


def test_what_runs_on_is_not_called_done_in_any_of_its_words(
    enter: Enter, representative: Member, asked: Action
) -> None:
    omar = enter(representative)
    omar.opens(asked.get_absolute_url())
    omar.page.get_by_label("Annan dag").check()
    line, button = omar.page.get_by_label("Eller i ord").first, omar.page.locator("button[data-names]")
    said = {}

    for words in (*RUNNING_WORDS, "Tills vidare, från mars", "vecka 50"):
        line.fill(words)
        said[words] = button.text_content()

    assert said == {
        **{words: f"Svara ja, {words}" for words in RUNNING_WORDS},
        "Tills vidare, från mars": "Svara ja, Tills vidare, från mars",
        "vecka 50": "Svara ja, klart vecka 50",
    }
