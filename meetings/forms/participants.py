"""The forms of those at a meeting who speak for no organisation: who is added, and which part of it she is there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from base.records.freetext import FreeTextFormField
from base.ui.fields import VersionField
from meetings import participants
from meetings.attendance import AttendanceRow
from meetings.forms.attendance_row import Headings, PartForm
from meetings.models import Meeting, Presence
from meetings.participants import Newcomer
from members.actor import Actor
from members.models import Member


class AddedForm(PartForm):
    """Notes who is there beside whoever speaks: a member, or several in words; for the whole meeting or a part."""

    key = None  # the sheet's
    about_persons = ("people",)
    error_title = "Ingen närvaro är sparad. Rätta det om fler deltagare"
    prefix = "fler"
    about = "Fler deltagare"
    one_of = ("people", "member")
    person = "people"

    field_order = ("people", "member", "first", "last")

    people = FreeTextFormField(
        label="En person på varje rad: namn, titel, varifrån",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Till exempel: Anna Exempel, kurator, Brottsofferjouren. Skriver du en av organisationerna sist står "
        "personen vid den.",
    )
    member = forms.ModelChoiceField(
        label="Eller någon som har konto", queryset=Member.objects.none(), required=False, empty_label="Ingen vald"
    )

    def __init__(self, data: Any = None, *, table: list[AttendanceRow], by: Member, headings: Headings) -> None:
        self.table, self.by = table, by
        super().__init__(data, headings=headings)
        self.offer("member", Member.objects.active().in_order())

    @property
    def is_sent(self) -> bool:
        """Whether somebody was named, or only the part for which she was there."""
        is_there = any(self[name].data is not None for name in ("people", "member"))
        return is_there and self.has_changed()

    def clean_people(self) -> list[Newcomer]:
        return participants.in_words(self.cleaned_data["people"], self.table)

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        if not (facts.get("people") or facts.get("member") or self.errors):
            self.add_error("people", "Skriv vem som var med, eller välj någon som har konto.")
        return facts

    def typed(self, presences: Sequence[Presence]) -> dict[str, object]:
        """What would note the same persons again, for the part of the first."""
        if not presences:
            return {}
        guests_first = sorted(presences, key=lambda one: one.organisation_id is not None)
        chosen = next((one for one in guests_first if one.member), None)
        lines = [f"{one.person}, {one.title}, {one.comes_from}" for one in presences if one != chosen]
        typed: dict[str, object] = {"first": presences[0].first, "last": presences[0].last or self.end}
        if lines:
            typed["people"] = "\n".join(lines)
        if chosen:
            typed["member"] = chosen.member_id
        return {self.add_prefix(name): value for name, value in typed.items()}

    def admit(self, meeting: Meeting) -> list[Presence]:
        """Raises ValidationError when somebody is noted already, NotAllowed."""
        newcomers, chosen = [*self.cleaned_data["people"]], self.cleaned_data["member"]
        if chosen:
            newcomers.append(participants.of_member(chosen, self.table))
        part = self.cleaned_data["first"], self.upper
        return [participants.admit(meeting, newcomer.during(*part), by=Actor.of(self.by)) for newcomer in newcomers]


class ParticipantForm(PartForm):
    """Which part of the meeting somebody takes part in who speaks for no organisation."""

    key = None  # the sheet's
    person = "last"
    field_order = ("first", "last")

    version = VersionField()
    shown = VersionField()  # the part that the page showed: what is still so is not noted anew

    def __init__(self, data: Any = None, *, presence: Presence, by: Member, headings: Headings) -> None:
        self.presence, self.by = presence, by
        part = {"first": presence.first, "last": presence.last or int(headings[-1][0])}
        initial = {**part, "version": presence.version, "shown": f"{part['first']} {part['last']}"}
        super().__init__(data, prefix=presence.anchor, initial=initial, headings=headings)

    @property
    def about(self) -> str:
        return self.presence.person

    @property
    def error_heading(self) -> str:
        return f"Ingen närvaro är sparad. Se över {self.presence.person}"

    @property
    def is_changed(self) -> bool:
        """Whether it says something else than the page showed, and than is noted by now."""
        typed = f"{self['first'].data} {self['last'].data}"
        is_sent = self.is_bound and self.add_prefix("first") in self.data
        return is_sent and typed not in (self["shown"].data, self.initial["shown"])

    @property
    def is_in_parts(self) -> bool:
        return bool(self.presence.span) or bool(self.errors) or self.is_changed

    def change(self) -> None:
        """Raises EditConflict, ValidationError, NotAllowed."""
        facts = self.cleaned_data
        part = {"first": facts["first"], "last": self.upper, "version": facts["version"]}
        participants.change_part(self.presence, by=Actor.of(self.by), **part)

    def as_shown(self) -> dict[str, object]:
        """What would note the part as the page showed it, on the version that the row has by now."""
        fields = {"first": self.initial["first"], "last": self.initial["last"], "version": self.presence.version}
        return {self.add_prefix(name): value for name, value in fields.items()}
