"""A line that names a person: as it is typed, and as it is copied out of a mail program."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from meetings.agenda.presenting import in_words
from tests.meetings.test_contact_calls import ANNA

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "line",
    [
        "Anna Exempel; <Anna@Jouren.exempel.se>; kurator; Brottsofferjouren",
        "Anna Exempel <anna@jouren.exempel.se>, kurator, Brottsofferjouren",
        "Anna Exempel, kurator, Brottsofferjouren <anna@jouren.exempel.se>",
        "Anna Exempel anna@jouren.exempel.se, kurator, Brottsofferjouren",
        '"Anna Exempel" <anna@jouren.exempel.se>, kurator, Brottsofferjouren',
        '"Exempel, Anna" <mailto:anna@jouren.exempel.se>, kurator, Brottsofferjouren',
    ],
)
def test_where_it_stands_in_the_line_is_no_matter(line: str) -> None:
    assert in_words(line) == [ANNA]


@pytest.mark.parametrize("line", ["anna@jouren.exempel.se", "anna@jouren.exempel.se, Anna Exempel"])
def test_an_address_is_nobodys_name(line: str) -> None:
    with pytest.raises(ValidationError, match="Skriv namnet först på raden"):
        in_words(line)
