"""Every form of the product × every state that its thing may have come to since the form was shown.

The answer is never a fault. Either the table says that it may be done from there too, and why; or nothing is written,
in any table, and she is told so with what she typed still there. A form with hidden fields that name what the page
showed is sent without them too: then the verb alone says no, from every state that it does not begin from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.access import TABLE
from tests.home.growing_world import World
from tests.home.old_tabs.about_nothing import ABOUT_NOTHING
from tests.home.old_tabs.forms import FORMS, Form, Reasons
from tests.home.old_tabs.sending import DONE, TOLD, Outcomes, outcomes
from tests.home.posts import free_the_numbers
from tests.home.test_statements_of_posts import OF_ALLAUTH

pytestmark = pytest.mark.django_db


class Register(World):
    """A small world: the pages need not be full."""

    def _fill_the_pages(self) -> None:
        pass


class Answers:
    """What came of each form, each asked once."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._had: dict[str, Outcomes] = {}

    def of(self, form: Form) -> Outcomes:
        if form.deed.__name__ not in self._had:
            asked = form.deed, form.who, form.kind.subject, form.kind.happenings
            self._had[form.deed.__name__] = outcomes(self._world, *asked)
        return self._had[form.deed.__name__]


@pytest.fixture(scope="module")
def answers(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Answers]:
    """Asked of one world, which is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = Register()
        world.grow()
        free_the_numbers()
        yield Answers(world)
        transaction.set_rollback(True)


def expected(found: Mapping[str, str], may: Reasons) -> dict[str, str]:
    return {name: DONE if name in may else TOLD for name in found}


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.deed.__name__)
def test_a_form_from_an_old_tab_does_what_the_table_says_or_nothing(form: Form, answers: Answers) -> None:
    found = answers.of(form)

    assert found.shown == expected(found.shown, form.may)
    assert found.bare == expected(found.bare, form.may | form.bare)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.deed.__name__)
def test_what_the_table_says_may_happen_does(form: Form, answers: Answers) -> None:
    found = answers.of(form)

    assert {*form.may} - {*found.shown} == set()
    assert {*form.bare} - {*found.bare} == set()
    assert found.shown


def test_every_form_stands_in_the_table(answers: Answers) -> None:
    posted = {row.route for row in TABLE if row.method == "POST"}

    assert {answers.of(form).route for form in FORMS} == posted - OF_ALLAUTH - {*ABOUT_NOTHING}
