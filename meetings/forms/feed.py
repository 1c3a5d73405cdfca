"""The three buttons of one's own calendar address."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from base.ui.forms import RegisterForm
from meetings.feed import change_feed, end_feed, make_feed
from members.actor import Actor
from members.models import Member


class FeedForm(RegisterForm):
    """One button, of whoever presses it."""

    told: str

    def __init__(self, *args: Any, by: Member, **kwargs: Any) -> None:
        self.by = Actor.of(by)
        super().__init__(*args, **kwargs)

    def save(self) -> str:
        self.act()
        return reverse("calendar_feed")

    def act(self) -> object:
        raise NotImplementedError

    def receipt(self, saved: Any) -> str:
        return self.told


class MakeFeedForm(FeedForm):
    """Gives her an address."""

    told = "Du har fått en adress. Lägg in den i din kalender."

    def act(self) -> object:
        return make_feed(by=self.by)


class ChangeFeedForm(FeedForm):
    """Gives her another."""

    told = "Du har fått en ny adress. Den gamla gäller inte längre."

    def act(self) -> object:
        return change_feed(by=self.by)


class EndFeedForm(FeedForm):
    """Takes it away."""

    told = "Adressen gäller inte längre. Mötena kan stå kvar i din kalender tills du tar bort den där."

    def act(self) -> object:
        return end_feed(by=self.by)
