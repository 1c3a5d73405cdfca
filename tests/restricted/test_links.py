"""What is shown and done by the links of questions, as where the restricted never was."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db.models import CharField, F
from django.db.models.functions import Cast
from pytest_django import DjangoDbBlocker

from issues.answer_link import address_for
from issues.models import Assignment
from tests.days import in_days
from tests.restricted.alike import *  # noqa: F403  the three tests
from tests.restricted.twins import Twins, compare
from tests.restricted.visiting import Asked, Visitor

ROLES = ("signed_out", "ordinary")
SAID = {
    "ja": (("ja-planned", in_days(7).isoformat()),),
    "nej": (("nej-reason", "priority"), ("nej-text", "Annat."), ("nej-next_step", "I mars.")),
    "vidare": (("vidare-to", "nobody"),),
    "klar": (("klar-done_on", in_days(0).isoformat()), ("klar-note", "Lagat.")),
    "aterta/svar": (),
}


def journey(visitor: Visitor) -> None:
    """Each link that somebody may have, and each way on from it: of what is restricted nobody has any."""
    asked = Assignment.objects.asked().filter(action__issue__restricted=False)
    for question in asked.select_related("organisation").order_by("pk"):
        address = address_for(question)
        for role in ROLES:
            visitor.ask(Asked(role, address))
        for step, fields in SAID.items():
            visitor.ask(Asked("signed_out", f"{address}{step}/", "POST", fields))


@pytest.fixture(scope="module")
def twins(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Twins]:
    """The two registers have the same links, which else are made at random."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setattr("issues.models.assignment._new_nonce", lambda: Cast(F("pk"), CharField()))
        yield compare(journey)


def test_some_links_open_and_some_do_not(twins: Twins) -> None:
    statuses = {answer.status for asked, answer in twins.first.items() if asked.method == "GET"}
    assert statuses == {200, 410}
