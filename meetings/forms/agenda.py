"""The forms that change an agenda: add an item, move a line, name its presenter."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse

from base.records.freetext import FreeLineFormField
from base.records.search import number_in
from base.ui.fields import VersionField
from base.ui.forms import RegisterForm
from base.ui.undo import Undo
from base.ui.widgets import EMPTY_CHOICE
from issues.models import Issue
from meetings.agenda.lines import AgendaHeading, AgendaLine
from meetings.agenda.ordering import Moved, add_item, move_line, present_line
from meetings.agenda.places import places_for
from meetings.models import AgendaItem, Meeting
from members.actor import Actor
from members.models import Member


class PlaceField(forms.ChoiceField):
    """A place on the agenda. Whether it is still there is asked of the agenda when the line is moved."""

    def valid_value(self, value: Any) -> bool:
        return True


class LineMoveForm(RegisterForm):
    """Moves a line of the agenda to another place: chosen on its page, or a step up or down."""

    submit_label = "Flytta"
    missing = {"after": "Välj var punkten ska stå."}

    after = PlaceField(label="Flytta till")
    moved_to = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, meeting: Meeting, line: str, by: Member, **kwargs: Any) -> None:
        self.meeting, self.line, self.by = meeting, line, by
        super().__init__(*args, **kwargs)

    def offer_places(self, line: AgendaLine, headings: list[AgendaHeading]) -> None:
        self.fields.pop("moved_to")  # who chooses a place on the page sees where the line stands
        self.initial["after"] = line.steps.here
        self.offer_choices("after", [("", EMPTY_CHOICE), *places_for(line, headings)])

    def save(self) -> Moved:
        """Raises NotAllowed."""
        places = {name: self.cleaned_data[name] for name in ("after", "moved_to")}
        return move_line(self.meeting, self.line, by=Actor.of(self.by), **places)

    def receipt(self, saved: Moved) -> str:
        words = "är flyttad till" if saved.stood else "står redan där, som"
        return f"”{saved.line.title}” {words} punkt {saved.line.number}."

    def undo(self, saved: Moved) -> Undo | None:
        """Back to where it stood."""
        url = reverse("meetings:agenda_move", args=[self.meeting.pk, saved.line.lasting_key])
        return Undo(url).with_fields(after=saved.stood, moved_to=saved.line.steps.here) if saved.stood else None


class Presented(RegisterForm):
    """The fields for who presents a line of the agenda, and how long it may take."""

    presenter = forms.ModelChoiceField(
        label="Föredragande",
        queryset=Member.objects.none(),
        required=False,
        help_text="En gäst ser bara sin egen punkt.",
    )
    minutes = forms.IntegerField(label="Minuter", min_value=1, max_value=480, required=False)

    def __init__(self, *args: Any, meeting: Meeting, by: Member, **kwargs: Any) -> None:
        self.meeting, self.by = meeting, by
        super().__init__(*args, **kwargs)
        self.offer("presenter", Member.objects.active().in_order())


class PresentForm(Presented):
    """Sets the presenter and minutes of a line that is on the agenda."""

    version = VersionField()

    def __init__(self, *args: Any, line: AgendaLine, **kwargs: Any) -> None:
        self.line = line
        known = {"presenter": line.item.presenter, "minutes": line.item.minutes} if line.item else {}
        super().__init__(*args, initial={"version": line.version, **known}, **kwargs)

    def save(self) -> AgendaItem:
        """Raises NotAllowed, EditConflict."""
        facts = {name: self.cleaned_data[name] for name in ("presenter", "minutes", "version")}
        return present_line(self.meeting, self.line.key, by=Actor.of(self.by), **facts)

    def receipt(self, saved: AgendaItem) -> str:
        return f"{saved.presenter} föredrar ”{saved}”." if saved.presenter else f"Ingen föredrar ”{saved}”."


class AgendaAddForm(Presented):
    """Adds an item to the agenda, with its presenter and the minutes it may take."""

    submit_label = "Lägg till punkten"
    error_title = "Punkten lades inte till"
    one_of = ("title", "number")

    title = FreeLineFormField(
        label="Punkten med ord", max_length=200, required=False, help_text="Skriv punkten här, eller välj ett ärende."
    )
    number = FreeLineFormField(
        label="Eller ett ärende", required=False, help_text="Ärendets nummer, till exempel 2026-41."
    )
    heading = forms.ChoiceField(label="Under rubriken", required=False)
    field_order = ("title", "number", "heading", "presenter", "minutes")

    def __init__(self, *args: Any, headings: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_choices("heading", [("", "Den som passar"), *headings])

    def clean_number(self) -> Issue | None:
        if not (number := self.cleaned_data["number"]):
            return None
        known = number_in(number)
        found = list(Issue.objects.visible_to(self.by).filter(known)[:2]) if known else []
        if not found:
            raise ValidationError("Det finns inget ärende med det numret. Skriv det som 2026-41.")
        if len(found) > 1:
            raise ValidationError("Flera år har ett ärende med det numret. Skriv året också, som 2026-41.")
        return found[0]

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        if not facts.get("title") and not facts.get("number") and "number" not in self.errors:
            self.add_error("title", "Skriv vad punkten handlar om, eller ett ärendes nummer.")
        return facts

    def save(self) -> AgendaItem:
        facts = self.cleaned_data
        return add_item(
            self.meeting,
            by=Actor.of(self.by),
            heading=facts["heading"],
            title=facts["title"],
            issue=facts["number"],
            presenter=facts["presenter"],
            minutes=facts["minutes"],
        )

    def receipt(self, saved: AgendaItem) -> str:
        return "Punkten står på dagordningen."
