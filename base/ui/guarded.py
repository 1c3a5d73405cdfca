"""The guard in forms: what points out a person in what is written is asked about once, before it is saved.

It warns and never blocks. Each finding is removed, for a neutral word, or kept all the same; what was asked about and
left as it was is kept. What is kept is remembered by a digest, with who kept it and when.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from base.records.freetext import WrittenMixin
from base.records.masked import brings_back, has_masks
from base.records.personal_data import Finder
from base.swedish.words import listed
from base.ui.found_words import ASKED, KEEP, MOST, REMOVE, FoundInField, FoundWords, found_in, without_removed
from base.ui.models import KeptPassage
from base.ui.written_in import place_of, signed_place

ANSWERS = {KEEP, REMOVE, ASKED}


class GuardedMixin(forms.Form):
    """Guards every text of a form that people write, unless the field or the form says that it is about persons.

    about_persons  texts in which a person is to be named
    proposed       texts that begin with words from elsewhere, which are asked about as if she had written them
    told_after     texts that are saved first and asked about afterwards, for nothing may come between
    told_of        the row that those stand in, by which what is kept there is known again
    """

    about_persons: ClassVar[tuple[str, ...]] = ()
    proposed: ClassVar[tuple[str, ...]] = ()
    told_after: tuple[str, ...] = ()
    told_of: str = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found: dict[str, FoundInField] = {}
        for name, field in self._guarded():
            self._mark_guarded(name, field)

    def add_text(self, name: str, field: Any) -> None:
        """Add a field that is written in, guarded as those that the form declares."""
        self.fields[name] = field
        self._mark_guarded(name, field)

    @classmethod
    def guards(cls, name: str, field: forms.Field) -> bool:
        """Whether the field of that name is guarded: words are written in it, and not about persons."""
        is_written = isinstance(field, WrittenMixin) and field.is_guarded and not field.widget.is_hidden
        return is_written and name not in cls.about_persons

    @property
    def written_row(self) -> Any:
        """The row whose columns the texts are written in, where it is there."""
        return getattr(self, "instance", None)

    @property
    def guard_asks(self) -> bool:
        """Whether something was found that nobody has been asked about, so that it is not saved yet."""
        return any(found.is_asked for name, found in self._all_found() if name not in self.told_after)

    @property
    def guard_tells(self) -> bool:
        """Whether something was found in what is saved all the same."""
        return bool(self.told_words)

    @property
    def told_words(self) -> str:
        """What was found in what is saved all the same: ser ut som ett telefonnummer och kan vara ett namn."""
        return listed(list(dict.fromkeys(found.said.why for _, found in self._all_told())))

    @property
    def told_in(self) -> str:
        """The name of the first field in which something was found that is saved all the same."""
        return next((name for name, _ in self._all_told()), "")

    @property
    def guard_refuses(self) -> bool:
        """Whether something was found that has been masked there and cannot be kept."""
        return any(found.is_masked for _, found in self._all_found())

    def kept_as(self, name: str) -> str:
        """The kind of text that the field is, by which what is kept in it is remembered: issues.Action.text."""
        column = self._written(name).column
        model = getattr(getattr(self, "_meta", None), "model", None)
        if not column and model and name in {field.name for field in model._meta.get_fields()}:
            column = str(model._meta.get_field(name))
        asking = (kind for kind in reversed(type(self).__mro__) if name in getattr(kind, "base_fields", {}))
        return column or f"{next(asking, type(self)).__name__}.{name}"

    def leave_out_kept(self, member_id: Any) -> None:
        """Leave out what she need not be asked about again: one statement, where there is a name.

        That is a name that she has kept in such a text before, and in a text that is asked about when it is saved
        whatever she has kept there.
        """
        asked = [
            (self._kept_in(name, one), one)
            for name, one in self._all_found()
            if one.is_asked and (one.kind.is_hint or name in self.told_after)
        ]
        kept = KeptPassage.objects.known_to(member_id, asked)
        for name, inside in self.found.items():
            left = [one for one in inside.all if (self._kept_in(name, one), one.digest) not in kept or one.is_shown]
            self.found[name] = replace(inside, all=left)

    def remember_kept(self, member_id: Any) -> None:
        """Remember what she has chosen to keep: one statement, where there is any. What she left as it was she may
        not have seen."""
        answered = [(self._kept_in(name, one), one) for name, one in self._all_found() if one.is_kept]
        KeptPassage.objects.remember(member_id, answered)

    def tell_of_saved(self, member_id: Any) -> None:
        """Find what stands in the texts that are asked about when they are saved, for the page that shows them."""
        if self.is_bound:
            return
        for name in self.told_after:
            self._find(name, str(self[name].initial or ""))
        self.leave_out_kept(member_id)

    def _clean_fields(self) -> None:
        self.found = {}
        super()._clean_fields()  # type: ignore[misc]  # Django's own, which the stubs do not tell of
        finder = Finder()
        for name, field in self._guarded():
            if text := field.text_of(self.cleaned_data.get(name)):
                self._find(name, text, finder)
                self._remove(name, field, text)

    def _find(self, name: str, text: str, finder: Finder | None = None) -> None:
        """Find what the text has that was not there before, each with its answer."""
        shown, field = self[name], self._written(name)
        in_page, control = f"{shown.html_name}{field.text_in}", f"{shown.auto_id}{field.text_in}"
        before = "" if name in {*self.proposed, *self.told_after} else field.text_of(shown.initial)
        met = found_in(text, in_page, before=before, finder=finder)
        is_masked = masked_among(met, self.written_row, name, text)
        answered = [replace(one, answer=self._answer(one), is_masked=one.digest in is_masked) for one in met]
        self.found[name] = FoundInField(in_page, control, str(shown.label), answered)

    def _remove(self, name: str, field: WrittenMixin, text: str) -> None:
        """Remove what is to be removed, also where the form is shown again."""
        inside = self.found[name]
        if all(one.answer != REMOVE for one in inside.all):
            return
        text, left = without_removed(inside.all, text)
        self.found[name] = replace(inside, all=left)
        typed: Any = self.data
        self.data = typed.copy()
        self.data[inside.field] = text  # type: ignore[index]  # a copy may be changed
        try:
            self.cleaned_data[name] = field.with_text(self.cleaned_data[name], text)
        except ValidationError as error:  # a neutral word may be longer than what it stands for
            self.add_error(name, error)

    def _kept_in(self, name: str, found: FoundWords) -> str:
        """Where it is kept: in a text of that kind, a number that was asked about afterwards in that row alone."""
        alone = name in self.told_after and not found.kind.is_hint
        return f"{self.kept_as(name)} {self.told_of}" if alone else self.kept_as(name)

    def _answer(self, found: FoundWords) -> str:
        answer = str(self.data.get(found.name, ""))
        return answer if answer in ANSWERS else ""

    def _mark_guarded(self, name: str, field: WrittenMixin) -> None:
        """Let the script know what kind of text the field is, and the row of one that has masks."""
        field.text_widget.attrs["data-guarded"] = self.kept_as(name)
        if has_masks(self.written_row):
            field.text_widget.attrs["data-written-in"] = signed_place(self.written_row, name)

    def _guarded(self) -> Iterator[tuple[str, WrittenMixin]]:
        return ((name, self._written(name)) for name, field in self.fields.items() if self.guards(name, field))

    def _written(self, name: str) -> WrittenMixin:
        field: Any = self.fields[name]
        return field  # type: ignore[no-any-return]  # one that is guarded

    def _all_told(self) -> Iterator[tuple[str, FoundWords]]:
        return ((name, one) for name, one in self._all_found() if one.is_asked and name in self.told_after)

    def _all_found(self) -> Iterator[tuple[str, FoundWords]]:
        return ((name, one) for name, inside in self.found.items() for one in inside.all)


def masked_among(met: list[FoundWords], row: Any, name: str, text: str) -> set[str]:
    """The digests of what was masked in that column of the row: it is refused there, however it is answered."""
    if not met or row is None or not brings_back(row, {name: text}):
        return set()
    return {one.digest for one in met[:MOST] if brings_back(row, {name: one.words})}


def found_while_writing(
    text: str, before: str, *, field: str, control: str, kind: str, member: Any, written_in: str = ""
) -> FoundInField:
    """What a form of hers would ask about the text, if it were sent now. `written_in` is a `signed_place`."""
    met = found_in(text, field, before=before)
    row, name = place_of(written_in, to=member) if met and written_in else (None, "")
    masked = masked_among(met, row, name, text)
    found = FoundInField(field, control, "", [replace(one, is_masked=one.digest in masked) for one in met])
    asked = [(kind, one) for one in found.all if one.kind.is_hint]
    return found.without(KeptPassage.objects.known_to(member.pk, asked), of=kind)
