"""Every component with all its variants can be read and used by all, at any width, by day and by night."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.examining import Examination, Examined, listening_page
from tests.browser.house import window_of
from tests.factories import MemberFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture(scope="module")
def window(house: str, chromium: Browser) -> Iterator[BrowserContext]:
    window = window_of(MemberFactory(is_coordinator=True), chromium, house)
    yield window
    window.close()


def test_the_page_of_components_has_no_fault(window: BrowserContext, examined: Examined) -> None:
    page, complaints = listening_page(window)

    page.goto("/komponenter/")

    assert page.get_by_role("heading", level=1).inner_text() == "Allt som sidorna är byggda av"
    assert Examination(page, complaints, examined).faults_found() == []
