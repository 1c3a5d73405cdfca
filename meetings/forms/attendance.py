"""The sheet of the attendance: a row for each organisation, further participants, and the button that saves it all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from base.swedish.words import in_words, listed
from base.ui.forms import RegisterForm
from base.ui.undo import Undo
from issues.way_back import WayBack
from meetings.attendance import AttendanceRow, note_expected, noted_or_seated
from meetings.forms.attendance_row import AttendanceForm, PartForm
from meetings.forms.participants import AddedForm, ParticipantForm
from meetings.forms.taking_over import NOT_ANY_LONGER, TakingOver, asked_for, change_of, filled_in
from meetings.models import AgendaItem, Meeting, Presence
from meetings.models.presence import PARTICIPANT
from meetings.officers import officers
from meetings.participants import presenting, strike_participant
from meetings.parts import Parts
from meetings.people import as_what, several
from members.actor import Actor
from members.models import Member

Noted = TypeVar("Noted")
KEY = re.compile(r"[0-9]{1,18}")
GONE = "En deltagare som du ändrade är redan borttagen. Inget är sparat. Se efter vem, och spara igen."
MOST_NAMED = 3
"""Of more organisations a receipt says how many they were."""


@dataclass
class Saving:
    """What a press of a button has come to.

    forms      the rows that were changed
    parts      those who speak for none and whose part was changed
    admitted   those who were added
    expected   the rows that were not noted when the button noted those who are expected
    pressed    the row whose own button it was
    """

    meeting: Meeting
    forms: list[AttendanceForm]
    parts: list[ParticipantForm]
    struck: list[Presence]
    admitted: list[Presence]
    expected: list[AttendanceRow]
    pressed: AttendanceRow | None = None

    @property
    def noted_as_expected(self) -> dict[int, AttendanceRow]:
        return {row.at_meeting.pk: row for row in self.expected if row.is_noted}

    def has(self, row: AttendanceRow) -> bool:
        """Whether the row was changed, and not noted so already."""
        return any(form.row is row for form in self.forms)

    @property
    def noted(self) -> list[AttendanceForm]:
        return [form for form in self.forms if form.says_who_came]

    @property
    def not_noted(self) -> list[AttendanceForm]:
        """Those that are not any longer."""
        return [
            form
            for form in self.forms
            if not form.says_who_came and form.row.at_meeting.pk not in self.noted_as_expected
        ]

    def get_absolute_url(self) -> str:
        """The row whose button it was, else the form or its participants; the top of the page for what was expected."""
        page = reverse("meetings:attendance", args=[self.meeting.pk])
        if self.expected or not (self.forms or self.parts or self.struck or self.admitted):
            return page
        if self.pressed:
            return f"{page}#{self.pressed.at_meeting.anchor}"
        return f"{page}#{'narvaro' if self.forms else 'deltagare'}"


class KeysField(forms.Field):
    """The keys of rows, with blanks between."""

    def to_python(self, value: Any) -> list[int]:
        return [int(key) for key in str(value or "").split() if KEY.fullmatch(key)]


class AttendanceSheet(RegisterForm):
    """Saves all that was changed on the page, whichever button was pressed, and what that button is for.

    expected   note those too who are not noted yet, as they are expected
    strike     remove these, who were noted by mistake and speak for no organisation

    A button by which a deputy takes over, or an ordinary is back, is as if the fields of her row were filled in.
    """

    error_title = "Närvaron sparades inte"
    way_back: WayBack | None = None
    current: AgendaItem | None = None

    expected = forms.BooleanField(required=False, widget=forms.HiddenInput)
    strike = KeysField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        meeting: Meeting,
        table: list[AttendanceRow],
        beside: list[Presence],
        by: Member,
        parts: Parts,
    ) -> None:
        self.pressed, self.takes_over = asked_for(data, table, parts)
        data = filled_in(data, self.takes_over) if self.takes_over else data
        super().__init__(data)
        self.meeting, self.by, self.parts = meeting, by, parts
        self.in_office = [*(one for one in beside if one.was_relieved), *officers(meeting, beside)]
        self.rows = [AttendanceForm(data, row=row, by=by, parts=self._parts_for(row)) for row in table]
        for one in beside:
            one.meeting = meeting  # which is read already
        self.participants = [ParticipantForm(data, presence=one, by=by, parts=parts) for one in beside]
        changed = [form for form in self.rows if form.is_changed]
        self.changed = [form for form in changed if not form.is_noted_already]
        self.said_again = len(changed) > len(self.changed)
        self.changed_parts = [form for form in self.participants if form.is_changed]
        offered = presenting(meeting, table, beside)
        adding = partial(AddedForm, table=table, by=by, parts=parts, offered=offered)
        self.added = adding(data)
        if not self.added.is_sent:
            self.added = adding()

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        if self.pressed and not self.takes_over:
            self.add_error(None, f"Närvaron för {self.pressed.organisation} {NOT_ANY_LONGER}")
        known = {form.prefix for form in self.participants}
        for name in self.data:
            prefix, _, field = name.rpartition("-")
            if field == "shown" and prefix.startswith(PARTICIPANT) and prefix not in known:
                asked = (f"{prefix}-{one}" for one in ("first", "last", "guest"))
                if " ".join(str(self.data[one]) for one in asked if one in self.data) != self.data[name]:
                    self.add_error(None, GONE)
        return facts

    def offers(self) -> list[tuple[AttendanceForm, TakingOver | None, str]]:
        """The rows, each with who may take over from the next point or is back, and who of it leads or writes."""
        current = self.parts.current
        return [(form, change_of(form.row, current, self.parts), self._offices_in(form.row)) for form in self.rows]

    def show_anew(self, table: list[AttendanceRow]) -> None:
        """Show the rows as they are by now; those that she changed stand as she left them."""
        sent = {form.row.at_meeting.pk: form for form in self.changed}
        self.rows = [
            sent.get(row.at_meeting.pk) or AttendanceForm(row=row, by=self.by, parts=self.parts) for row in table
        ]
        for form, row in zip(self.rows, table, strict=True):
            form.row = row

    @property
    def refused(self) -> list[PartForm]:
        return [form for form in self._sent if form.errors]

    def is_valid(self) -> bool:
        return super().is_valid() and not self.refused

    @property
    def refused_heading(self) -> str:
        """The heading of what is wrong in several rows, which stand in one summary."""
        return f"Ingen närvaro är sparad. Se över {in_words(len(self.refused), 'rad', 'rader')}"

    def save(self) -> Saving:
        """Note all, or nothing. Raises ValidationError, told in the form it is about."""
        for form in self.changed:
            self._told_in(form, form.vacate)
        struck = self._strike()
        self._change_parts()
        for form in self.changed:
            self._told_in(form, form.occupy)
        admitted = self._told_in(self.added, self._admit) if self.added.is_sent else []
        expected = note_expected(self.meeting, by=Actor.of(self.by)) if self.cleaned_data["expected"] else []
        return Saving(self.meeting, self.changed, self.changed_parts, struck, admitted, expected, self.pressed)

    def refuse(self, error: ValidationError) -> None:
        """Add the error, unless it stands in the form that it is about."""
        if not self.refused:
            super().refuse(error)

    def receipt(self, saved: Saving) -> str:
        sentences = [
            self._of_the_expected(saved),
            self.takes_over.receipt if self.takes_over and saved.has(self.takes_over.row) else "",
            _of_organisations(saved.noted, "noterad", "noterade"),
            _of_organisations(saved.not_noted, "inte längre noterad", "inte längre noterade"),
            self._of_the_changed(saved.parts),
            _of_the_admitted(saved.admitted),
            _of_people(saved.struck, "är borttagen", "är borttagna"),
            "Deltagaren är redan borttagen." if self.cleaned_data["strike"] and not saved.struck else "",
        ]
        nothing = "Det var redan noterat." if self.said_again else "Inget var ändrat."
        return " ".join(filter(None, sentences)) or nothing

    def _parts_for(self, row: AttendanceRow) -> Parts:
        """What its fields offer; of the row whose button was pressed also the spot that the button says."""
        asked = self.takes_over
        return self.parts.after(asked.after) if asked and asked.row is row else self.parts

    def _offices_in(self, row: AttendanceRow) -> str:
        """Omar Prov är ordförande, från punkt 6."""
        there = noted_or_seated([row])
        hers = [one for one in self.in_office if one.member_id in there]
        return " ".join(f"{one.person} är {one.get_capacity_display().lower()}{one.span}." for one in hers)

    def _of_the_changed(self, parts: list[ParticipantForm]) -> str:
        people = [form.presence for form in parts]
        if any(form.is_of_another_kind for form in parts):
            return _of_people(people, "är nu noterad som {kind}{span}", "är ändrade")
        return _of_people(people, "deltar nu{span}", "deltar i andra delar av mötet")

    def leaves_something(self, saved: Saving) -> bool:
        return any(row.elsewhere for row in saved.expected)

    def undo(self, saved: Saving) -> Undo | None:
        """The page as it was shown, on the versions that its rows have by now."""
        now = {form.row.at_meeting.pk: form.row for form in saved.forms} | saved.noted_as_expected
        speaking = {one.organisation_id for one in saved.admitted if one.part == Presence.Part.SPEAKS}
        now |= {form.row.at_meeting.pk: form.row for form in self.rows if form.row.organisation.pk in speaking}
        fields: dict[str, object] = {}
        for form in self.rows:
            if (row := now.get(form.row.at_meeting.pk)) and not form.showed(saved.struck):
                fields |= form.as_shown(row)
        for part in saved.parts:
            fields |= part.as_shown()
        fields |= self.added.typed(saved.struck)
        if to_strike := [f"{one.pk}" for one in saved.admitted if not one.leaves_with_its_row]:
            fields["strike"] = " ".join(to_strike)
        page = reverse("meetings:attendance", args=[self.meeting.pk])
        page = self.way_back.carried_by(page) if self.way_back else page
        return Undo(page).with_fields(**fields) if fields else None

    @property
    def _sent(self) -> list[PartForm]:
        return [*self.changed, *self.changed_parts, *([self.added] if self.added.is_sent else [])]

    def _admit(self) -> list[Presence]:
        return self.added.admit(self.meeting)

    def _change_parts(self) -> None:
        """Those who follow one another may need to be changed in one order: who is refused waits for the others."""
        waiting = self.changed_parts[::-1]
        while len(waiting) > 1:
            refused = [form for form in waiting if not _is_changed_now(form)]
            if len(refused) == len(waiting):
                break
            waiting = refused
        for form in waiting:
            self._told_in(form, form.change)

    def _strike(self) -> list[Presence]:
        """Those whom the button removed; none where it was another button, or another was quicker."""
        there = Presence.objects.beside().at(self.meeting).filter(pk__in=self.cleaned_data["strike"])
        struck = list(there)
        for presence in struck:
            presence.meeting = self.meeting
            strike_participant(presence, by=Actor.of(self.by))
        return struck

    def _of_the_expected(self, saved: Saving) -> str:
        left = [
            f"{row.organisation} är inte noterad än: {row.elsewhere.person} är redan noterad {row.elsewhere.where}."
            for row in saved.expected
            if row.elsewhere
        ]
        return " ".join(left) or ("Alla som väntades är noterade." if self.cleaned_data["expected"] else "")

    def _told_in(self, form: PartForm, do: Callable[[], Noted]) -> Noted:
        """What `do` gives back; what it refuses stands in the form, too."""
        try:
            return do()
        except ValidationError as error:
            form.refuse(error)
            raise


def _is_changed_now(form: ParticipantForm) -> bool:
    try:
        with transaction.atomic():
            form.change()
    except ValidationError:
        return False
    return True


def _of_organisations(rows: list[AttendanceForm], one: str, many: str) -> str:
    """The sentence of a receipt; empty of none."""
    if not rows:
        return ""
    names = [str(form.row.organisation) for form in rows]
    who = listed(names) if len(names) <= MOST_NAMED else f"{len(names)} organisationer"
    return f"{who} är {one if len(names) == 1 else many}."


def _of_the_admitted(people: list[Presence]) -> str:
    """The sentence of a receipt: who was added, and of each guest as what: Anna A (adjungerad) deltar, punkt 9."""
    if len(people) <= MOST_NAMED:
        names = [f"{one.person}{as_what(one)}" for one in people]
        return f"{listed(names)} deltar{people[0].span if len(people) == 1 else ''}." if people else ""
    kinds = Counter(one.get_capacity_display() for one in people if one.organisation_id is None)
    told = [in_words(number, kind.lower(), several(kind).lower()) for kind, number in kinds.items()]
    return f"{len(people)} personer deltar{f', {listed(told)}' if told else ''}."


def _of_people(people: list[Presence], one: str, many: str) -> str:
    """The sentence of a receipt; empty of nobody. Of one it says which part of the meeting."""
    names = list(dict.fromkeys(presence.person for presence in people))
    if len(names) == 1:  # who is there for several parts of it is one
        kind = listed(list(dict.fromkeys(presence.get_capacity_display().lower() for presence in people)))
        return f"{names[0]} {one.format(span=people[0].span if len(people) == 1 else '', kind=kind)}."
    return f"{listed(names) if len(names) <= MOST_NAMED else f'{len(names)} personer'} {many}." if people else ""
