"""The forms of appendices: add files, call one something else, take one away."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from base.files.forms import ChosenFiles, FilesField, named
from base.records.freetext import FreeLineFormField
from base.records.personal_data import Finder
from base.swedish.words import capital, in_words, listed
from base.ui.fields import VersionField, field_of
from base.ui.forms import RegisterForm
from base.ui.found_words import found_in
from meetings.agenda.lines import AgendaHeading
from meetings.appendices import AddedFiles, add_files
from meetings.forms.agenda import PlaceField
from meetings.models import Appendix, Meeting
from members.actor import Actor
from members.models import Member

WHOLE_MEETING = "Hela mötet"
LOOK_OVER = '<a href="{}">{}</a> har i sitt namn något som {}.'


class AppendixForm(RegisterForm):
    """Adds files to the meeting or to an item of it. Those that are refused are told, and the others are added."""

    submit_label = "Lägg till"
    takes_long = "Granskar filerna. Stora filer kan ta en halv minut."
    error_title = "Inget är tillagt"
    missing = {"file": "Välj minst en fil."}

    file = FilesField(label="Filer")
    line = PlaceField(label="Hör till", required=False)

    def __init__(self, *args: Any, meeting: Meeting, by: Member, **kwargs: Any) -> None:
        self.meeting, self.by = meeting, by
        super().__init__(*args, **kwargs)

    def offer_lines(self, headings: list[AgendaHeading]) -> None:
        """Offer the lines of the agenda; whether one is still there is asked when the files are added."""
        lines = [(line.key, f"{line.number} {line.title}") for heading in headings for line in heading.under]
        self.offer_choices("line", [("", WHOLE_MEETING), *lines])

    @property
    def chosen(self) -> ChosenFiles:
        chosen: ChosenFiles = self.cleaned_data["file"]
        return chosen

    def save(self) -> AddedFiles:
        """Raises NotAllowed, Conflict, ValidationError."""
        line = self.cleaned_data["line"]
        return add_files(self.meeting, self.chosen.cleared, line=line, by=Actor.of(self.by))

    def receipt(self, saved: AddedFiles) -> str:
        told = [self._added(saved)] if saved.appendices else []
        if saved.there_already:
            told.append(f"{named(saved.there_already)} finns redan bland bilagorna.")
        told += self.chosen.told
        return format_html_join(" ", "{}", ((words,) for words in (*told, *_names_to_look_over(saved))))

    def leaves_something(self, saved: AddedFiles) -> bool:
        return bool(self.chosen.told or _names_to_look_over(saved))

    def _added(self, saved: AddedFiles) -> str:
        one, many = "bilaga är tillagd", "bilagor är tillagda"
        return f"{capital(in_words(len(saved.appendices), one, many))}."


def _names_to_look_over(saved: AddedFiles) -> list[SafeString]:
    """Of each name in which the guard finds something, what, and where it is changed: it was chosen, not written."""
    finder, told = Finder(), []
    for appendix in saved.appendices:
        found = found_in(appendix.name.replace("_", " "), "name", finder=finder)
        if why := listed(list(dict.fromkeys(one.said.why for one in found))):
            told.append(format_html(LOOK_OVER, appendix.change_address, appendix.name, why))
    return told


class AppendixNameForm(RegisterForm):
    """Calls an appendix something else. What the guard finds in the name is asked about, whoever chose it."""

    proposed = ("name",)
    missing = {"name": "Skriv vad bilagan ska heta."}

    name = field_of(Appendix, "name", label="Namn")
    version = VersionField()

    def __init__(self, *args: Any, appendix: Appendix, by: Member, **kwargs: Any) -> None:
        self.appendix, self.by = appendix, by
        initial = {"name": appendix.name, "version": appendix.version}
        super().__init__(*args, initial=initial, **kwargs)

    @property
    def written_row(self) -> Appendix:
        return self.appendix

    def save(self) -> Appendix:
        """Raises Conflict, EditConflict."""
        facts = self.cleaned_data
        self.appendix.rename(name=facts["name"], version=facts["version"], by=Actor.of(self.by))
        return self.appendix

    def receipt(self, saved: Appendix) -> str:
        return f"Bilagan heter ”{saved}”."


class AppendixRemoveForm(RegisterForm):
    """Takes an appendix away: from a meeting that has not closed, or for good from one that has, with the reason."""

    submit_label = "Ta bort bilagan"

    why = FreeLineFormField(
        label="Varför",
        max_length=300,
        help_text="Står kvar tillsammans med namnet, där det hänvisas till bilagan.",
    )
    version = VersionField()

    def __init__(self, *args: Any, appendix: Appendix, erases: bool, by: Member, **kwargs: Any) -> None:
        self.appendix, self.erases, self.by = appendix, erases, by
        super().__init__(*args, initial={"version": appendix.version}, **kwargs)
        if not erases:
            del self.fields["why"]

    def save(self) -> Appendix:
        """Raises Conflict, EditConflict."""
        facts, by = self.cleaned_data, Actor.of(self.by)
        if self.erases:
            self.appendix.erase(why=facts["why"], version=facts["version"], by=by)
        else:
            self.appendix.remove(version=facts["version"], by=by)
        return self.appendix

    def receipt(self, saved: Appendix) -> str:
        return f"”{saved}” är borttagen."
