"""The form that gives a closed meeting its diarienummer."""

from __future__ import annotations

from typing import Any

from base.ui.fields import VersionField, field_of
from base.ui.forms import RegisterForm
from meetings.models import Meeting, Minutes
from meetings.registering import register_minutes
from members.actor import Actor
from members.models import Member

UNSEEN = "Diarienumret har bara tecken som inte syns. Inget är ändrat. Skriv det på nytt, eller töm fältet."
NOT_SENT = "Diarienumret följde inte med från sidan. Inget är ändrat. Läs in sidan igen och skriv det på nytt."


class RegistryForm(RegisterForm):
    """Sets the diarienummer of a closed meeting, or corrects it."""

    submit_label = "Spara diarienumret"

    registry_no = field_of(
        Meeting,
        "registry_no",
        help_text="Det blir en ny version med numret, i övrigt som förut. Den förra går att läsa.",
    )
    version = VersionField()

    def __init__(self, *args: Any, meeting: Meeting, by: Member, **kwargs: Any) -> None:
        self.meeting, self.by = meeting, by
        initial = {"registry_no": meeting.registry_no, "version": meeting.version}
        super().__init__(*args, **{"initial": initial, **kwargs})

    def clean(self) -> dict[str, Any]:
        """An empty field takes the diarienummer out; what is not sent at all says nothing of it."""
        facts = super().clean()
        if self.add_prefix("registry_no") not in self.data:
            self.add_error("registry_no", NOT_SENT)
        elif facts.get("registry_no") == "" and self.data[self.add_prefix("registry_no")].strip():
            self.add_error("registry_no", UNSEEN)
        return facts

    def save(self) -> Minutes:
        """Raises EditConflict when another has changed the meeting, NotAllowed when it is the same."""
        typed = self.cleaned_data
        number, version = typed["registry_no"], typed["version"]
        return register_minutes(self.meeting, registry_no=number, version=version, by=Actor.of(self.by))

    def receipt(self, saved: Minutes) -> str:
        if not saved.content["registry_no"]:
            return f"Diarienumret är borttaget i version {saved.version} av {saved.called.definite}."
        return f"Diarienumret står i version {saved.version} av {saved.called.definite}."
