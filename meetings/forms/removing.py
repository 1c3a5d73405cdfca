"""The form that takes a meeting on paper out of the register, entered by mistake."""

from __future__ import annotations

from typing import Any

from base.records.freetext import FreeLineFormField
from base.ui.fields import VersionField
from base.ui.forms import RegisterForm
from meetings.models import Meeting
from meetings.removing import remove_entry
from members.actor import Actor
from members.models import Member


class RemoveEntryForm(RegisterForm):
    """Asks why, which stays where the meeting stood."""

    submit_label = "Ta bort mötet"
    error_title = "Mötet är inte borttaget"
    missing = {"why": "Skriv varför mötet tas bort."}

    why = FreeLineFormField(
        label="Varför",
        max_length=300,
        help_text="Står kvar på mötets sida. Till exempel: Inskrivet två gånger.",
    )
    entry = VersionField()

    def __init__(self, *args: Any, meeting: Meeting, by: Member, **kwargs: Any) -> None:
        self.meeting, self.by = meeting, by
        super().__init__(*args, initial={"entry": meeting.entry}, **kwargs)

    def save(self) -> Meeting:
        """Raises Conflict, EditConflict and NotAllowed as `remove_entry` does."""
        facts = self.cleaned_data
        remove_entry(self.meeting, why=facts["why"], entry=facts["entry"], by=Actor.of(self.by))
        return self.meeting

    def receipt(self, saved: Meeting) -> str:
        return "Mötet är borttaget. Ingen får något mejl."
