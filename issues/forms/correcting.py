from __future__ import annotations

from typing import Any

from base.ui.fields import VersionField
from issues.forms import seen
from issues.forms.report import ReportForm
from issues.forms.when import When
from issues.models import Category, Observation
from members.actor import Actor
from members.models import Member


class CorrectForm(ReportForm):
    """Corrects an observation that one has reported: the report's fields, less whom it came from."""

    version = VersionField()

    submit_label = "Spara ändringen"

    def __init__(self, *args: Any, instance: Observation, **kwargs: Any) -> None:
        answered = {"when": When.OTHER, **seen.answers(instance)}
        super().__init__(*args, instance=instance, initial=answered, **kwargs)
        self.fields["version"].initial = instance.version
        self.offer("category", Category.objects.to_choose_from(instance.category_id))

    def save(self) -> Observation:  # type: ignore[override]
        observation: Observation = self.instance
        facts = {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.cleaned_data}
        observation.correct(by=Actor.of(self.member), version=self.cleaned_data["version"], **facts, **self.seen_facts)
        return observation

    def receipt(self, saved: Observation) -> str:
        return "Ändringen är sparad."

    def _offer_organisations(self, member: Member) -> None:
        del self.fields["organisation"]
