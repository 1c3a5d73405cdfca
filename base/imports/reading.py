"""The program that reads one table and ends: a file's bytes come on stdin, its rows go to stdout as JSON.

`table.py` starts it, in a process of its own with little memory and little time: a workbook of five kilobytes can ask
for 512 gigabytes. It imports nothing of ours. What a file is, is told by its content and never by its name.
"""

from __future__ import annotations

import csv
import io
import json
import re
import resource
import signal
import sys
import zipfile
from collections import Counter
from datetime import date, datetime, time
from typing import Any

MEMORY = 700 * 1024 * 1024
MOST_COLUMNS = 60
LONGEST_CELL = 20_000
MOST_SIGNS = 5_000_000
MOST_UNPACKED = 200 * 1024 * 1024
MOST_PARTS = 2_000
MOST_SHEETS = 20
LONGEST_NAME = 60

Row = tuple[int, list[str]]
"""The number of a row, as the program that the file comes from shows it, and its cells."""


class CannotReadError(Exception):
    """What the file is wrong in, as a sentence."""


NO_TABLE = (
    "Filen är ingen tabell som går att läsa. Spara den som Excel-arbetsbok (.xlsx) eller CSV, eller klistra in den."
)
EMPTY = "Det finns inga rader att läsa."
FAR_AWAY = "Det går längre ner eller åt höger än en tabell får. Ta bort rader och celler som inte ska läsas in."
ALL_HIDDEN = "Bladen med rader är dolda. Visa i Excel det som ska läsas in, spara och välj filen igen."
LOCKED = "Filen är skyddad med lösenord. Ta bort lösenordet i Excel, spara och välj filen igen."
MACROS = "Filen innehåller makron och läses inte. Spara den som vanlig Excel-arbetsbok (.xlsx)."
UNPACKED = (
    "Filen är för stor när den packas upp. Ta bort det som inte ska läsas in, eller klistra in raderna i stället."
)
BROKEN = "Filen går inte att läsa, den är trasig. Öppna den i Excel och spara den på nytt, eller klistra in raderna."

MIXED = (
    "Filen blandar två sätt att spara å, ä och ö, så namnen går inte att läsa. Öppna den i Excel, rätta namnen och "
    "spara den som Excel-arbetsbok (.xlsx)."
)


def read(content: bytes, most_rows: int) -> dict[str, Any]:
    """The tables with something in them, and what is to be told of how they were read. Raises CannotReadError."""
    if _is_workbook(content):
        return _workbook(content, most_rows)
    rows, notes = _text(content)
    return {"tables": [{"name": "", "rows": _whole(rows, most_rows, MOST_SIGNS), "notes": notes}], "notes": []}


MARGIN = 20
"""Rows that may stand above the table: a title, a day, the headings."""


def _whole(rows: list[Row], most_rows: int, most_signs: int) -> list[Row]:
    """The rows with something in them, with as many cells in all. Raises CannotReadError for more than may be."""
    kept = [(number, cells) for number, cells in rows if any(cells)]
    if not kept:
        raise CannotReadError(EMPTY)
    if len(kept) > most_rows + MARGIN:
        raise CannotReadError(
            f"Tabellen har fler än {_thousands(most_rows)} rader. Dela upp den och läs in en del i taget."
        )
    width = max(place for _, cells in kept for place, cell in enumerate(cells, 1) if cell)
    if width > MOST_COLUMNS:
        raise CannotReadError(f"Tabellen har fler än {MOST_COLUMNS} kolumner. Ta bort dem som inte ska läsas in.")
    for number, cells in kept:
        if any(len(cell) > LONGEST_CELL for cell in cells):
            raise CannotReadError(f"Rad {number} har en cell med mer än {_thousands(LONGEST_CELL)} tecken. Korta den.")
    if _signs(kept) > most_signs:
        raise CannotReadError("Tabellen har för mycket text. Dela upp den och läs in en del i taget.")
    return [(number, (cells + [""] * width)[:width]) for number, cells in kept]


def _signs(rows: list[Row]) -> int:
    return sum(len(cell) for _, cells in rows for cell in cells)


# Workbooks


def _is_workbook(content: bytes) -> bool:
    """Whether it is a package or an old Excel file. Raises CannotReadError for what is surely no table."""
    if content.startswith(
        (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
    ):
        raise CannotReadError(NO_TABLE)
    return content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))


def _workbook(content: bytes, most_rows: int) -> dict[str, Any]:
    """The table of each sheet that is seen and has any, and which sheets were not read."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum  # after the limits are set

    parts = _parts(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    except Exception as fault:  # calamine has an error for each kind of file, and passes on those of its libraries
        said = str(fault).lower()
        raise CannotReadError(LOCKED if "password" in said or "encrypted" in said else BROKEN) from fault
    sheets = [one for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
    seen = [one.name for one in sheets if one.visible == SheetVisibleEnum.Visible]
    hidden = [_quoted(one.name) for one in sheets if one.visible != SheetVisibleEnum.Visible]
    tables: list[dict[str, Any]] = []
    wrong: list[str] = []
    room = MOST_SIGNS
    for place, name in enumerate(seen):
        if len(tables) == MOST_SHEETS:
            beyond = _some([_quoted(name) for name in seen[place:]])
            wrong.append(f"Bara de {MOST_SHEETS} första bladen med rader är lästa, inte {beyond}.")
            break
        try:
            rows = _whole(_rows_of(book, name, most_rows), most_rows, room)
        except CannotReadError as refused:
            told = str(refused)
            if told != EMPTY:
                wrong.append(f"Bladet {_quoted(name)} är inte läst. {told}" if len(sheets) > 1 else told)
        else:
            room -= _signs(rows)
            tables.append({"name": _called(name), "rows": rows, "notes": _unseen(parts, name)})
    if not tables:
        raise CannotReadError(wrong[0] if wrong else ALL_HIDDEN if hidden else EMPTY)
    if hidden:
        wrong.append(f"Dolda blad är inte lästa: {_some(hidden)}.")
    return {"tables": tables, "notes": wrong}


def _called(sheet: str) -> str:
    return _words(sheet)[:LONGEST_NAME]


def _quoted(sheet: str) -> str:
    return f"”{_called(sheet)}”"


def _rows_of(book: Any, name: str, most_rows: int) -> list[Row]:
    """The rows of the sheet, with what a merged cell says in each of its cells; a heading over them, in its first."""
    try:
        sheet = book.get_sheet_by_name(name)
    except Exception as fault:  # as of the book
        raise CannotReadError(BROKEN) from fault
    if sheet.start is None or sheet.end is None:
        return []
    if sheet.end[1] - sheet.start[1] >= 4 * MOST_COLUMNS or sheet.height > 100 * (most_rows + MARGIN):
        raise CannotReadError(FAR_AWAY)
    top, left = sheet.start
    table = [[_words(value) for value in row] for row in sheet.to_python()]
    for (first, begin), (last, end) in sheet.merged_cell_ranges or []:
        if first < top or begin < left or first - top >= len(table):
            continue
        rows, cells = table[first - top : last - top + 1], slice(begin - left, end - left + 1)
        if begin == left < end and not any(any(row[cells.stop :]) for row in rows):
            continue  # it begins the row and nothing stands beside it: a title, or a name of the rows that follow
        said = rows[0][cells.start] if cells.start < len(rows[0]) else ""
        for row in rows:
            row[cells] = [said] * len(row[cells])
    return [(top + place + 1, row) for place, row in enumerate(table)]


def _words(value: Any) -> str:
    """A cell as one would write it: a day as 2026-01-15, a number without the .0 that it is kept with."""
    match value:
        case bool():
            return "ja" if value else "nej"
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
        case date():
            return value.isoformat()
    return str(value).replace("\0", "").strip()


def _parts(content: bytes) -> zipfile.ZipFile | None:
    """The package of a newer file, when it is one that may be opened. Raises CannotReadError."""
    if not content.startswith(b"PK"):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise CannotReadError(LOCKED)
        return None
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as fault:
        raise CannotReadError(BROKEN) from fault
    parts = package.infolist()
    names = {part.filename for part in parts}
    if not names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
        raise CannotReadError(NO_TABLE)
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise CannotReadError(UNPACKED)
    if any(part.flag_bits & 1 for part in parts):
        raise CannotReadError(LOCKED)
    if any(name.endswith("vbaProject.bin") or name.startswith("Basic/") for name in names):
        raise CannotReadError(MACROS)
    if "META-INF/manifest.xml" in names and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise CannotReadError(LOCKED)
    return package


def _unseen(package: zipfile.ZipFile | None, sheet: str) -> list[str]:
    """What of the sheet is not seen in Excel, or has no value: only a newer file of Excel's own tells."""
    try:
        text = _xml_of(package, sheet) if package else ""
    except Exception:  # what is only told may be left untold: calamine has read the sheet
        return []
    notes = []
    if hidden := len(re.findall(r"<row\b[^>]*\shidden=\"(?:1|true)\"", text)):
        notes.append("En dold rad är också läst." if hidden == 1 else f"{hidden} dolda rader är också lästa.")
    cells = re.findall(r"<c\b([^>]*)(?<!/)>((?:(?!</c>).)*)</c>", text, re.DOTALL)
    lacking = [told for told, inner in cells if 't="e"' in told or ("<f" in inner and not re.search(r"<v>[^<]", inner))]
    if empty := re.findall(r"\br=\"([A-Z]+\d+)\"", " ".join(lacking)):
        where = _some(empty)
        notes.append(
            f"{where} har en formel utan värde och läses som tom. Öppna filen i Excel, rätta och spara den först."
        )
    return notes


def _xml_of(package: zipfile.ZipFile, sheet: str) -> str:
    """The XML of the sheet with that name; empty where the package has another form."""
    from xml.etree import ElementTree

    if "xl/workbook.xml" not in package.namelist():
        return ""
    sheets = ElementTree.fromstring(package.read("xl/workbook.xml")).iter()  # noqa: S314  with little memory
    found = next(one for one in sheets if one.tag.endswith("}sheet") and one.get("name") == sheet)
    key = next(value for name, value in found.items() if name.endswith("}id"))
    targets = ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    target = next(one.get("Target", "") for one in targets if one.get("Id") == key)
    return package.read(target.lstrip("/") if target.startswith("/") else f"xl/{target}").decode()


def _listed(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} och {names[-1]}" if len(names) > 1 else "".join(names)


def _some(names: list[str]) -> str:
    """The first five, and how many more."""
    return _listed(names[:5] + ([f"{len(names) - 5} till"] if len(names) > 5 else []))


def _thousands(number: int) -> str:
    return f"{number:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


# Text

CONTROLS = re.compile("[\x00-\x08\x0e-\x1a]")
"""What no text has."""
UNREADABLE = "\ufffd"
UTF8_LETTERS = re.compile(rb"[\xc2\xc3][\x80-\xbf]|\xe2[\x80-\x82][\x80-\xbf]|\xc3\Z")
"""Letters and quotation marks of UTF-8, or one that is cut off at the end, which in no other encoding make any sense.

Those that begin with \xc4, \xc5 or \xd6 do: ”MALMÖ” as an old Windows writes it.
"""
PAGE = ("<!doctype", "<html", "<table", "<?xml")


def _text(content: bytes) -> tuple[list[Row], list[str]]:
    """The rows of a CSV file or of what was pasted."""
    text = _decoded(content)
    if CONTROLS.search(text) or text.lstrip()[:9].lower().startswith(PAGE):
        raise CannotReadError(NO_TABLE)
    separator, text = _separator(text)
    csv.field_size_limit(10 * LONGEST_CELL)
    rows: list[list[str]] = []
    try:
        rows.extend(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as fault:
        if separator != "\t":
            told = _wrong_in(fault, row=len(rows) + 1)
            raise CannotReadError(f"Tabellen går inte att dela i kolumner: {told}") from fault
        rows = [line.split("\t") for line in text.splitlines()]  # a mail has quotation marks that enclose nothing
    read = [(number, [cell.strip() for cell in row]) for number, row in enumerate(rows, 1)]
    return read, _unreadable(read)


def _unreadable(rows: list[Row]) -> list[str]:
    """In which rows there are signs that could not be read."""
    counted = {number: sum(cell.count(UNREADABLE) for cell in cells) for number, cells in rows}
    where = [str(number) for number, many in counted.items() if many]
    if not where:
        return []
    total = sum(counted.values())
    many = "Ett tecken" if total == 1 else "Tecken" if len(where) > 1 else f"{total} tecken"
    return [f"{many} på rad {_some(where)} kunde inte läsas."]


def _wrong_in(fault: csv.Error, *, row: int) -> str:
    if "field larger" in str(fault):
        return f"en cell på rad {row} har mer än {_thousands(LONGEST_CELL)} tecken."
    return (
        f"på rad {row} öppnas ett citattecken som inte stängs som det ska. "
        "Rätta det, eller spara som Excel-arbetsbok (.xlsx)."
    )


def _decoded(content: bytes) -> str:
    """The text, by its byte order mark, as UTF-8, by its zero bytes, or by what makes the most Swedish of it."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strictly(content, "utf-16")
    if content.startswith(b"\xef\xbb\xbf"):
        return _mostly_utf8(content)
    even, odd = content[0:2000:2].count(0), content[1:2000:2].count(0)
    if even or odd:
        return _strictly(content, "utf-16-be" if even > odd else "utf-16-le")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        if UTF8_LETTERS.search(content):
            return _mostly_utf8(content)
        return max((content.decode(name, "replace") for name in ("cp1252", "mac_roman", "cp850")), key=_swedish)


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as fault:
        raise CannotReadError(NO_TABLE) from fault


def _mostly_utf8(content: bytes) -> str:
    """The text of UTF-8 in which a few bytes are no letters: each is a sign that cannot be read."""
    text = content.decode("utf-8-sig", "replace")
    letters = sum(sign > "\x7f" for sign in text)
    broken = text.count(UNREADABLE)
    if broken > 1 and broken * 2 > letters:
        raise CannotReadError(NO_TABLE if CONTROLS.search(text) else MIXED)
    return text


def _swedish(text: str) -> int:
    """How Swedish a reading of the bytes is: å, ä, ö and é speak for it, what no Swede writes speaks against."""
    counted = Counter(sign for sign in text if sign > "\x7f")
    good = sum(number for sign, number in counted.items() if sign in "åäöÅÄÖé")
    fair = sum(number for sign, number in counted.items() if sign in "ÉüÜ–—”’…§´½\xa0")
    inside = len(re.findall("[a-zåäö][ÅÄÖ][a-zåäö]", text))
    return 4 * good + fair - 2 * (sum(counted.values()) - good - fair) - 8 * inside


def _separator(text: str) -> tuple[str, str]:
    """What is between the cells, and the text without Excel's line that says so (`sep=;`)."""
    if told := re.match(r"\ufeff?sep=(.)\r?\n", text, re.IGNORECASE):
        return told[1], text[told.end() :]
    lines = [re.sub(r'"[^"\r\n]*"', "", line) for line in text.lstrip("\ufeff\r\n").splitlines()[:30] if line.strip()]
    counts = {sign: [line.count(sign) for line in lines] for sign in "\t;,|"}
    for sign in "\t;":  # a line of words may have commas, but neither of these
        if counts[sign] and sum(map(bool, counts[sign])) * 2 >= len(lines):
            return sign, text
    if not any(map(sum, counts.values())) and sum("  " in line.strip() for line in lines) * 2 >= len(lines):
        return "\t", re.sub(" {2,}", "\t", text)  # a mail that has made blanks of its tabs
    return max(counts, key=lambda sign: sum(map(bool, counts[sign]))) if lines else ";", text


if __name__ == "__main__":
    most_rows, seconds = (int(number) for number in sys.argv[1:])
    # The system ends us then, whatever we are at, and whether or not anybody still waits for us.
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, 2 * seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        answer = read(sys.stdin.buffer.read(), most_rows)
    except CannotReadError as wrong:
        answer = {"refused": str(wrong)}
    except MemoryError:
        answer = {"refused": UNPACKED}
    sys.stdout.write(json.dumps(answer))
