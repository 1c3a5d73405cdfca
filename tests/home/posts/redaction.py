"""Masking: looking for a passage, masking it in one text, masking a whole text."""

from __future__ import annotations

from issues.models import Issue
from tests.factories import IssueFactory
from tests.home.growing_world import World
from tests.home.posts import Sent, to

PASSAGE, WHY = "Kim Fiktiv", "Begärt av den som det gäller"


def an_issue(world: World) -> Issue:
    return IssueFactory(title=f"Klotter av {PASSAGE}", opened_by=world.coordinator)


def look_for_a_passage(world: World) -> Sent:
    an_issue(world)
    return to("redaction:redact", passage=PASSAGE)


def mask_a_passage(world: World) -> Sent:
    places = [f"issues_issue:title:{an_issue(world).pk}"]
    return to("redaction:save", passage=PASSAGE, places=places, offered_places=places, why=WHY)


def mask_a_text(world: World) -> Sent:
    return to("redaction:redact_text", "issues_issue", "title", an_issue(world).pk, why=WHY)
