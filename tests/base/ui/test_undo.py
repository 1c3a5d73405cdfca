"""The way back beside what was just done."""

from django.contrib.messages import get_messages
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string
from django.test import RequestFactory

from base.ui.undo import Undo, flash_undoable, undo_of
from tests.base.ui.requests import with_messages


def told(words: str = "Punkten är borttagen.") -> list[Message]:
    request = with_messages(RequestFactory().get("/"))
    flash_undoable(request, words, "/moten/3/aterstall/", line="item-7")
    return list(get_messages(request))


def test_a_message_carries_the_way_back() -> None:
    (message,) = told()

    assert str(message) == "Punkten är borttagen."
    assert undo_of(message) == Undo("/moten/3/aterstall/", {"line": "item-7"})


def test_the_page_shows_it_as_a_form_that_posts_the_opposite() -> None:
    page = render_to_string("ui/_messages.html", {"messages": told("<b>Punkten</b>")})

    assert 'method="post" action="/moten/3/aterstall/"' in page
    assert '<input type="hidden" name="line" value="item-7">' in page
    assert page.count("Ångra") == 1
    assert "<b>" not in page
