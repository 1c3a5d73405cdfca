"""The form that takes back an observation that one has reported."""

from __future__ import annotations

from typing import Any

from base.ui.fields import field_of
from base.ui.forms import RegisterForm
from issues.models import Observation, Tombstone
from members.actor import Actor
from members.models import Member


class WithdrawObservationForm(RegisterForm):
    """Takes one's own observation back, for good."""

    why = field_of(Tombstone, "why", label="Skäl", help_text="Skälet finns kvar och läses av dig och samordnaren.")

    submit_label = "Ta tillbaka observationen"

    def __init__(self, *args: Any, observation: Observation, by: Member, **kwargs: Any) -> None:
        self.observation, self.by = observation, by
        super().__init__(*args, **kwargs)

    def save(self) -> Observation:
        self.observation.withdraw(why=self.cleaned_data["why"], by=Actor.of(self.by))
        return self.observation
