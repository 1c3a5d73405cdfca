"""A page that is printed tells what it tells on the screen."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from members.actor import Actor
from members.models import Member
from tests.browser.conftest import Enter
from tests.factories import IssueFactory, ObservationFactory

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("way", ["desktop"], indirect=True)
def test_what_came_at_once_is_a_line_with_words_on_paper_too(enter: Enter, coordinator: Member) -> None:
    issue = IssueFactory()
    for _ in range(3):
        ObservationFactory().attach(issue, by=Actor.of(coordinator))
    maja = enter(coordinator)
    maja.opens(issue.get_absolute_url())

    maja.page.emulate_media(media="print")

    expect(maja.page.get_by_text("Tre observationer kopplade.", exact=True)).to_be_visible()
