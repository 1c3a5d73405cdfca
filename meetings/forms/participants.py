"""The forms of those at a meeting who speak for no organisation: who is added, and which part of it she is there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from base.records.freetext import FreeTextFormField
from base.ui.fields import VersionField
from meetings import participants
from meetings.attendance import AttendanceRow
from meetings.forms.attendance_row import PartForm
from meetings.models import Meeting, Presence
from meetings.models.presence import GUEST_CAPACITIES
from meetings.models.presenter import Presenting
from meetings.models.spot import spelled
from meetings.officers import offices_of
from meetings.participants import Newcomer
from meetings.parts import Parts
from meetings.people import as_what, in_full
from members.actor import Actor
from members.models import Member

KINDS = [(key, Presence.Capacity(key).label) for key in GUEST_CAPACITIES]
OF_BOTH = "Delen gäller både som ordförande och som sekreterare."
NOTED_MEANWHILE = "En som du kryssade för är redan noterad, eller föredrar inte längre. Se efter vem, och spara igen."


class AddedForm(PartForm):
    """Notes who is there beside whoever speaks: a member, or several in words; for the whole meeting or a part."""

    key = None  # the sheet's
    about_persons = ("people",)
    error_title = "Ingen närvaro är sparad. Rätta det om fler deltagare"
    prefix = "fler"
    about = "Fler deltagare"
    one_of = ("presenting", "people", "member")
    person = "people"

    field_order = ("presenting", "people", "member", "guest", "first", "last")

    presenting = forms.MultipleChoiceField(
        label="De som föredrar en punkt", required=False, widget=forms.CheckboxSelectMultiple
    )
    people = FreeTextFormField(
        label="En person på varje rad: namn, titel, varifrån",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Till exempel: Anna Exempel, kurator, Brottsofferjouren. Skriver du en av organisationerna sist står "
        "personen vid den. Skriv adjungerad, förtroendevald eller invånare på raden för den som är det.",
    )
    member = forms.ModelChoiceField(
        label="Eller någon som har konto", queryset=Member.objects.none(), required=False, empty_label="Ingen vald"
    )

    guest = forms.ChoiceField(
        label="Den som inte kommer från en av organisationerna noteras som",
        choices=KINDS,
        required=False,
        initial=Presence.Capacity.GUEST,
        help_text="Om raden inte säger något annat.",
    )

    def __init__(
        self,
        data: Any = None,
        *,
        table: list[AttendanceRow],
        by: Member,
        parts: Parts,
        offered: dict[str, Presenting],
    ) -> None:
        self.table, self.by, self.offered = table, by, offered
        super().__init__(data, parts=parts)
        if offered:
            self.offer_choices("presenting", [(key, in_full(who)) for key, who in offered.items()])
        else:
            del self.fields["presenting"]
        self.offer("member", Member.objects.active().in_order())

    @property
    def is_sent(self) -> bool:
        """Whether somebody was named, or only the part for which she was there."""
        is_there = any(self[name].data is not None for name in ("people", "member"))
        unsent = {name for name in self.fields if self[name].data is None}  # by a page from before it was a field
        return is_there and bool(set(self.changed_data) - unsent or self._ticks_one_gone)

    @property
    def _ticks_one_gone(self) -> bool:
        """Whether somebody was ticked who is offered no longer: another has noted her, or she does not present."""
        ticked = self.data.getlist(self.add_prefix("presenting")) if hasattr(self.data, "getlist") else []
        return not set(ticked) <= self.offered.keys()

    def clean_people(self) -> list[Newcomer]:
        return participants.in_words(self.cleaned_data["people"], self.table)

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        if self._ticks_one_gone:
            self.errors.pop("presenting", None)
            self.add_error("people", NOTED_MEANWHILE)
        if not (facts.get("presenting") or facts.get("people") or facts.get("member") or self.errors):
            self.add_error("people", "Skriv vem som var med, eller välj någon som har konto.")
        return facts

    def typed(self, presences: Sequence[Presence]) -> dict[str, object]:
        """What would note the same persons again, for the part of the first."""
        if not presences:
            return {}
        guests_first = sorted(presences, key=lambda one: one.organisation_id is not None)
        chosen = next((one for one in guests_first if one.member), None)
        lines = [_typed_line(one) for one in presences if one != chosen]
        first, last = presences[0].first, presences[0].last or self.end
        typed: dict[str, object] = {"first": spelled(first), "last": spelled(last)}
        if not guests_first[0].organisation_id:
            typed["guest"] = guests_first[0].capacity
        if lines:
            typed["people"] = "\n".join(lines)
        if chosen:
            typed["member"] = chosen.member_id
        return {self.add_prefix(name): value for name, value in typed.items()}

    def admit(self, meeting: Meeting) -> list[Presence]:
        """Raises ValidationError when somebody is noted already, NotAllowed."""
        presenting = [self.offered[key] for key in self.cleaned_data.get("presenting", ())]
        newcomers = [participants.of_presenter(who, self.table) for who in presenting]
        newcomers += self.cleaned_data["people"]
        chosen = self.cleaned_data["member"]
        if chosen:
            newcomers.append(participants.of_member(chosen, self.table))
        part = self.cleaned_data["first"], self.upper
        guest = self.cleaned_data["guest"] or Presence.Capacity.GUEST
        noted = [newcomer.during(*part).noted_as(guest) for newcomer in newcomers]
        return [participants.admit(meeting, newcomer, by=Actor.of(self.by)) for newcomer in noted]


def _typed_line(one: Presence) -> str:
    """What would note her again, with as what she was there."""
    return f"{one.person}{as_what(one)}, {one.title}, {one.comes_from}"


class ParticipantForm(PartForm):
    """Which part of the meeting somebody takes part in who speaks for no organisation; and as what, of a guest."""

    key = None  # the sheet's
    person = "last"
    field_order = ("guest", "first", "last")

    guest = forms.ChoiceField(label="Noterad som", choices=KINDS, required=False)
    version = VersionField()
    shown = VersionField()  # the part that the page showed: what is still so is not noted anew

    def __init__(self, data: Any = None, *, presence: Presence, by: Member, parts: Parts) -> None:
        self.presence, self.by = presence, by
        part = {"first": spelled(presence.first), "last": spelled(presence.last or parts.end)}
        if presence.part == Presence.Part.GUEST:
            part["guest"] = presence.capacity
        initial = {**part, "version": self._version, "shown": " ".join(part.values())}
        super().__init__(data, prefix=presence.anchor, initial=initial, parts=parts.having([presence]))
        if "guest" not in part:
            del self.fields["guest"]
        if presence.is_officer and len(offices_of(presence)) > 1:
            self.fields["first"].help_text = OF_BOTH
        self._asks = (*part,)

    @property
    def _version(self) -> str:
        """Of who leads the meeting and has no row none."""
        return self.presence.version if self.presence.pk else ""

    @property
    def about(self) -> str:
        return self.presence.person

    @property
    def error_heading(self) -> str:
        return f"Ingen närvaro är sparad. Se över {self.presence.person}"

    @property
    def is_changed(self) -> bool:
        """Whether it says something else than the page showed, and than is noted by now."""
        typed = " ".join(str(self[name].data or self.initial[name]) for name in self._asks)
        is_sent = self.is_bound and self.add_prefix("first") in self.data
        return is_sent and typed not in (self["shown"].data, self.initial["shown"])

    @property
    def is_of_another_kind(self) -> bool:
        """Whether it says that she is there as something else."""
        return bool(self.cleaned_data.get("guest")) and self.cleaned_data["guest"] != self.initial["guest"]

    @property
    def is_in_parts(self) -> bool:
        return bool(self.presence.span) or bool(self.errors) or self.is_changed

    def change(self) -> None:
        """Raises EditConflict, ValidationError, NotAllowed."""
        facts = self.cleaned_data
        part = {"first": facts["first"], "last": self.upper, "version": facts["version"]}
        if self.is_of_another_kind:
            part["capacity"] = facts["guest"]
        participants.change_part(self.presence, by=Actor.of(self.by), **part)

    def as_shown(self) -> dict[str, object]:
        """What would note the part as the page showed it, on the version that the row has by now."""
        fields = {name: self.initial[name] for name in self._asks} | {"version": self._version}
        return {self.add_prefix(name): value for name, value in fields.items()}
