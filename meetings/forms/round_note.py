"""What each organisation says in the round: in the form of its item, and saved as one types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField

from base.ui.fields import VersionField, field_of
from meetings.forms.kept import KeptForm, as_version
from meetings.forms.note import EMPTIED, ItemNoteForm
from meetings.models import AgendaItem, RoundNote, RoundNoteConflict
from members.actor import Actor
from members.models import Member, Organisation


def name_of(organisation: int) -> str:
    """The name of the field with what the organisation of that id says."""
    return f"round_{organisation}"


def said_field(organisation: Organisation) -> Any:
    return field_of(
        RoundNote, "text", label=organisation.called, required=False, widget=forms.Textarea(attrs={"rows": 1})
    )


class RoundNoteForm(KeptForm):
    """Saves what one organisation says over the version it was written on."""

    def __init__(self, *args: Any, item: AgendaItem, organisation: Organisation, by: Member, **kwargs: Any) -> None:
        self.item, self.organisation, self.by, self.told_of = item, organisation, by, str(item.pk)
        self.note = item.round_notes.filter(organisation=organisation).first() or RoundNote()
        self.told_after = (self.text_field,)  # a script saves it as it is typed
        super().__init__(*args, initial={"version": str(self.note.version)}, **kwargs)
        self.add_text(self.text_field, said_field(organisation))

    @property
    def text_field(self) -> str:
        return name_of(self.organisation.pk)

    @property
    def newest(self) -> int:
        return self.note.version

    @property
    def written_row(self) -> RoundNote:
        return self.note

    def save(self) -> RoundNote:
        """Raises RoundNoteConflict, and NotAllowed when the meeting is not under way."""
        text, by = self.cleaned_data[self.text_field], Actor.of(self.by)
        self.note = RoundNote.write(self.item, self.organisation, text=text, version=self.written_on, by=by)
        return self.note

    def refuse(self, error: ValidationError) -> None:
        """Add the refusal; after a conflict with the other's text, so that the next saving is over it."""
        if isinstance(error, RoundNoteConflict):
            self.initial["version"], self.theirs = str(error.version), error.theirs or EMPTIED
        super().refuse(error)


@dataclass(frozen=True)
class RoundLine:
    """An organisation of the round in the form: its field, the version of it, and what another wrote meanwhile."""

    organisation: Organisation
    text: BoundField
    version: BoundField
    note: RoundNote | None
    theirs: str = ""


class RoundFields(ItemNoteForm):
    """The words of each organisation in the form of the item of the round; none in that of any other."""

    def __init__(self, *args: Any, item: AgendaItem, **kwargs: Any) -> None:
        self.round_of = _asked_at(item)
        said = item.round_notes.select_related("written_by") if self.round_of else ()
        self.said: Mapping[int, RoundNote] = {note.organisation_id: note for note in said}
        self.their_words: dict[int, str] = {}
        super().__init__(*args, item=item, **kwargs)
        for organisation in self.round_of:
            self._add_line(organisation, self.said.get(organisation.pk))
        self.told_after = (*self.told_after, *(name_of(each.pk) for each in self.round_of))

    @property
    def round_lines(self) -> Iterator[RoundLine]:
        for each in self.round_of:
            name = name_of(each.pk)
            theirs = self.their_words.get(each.pk, "")
            yield RoundLine(each, self[name], self[_version(name)], self.said.get(each.pk), theirs)

    @property
    def says_more(self) -> bool:
        """Whether an organisation says something else than what stands."""
        return any(True for _ in self._changed())

    def save_round(self) -> None:
        """Save what the organisations say. Raises RoundNoteConflict."""
        for organisation, text, version in self._changed():
            RoundNote.write(self.item, organisation, text=text, version=version, by=Actor.of(self.by))

    def refuse(self, error: ValidationError) -> None:
        """Add the refusal; after a conflict with both texts, so that the next saving is over it."""
        if isinstance(error, RoundNoteConflict):
            name = name_of(error.organisation)
            self.initial[_version(name)] = str(error.version)
            self.their_words[error.organisation] = error.theirs or EMPTIED
            self.add_error(name, error)
        else:
            super().refuse(error)

    def _add_line(self, organisation: Organisation, note: RoundNote | None) -> None:
        name = name_of(organisation.pk)
        shown = note or RoundNote()
        self.add_text(name, said_field(organisation))
        self.fields[_version(name)] = VersionField()
        version = self.data.get(_version(name)) or "0" if self.is_bound else str(shown.version)
        self.initial.update({name: shown.text, _version(name): version})

    def _changed(self) -> Iterator[tuple[Organisation, str, int]]:
        """What is typed and does not stand there, with the version that it was written on; what was not sent is not."""
        for each in self.round_of:
            name = name_of(each.pk)
            if name in self.data and self.cleaned_data[name] != self.initial[name]:
                yield each, self.cleaned_data[name], as_version(self.cleaned_data[_version(name)])


def _asked_at(item: AgendaItem) -> list[Organisation]:
    """The organisations of the meeting, in the item where each says something."""
    if not RoundNote.is_asked_at(item):
        return []
    rows = item.meeting.organisations.select_related("organisation").in_order()
    return [row.organisation for row in rows]


def _version(name: str) -> str:
    return f"{name}_version"
