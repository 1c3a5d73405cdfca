"""The button of a yes says what it binds to: the day it is done, or that it runs on."""

from __future__ import annotations

import pytest

from base.swedish.said_days import RUNNING_WORDS
from issues.models import Action
from members.actor import Actor
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

    for words in (
        *RUNNING_WORDS,
        "Tills vidare, från mars",
        "vecka 50",
        "december",
        "slutet av mars 2027",
        "majkvällen",
    ):
        line.fill(words)
        said[words] = button.text_content()

    assert said == {
        **{words: f"Svara ja, {words}" for words in RUNNING_WORDS},
        "Tills vidare, från mars": "Svara ja, Tills vidare, från mars",
        "vecka 50": "Svara ja, klart vecka 50",
        "december": "Svara ja, klart i december",
        "slutet av mars 2027": "Svara ja, klart i slutet av mars 2027",
        "majkvällen": "Svara ja, klart majkvällen",
    }


def test_who_is_named_stands_on_the_button_that_hands_over(
    enter: Enter, coordinator: Member, representative: Member, asked: Action, housing: Organisation
) -> None:
    asked.current.pass_on(by=Actor.of(representative), to=None)
    maja = enter(coordinator)
    maja.opens(asked.get_absolute_url())
    button = maja.page.locator("button[data-says]")
    before = button.text_content()

    maja.page.get_by_label("Ansvarig").select_option("Witalabostäder AB")

    assert (before, button.text_content()) == ("Utse ansvarig", "Utse Witalabostäder AB")
