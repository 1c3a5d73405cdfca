"""The sheet of the attendance: a row for each organisation, the guests, and whichever button saves all of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse

from base.swedish.words import in_words, listed
from base.ui.forms import RegisterForm
from base.ui.undo import Undo
from issues.way_back import WayBack
from meetings.attendance import AttendanceRow, admit_guest, note_expected, strike_guest
from meetings.forms.attendance_row import AttendanceForm, Headings, PartForm
from meetings.models import Meeting, Presence
from members.actor import Actor
from members.models import Member

Noted = TypeVar("Noted")
MOST_NAMED = 3
"""Of more organisations a receipt says how many they were."""


class GuestForm(PartForm):
    """Notes somebody as adjungerad, for the whole meeting or some headings."""

    key = None  # the sheet's
    missing = {"member": "Välj vem som är adjungerad."}
    error_title = "Ingen närvaro är sparad. Rätta det om den adjungerade"
    prefix = "adjungerad"
    about = "Adjungerad"
    person = "member"

    field_order = ("member", "first", "last")

    member = forms.ModelChoiceField(label="Vem", queryset=Member.objects.none())

    def __init__(self, data: Any = None, *, by: Member, headings: Headings) -> None:
        self.by = by
        super().__init__(data, headings=headings)
        self.offer("member", Member.objects.active().in_order())

    @property
    def is_sent(self) -> bool:
        """Whether somebody was chosen, or only the part for which she was there."""
        return self["member"].data is not None and self.has_changed()

    def typed(self, presence: Presence) -> dict[str, object]:
        """What would note the same guest again."""
        last = presence.last or self.end
        typed = {"member": presence.member_id, "first": presence.first, "last": last}
        return {self.add_prefix(name): value for name, value in typed.items()}

    def admit(self, meeting: Meeting) -> Presence:
        """Raises ValidationError when she sits elsewhere, NotAllowed."""
        guest = self.span(self.cleaned_data["member"], Presence.Capacity.CO_OPTED)
        return admit_guest(meeting, guest, by=Actor.of(self.by))


@dataclass
class Saving:
    """What a press of a button has come to.

    forms      the rows that were changed
    expected   the rows that were not noted when the button noted those who are expected
    """

    meeting: Meeting
    forms: list[AttendanceForm]
    struck: Presence | None
    admitted: Presence | None
    expected: list[AttendanceRow]

    @property
    def noted_as_expected(self) -> dict[int, AttendanceRow]:
        return {row.at_meeting.pk: row for row in self.expected if row.is_noted}

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
        """The row that was changed, the first of several, or the guests; the top of the page for what was expected."""
        page = reverse("meetings:attendance", args=[self.meeting.pk])
        if self.expected or not (self.forms or self.struck or self.admitted):
            return page
        return f"{page}#{self.forms[0].row.at_meeting.anchor if self.forms else 'adjungerade'}"


class AttendanceSheet(RegisterForm):
    """Saves all that was changed on the page, whichever button was pressed, and what that button is for.

    expected   note those too who are not noted yet, as they are expected
    strike     remove this guest, who was noted by mistake
    """

    error_title = "Närvaron sparades inte"
    way_back: WayBack | None = None

    expected = forms.BooleanField(required=False, widget=forms.HiddenInput)
    strike = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, meeting: Meeting, table: list[AttendanceRow], by: Member, headings: Headings
    ) -> None:
        super().__init__(data)
        self.meeting, self.by, self.headings = meeting, by, headings
        self.rows = [AttendanceForm(data, row=row, by=by, headings=headings) for row in table]
        changed = [form for form in self.rows if form.is_changed]
        self.changed = [form for form in changed if not form.is_noted_already]
        self.said_again = len(changed) > len(self.changed)
        self.guest = GuestForm(data, by=by, headings=headings)
        if not self.guest.is_sent:
            self.guest = GuestForm(by=by, headings=headings)

    def show_anew(self, table: list[AttendanceRow]) -> None:
        """Show the rows as they are by now; those that she changed stand as she left them."""
        sent = {form.row.at_meeting.pk: form for form in self.changed}
        self.rows = [
            sent.get(row.at_meeting.pk) or AttendanceForm(row=row, by=self.by, headings=self.headings) for row in table
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
        for form in self.changed:
            self._told_in(form, form.occupy)
        admitted = self._told_in(self.guest, self._admit) if self.guest.is_sent else None
        expected = note_expected(self.meeting, by=Actor.of(self.by)) if self.cleaned_data["expected"] else []
        return Saving(self.meeting, self.changed, struck, admitted, expected)

    def refuse(self, error: ValidationError) -> None:
        """Add the error, unless it stands in the form that it is about."""
        if not self.refused:
            super().refuse(error)

    def receipt(self, saved: Saving) -> str:
        sentences = [
            self._of_the_expected(saved),
            _of_organisations(saved.noted, "noterad", "noterade"),
            _of_organisations(saved.not_noted, "inte längre noterad", "inte längre noterade"),
            f"{saved.admitted.member} är adjungerad." if saved.admitted else "",
            f"{saved.struck.member} är inte längre adjungerad." if saved.struck else "",
            "Den adjungerade är redan borttagen." if self.cleaned_data["strike"] and not saved.struck else "",
        ]
        nothing = "Det var redan noterat." if self.said_again else "Inget var ändrat."
        return " ".join(filter(None, sentences)) or nothing

    def leaves_something(self, saved: Saving) -> bool:
        return any(row.elsewhere for row in saved.expected)

    def undo(self, saved: Saving) -> Undo | None:
        """The page as it was shown, on the versions that its rows have by now."""
        now = {form.row.at_meeting.pk: form.row for form in saved.forms} | saved.noted_as_expected
        fields: dict[str, object] = {}
        for form in self.rows:
            if row := now.get(form.row.at_meeting.pk):
                fields |= form.as_shown(row)
        if saved.struck:
            fields |= self.guest.typed(saved.struck)
        if saved.admitted:
            fields["strike"] = saved.admitted.pk
        page = reverse("meetings:attendance", args=[self.meeting.pk])
        page = self.way_back.carried_by(page) if self.way_back else page
        return Undo(page).with_fields(**fields) if fields else None

    @property
    def _sent(self) -> list[PartForm]:
        return [*self.changed, self.guest] if self.guest.is_sent else [*self.changed]

    def _admit(self) -> Presence:
        return self.guest.admit(self.meeting)

    def _strike(self) -> Presence | None:
        """The guest whom the button removed; None where it was another button, or another was quicker."""
        if not self.cleaned_data["strike"]:
            return None
        guest = Presence.objects.guests().at(self.meeting).filter(pk=self.cleaned_data["strike"]).first()
        if guest:
            strike_guest(guest, by=Actor.of(self.by))
        return guest

    def _of_the_expected(self, saved: Saving) -> str:
        left = [
            f"{row.organisation} är inte noterad än: {row.elsewhere.member} är redan noterad {row.elsewhere.where}."
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


def _of_organisations(rows: list[AttendanceForm], one: str, many: str) -> str:
    """The sentence of a receipt; empty of none."""
    if not rows:
        return ""
    names = [str(form.row.organisation) for form in rows]
    who = listed(names) if len(names) <= MOST_NAMED else f"{len(names)} organisationer"
    return f"{who} är {one if len(names) == 1 else many}."
