"""What a step led to is told where the step's address leads, in whatever form it was done."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from members.models import Member
from tests.home.growing_world import World
from tests.home.posts import free_the_numbers
from tests.home.test_statements_of_posts import POSTS, Post

pytestmark = pytest.mark.django_db

VOID = {"input", "br", "meta", "link", "img", "hr", "wbr"}


class Notices(HTMLParser):
    """For each notice on the page the ids of the elements that it stands in."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.around: list[tuple[str, str]] = []
        self.found: list[set[str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = dict(attrs)
        if facts.get("class") == "notice" and any("messages" in above for above, _ in self.around):
            self.found.append({place for _, place in self.around if place})
        if tag not in VOID:
            self.around.append((f"{tag} {facts.get('class') or ''}", facts.get("id") or ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Nothing stands in what ends at once."""

    def handle_endtag(self, tag: str) -> None:
        while self.around and not self.around.pop()[0].startswith(f"{tag} "):
            pass


def told_after(post: Post, world: World) -> tuple[str, list[set[str]]]:
    """The place on a page that a step leads to, and where that page tells of it; all is taken back.

    What is put back may stand on a later page of the queue: then there is no place.
    """
    with transaction.atomic():
        for thing in ("issue", "action", "meeting", "technical", "representative"):
            getattr(world, thing).refresh_from_db()
        route, parts, typed = post.deed(world)
        client = Client()
        client.force_login(Member.objects.get(pk=getattr(world, post.who).pk))
        response = client.post(reverse(route, args=parts), typed)
        place = urlsplit(response.headers.get("Location", "")).fragment
        page = client.get(response["Location"]).content.decode() if place else ""
        transaction.set_rollback(True)
    is_there = f'id="{place}"' in page
    return place if is_there else "", Notices(page).found


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, tuple[str, list[set[str]]]]]:
    """By the name of the step: the place that it leads to, and the places that each notice stands in."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = World()
        world.grow()
        free_the_numbers()
        yield {post.deed.__name__: told_after(post, world) for post in POSTS}
        transaction.set_rollback(True)


def test_what_was_done_far_down_a_page_is_told_there(told: dict[str, tuple[str, list[set[str]]]]) -> None:
    far_down = {deed: found for deed, (place, found) in told.items() if place}
    elsewhere = {deed for deed, found in far_down.items() for around in found if told[deed][0] not in around}

    assert elsewhere == set()
    assert {"move", "remove", "restore", "attendance"} <= {deed for deed, found in far_down.items() if found}
