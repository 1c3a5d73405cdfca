"""In the reader's own few colours what is chosen still differs from what is not, and no drawing keeps its own ink."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.house import window_of
from tests.factories import ActionFactory, IssueFactory, MemberFactory, SeatFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

EDGES = "links => links.map(link => getComputedStyle(link).borderBlockEndColor)"
INK = "svg => getComputedStyle(svg).stroke"
GROUND = "label => getComputedStyle(label).backgroundColor"


@pytest.fixture(scope="module")
def page(house: str, chromium: Browser) -> Iterator[Page]:
    coordinator = MemberFactory(is_coordinator=True)
    SeatFactory(member=coordinator)
    ActionFactory(issue=IssueFactory())
    window = window_of(coordinator, chromium, house, forced_colors="active")
    yield window.new_page()
    window.close()


def test_one_view_alone_is_underlined(page: Page) -> None:
    page.goto("/arenden/")

    edges = page.locator(".tabs a").evaluate_all(EDGES)

    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert [edge == ground for edge in edges] == [False] + [True] * (len(edges) - 1)


def test_a_glyph_has_the_ink_of_the_words(page: Page) -> None:
    page.goto("/atgarder/?vy=alla")

    ink = page.locator(".state svg").first.evaluate(INK)

    assert ink == page.evaluate("getComputedStyle(document.body).color")


def test_the_chosen_answer_has_another_ground(page: Page) -> None:
    page.goto("/rapportera/")
    answers = page.locator(".segments").first.locator("label")
    answers.nth(1).click()

    first, second = answers.nth(0).evaluate(GROUND), answers.nth(1).evaluate(GROUND)

    assert first != second
