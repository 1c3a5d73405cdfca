"""The way back beside what was just done."""

import re

import pytest
from django.contrib.messages import get_messages
from django.template import RequestContext, Template
from django.test import RequestFactory

from base.ui.notices import NoticeStorage
from base.ui.undo import Undo, flash, flash_undoable, undo_of
from tests.base.ui.requests import with_messages


def page_after(words: str = "Punkten är borttagen.", at: str = "", place: str = "") -> str:
    """A page with this place, after a step that went on to the address `at`."""
    request = with_messages(RequestFactory().get("/"))
    flash_undoable(request, words, "/moten/3/aterstall/", at=at, line="item-7")
    page = Template("{% below_messages %}<li>{% told_here place %}Här</li>{% endbelow_messages %}")
    return page.render(RequestContext(request, {"messages": get_messages(request), "place": place}))


def test_a_message_carries_the_way_back() -> None:
    request = with_messages(RequestFactory().get("/"))

    flash_undoable(request, "Punkten är borttagen.", "/moten/3/aterstall/", line="item-7")

    (message,) = get_messages(request)
    assert str(message) == "Punkten är borttagen."
    assert undo_of(message) == Undo("/moten/3/aterstall/", {"line": "item-7"})


def test_the_page_shows_it_as_a_form_that_posts_the_opposite() -> None:
    page = page_after("<b>Punkten</b>")

    (form,) = re.findall(r'<form id="(.+)" method="post" action="/moten/3/aterstall/" hidden>', page)
    assert '<input type="hidden" name="line" value="item-7">' in page
    assert re.findall(r'<button .*form="(.+)">Ångra</button>', page) == [form]
    assert "<b>" not in page


@pytest.mark.parametrize(
    ("at", "place", "where"),
    [
        ("/moten/3/?ordna=1#item-8", "item-8", "in the place"),
        ("/moten/3/?ordna=1#item-8", "item-9", "above the page"),
        ("/moten/3/", "item-8", "above the page"),
        ("", "", "above the page"),
    ],
)
def test_a_message_stands_where_its_address_leads_if_the_page_has_that_place(at: str, place: str, where: str) -> None:
    page = page_after(at=at, place=place)

    above, inside = page.split("<li>")
    assert {"above the page": above.count("Ångra<"), "in the place": inside.count("Ångra<")} == {
        "above the page": 0,
        "in the place": 0,
        where: 1,
    }
    assert above.count("<form ") == 1  # a form in a row may not stand in the form of all rows


def test_two_messages_of_one_place_stand_there_both() -> None:
    request = with_messages(RequestFactory().get("/"))
    flash(request, "Ett.", at="/#rad-2")
    flash(request, "Två.", at="/#rad-2")
    messages = get_messages(request)

    page = Template('{% told_here "rad-2" %}').render(RequestContext(request, {"messages": messages}))

    assert re.findall("<p>(.+)</p>", page) == ["Ett.", "Två."]
    assert isinstance(messages, NoticeStorage)
    assert messages.rest() == []


def test_of_two_with_the_same_words_the_one_whose_place_is_missing_stands_above_the_page() -> None:
    request = with_messages(RequestFactory().get("/"))
    flash(request, "Sparat.", at="/#rad-2")
    flash(request, "Sparat.", at="/#rad-3")
    messages = get_messages(request)
    assert isinstance(messages, NoticeStorage)

    [told] = messages.told_at("rad-2")

    [left] = messages.rest()
    assert (left == told, left is told) == (True, False)
