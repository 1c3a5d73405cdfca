"""A row of the group's sheet: what its cells say, and what is wrong in them by themselves."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Field

from base.imports.cells import bare, day_as_written
from base.imports.columns import SheetColumn, SheetRow, ensure_readable, plain
from base.swedish.said_days import NoSuchDay, read_day
from base.swedish.text import normalize_line
from base.ui.fields import possible_year
from members.models import Member, Organisation, Seat

COLUMNS = (
    SheetColumn(
        "organisation",
        "Organisation",
        (
            "förvaltning",
            "förvaltning/bolag",
            "bolag",
            "myndighet",
            "enhet",
            "verksamhet",
            "arbetsplats",
            "arbetsgivare",
        ),
        "Tekniska förvaltningen",
    ),
    SheetColumn(
        "kind", "Slag", ("typ", "slag av organisation", "typ av organisation", "organisationstyp"), "förvaltning"
    ),
    SheetColumn(
        "mailbox",
        "Brevlåda",
        (
            "funktionsbrevlåda",
            "gemensam brevlåda",
            "organisationens e-post",
            "förvaltningens e-post",
            "funktionsadress",
        ),
        "tekniska@exempel.se",
    ),
    SheetColumn(
        "name", "Namn", ("för- och efternamn", "person", "representant", "ledamot", "kontaktperson"), "Kim Exempel"
    ),
    SheetColumn("first_name", "Förnamn", ("tilltalsnamn",)),
    SheetColumn("last_name", "Efternamn"),
    SheetColumn("title", "Titel", ("befattning", "titel/befattning", "yrkestitel", "tjänst"), "Enhetschef"),
    SheetColumn(
        "email",
        "E-post",
        ("epost", "e-postadress", "mejl", "mejladress", "mail", "mailadress", "e-mail", "epostadress"),
        "kim.exempel@exempel.se",
    ),
    SheetColumn(
        "phone",
        "Telefon",
        ("telefonnummer", "tel", "tfn", "telefonnr", "mobil", "mobilnummer", "mobiltelefon", "tel.nr"),
        "070-174 06 05",
    ),
    SheetColumn(
        "role", "Roll", ("ordinarie/ersättare", "ord/ers", "plats", "uppdrag", "funktion i gruppen"), "ordinarie"
    ),
    SheetColumn(
        "since",
        "Från och med",
        ("från", "fr.o.m.", "from", "startdatum", "från datum", "datum från", "sedan"),
        "2026-01-01",
    ),
)
LABELS = {column.key: column.label for column in COLUMNS}

KINDS: dict[str, Organisation.Kind] = {
    plain(words): kind
    for kind, named in {
        Organisation.Kind.LEADERSHIP: ("kommunledning", "kommunledningsförvaltning", "ledning", "kommun"),
        Organisation.Kind.DEPARTMENT: ("förvaltning", "förvaltningar", "kommunal förvaltning", "kontor"),
        Organisation.Kind.COMPANY: ("bolag", "kommunalt bolag", "kommunala bolag", "bostadsbolag", "ab", "företag"),
        Organisation.Kind.POLICE: ("polis", "polisen", "polismyndigheten"),
        Organisation.Kind.RESCUE: ("räddningstjänst", "räddningstjänsten", "räddningstjänstförbund", "brandkår"),
        Organisation.Kind.OTHER: ("annan", "annat", "övrig", "övriga", "övrigt"),
    }.items()
    for words in named
}
SEEN_IN_NAMES: tuple[tuple[str, Organisation.Kind], ...] = (
    (r"polis", Organisation.Kind.POLICE),
    (r"räddningstjänst", Organisation.Kind.RESCUE),
    (r"kommunledning", Organisation.Kind.LEADERSHIP),
    (r"\bab\b|bolag", Organisation.Kind.COMPANY),
    (r"förvaltning|kontoret", Organisation.Kind.DEPARTMENT),
)
"""The kind that an organisation's name tells, where no cell does."""

HANDLER, READER, NO_PLACE = "handler", "reader", ""
ROLES: dict[str, str] = {
    plain(words): role
    for role, named in {
        Seat.Role.ORDINARY: (
            "ordinarie",
            "ord",
            "ordinarie representant",
            "ordinarie ledamot",
            "ledamot",
            "representant",
        ),
        Seat.Role.DEPUTY: ("ersättare", "ers", "suppleant", "suppl", "vice", "vikarie", "ställföreträdare"),
        HANDLER: ("handläggare", "svarar för", "kontaktperson"),
        READER: ("läsare",),
        NO_PLACE: ("", "ingen", "ingen plats", "gäst", "adjungerad"),
    }.items()
    for words in named
}
COORDINATORS = {"samordnare", "säkerhetssamordnare", "sammankallande", "ordförande"}


@dataclass
class GroupRow:
    """What a row says, each as it would be kept, empty where a cell is. `wrong` has what is wrong by itself.

    other_kind       what stands as the kind where the register has none of that name: Förening, Myndighet
    only_names_some  whether it has nothing but a name of people: Kommunen, above those of it
    """

    number: int
    organisation: str = ""
    kind: str = ""
    other_kind: str = ""
    mailbox: str = ""
    name: str = ""
    title: str = ""
    email: str = ""
    phone: str = ""
    role: str = NO_PLACE
    since: date | None = None
    only_names_some: bool = False
    wrong: list[str] = field(default_factory=list)

    @property
    def called(self) -> str:
        """What the row is about: Kim Exempel, Tekniska förvaltningen."""
        return ", ".join(filter(None, [self.name or self.email, self.organisation])) or "Raden"

    @property
    def has_person(self) -> bool:
        return bool(self.name or self.email)

    @property
    def only_names_organisation(self) -> bool:
        """Whether it has the name of one and nothing that says it is one: Totalt: 2 personer, Kommunala bolag."""
        return bool(self.organisation) and not (self.kind or self.other_kind or self.mailbox or self.has_person)

    @property
    def has_seat(self) -> bool:
        return self.role in Seat.Role.values


def read_row(row: SheetRow, *, today: date) -> GroupRow:
    """The row as it would be kept, and what is wrong in it."""
    read = GroupRow(row.number)
    for key, take in READERS.items():
        cell = _cell(row, key)
        try:
            ensure_readable(cell)
            setattr(read, key, take(cell, today))
        except ValidationError as refused:
            read.wrong.append(f"{LABELS[key]}: {' '.join(refused.messages)}")
    read.other_kind = "" if read.kind else normalize_line(row["kind"])
    read.only_names_some = {key for key, cell in row.cells.items() if cell.strip()} <= NAMES and bool(read.name)
    if not read.only_names_some:
        _ensure_whole(read, row)
    return read


def folded(name: str) -> str:
    """A name as it is compared: the same whatever its blanks, its dashes, its capitals and its way of writing å."""
    return plain(name)


def dialled(number: str) -> str:
    """A telephone number as it is compared: the same from here and from abroad, with the nought and without.

    070-174 06 05, 70 174 06 05, +46 70-174 06 05 and 0046 (0)70 174 06 05 are one.
    """
    digits = re.sub(r"\D", "", number.replace("(0)", ""))
    from_abroad = number.strip().startswith("+") or digits.startswith("00") or (digits[:2] == "46" and len(digits) > 9)
    if not from_abroad:
        return digits.lstrip("0")
    digits = digits.lstrip("0")
    return digits[2:].lstrip("0") if digits.startswith("46") else f"+{digits}"


# Private

NAMES = {"name", "first_name", "last_name"}


def _cell(row: SheetRow, key: str) -> str:
    """The cell; a name may be in two."""
    return row[key] or (f"{row['first_name']} {row['last_name']}" if key == "name" else "")


Taking = Callable[[str, date], Any]


def _as_column(column: Any, prepare: Callable[[str], str] = normalize_line) -> Taking:
    """How a cell becomes what the column keeps."""
    kept: Field[Any, Any] = column

    def take(cell: str, today: date) -> Any:
        words = prepare(cell)
        return kept.clean(words, None) if words else ""

    return take


TO_LINE = re.compile(
    r"""\A(?:[^<>@]*[<(])?\s*['"]?(?:mailto:)?
    ([^\s<>();,:"'@][^\s<>();,:"@]*@[^\s<>();,"'@]+)
    ['")>;,\s]*(?:\([^()@]*\)[;,\s]*)?""",
    re.IGNORECASE | re.VERBOSE,
)


def _address(cell: str) -> str:
    """The address of what is copied from a mail: Kim Exempel <kim@exempel.se>; of two it is said that they are none."""
    line = normalize_line(cell)
    one = TO_LINE.fullmatch(line)
    return one[1] if one else line


def _number(cell: str) -> str:
    """The number, with the nought that a sheet takes from one that it keeps as a number: 701740605.0.

    Raises ValidationError for one that it has shortened, 4,67E+10: which it was, nobody can tell any more.
    """
    words = bare(cell)
    if re.search(r"\d[.,]\d+e[+-]?\d|\de\+\d", words, re.IGNORECASE):
        raise ValidationError(
            f"”{normalize_line(cell)}” är ett nummer som kalkylprogrammet har kortat. "
            "Skriv hela numret, till exempel 070-174 06 05."
        )
    digits = re.fullmatch(r"(\d{6,13})(?:[.,]0+)?", words)
    if not digits:
        return words
    number = digits[1]
    if number.startswith("46") and len(number) > 9:
        return f"+{number}"
    return number if number.startswith("0") else f"0{number}"


def _kind(cell: str, today: date) -> str:
    """The kind; nothing for other words. Raises ValidationError for what surely is of another column."""
    words = plain(cell)
    if words and words not in KINDS and re.search(r"[@\d]", cell):
        named = ", ".join(label.lower() for label in Organisation.Kind.labels)
        raise ValidationError(f"”{normalize_line(cell)}” är inget slag. Skriv ett av dessa: {named}.")
    return KINDS.get(words, "")


def _role(cell: str, today: date) -> str:
    words = plain(cell)
    if words in COORDINATORS:
        raise ValidationError(
            f"”{normalize_line(cell)}” är ingen plats som importeras. Skriv ordinarie, ersättare, handläggare, läsare "
            "eller inget. Samordnare blir man på medlemmens sida, där lösenordet frågas efter."
        )
    if words not in ROLES:
        raise ValidationError(
            f"”{normalize_line(cell)}” är ingen roll. Skriv ordinarie, ersättare, handläggare, läsare eller inget."
        )
    return ROLES[words]


def _day(cell: str, today: date) -> date | None:
    """The day as people write it, or as a sheet keeps it: the days since 1900."""
    words = day_as_written(cell)
    if not words:
        return None
    try:
        said = read_day(words, today=today)
    except NoSuchDay as wrong:
        raise ValidationError(str(wrong)) from wrong
    if said.first is None or said.first != said.last:
        raise ValidationError(f"”{words}” är ingen dag. Skriv den som 2026-01-15.")
    possible_year(said.first)
    return said.first


READERS: dict[str, Taking] = {
    "organisation": _as_column(Organisation._meta.get_field("name")),
    "kind": _kind,
    "mailbox": _as_column(Organisation._meta.get_field("mailbox"), _address),
    "name": _as_column(Member._meta.get_field("name")),
    "title": _as_column(Member._meta.get_field("title")),
    "email": _as_column(Member._meta.get_field("email"), _address),
    "phone": _as_column(Member._meta.get_field("phone"), _number),
    "role": _role,
    "since": _day,
}


def _ensure_whole(read: GroupRow, row: SheetRow) -> None:
    """Note what a row lacks for what it is about."""
    if read.organisation and not folded(read.organisation):
        read.wrong.append("Skriv vad organisationen heter.")
    if not read.organisation and not row["organisation"] and (read.has_seat or read.role == HANDLER):
        read.wrong.append("Skriv vilken organisation platsen är för.")
    if not row["email"] and (_cell(row, "name").strip() or read.role):
        read.wrong.append("Skriv e-postadressen: med den loggar medlemmen in.")
    if not any(_cell(row, key).strip() for key in ("organisation", "name", "email")):
        read.wrong.append("Raden har varken organisation, namn eller e-post.")
