"""The forms, of one button each, by which a member follows an issue and stops following it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from base.ui.forms import RegisterForm
from base.ui.undo import Undo
from issues.models import Follower, Issue
from members.actor import Actor
from members.models import Member


class FollowForm(RegisterForm):
    """Follows an issue."""

    def __init__(self, *args: Any, issue: Issue, by: Member, **kwargs: Any) -> None:
        self.issue, self.by = issue, by
        super().__init__(*args, **kwargs)

    def save(self) -> Issue:
        Follower.begin(self.issue, by=Actor.of(self.by))
        return self.issue

    def receipt(self, saved: Issue) -> str:
        return "Du följer ärendet. Det som händer står på din startsida."

    def undo(self, saved: Issue) -> Undo:
        return Undo(reverse("issues:unfollow", args=[saved.number]))


class UnfollowForm(FollowForm):
    """Stops following an issue."""

    def save(self) -> Issue:
        Follower.end(self.issue, by=Actor.of(self.by))
        return self.issue

    def receipt(self, saved: Issue) -> str:
        return "Du följer inte längre ärendet."

    def undo(self, saved: Issue) -> Undo:
        return Undo(reverse("issues:follow", args=[saved.number]))
