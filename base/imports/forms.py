"""The forms of an import: what is to be read, which column each is, and that it is brought in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from base.imports.columns import LEAVE_OUT, headings_at, headings_in, samples
from base.imports.models import Import
from base.imports.plan import Importer, ImportPlan
from base.imports.table import HEAVIEST, ReadBook, ReadTable, read_book
from base.records import Conflict, EditConflict
from base.records.conflicts import Acting
from base.swedish.text import normalize_line
from base.swedish.words import plural
from base.ui.fields import VersionField
from base.ui.forms import RegisterForm

NOT_CHOSEN = "Välj en fil eller klistra in raderna."
ONE_OF_THEM = "Välj en fil eller klistra in rader, inte båda."
CHOOSE_AGAIN = "Webbläsaren behåller inte en fil som inte gick att läsa, så välj den igen."
GONE = "Tabellen finns inte kvar. Läs in den igen. Inget är importerat."
PASTED = 1_500_000
"""Signs that may be pasted; a request has room for them however they are written."""


class PastedField(forms.CharField):
    """A table copied from a sheet or a mail: cells with tabs between them, kept until they are read."""

    widget = forms.Textarea
    is_taken_as_typed = True

    def __init__(self, **options: Any) -> None:
        super().__init__(strip=False, max_length=PASTED, **options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}  # no `maxlength`, by which a browser cuts what is pasted without a word


class SheetForm(RegisterForm):
    """Reads a file or what was pasted."""

    submit_label = "Läs in"
    takes_long = "Läser tabellen. En stor fil kan ta en halv minut."
    error_title = "Inget är inläst"
    one_of = ("file", "pasted")

    file = forms.FileField(
        label="Fil",
        help_text=f"Excel (.xlsx, .xls), LibreOffice (.ods) eller CSV, högst {HEAVIEST // 1024**2} MB. "
        "Har filen flera blad väljer du blad i nästa steg. En stor fil kan ta en halv minut att läsa.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.txt,.tsv"}),
        required=False,
        allow_empty_file=True,
    )
    pasted = PastedField(
        label="Eller klistra in raderna",
        help_text="Markera raderna i Excel eller i mejlet, kopiera och klistra in dem här, gärna med rubrikerna.",
        required=False,
    )

    def __init__(self, *args: Any, importer: Importer, by: Acting, **kwargs: Any) -> None:
        self.importer, self.by = importer, by
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        file, pasted = facts.get("file"), facts.get("pasted", "")
        if self.errors:
            return facts
        if bool(file) == bool(pasted.strip()):
            self.add_error("file", ONE_OF_THEM if file else NOT_CHOSEN)
        elif file:
            self._read("file", *_of_file(file), CHOOSE_AGAIN)
        else:
            self._read("pasted", pasted.encode(), None, "")
        return facts

    def _read(self, name: str, content: bytes, too_heavy: int | None, after: str) -> None:
        try:
            self.book: ReadBook = read_book(content, most_rows=self.importer.most_rows, size=too_heavy)
        except ValidationError as refused:
            self.add_error(name, f"{refused.message} {after}".strip())

    def save(self) -> Import:
        return Import.keep(self.book, self.importer, by=self.by)


def _of_file(file: UploadedFile[Any]) -> tuple[bytes, int]:
    size = file.size or 0
    return (file.read() if size <= HEAVIEST else b""), size


class SheetChoice(forms.Form):
    """Turns to another sheet of what was read, by its number in the address; saves nothing."""

    def __init__(self, number: str, *, read: Import, importer: Importer) -> None:
        tables = read.book.tables
        numbers = [str(place) for place in range(1, len(tables) + 1)]
        if number in numbers and int(number) - 1 != read.sheet:
            read.turn_to(int(number) - 1, importer)
        super().__init__(initial={"blad": numbers[read.sheet]})
        called = [f"{table.name or 'utan namn'} ({_rows_in(table, importer)})" for table in tables]
        self.has_several = len(tables) > 1
        self.fields["blad"] = forms.ChoiceField(
            label="Blad",
            choices=list(zip(numbers, called, strict=True)),
        )


def _rows_in(table: ReadTable, importer: Importer) -> str:
    """How many rows there are under the headings."""
    headings = headings_at(table, importer.columns)
    return plural(len(table.rows) - (0 if headings is None else headings + 1), "rad", "rader")


class ColumnsForm(RegisterForm):
    """Says which column each of a sheet is, beside what stands in it."""

    submit_label = "Granska raderna"
    takes_long = "Jämför raderna med registret. Flera hundra rader kan ta några sekunder."
    error_title = "Kolumnerna behöver ses över"

    has_headings = forms.BooleanField(required=False)

    def __init__(self, *args: Any, read: Import, importer: Importer, **kwargs: Any) -> None:
        self.read, self.importer, self.table = read, importer, read.table
        super().__init__(*args, **kwargs)
        choices = [(LEAVE_OUT, "Läs inte in"), *((column.key, column.label) for column in importer.columns)]
        for place, key in enumerate(read.keys):
            label = f"Kolumn {place + 1}"
            self.fields[_name(place)] = forms.ChoiceField(label=label, choices=choices, initial=key, required=False)
        first = self.table.rows[read.headings or 0][0]
        self.fields["has_headings"].label = f"Rad {first} är rubriker och läses inte in"
        self.initial["has_headings"] = read.headings is not None

    @property
    def columns(self) -> Iterator[tuple[Any, str, list[str]]]:
        """Yield each column's control, its heading and the first that stand in it."""
        for place, heading in enumerate(headings_in(self.table, self.read.headings, self.importer.columns)):
            yield self[_name(place)], normalize_line(heading), samples(self.table, self.read.headings, place)

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        self.keys = [facts.get(_name(place), LEAVE_OUT) for place in range(len(self.read.keys))]
        labels = {column.key: column.label for column in self.importer.columns}
        for place, key in enumerate(self.keys):
            if key and key in self.keys[:place]:
                first = self.keys.index(key) + 1
                self.add_error(_name(place), f"Kolumn {first} är redan {labels[key]}. Välj en av dem.")
        needed, told = self.importer.needed
        if not self.errors and needed.isdisjoint(self.keys):
            self.add_error(None, told)
        return facts

    def save(self) -> Any:
        """Name the columns. Raises Conflict where what was read has been removed."""
        headings = (self.read.headings or 0) if self.cleaned_data["has_headings"] else None
        if not self.read.name_columns(self.keys, headings):
            raise Conflict(GONE)
        return self.read


def _name(place: int) -> str:
    return f"column_{place}"


class BringInForm(RegisterForm):
    """Brings in what was planned, as it was shown, in one transaction. Rows that are wrong are left out by choice."""

    submit_label = "Importera"
    takes_long = "Importerar raderna. Flera hundra rader kan ta en halv minut. Antingen sparas alla eller ingen."
    error_title = "Inget är importerat"

    shown = VersionField()

    def __init__(
        self, *args: Any, read: Import, plan: ImportPlan, importer: Importer, by: Acting, **kwargs: Any
    ) -> None:
        self.read, self.importer, self.plan, self.by = read, importer, plan, by
        super().__init__(*args, **kwargs)
        self.fields["shown"].initial = lambda: self.plan.digest
        if plan.wrong:
            many = len(plan.wrong)
            told = "Lämna raden med fel utanför" if many == 1 else f"Lämna de {many} raderna med fel utanför"
            self.fields["without_wrong"] = forms.BooleanField(
                label=told,
                error_messages={"required": "Rätta felen och läs in på nytt, eller lämna raderna med fel utanför."},
            )

    def save(self) -> Any:
        """Bring in. Raises EditConflict where the register or the columns are others than was shown, Conflict where
        what was read has been removed.

        What the rows are about is held before they are planned: nobody changes it between the plan and the deed.
        """
        Import.objects.one_at_a_time(self.importer.kind)
        try:
            self.read.refresh_from_db()
        except Import.DoesNotExist:
            raise Conflict(GONE) from None
        if not self.read.is_done:
            self.importer.hold(self.read.sheet_rows)
            self.plan = self.importer.plan(self.read.sheet_rows)
            if self.cleaned_data["shown"] != self.plan.digest:
                raise EditConflict(
                    "Något har ändrats sedan du granskade raderna. Granska dem igen. Inget är importerat."
                )
            self.read.finish(carry_out(self.plan, by=self.by), self.plan)
        return self.read


def carry_out(plan: ImportPlan, *, by: Acting) -> dict[str, int]:
    """Do what was planned, and tell how many of each kind. Raises ValidationError with the row that was refused."""
    for row in plan.changing:
        try:
            for step in row.steps:
                step.carry_out(plan.world, by=by)
        except ValidationError as refused:
            told = " ".join(refused.messages)
            raise ValidationError(f"Rad {row.number}, {row.name}: {told}") from refused
    return plan.counted
