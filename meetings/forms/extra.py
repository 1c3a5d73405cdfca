"""The form that plans an extra meeting and calls to it in one act."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from base.records.freetext import FreeTextFormField
from base.swedish.words import capital, in_words
from base.ui.layout import More
from issues.models import Issue
from meetings.extra import call_extra_meeting
from meetings.forms.issue_number import NO_SUCH_ISSUE, issues_numbered
from meetings.forms.meeting import ExtraAgendaField, MeetingFactsForm
from meetings.models import Meeting
from meetings.texts.calling import the_meeting
from members.actor import Actor
from members.models import Member
from members.models.quiet_hours import at_night

MOST = 20
LONGEST = 200


class ExtraMeetingForm(MeetingFactsForm):
    """Plans an extra meeting about what is typed, and calls those who are expected at once."""

    submit_label = "Planera och kalla"
    error_title = "Mötet är inte planerat, och ingen är kallad"
    missing = {**MeetingFactsForm.missing, "points": "Skriv vad mötet handlar om."}
    field_order = ("day", "starts", "ends", "place", "points", "agenda")
    layout = (
        *("day", "starts", "ends", "place", "points"),
        More("Dagordningen, och vem som leder mötet och skriver", "agenda", "chair", "secretary"),
    )

    points = FreeTextFormField(
        label="Vad mötet handlar om",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="En punkt på varje rad. Ett ärendes nummer, som 2026-41, tar upp ärendet. Dagordningen blir kort, "
        "om du inte väljer hela.",
    )
    agenda = ExtraAgendaField(label="Dagordning")

    def __init__(self, *args: Any, by: Member, **kwargs: Any) -> None:
        super().__init__(*args, by=by, **kwargs)
        del self.fields["is_extra"], self.fields["registry_no"]  # it is; the other is given afterwards
        self.fields["day"].help_text = "Kallelsen går direkt till den som väntas från varje organisation."

    def _offer_templates(self) -> None:
        """It is called in haste, by the usual template; another may be chosen afterwards."""
        del self.fields["template"]

    def clean_points(self) -> str:
        text = str(self.cleaned_data["points"])
        self.about: list[str | Issue] = [self._point(line) for line in _lines(text)]
        return text

    def save(self) -> Meeting:
        """Raises Conflict, ValidationError."""
        chosen = self.cleaned_data["agenda"]
        return call_extra_meeting(by=Actor.of(self.by), points=self.about, agenda=chosen, **self.facts)

    def receipt(self, saved: Meeting) -> str:
        return f"{capital(the_meeting(saved))} är planerat, och kallelsen skickas nu. {at_night()}".rstrip()

    def _point(self, line: str) -> str | Issue:
        """A topic in words, or the issue whose number it is. Raises ValidationError unless she knows of just one."""
        if (numbered := issues_numbered(line, self.by)) is None:
            return line
        found = list(numbered[:2])
        if not found:
            raise ValidationError(NO_SUCH_ISSUE.format(line))
        if len(found) > 1:
            raise ValidationError(f"Flera år har ett ärende med numret {line}. Skriv året också, som 2026-41.")
        return found[0]


def _lines(text: str) -> list[str]:
    """The lines that say something, each once. Raises ValidationError where one is too long, or they are too many."""
    lines = list(dict.fromkeys(filter(None, map(str.strip, text.splitlines()))))
    if len(lines) > MOST:
        raise ValidationError(f"Högst {in_words(MOST, 'punkt', 'punkter')} kan skrivas här. Lägg till fler sedan.")
    for line in lines:
        if len(line) > LONGEST:
            raise ValidationError(f"Raden ”{line[:40]} …” är för lång. Högst {LONGEST} tecken får plats.")
    return lines
