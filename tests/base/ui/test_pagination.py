"""Pages of a long list."""

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from base.ui import pagination
from base.ui.pagination import Page, paginate
from members.models import Organisation


@pytest.fixture
def five(db: None) -> None:
    Organisation.objects.bulk_create(Organisation(name=f"Organisation {n}") for n in range(5))


def page_of(query: str = "", size: int = 2) -> Page[Organisation]:
    return paginate(RequestFactory().get(f"/{query}"), Organisation.objects.order_by("name"), size)


@pytest.mark.parametrize(
    ("query", "number", "names"),
    [
        ("", 1, ["Organisation 0", "Organisation 1"]),
        ("?sida=2", 2, ["Organisation 2", "Organisation 3"]),
        ("?sida=3", 3, ["Organisation 4"]),
        ("?sida=99", 3, ["Organisation 4"]),
        ("?sida=0", 1, ["Organisation 0", "Organisation 1"]),
        ("?sida=-1", 1, ["Organisation 0", "Organisation 1"]),
        ("?sida=två", 1, ["Organisation 0", "Organisation 1"]),
        ("?sida=%00", 1, ["Organisation 0", "Organisation 1"]),
        ("?sida=²", 1, ["Organisation 0", "Organisation 1"]),
        ("?sida=99999999999999999999", 1, ["Organisation 0", "Organisation 1"]),
    ],
)
def test_any_page_number_leads_to_a_page(five: None, query: str, number: int, names: list[str]):
    page = page_of(query)

    assert (page.number, [organisation.name for organisation in page]) == (number, names)


def test_a_page_says_where_it_is(five: None):
    assert page_of("?sida=2").words == "3–4 av 5"
    assert page_of("?sida=3").words == "5 av 5"


def test_an_empty_list_is_one_empty_page(db: None):
    page = page_of()

    assert (page.number, list(page), page.has_next, page.has_previous) == (1, [], False, False)


def test_beyond_the_ceiling_the_count_says_more_than(five: None, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pagination, "COUNTED", 4)

    page = page_of("?sida=9")

    assert page.total_words == "fler än 4"
    assert page.number == 2


def test_links_keep_what_else_was_asked(five: None):
    request = RequestFactory().get("/?kategori=klotter&sida=2")

    html = render_to_string("ui/_pagination.html", {"page": page_of("?sida=2")}, request)

    assert 'rel="prev" href="?kategori=klotter&amp;sida=1"' in html
    assert 'rel="next" href="?kategori=klotter&amp;sida=3"' in html


def test_a_page_costs_two_queries(five: None, django_assert_num_queries):
    with django_assert_num_queries(2):
        list(page_of("?sida=2"))
