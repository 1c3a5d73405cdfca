"""The base of the forms on an action's page: each step a form of its own, folded until it is chosen."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from django import forms
from django.urls import reverse

from base.ui.forms import RegisterForm
from base.ui.widgets import ChoiceRadios
from issues.models import Action, Assignment
from issues.rules import answers_on_behalf
from members.actor import Actor, Channel
from members.models import Member


class ActionForm(RegisterForm):
    """One step with an action, taken by a member, about the handover that she had before her.

    summary   the words one unfolds it by
    route     the address that saves it; takes the pk of `target`
    """

    summary: ClassVar[str]
    route: ClassVar[str]

    def __init__(self, data: Any = None, *, assignment: Assignment, by: Member) -> None:
        self.assignment, self.by = assignment, by
        super().__init__(data)

    @classmethod
    def is_offered(cls, action: Action) -> bool:
        """Whether the action stands where this step can be taken."""
        raise NotImplementedError

    @property
    def action(self) -> Action:
        return self.assignment.action

    @property
    def actor(self) -> Actor:
        """The actor who takes the step."""
        return Actor.of(self.by)

    @property
    def target(self) -> Action | Assignment:
        return self.action

    @property
    def url(self) -> str:
        return reverse(self.route, args=[self.target.pk])

    @property
    def words(self) -> str:
        """The words one unfolds it by, when they depend on where the action stands."""
        return self.summary

    def receipt(self, saved: Action) -> str:
        return "Sparat."

    def save(self) -> Action:
        """Take the step and give back the action. Raises ValidationError when somebody was first."""
        raise NotImplementedError


class OrganisationAnswerForm(ActionForm):
    """What an organisation says: in its own name, or written down by the samordnare with how it came.

    Whoever answers for the organisation herself is signed in; nothing she sends can say otherwise.
    """

    channel = forms.ChoiceField(label="Hur kom beskedet?", choices=Channel.on_behalf, widget=ChoiceRadios)

    def __init__(self, data: Any = None, *, assignment: Assignment, by: Member) -> None:
        super().__init__(data, assignment=assignment, by=by)
        self.on_behalf = answers_on_behalf(by, assignment)
        if not self.on_behalf:
            del self.fields["channel"]

    @cached_property
    def helper(self) -> FormHelper:
        helper = super().helper
        if helper.layout and self.on_behalf:
            helper.layout.insert(0, "channel")
        return helper

    @property
    def actor(self) -> Actor:
        """The actor who gives the organisation's word: its own, or the samordnare who was told."""
        channel = str(self.cleaned_data.get("channel", Channel.SIGNED_IN))
        return super().actor.speaking_for(self.assignment.organisation, channel)

    def receipt(self, saved: Action) -> str:
        if self.on_behalf:
            return f"Noterat för {self.assignment.organisation}."
        return "Tack. Gruppen ser svaret direkt."
