"""The form of one organisation's attendance, and what it shares with that of a guest: which part of the meeting."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from base.records import Conflict
from base.ui.fields import VersionField
from base.ui.forms import RegisterForm
from meetings.attendance import AttendanceRow, one_after_the_other
from meetings.models import OrganisationAtMeeting, Presence
from meetings.models.presence import FIRST, AttendanceSpan
from members.actor import Actor
from members.models import Member

State, Capacity = OrganisationAtMeeting.State, Presence.Capacity
NOBODY_THERE = [(state.value, str(state.label)) for state in (State.EXCUSED, State.ABSENT, State.VACANT)]
NOT_NOTED = (State.UNNOTED.value, str(State.UNNOTED.label))
BACKWARDS = "Sista punkten ligger före den första."
CHANGED_HANDS = "har ändrats medan sidan låg öppen. Inget är sparat. Se efter vem som var närvarande, och spara igen."

Headings = list[tuple[str, str]]
"""What `Heading.objects.numbered` gives: asked for once, however many forms a page has."""


class HeadingField(forms.TypedChoiceField):
    """One of the headings, by number."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, **kwargs)


class PartForm(RegisterForm):
    """Asks for the part of a meeting: from which heading to which, both included. Up to the last is to the end."""

    person: ClassVar[str]
    """The field of who it is."""

    first = HeadingField(label="Från punkt", initial=FIRST)
    last = HeadingField(label="Till och med punkt")

    def __init__(self, *args: Any, headings: Headings, **kwargs: Any) -> None:
        self.end = int(headings[-1][0])
        super().__init__(*args, **kwargs)
        for name in ("first", "last"):
            self.offer_choices(name, headings)
        self.fields["last"].initial = self.end

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        if facts.get("first") and facts.get("last") and facts["last"] < facts["first"]:
            self.add_error("last", BACKWARDS)
        return facts

    def refuse(self, error: ValidationError) -> None:
        """Add a verb's refusal at the person: it is about where she sits, or who has noted her meanwhile."""
        if hasattr(error, "error_dict"):
            super().refuse(error)
        else:
            self.add_error(self.person, error)

    @property
    def upper(self) -> int | None:
        """The last heading; None to the end."""
        return None if self.cleaned_data["last"] == self.end else self.cleaned_data["last"]

    def during(self, person: AttendanceSpan) -> AttendanceSpan:
        """The person for the part that was asked for."""
        return replace(person, first=self.cleaned_data["first"], last=self.upper)


class AttendanceForm(PartForm):
    """The row of one organisation: who sits for it, for which part of the meeting, and who takes over."""

    person = "who"
    field_order = ("who", "first", "last", "then")
    key = None  # the sheet's

    who = forms.ChoiceField(label="Vem")
    then = forms.ChoiceField(label="Därefter", required=False)
    version = VersionField()
    seated = VersionField()  # whom the page showed in the places: "ordinary" is a person only together with this
    shown = VersionField()  # what the page showed in the fields: what is still so is not noted anew

    def __init__(self, data: Any = None, *, row: AttendanceRow, by: Member, headings: Headings) -> None:
        self.row, self.by = row, by
        self.people = _people(row)
        initial = _noted(row) | _versions(row)
        super().__init__(data, prefix=row.at_meeting.anchor, initial=initial, headings=headings)
        people = [
            (choice, f"{person.person} ({Capacity(person.capacity).label.lower()})")
            for choice, person in self.people.items()
        ]
        self.offer_choices("who", [NOT_NOTED, *people, *NOBODY_THERE])
        self.offer_choices("then", [("", "Ingen tar över"), *people])
        self.initial["shown"] = self._spelled(lambda name: self.get_initial_for_field(self.fields[name], name))

    @property
    def is_in_parts(self) -> bool:
        """Whether somebody sits for a part of the meeting, or that is filled in wrongly: then the fields are open."""
        first, last, then = (self[name] for name in ("first", "last", "then"))
        is_whole = (str(first.value()), str(last.value())) == (str(FIRST), str(self.end)) and not then.value()
        return not is_whole or any(field.errors for field in (first, last, then))

    @property
    def about(self) -> str:
        return str(self.row.organisation)

    @property
    def error_heading(self) -> str:
        return f"Ingen närvaro är sparad. Se över {self.row.organisation}"

    @property
    def is_sent(self) -> bool:
        return self.is_bound and self.add_prefix("who") in self.data

    @property
    def is_changed(self) -> bool:
        """Whether it says something else than the page showed."""
        return self.is_sent and self._typed != self["shown"].data

    @property
    def is_noted_already(self) -> bool:
        """Whether it says what another has noted by now: two who see the same have nothing to settle."""
        return self._typed == self.initial["shown"] and self["seated"].data in (None, self.initial["seated"])

    @property
    def _typed(self) -> str:
        return self._spelled(lambda name: self[name].data)

    @property
    def says_who_came(self) -> bool:
        """Whether it says who was there, or that nobody was; else that it is not known."""
        return bool(self.cleaned_data["who"] != State.UNNOTED)

    def as_shown(self, row: AttendanceRow) -> dict[str, object]:
        """What would note it as the page showed it, on the version that the row has by now."""
        fields = {name: self.get_initial_for_field(self.fields[name], name) for name in self.field_order}
        return {self.add_prefix(name): value or "" for name, value in (fields | _versions(row)).items()}

    def showed(self, struck: Iterable[Presence]) -> bool:
        """Whether one of these spoke for it, who is noted no longer and so not there to be chosen."""
        return not {one.pk for one in struck}.isdisjoint(one.pk for one in self.row.presences)

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        then = facts.get("then")
        if facts.get("who") == State.UNNOTED and not self.row.is_noted and self.is_in_parts:
            self.add_error("who", "Välj vem som är närvarande.")
        if then and then == facts.get("who"):
            self.add_error("then", "Välj en annan person som tar över.")
        if then and facts.get("last") == self.end:
            self.add_error("last", "Välj till och med vilken punkt den första var närvarande.")
        return facts

    def vacate(self) -> None:
        """Raises Conflict, EditConflict, NotAllowed."""
        facts = self.cleaned_data
        if facts["seated"] and facts["seated"] != _seated(self.row):
            shown: Any = self.fields["seated"]
            shown.is_refreshed = True  # alone: a noting that somebody made meanwhile is told when it is sent again
            raise Conflict(f"Platserna för {self.row.organisation} {CHANGED_HANDS}")
        state = State.REPRESENTED if self._is_there else facts["who"]
        self.row.at_meeting.vacate(state=state, by=Actor.of(self.by), version=facts["version"])

    def occupy(self) -> None:
        """Raises ValidationError when a person would sit in two places."""
        if self._is_there:
            facts = self.cleaned_data
            first = self.during(self.people[facts["who"]])
            then = self.people[facts["then"]] if facts["then"] else None
            self.row.at_meeting.occupy(one_after_the_other(first, then), by=Actor.of(self.by))

    @property
    def _is_there(self) -> bool:
        return self.cleaned_data["who"] in self.people

    def _spelled(self, value: Callable[[str], Any]) -> str:
        return " ".join(str(value(name) or "-") for name in self.field_order)


def _people(row: AttendanceRow) -> dict[str, AttendanceSpan]:
    """Choice → a person: who has the places, who is noted though another has them now, and further participants."""
    places = (Capacity.ORDINARY.value, Capacity.DEPUTY.value)
    seated = {capacity: AttendanceSpan(row.seated[capacity], capacity) for capacity in places if capacity in row.seated}
    there = {_choice(row, presence): replace(presence.as_span, first=FIRST, last=None) for presence in row.there}
    return there | seated


def _choice(row: AttendanceRow, presence: Presence) -> str:
    """The choice that is the noted person: her capacity, and who she is where another has the place now."""
    if row.seated.get(presence.capacity) == presence.member and presence.member:
        return presence.capacity
    return f"{presence.capacity}-{presence.member_id or presence.person_key}"


def _versions(row: AttendanceRow) -> dict[str, str]:
    """What the form carries to know what has changed since it was shown."""
    return {"version": row.at_meeting.version, "seated": _seated(row)}


def _seated(row: AttendanceRow) -> str:
    """Who has the places, for the form to carry."""
    return "-".join(str(member.pk if member else 0) for member in (row.ordinary, row.deputy))


def _noted(row: AttendanceRow) -> dict[str, Any]:
    """The initial values: what is noted. Who is expected is said beside, and is nobody's word that she came."""
    if not row.presences:
        return {"who": row.state}
    noted, *later = row.presences
    then = _choice(row, later[0]) if later else ""
    last = {"last": noted.last} if noted.last else {}
    return {"who": _choice(row, noted), "first": noted.first, "then": then, **last}
