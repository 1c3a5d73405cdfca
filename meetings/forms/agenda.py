"""The forms that change an agenda: add an item, move a line. Who presents it: `presenting`."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse

from base.swedish.points import at_point
from base.ui.forms import RegisterForm
from base.ui.undo import Undo
from base.ui.widgets import EMPTY_CHOICE
from meetings.agenda.lines import AgendaHeading, AgendaLine
from meetings.agenda.ordering import Moved, move_line
from meetings.agenda.parts_following import look_over_words
from meetings.agenda.places import places_for
from meetings.models import Meeting
from members.actor import Actor
from members.models import Member


class PlaceField(forms.ChoiceField):
    """A place on the agenda. Whether it is still there is asked of the agenda when the line is moved."""

    def valid_value(self, value: Any) -> bool:
        return True


class LineMoveForm(RegisterForm):
    """Moves a line of the agenda to another place: chosen on its page, dragged there, or a step up or down."""

    submit_label = "Flytta"
    missing = {"after": "Välj var punkten ska stå."}

    after = PlaceField(label="Flytta till")
    moved_to = forms.CharField(required=False, widget=forms.HiddenInput)
    seen_at = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, meeting: Meeting, line: str, by: Member, **kwargs: Any) -> None:
        self.meeting, self.line, self.by = meeting, line, by
        super().__init__(*args, **kwargs)

    def offer_places(self, line: AgendaLine, headings: list[AgendaHeading]) -> None:
        for name in ("moved_to", "seen_at"):
            self.fields.pop(name)  # who chooses a place on the page sees where the line stands
        self.initial["after"] = line.steps.here
        self.offer_choices("after", [("", EMPTY_CHOICE), *places_for(line, headings)])

    def save(self) -> Moved:
        """Raises NotAllowed."""
        places = {name: self.cleaned_data[name] for name in ("after", "moved_to", "seen_at")}
        return move_line(self.meeting, self.line, by=Actor.of(self.by), **places)

    def receipt(self, saved: Moved) -> str:
        words = "är flyttad till" if saved.stood else "står redan där, som"
        return f"”{saved.line.title}” {words} {at_point(saved.line.number)}.{look_over_words(saved.look_over)}"

    def undo(self, saved: Moved) -> Undo | None:
        """Back to where it stood."""
        url = reverse("meetings:agenda_move", args=[self.meeting.pk, saved.line.lasting_key])
        return Undo(url).with_fields(after=saved.stood, moved_to=saved.line.steps.here) if saved.stood else None
