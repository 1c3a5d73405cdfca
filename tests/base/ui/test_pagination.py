"""Pages of a long list."""

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries

from base.ui import pagination
from base.ui.pagination import CountedPage, paginate
from members.models import Organisation


@pytest.fixture
def five(db: None) -> None:
    Organisation.objects.bulk_create(Organisation(name=f"Organisation {n}") for n in range(5))


def page_of(query: str = "", size: int = 2) -> CountedPage:
    return paginate(RequestFactory().get(f"/{query}"), Organisation.objects.order_by("name"), size)


def shown(query: str = "") -> str:
    """The way through the pages, as it stands under the list."""
    request = RequestFactory().get(f"/{query}")
    return render_to_string("ui/_pagination.html", {"page": page_of(query)}, request).strip()


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
def test_any_page_number_leads_to_a_page(five: None, query: str, number: int, names: list[str]) -> None:
    page = page_of(query)

    assert (page.number, [organisation.name for organisation in page]) == (number, names)


def test_a_total_that_is_known_is_not_counted_again(
    five: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    request, organisations = RequestFactory().get("/?sida=3"), Organisation.objects.order_by("name")

    with django_assert_num_queries(1):
        page = paginate(request, organisations, 2, total=5)
        assert (page.number, [organisation.name for organisation in page]) == (3, ["Organisation 4"])


def test_a_page_says_where_it_is(five: None) -> None:
    assert ">3–4 av 5<" in shown("?sida=2")
    assert ">5 av 5<" in shown("?sida=3")


def test_an_empty_list_is_one_empty_page(db: None) -> None:
    page = page_of()

    assert (page.number, list(page), page.has_other_pages()) == (1, [], False)
    assert shown() == ""


def test_beyond_the_ceiling_the_count_says_more_than(five: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pagination, "COUNTED", 4)

    page = page_of("?sida=9")

    assert page.number == 2
    assert ">3–4 av fler än 4<" in shown("?sida=9")


def test_links_keep_what_else_was_asked(five: None) -> None:
    html = shown("?kategori=klotter&sida=2")

    assert 'rel="prev" href="?kategori=klotter&amp;sida=1"' in html
    assert 'rel="next" href="?kategori=klotter&amp;sida=3"' in html


def test_a_page_costs_two_queries(five: None, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(2):
        list(page_of("?sida=2"))
