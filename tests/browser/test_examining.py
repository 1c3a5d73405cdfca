"""The examination finds what is planted: a fault of one width alone, of night alone, in what was right before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.browser.bones import bones
from tests.browser.examining import HEIGHT, Examination, Examined, listening_page
from tests.browser.house import window_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

ADDRESS = "/proband/"
PAGE = """<!doctype html>
<html lang="sv"><head><title>Prov</title><meta name="viewport" content="width=device-width">
<style>
:root {{ color-scheme: light dark }}
body {{ margin: 0; background: light-dark(#fff, #000); color: light-dark(#000, #fff) }}
button, input {{ min-height: 44px }}
{style}
</style></head>
<body><header><p>Registret</p></header><main><h1>Prov</h1>{main}</main></body></html>"""
QUIET = '<p class="quiet">Belysning</p>'
GREY_AT_NIGHT = ".quiet { color: light-dark(#000, #222) }"
GREY_BY_DAY = ".quiet { color: light-dark(#eee, #fff) }"

Examine = Callable[..., list[str]]


@pytest.fixture(scope="module")
def window_page(house: str, chromium: Browser) -> Iterator[tuple[Page, list[str]]]:
    window = window_of(None, chromium, house)
    yield listening_page(window)
    window.close()


@pytest.fixture
def nothing(tmp_path: Path) -> Examined:
    """Nothing has been examined yet."""
    return Examined(tmp_path / "examined")


@pytest.fixture
def examine(window_page: tuple[Page, list[str]], nothing: Examined) -> Examine:
    """The faults of a page with that in its `main` and that style; what was examined before in the test is known."""
    page, complaints = window_page

    def examine(main: str, style: str = "") -> list[str]:
        complaints.clear()
        page.unroute_all()
        page.route(f"**{ADDRESS}", lambda route: _answer(route, PAGE.format(main=main, style=style)))
        page.goto(ADDRESS)
        return Examination(page, complaints, nothing).faults_found()

    return examine


def _answer(route: Route, page: str) -> None:
    route.fulfill(body=page, content_type="text/html; charset=utf-8")


def test_a_page_that_is_as_it_should_be_has_no_fault(examine: Examine) -> None:
    assert examine(QUIET + "<button>Spara</button>") == []


@pytest.mark.parametrize(
    ("main", "style", "words"),
    [
        (QUIET, GREY_BY_DAY, ["light, axe, 390 px: color-contrast", "light, axe, 1280 px: color-contrast"]),
        (QUIET, GREY_AT_NIGHT, ["dark, axe, 390 px: color-contrast", "dark, axe, 1280 px: color-contrast"]),
        (
            QUIET,
            "@media (max-width: 400px) { .quiet { color: light-dark(#000, #222) } }",
            ["dark, axe, 390 px: color-contrast"],
        ),
        (
            QUIET,
            "@media (min-width: 1200px) { .quiet { color: light-dark(#eee, #fff) } }",
            ["light, axe, 1280 px: color-contrast"],
        ),
        ("<input>", "", ["light, axe, 390 px: label", "light, axe, 1280 px: label"]),
        (QUIET, "@media (max-width: 330px) { .quiet { width: 340px } }", ["scrolls sideways: 340 px in 320"]),
        (QUIET, "@media (min-width: 1900px) { .quiet { width: 2000px } }", ["scrolls sideways: 2000 px in 1920"]),
        (
            '<button class="small">Spara</button>',
            ".small { min-height: 30px }",
            ['too small for a thumb: button "Spara", 30 px'],
        ),
        (QUIET + "<script>console.error('fel')</script>", "", ["console: fel"]),
    ],
)
def test_a_fault_is_found(examine: Examine, main: str, style: str, words: list[str]) -> None:
    faults = examine(main, style)

    assert [fault.partition(": <")[0] for fault in faults] == words


def test_a_fault_is_found_where_the_same_words_were_right_before(examine: Examine) -> None:
    examine(QUIET)

    assert [fault.partition(": <")[0] for fault in examine(QUIET, GREY_AT_NIGHT)] == [
        "dark, axe, 390 px: color-contrast",
        "dark, axe, 1280 px: color-contrast",
    ]


def test_a_fault_of_the_ground_is_found_where_the_words_look_as_before(examine: Examine) -> None:
    examine(f"<div class='card'>{QUIET}</div>")

    faults = examine(f"<div class='card'>{QUIET}</div>", ".card { background: light-dark(#111, #000) }")

    assert [fault.partition(": <")[0] for fault in faults] == [
        "light, axe, 390 px: color-contrast",
        "light, axe, 1280 px: color-contrast",
    ]


@pytest.mark.parametrize(
    "main",
    [
        '<p class="loud">Belysning</p>',
        '<p class="quiet" role="status">Belysning</p>',
        '<p class="quiet" hidden>Belysning</p>',
        '<div><p class="quiet">Belysning</p></div>',
        '<p class="quiet">Belysning</p><p class="quiet">Skolan</p>',
        '<hr><p class="quiet">Belysning</p>',
        '<p class="quiet"><b>Belysning</b></p>',
        '<p class="quiet" data-folded>Belysning</p>',
        '<p class="quiet" aria-hidden="true">Belysning</p>',
        '<h2>Belysning</h2><p class="quiet">Skolan</p>',
    ],
)
def test_a_page_made_of_something_else_is_examined(main: str, nothing: Examined) -> None:
    nothing.knows(bones(PAGE.format(main=QUIET, style="")), *HEIGHT)

    assert not nothing.knows(bones(PAGE.format(main=main, style="")), *HEIGHT)


def test_a_page_with_other_words_alone_is_not_examined_again(nothing: Examined) -> None:
    nothing.knows(bones(PAGE.format(main=QUIET, style="")), *HEIGHT)

    assert nothing.knows(bones(PAGE.format(main='<p class="quiet">Skolan</p>', style="")), *HEIGHT)


def test_a_page_made_of_what_two_others_are_is_not_examined_again(nothing: Examined) -> None:
    for main in (f"{QUIET}<ul><li>Skolan</li></ul>", f"{QUIET}<hr>"):
        nothing.knows(bones(PAGE.format(main=main, style="")), *HEIGHT)

    assert nothing.knows(bones(PAGE.format(main=QUIET, style="")), *HEIGHT)
    assert not nothing.knows(bones(PAGE.format(main=f"<hr>{QUIET}", style="")), *HEIGHT)


def test_headings_in_another_order_are_examined(nothing: Examined) -> None:
    whole, skipping = "<div><h2>A</h2></div><div><h3>B</h3></div>", "<div></div><div><h3>B</h3></div>"
    nothing.knows(bones(PAGE.format(main=whole, style="")), *HEIGHT)

    assert not nothing.knows(bones(PAGE.format(main=skipping, style="")), *HEIGHT)


def test_a_page_that_was_examined_in_one_window_is_examined_in_another(nothing: Examined) -> None:
    nothing.knows(bones(PAGE.format(main=QUIET, style="")), 390)

    assert not nothing.knows(bones(PAGE.format(main=QUIET, style="")), 1280)


def test_what_one_process_has_examined_another_knows(tmp_path: Path) -> None:
    one, other = (Examined(tmp_path / "examined") for _ in range(2))
    one.knows({1, 2}, 390)

    assert other.knows({2}, 390)
    assert not other.knows({3}, 390)
    assert one.knows({1, 2, 3}, 390)
