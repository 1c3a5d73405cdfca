"""A row of an old åtgärdslista: what its cells say, and what is wrong in them by themselves."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from base.imports.cells import bare
from base.imports.columns import SheetColumn, SheetRow, ensure_readable
from base.swedish.text import normalize_heading, normalize_line, normalize_text
from base.swedish.words import capital, sentence
from issues.models import Action, Issue
from issues.models.status import ActionState
from issues.old_list.days import NOTHING, ReadCell, read_been, read_due

COLUMNS = (
    SheetColumn(
        "what",
        "Åtgärd",
        ("vad", "aktivitet", "åtgärder", "vad ska göras", "att göra", "insats", "uppgift", "vad som ska göras"),
        "Laga belysningen i gångtunneln",
    ),
    SheetColumn("issue", "Ärende", ("rubrik", "problem", "fråga", "gäller"), "Gångtunneln vid stationen"),
    SheetColumn("where", "Plats", ("var", "adress", "plats/område"), "Stationsgatan"),
    SheetColumn(
        "responsible",
        "Ansvarig",
        (
            *("vem", "förvaltning", "organisation", "ansvarig förvaltning", "ansvarig organisation", "ansvarig part"),
            *("ansvariga", "utförare", "ansvar", "vem gör", "ansvarig/vem"),
        ),
        "Tekniska förvaltningen",
    ),
    SheetColumn(
        "due",
        "Klart senast",
        (
            *("när", "tidplan", "tidsplan", "slutdatum", "senast", "deadline", "till när", "planerat klart"),
            *("ska vara klart", "klart till", "sista dag", "tid"),
        ),
        "2026-11-03",
    ),
    SheetColumn("state", "Läge", ("status", "läge just nu", "svar"), "pågår"),
    SheetColumn(
        "decided",
        "Beslutad",
        ("möte", "datum", "beslut", "beslutsdatum", "mötesdatum", "beslutad på möte", "beslutat", "från möte"),
        "2026-03-12",
    ),
    SheetColumn(
        "done_on", "Klar den", ("utförd", "utfört", "genomfört", "klar datum", "klart datum", "avslutad den"), ""
    ),
    SheetColumn("number", "Nummer", ("nr", "löpnummer", "löpnr", "id", "åtgärd nr", "eget nummer"), "14"),
    SheetColumn(
        "comment", "Kommentar", ("anteckning", "anteckningar", "kommentarer", "notering", "noteringar", "övrigt"), ""
    ),
)
LABELS = {column.key: column.label for column in COLUMNS}

LONGEST_HEADING, LONGEST_ACTION = (model._meta.get_field("title").max_length or 0 for model in (Issue, Action))
State = ActionState
SAID_AS: dict[State, tuple[str, ...]] = {
    State.PROPOSED: (
        *("väntar på svar", "frågad", "frågat", "fråga ställd", "väntar", "inväntar svar", "obesvarad", "ej besvarad"),
        *("föreslagen", "föreslaget", "begärd", "begärt", "skickad", "skickat", "ny"),
    ),
    State.ACCEPTED: ("åtar sig", "accepterad", "accepterat", "ja", "planerad", "planerat", "antagen", "godkänd"),
    State.ONGOING: (
        *("pågår", "pågående", "påbörjad", "påbörjat", "startad", "startat", "under arbete", "igång", "i gång"),
        *("löpande", "arbete pågår"),
    ),
    State.DONE: (
        *("klart", "klar", "klara", "avslutat", "avslutad", "färdig", "färdigt", "utförd", "utfört", "genomförd"),
        *("genomfört", "åtgärdad", "åtgärdat", "gjord", "gjort", "slutförd", "slutfört"),
    ),
    State.DECLINED: ("avböjt", "avböjd", "avböjer", "nej", "avslag", "nekad", "nekat", "avslagen", "tackat nej"),
    State.CANCELLED: (
        *("avbrutet", "avbruten", "struket", "struken", "stryks", "utgår", "utgått", "återtagen", "återtaget"),
        *("inställt", "inställd", "inte aktuellt", "ej aktuellt", "inte aktuell", "ej aktuell", "avskriven"),
    ),
}
"""How each state is said; the first is the one that an error names."""
STATES = {tuple(words.split()): state for state, said in SAID_AS.items() for words in said}
LONGEST_SAID = max(map(len, STATES))
UNDERSTOOD = f"Skriv ett av dessa: {', '.join(said[0] for said in SAID_AS.values())}."


@dataclass
class ActionRow:
    """What a row says. `wrong` has what is wrong by itself, `told` what is to be known of how it was read.

    said     the words of the state beyond the state itself: väntar på offert
    whole    what is to be done, where the cell is longer than a heading may be
    """

    number: int
    what: str = ""
    whole: str = ""
    issue: str = ""
    where: str = ""
    responsible: str = ""
    state: State | None = None
    said: str = ""
    due: ReadCell = NOTHING
    decided: ReadCell = NOTHING
    done_on: ReadCell = NOTHING
    own_number: str = ""
    comment: str = ""
    has_only_words: bool = False
    wrong: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    @property
    def called(self) -> str:
        return self.what or self.issue or self.own_number or "Raden"

    @property
    def heading(self) -> str:
        """Of the issue that it belongs to: its own, else what is to be done."""
        return self.issue or shortened(self.what, LONGEST_HEADING)

    @property
    def words(self) -> str:
        """What is said of how it stands: the comment, and what the state says besides."""
        return "\n".join(filter(None, [sentence(capital(self.said)), self.comment]))


def read_row(row: SheetRow, *, today: date) -> ActionRow:
    """What the row says, and what is wrong in it."""
    read = ActionRow(row.number)

    def take(key: str, reader: Callable[[str], Any], empty: Any = "") -> Any:
        try:
            ensure_readable(row[key])
            return reader(row[key])
        except ValidationError as refused:
            read.wrong.append(f"{LABELS[key]}: {' '.join(refused.messages)}")
            return empty

    what = take("what", normalize_heading)
    read.what = shortened(what, LONGEST_ACTION)
    read.whole = what if what != read.what else ""
    read.issue, read.where = take("issue", _as_column(Issue, "title")), take("where", _as_column(Issue, "where"))
    read.responsible = normalize_text(row["responsible"])
    read.own_number, read.comment = take("number", _number), take("comment", _comment)
    read.has_only_words = not any(row[key].strip() for key in ("responsible", "due", "state", "done_on", "decided"))
    if read.has_only_words:
        return read
    read.state, read.said = take("state", read_state, (None, ""))
    read.decided = take("decided", lambda cell: read_been(cell, today=today), NOTHING)
    since = read.decided.day.last if read.decided.day else None
    read.due = take("due", lambda cell: read_due(cell, today=today, since=since), NOTHING)
    read.done_on = take("done_on", lambda cell: read_been(cell, today=today), NOTHING)
    _take_day_of_state(read, today)
    read.told += [cell.told for cell in (read.decided, read.due, read.done_on) if cell.told]
    if not read.what and not read.wrong:
        read.wrong.append("Skriv vad som ska göras.")
    return read


def read_state(cell: str) -> tuple[State, str]:
    """The state, and what the cell says besides: Pågår, väntar på offert. Raises ValidationError for other words."""
    line = normalize_line(cell)
    if not line:
        raise ValidationError(f"Läget saknas. {UNDERSTOOD}")
    words = re.split(r"[ ,.:;()/–-]", line)
    told = [word for word in words if word]
    for length in range(min(LONGEST_SAID, len(told)), 0, -1):
        state = STATES.get(tuple(word.lower() for word in told[:length]))
        rest = _after(line, told[:length]) if state else ""
        if state and (state != State.PROPOSED or not rest.startswith(" ")):  # väntar på offert waits for no answer
            return state, rest.strip(" ,.:;()/–-")
    raise ValidationError(f"”{line}” är inget läge. {UNDERSTOOD}")


def shortened(words: str, longest: int) -> str:
    """The words, cut after a whole one where they are longer."""
    if len(words) <= longest:
        return words
    return f"{words[: longest - 1].rpartition(' ')[0] or words[: longest - 1]}…"


# Private


def _after(line: str, words: list[str]) -> str:
    """What comes after the words in the line."""
    place = 0
    for word in words:
        place = line.index(word, place) + len(word)
    return line[place:]


def _take_day_of_state(read: ActionRow, today: date) -> None:
    """Let a day that stands with the state say when it was done: Klart 2026-03-12."""
    if read.state != State.DONE or not read.said or read.done_on.day:
        return
    try:
        day = read_been(read.said, today=today)
    except ValidationError:
        return
    if day.day and not day.words:
        read.done_on, read.said = day, ""


def _as_column(model: Any, name: str) -> Callable[[str], str]:
    """How a cell becomes what the column keeps."""

    def take(cell: str) -> str:
        words = normalize_line(cell)
        return str(model._meta.get_field(name).clean(words, None)) if words else ""

    return take


LONGEST_COMMENT = 900


def _comment(cell: str) -> str:
    text = normalize_text(cell)
    if len(text) > LONGEST_COMMENT:
        raise ValidationError(f"Texten är {len(text)} tecken, men får vara högst {LONGEST_COMMENT}. Korta den.")
    return text


def _number(cell: str) -> str:
    """The number, without the decimals of a sheet that keeps it as one: 14.0."""
    words = re.sub(r"^(\d{1,9})[.,]0$", r"\1", bare(cell))
    if len(words) > 40:
        raise ValidationError("Numret får vara högst 40 tecken.")
    return words
