"""What comes of a form that is sent when the thing has come to another state."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from base.ui.typed import Field
from members.models import Member
from tests.home.growing_world import World
from tests.home.old_tabs.meanwhile import Happening
from tests.home.posts import Sent

DONE = "done"
TOLD = "told"
VERSIONS = ("version", "entry", "answer", "seated", "written")
"""The ends of the names of hidden fields that say what a page showed."""
NOT_THERE = "Det finns inte längre"
"""The page of what is gone, or never was hers to know, for one who sends a form about it."""
OF_THE_BROWSER = {"django_session", "ui_sentform", "django_migrations", "issues_opening"}
"""Tables that say nothing of what the group owns."""


class Rows:
    """The content of every table, to be asked what has changed since."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
            names = [name for (name,) in cursor.fetchall() if name not in OF_THE_BROWSER]
            cursor.execute(" UNION ALL ".join(self._digest(name) for name in names))
            self.digests: dict[str, str] = dict(cursor.fetchall())

    @staticmethod
    def _digest(name: str) -> str:
        return f"""SELECT '{name}', md5(string_agg(t::text, '' ORDER BY t::text)) FROM "{name}" t"""

    def changed_since(self, before: Rows) -> list[str]:
        return [name for name, digest in self.digests.items() if digest != before.digests[name]]


@contextmanager
def taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@dataclass
class Outcomes:
    """By the name of what happened meanwhile: DONE, TOLD, or what is wrong. What cannot come about is left out.

    shown  of the form as the page showed it
    bare   of the same without the hidden fields that name what was shown; nothing where it has none
    """

    route: str
    shown: dict[str, str] = field(default_factory=dict)
    bare: dict[str, str] = field(default_factory=dict)


def outcomes(
    world: World,
    deed: Callable[[World], Sent],
    who: str,
    subject: Callable[[World, Sent], Any],
    happenings: Mapping[str, Happening],
) -> Outcomes:
    with taken_back():
        for thing in ("issue", "action", "meeting", "technical", "representative"):
            getattr(world, thing).refresh_from_db()
        sent = deed(world)
        bare, found = without_versions(sent), Outcomes(sent[0])
        client = Client(raise_request_exception=False)
        client.force_login(Member.objects.get(pk=getattr(world, who).pk))
        for name, happen in happenings.items():
            with taken_back():
                try:
                    with transaction.atomic():
                        happen(world, subject(world, sent))
                except ValidationError:
                    continue
                with taken_back():
                    found.shown[name] = outcome(client, sent)
                if bare != sent:
                    found.bare[name] = outcome(client, bare)
    return found


def without_versions(sent: Sent) -> Sent:
    route, parts, typed = sent
    return route, parts, {name: value for name, value in typed.items() if not name.endswith(VERSIONS)}


def outcome(client: Client, sent: Sent) -> str:
    route, parts, typed = sent
    for value in typed.values():
        if isinstance(value, SimpleUploadedFile):
            value.seek(0)
    client.cookies.pop("messages", None)  # of the sending before, which led to no page
    before = Rows()
    response: Any = client.post(reverse(route, args=parts), typed | {"key": str(uuid4())})
    changed = Rows().changed_since(before)
    if response.status_code not in (200, 302, 404):
        return f"status {response.status_code}"
    levels = {message.level_tag for message in get_messages(response.wsgi_request)}
    if response.headers["Content-Type"] == "application/json":
        reply = response.json()
        page, levels = "", {"success" if reply["kept"] else "error"} if reply["message"] else set()
    else:
        page = html.unescape(response.content.decode())
    if changed:
        went = "error" not in levels and (response.status_code == 302 or "success" in levels)
        return DONE if went else f"refused, but wrote {changed}"
    if not levels and "error-summary" not in page and NOT_THERE not in page:
        return "nothing is written, and nothing is told"
    shown = without_versions(sent)[2].values()
    lost = [value for value in shown if Field("", str(value)).is_text and str(value) not in page]
    return f"lost {lost}" if lost and page else TOLD
