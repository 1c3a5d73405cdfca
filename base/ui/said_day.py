"""The question of a day that one may answer in words: one piece for every form, a day beside a line of words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from base.records.freetext import FreeLineFormField, ShortEnough, WrittenMixin
from base.records.said_day import LONGEST_WORDS
from base.swedish.said_days import NEEDS_DAY, NoSuchDay, Precision, ReadDay, SaidDay, read_day
from base.swedish.words import day_and_month
from base.ui.fields import ComingDay
from base.ui.widgets import DateInput

IN_WORDS = "Till exempel vecka 50 eller hösten 2027. Till ”före skolavslutningen” och ”löpande” behövs datumet också."
REVIEWED = "Skriv också dagen då det ska stämmas av, i fältet för datum."
UNKNOWN = "Skriv också vilket datum det gäller senast. ”{}” står inte i registrets kalender."
OTHERWISE = "Orden ”{}” betyder senast {}, men datumet är {}. Ändra det ena, eller lämna det tomt."


class SaidDayInput(forms.MultiWidget):
    """The browser's date field, and under it a line for the day in words; one of them is enough."""

    template_name = "ui/widgets/said_day.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"": DateInput(), "words": forms.TextInput({"autocomplete": "off"})}, attrs)

    def decompress(self, value: date | SaidDay | None) -> list[Any]:
        """The two answers that give the value again: of what a calendar knows, the words alone."""
        if not value:
            return [None, ""]
        said = SaidDay.of(value)
        return [said.last if said.is_day or said.precision in NEEDS_DAY else None, said.words]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        """What was typed; nothing where neither of the two is filled in."""
        typed = super().value_from_datadict(data, files, name)
        return typed if any(typed) else []

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The widget's, with what may be written in words, and the line of words described by that."""
        context = super().get_context(name, value, attrs)
        line = context["widget"]["subwidgets"][1]["attrs"]
        line["aria-describedby"] = f"{line.get('id')}_hint"
        return context | {"in_words": IN_WORDS}


class SaidDayField(WrittenMixin, forms.MultiValueField):
    """A coming day, as a date or in words (SaidDay). Whoever gives a date needs no words."""

    widget = SaidDayInput
    default_error_messages = ComingDay.default_error_messages
    text_in = "_words"

    def __init__(self, **options: Any) -> None:
        parts = ComingDay(required=False), FreeLineFormField(max_length=LONGEST_WORDS, required=False)
        super().__init__(fields=parts, require_all_fields=False, **options)

    @property
    def text_widget(self) -> forms.Widget:
        both: Any = self.widget
        return both.widgets[1]  # type: ignore[no-any-return]  # the line of words

    def text_of(self, value: Any) -> str:
        return SaidDay.of(value).words if value else ""

    def with_text(self, value: Any, text: str) -> SaidDay:
        ShortEnough(LONGEST_WORDS)(text)
        return replace(SaidDay.of(value), words=text)

    def compress(self, data_list: list[Any]) -> SaidDay | None:
        day, words = data_list or (None, "")
        if words.strip(". "):
            return self._coming(self._in_words(words, day))
        if day is None and self.required:  # a full stop alone says nothing
            raise ValidationError(self.error_messages["required"], code="required")
        return day and self._coming(SaidDay(day))

    def _in_words(self, words: str, day: date | None) -> SaidDay:
        """What the words say, with the day that a person gave. Raises ValidationError."""
        try:
            read = read_day(words, today=timezone.localdate())
        except NoSuchDay as error:
            raise ValidationError(str(error), code="no_such_day") from error
        if day and read.last and day != read.last:
            told = day_and_month(read.last, today=date.min), day_and_month(day, today=date.min)
            raise ValidationError(OTHERWISE.format(words, *told), code="otherwise")
        return SaidDay(self._last(read, day, words), read.precision, read.words)

    def _last(self, read: ReadDay, day: date | None, words: str) -> date:
        last = read.last or day
        if last is None:
            running = read.precision == Precision.RUNNING
            raise ValidationError(REVIEWED if running else UNKNOWN.format(read.words or words), code="unknown")
        return last

    def _coming(self, said: SaidDay) -> SaidDay:
        """The day unless it has passed or lies too far off, as any coming day is refused."""
        ComingDay().validate(said.last)
        return said


class OtherSaidDay(SaidDayField):
    """The day that goes with the choice "Annan dag": asked for only then, and never marked as optional."""

    def clean(self, value: Any) -> SaidDay | None:
        return super().clean(value) if value else None
