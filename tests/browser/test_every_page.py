"""Every page of the access table, as each role that may open it sees it, at four widths, by day and by night.

A page is a row of the table, so a new address is walked from the day it stands there. Most pages are made of what
another is: all are asked for, and those with something that no page had before are opened and examined.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Browser, Page, Route

from tests.access import PAGES, TABLE
from tests.access.table import Row
from tests.access.visiting import Visits
from tests.access.world import MAY_SEE_THE_SECRET, ROLES, SECRET, make_world
from tests.browser.bones import bones
from tests.browser.examining import HEIGHT, Examination, Examined, listening_page
from tests.browser.house import window_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

FORMS = [row for row in TABLE if row.method == "POST" and 200 in row.statuses.values()]
CSRF = "a" * 32
BLANK = "/static/axe.js"
"""Shown as text, and of the house's origin: a form can be sent from there, and no script of the page goes anywhere."""
SEND_EMPTY = """([address, token]) => {
    const form = Object.assign(document.createElement("form"), { method: "post", action: address });
    form.append(Object.assign(document.createElement("input"), { name: "csrfmiddlewaretoken", value: token }));
    document.body.append(form);
    form.submit();
}"""

Windows = dict[str, tuple[Page, list[str]]]


@pytest.fixture(scope="module")
def visits(house: str) -> Visits:
    return Visits(make_world())


@pytest.fixture(scope="module")
def windows(house: str, visits: Visits, chromium: Browser) -> Iterator[Windows]:
    """For each role a page where she is signed in, and what the browser complains of there."""
    opened = {role: window_of(visits.world.people[role], chromium, house) for role in ROLES}
    for window in opened.values():
        window.add_cookies([{"name": "csrftoken", "value": CSRF, "url": house}])
    yield {role: listening_page(window) for role, window in opened.items()}
    for window in opened.values():
        window.close()


def examine(page: Page, complaints: list[str], examined: Examined) -> None:
    if faults := Examination(page, complaints, examined).faults_found():
        pytest.fail("\n".join([page.url, *faults]), pytrace=False)


def examine_for_each_role(
    row: Row, visits: Visits, windows: Windows, examined: Examined, open_page: Callable[[Page], object]
) -> None:
    """Where the page of somebody who may open it has bones that no page had before, she opens it."""
    for role in (role for role in ROLES if row.statuses[role] == 200):
        markup = visits.answer(role, row).page
        if not markup:
            pytest.skip("no page: a document, which is examined where it is made, or an answer to a script")
        if not examined.knows(bones(markup), *HEIGHT):
            page, complaints = windows[role]
            complaints.clear()
            open_page(page)
            assert role in MAY_SEE_THE_SECRET or SECRET not in page.content(), f"{role} reads what is restricted"
            examine(page, complaints, examined)


@pytest.mark.parametrize("row", PAGES, ids=str)
def test_a_page_is_for_all(row: Row, visits: Visits, windows: Windows, examined: Examined) -> None:
    address = row.address(visits.world)

    examine_for_each_role(row, visits, windows, examined, lambda page: page.goto(address))


@pytest.mark.parametrize("row", FORMS, ids=str)
def test_a_form_with_something_to_correct_is_for_all(
    row: Row, visits: Visits, windows: Windows, examined: Examined, house: str
) -> None:
    def send_empty(page: Page) -> None:
        page.goto(BLANK)
        with page.expect_navigation():
            page.evaluate(SEND_EMPTY, [house + row.address(visits.world), CSRF])

    examine_for_each_role(row, visits, windows, examined, send_empty)


@pytest.mark.parametrize(
    ("role", "address", "status"), [("ordinary", "/sortera/", 403), ("guest", "/ingenstans/", 404)]
)
def test_a_page_that_says_no_is_for_all(
    role: str, address: str, status: int, windows: Windows, examined: Examined
) -> None:
    page, complaints = windows[role]
    complaints.clear()

    response = page.goto(address)

    assert response
    assert response.status == status
    examine(page, complaints, examined)


FAILURES = [f"{name}.html" for name in ["400", "400_host", "403_csrf", "413", "429", "500", "503", "503_file"]]


@pytest.mark.parametrize("template", FAILURES)
def test_a_page_for_what_went_wrong_is_for_all(template: str, windows: Windows, examined: Examined) -> None:
    page, complaints = windows["signed_out"]
    complaints.clear()

    def answer(route: Route) -> None:
        route.fulfill(body=render_to_string(template), content_type="text/html; charset=utf-8")

    page.route("**/gick-fel/", answer)
    page.goto("/gick-fel/")

    examine(page, complaints, examined)
