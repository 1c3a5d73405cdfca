"""Who was there, as minutes have it: by key, by name, and where a name is masked."""

from __future__ import annotations

from typing import Any

import pytest

from base.swedish.passages import MASK, SHORT_MASK
from meetings.minutes.present import is_present, named_alike


def person(name: str, key: int | None = None, title: str = "", home: str = "") -> dict[str, Any]:
    return {"key": key, "name": name, "title": title, "home": home}


def content(*guests: dict[str, Any], **facts: Any) -> dict[str, Any]:
    officers = {"chair": person("Maja Exempel", 1), "secretary": person("Maja Exempel", 1)}
    return {**officers, "attendance": [], "guests": [*guests], **facts}


@pytest.mark.parametrize(
    ("masked", "may_be"),
    [
        (MASK, True),
        (f"Åsa {MASK}", True),
        (f"{SHORT_MASK} Ärlig", True),
        (f"Å{MASK}l{SHORT_MASK}", True),
        (f"{MASK} Ärlig Åsa", False),
        (f"Åsa Ärlig{MASK}", False),  # nothing is left to be masked
        (f"Åsa{MASK}Åsa", False),
        (f"Anna {MASK}", False),
        (f"{MASK * 12}x", False),
    ],
)
def test_what_is_masked_may_have_been_what_the_name_says(masked: str, may_be: bool) -> None:
    assert is_present(content(person(masked)), None, "Åsa Ärlig") is may_be
    assert is_present(content(person("Åsa Ärlig")), None, masked) is may_be


def test_an_approver_is_named_as_the_version_that_is_corrected_names_her() -> None:
    now, then = person("Omar Nyman", 2, home="Nya bolaget"), person("Omar Prov", 2, home="Tekniska")

    assert named_alike([now], content(approvers=[then]), content()) == [then]


def test_one_chosen_since_is_named_as_the_attendance_names_her() -> None:
    people = [person("Omar Prov", 2, title="ingenjör")]
    attended = content(attendance=[{"people": people}])

    [named] = named_alike([person("Omar Nyman", 2, title="chef", home="Tekniska")], content(), attended)

    assert named == person("Omar Prov", 2, title="ingenjör", home="Tekniska")


def test_a_guest_is_named_with_the_title_that_is_put_right() -> None:
    was, becomes = person("Åsa Ärlig", title="kurator"), person("Åsa Ärlig", title="jurist", home="Jouren")

    assert named_alike([was], content(was, approvers=[was]), content(becomes)) == [becomes]


def test_of_two_guests_of_one_name_it_is_not_guessed_which() -> None:
    chosen = person("Åsa Ärlig", title="kurator")
    there = content(chosen, person("Åsa Ärlig", title="polis"))

    assert named_alike([chosen], content(), there) == [chosen]
