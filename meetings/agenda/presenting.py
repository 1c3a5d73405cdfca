"""Föredragande: who presents an item of the agenda, members or others, named as rows or in words."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from meetings.models import AgendaItem, Presenter
from meetings.models.presenter import Presenting
from meetings.named_lines import Accounts, each_line, named_person
from members.actor import Actor
from members.models import Member, OutsideContact

MOST = 20


def name_presenters(item: AgendaItem, people: Sequence[Presenting], *, by: Actor, at: datetime | None = None) -> None:
    """Let these present an item that is locked with its meeting, in their order. Raises ValidationError."""
    if len(people) > MOST:
        raise ValidationError(f"Högst {MOST} kan stå som föredragande på en punkt.")
    named = {_key(who): who for who in people}
    if len(named) < len(people):
        twice = next(who for place, who in enumerate(people) if _key(who) in map(_key, people[:place]))
        raise ValidationError(f"{twice} står två gånger som föredragande.")
    known = {_key(one.who): one for one in Presenter.objects.of(item)}
    for key, row in known.items():
        if key not in named:
            row.discard(by=by)
    for place, (key, who) in enumerate(named.items(), start=1):
        row = known.get(key) or Presenter(item=item, created_at=at or timezone.now())
        if (row.place, row.pk and row.who) != (place, who):
            row.set({"place": place, **_facts(who)}, by=by)
            row.save_checked()


def in_words(text: str) -> list[Presenting]:
    """Those of the lines: name, title, where from. Who has an account is known by her name and her organisation.

    Raises ValidationError, which tells of each line that cannot be read.
    """
    if not text.strip():
        return []
    accounts = Accounts.known()
    homes = accounts.homes

    def read(line: str) -> Presenting:
        person = named_person(line, homes.__contains__)
        return accounts.of(person) or person

    return each_line(text, read, _key)


def _key(who: Presenting) -> Hashable:
    return who.pk if isinstance(who, Member) else (who.name.casefold(), who.home.casefold())


def _facts(who: Presenting) -> dict[str, Any]:
    if isinstance(who, Member):
        return {"member": who}
    contact = OutsideContact.objects.at(who.address) if who.address else None
    return {"name": who.name, "title": who.title, "home": who.home, "contact": contact}
