"""The guard by the real forms: a wall of numbers, digits that are not ours, signs that nobody sees, names of files."""

from __future__ import annotations

from time import process_time

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from base.ui.found_words import MOST
from base.ui.models import KeptPassage
from issues.models import Observation
from members.models import Logotype
from tests.factories import CategoryFactory
from tests.pages import Response
from tests.pictures import picture, sent

pytestmark = pytest.mark.django_db

NUMBER = "690130-9846"
WALL = f"{NUMBER}, " * 10_000
SECONDS = 5
LARGEST = 150_000
"""Signs of the page, of which a form alone is a third."""


def report(client: Client, text: str, **typed: str) -> Response:
    facts = {
        "category": CategoryFactory().pk,
        "where": "Tunneln",
        "when": "now",
        "police_report": "unknown",
        "source": "own",
    }
    return client.post(reverse("issues:report"), facts | {"text": text} | typed)


def found_in(page: Response) -> list[str]:
    return [one.words for inside in page.context["form"].found.values() for one in inside.all]


def test_a_text_of_ten_thousand_numbers_is_too_long_and_says_so_before_anybody_has_waited(
    as_representative: Client,
) -> None:
    begun = process_time()

    page = report(as_representative, WALL)

    assert process_time() - begun < SECONDS
    assert "tecken för lång" in page.content.decode()
    assert not Observation.objects.exists()


def test_as_many_as_there_is_room_for_are_asked_about_on_a_page_of_ordinary_size(as_representative: Client) -> None:
    text = (f"{NUMBER}, " * 300).strip()
    begun = process_time()

    page = report(as_representative, text)

    markup = page.content.decode()
    assert process_time() - begun < SECONDS
    assert (len(found_in(page)), markup.count("<mark>")) == (300, MOST)
    assert f"{300 - MOST} ställen till i samma text" in markup
    assert len(markup) - len(text) < LARGEST
    assert not Observation.objects.exists()


def test_all_of_them_are_removed_by_twenty_answers_and_one(as_representative: Client) -> None:
    text = (f"{NUMBER}, " * 200).strip()
    asked = report(as_representative, text).context["form"].found["text"]
    names = {one.name for one in asked.all}

    report(as_representative, text, **dict.fromkeys(names, "remove"))

    assert len(names) == MOST + 1
    assert Observation.objects.get().text == ("[personnummer], " * 200).strip()
    assert not KeptPassage.objects.exists()


def test_a_script_that_asks_of_a_wall_is_answered_by_a_part_of_ordinary_size(as_representative: Client) -> None:
    begun = process_time()

    part = as_representative.post(reverse("guard"), {"text": WALL, "field": "text", "control": "id_text"}).content

    assert process_time() - begun < SECONDS
    assert part.count(b"<mark>") == MOST
    assert len(part) < LARGEST / 2


@pytest.mark.parametrize(
    "written",
    [
        "٦٩٠١٣٠-٩٨٤٦",
        "６９０１３０－９８４６",
        "6901\u200b30-98\u200b46",
        "69\u2060013\u00ad0-9846",
        "690130-\r\n9846",
        "6901\r\n30-9846",
        "69O13O-9846",
        "690130–9846",
    ],
)
def test_however_a_number_is_dressed_up_it_is_asked_about_as_it_will_be_kept(
    as_representative: Client, written: str
) -> None:
    page = report(as_representative, f"Det var {written} igen.")

    assert len(found_in(page)) == 1
    assert not Observation.objects.exists()


def test_a_name_in_letters_that_only_look_like_ours_is_asked_about(as_representative: Client) -> None:
    page = report(as_representative, "Det var Kеvіn Lаrssоn igen.")  # of which five are Cyrillic

    assert found_in(page) == ["Kеvіn Lаrssоn"]


@pytest.mark.parametrize("content", [picture(), b"no picture"], ids=["taken", "refused"])
def test_the_name_of_a_file_is_neither_shown_nor_kept(as_coordinator: Client, content: bytes) -> None:
    named = {"picture": sent(content, "Kevin Larsson 690130-9846.png")}

    page = as_coordinator.post(reverse("members:logotype_change"), named, follow=True)

    assert Logotype.objects.exists() == (content == picture())
    assert "Kevin Larsson" not in page.content.decode()
    assert not holding("Kevin Larsson")


def holding(words: str) -> list[str]:
    """The tables of which a row has the words."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        held = []
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}" AS t WHERE t::text LIKE %s', [f"%{words}%"])
            if cursor.fetchone()[0]:
                held.append(table)
    return held
