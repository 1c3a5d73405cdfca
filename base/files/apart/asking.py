"""What the XML in an office document asks others for, read as the programs read it.

By its bytes alone it hides: behind other quotes and prefixes, a letter written as a number, another case in a name.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from xml.parsers import expat

from base.files.apart.refusing import BROKEN, RefusedError

Element = tuple[str, Mapping[str, str]]

LISTENS = "event-listener"
CALLS = (
    r"WEBSERVICE|IMAGE|RTD|DDE|CALL|REGISTER|STOCKHISTORY|CUBE[A-Z]+|SQL\.REQUEST|COPILOT|TRANSLATE|DETECTLANGUAGE|PY"
)
MAY_ASK = re.compile(
    rb"instr|Relationship|ddeLink|oleLink|href|event-listener|dde-|\0"
    rb"|(?i:" + CALLS.encode() + rb")(\.ID)?\s*\(|\||&#|('|&apos;)\s*#|\][^<]{1,100}('|&apos;)\s*!|<!"
)
"""A name can be written in no other way, but in UTF-16, of which each letter has a NUL. What has none is not read.

The words of a formula can: with letters as numbers, and with notes or marked sections among them.
"""
WATCHED = {"Relationship", "ddeLink", "oleLink", LISTENS}
INSTRUCTION = {"instrText", "delInstrText"}
FETCHES = re.compile(r"(?im)\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE)\b|^[^\S\n]*(LINK|DATABASE|IMPORT|RD)\b")
FORMULAS = {"f", "formula", "formula1", "formula2", "oldFormula", "calculatedColumnFormula", "totalsRowFormula"}
FORMULAS |= {"definedName"}
"""What a workbook of Excel's has its formulas in. LibreOffice has them in what `RECKONED` names."""
RECKONED = ("formula", "condition", "expression")
REACHES = re.compile(
    rf"(?i)(?<!\w)({CALLS})(\.ID)?\s*\("
    r"|[\w.)]\s*\|\s*('[^'\n]{1,300}'|[\w.]{1,300})\s*!"  # a program, and what it is asked for
    r"|'[^'\n]{1,300}'\s*#"  # another workbook
    r"|'[^'\n\[]{0,300}\[(?!\d+\])[^'\n\]]{1,300}\][^'\n]{1,100}'\s*!"  # by its name, not by its number in the package
)
"""A formula that asks the net, another program or another workbook when it is reckoned anew."""
OUTSIDE = re.compile(r"(?i)\A\s*([a-z][a-z0-9+.-]*:|[/\\])")
"""How an address begins that leads out of the package: with a scheme, or at a root."""
ASIDE = {"a", "template", LISTENS}
"""In LibreOffice: a link that one clicks, by what it was made, and what is done at a click."""
RUNS = {"execute", "execute-macro", "verb"}
"""What a click in a presentation may do, beside showing another slide."""


def microsoft_asks(name: str, part: bytes) -> bool:
    """Whether a part of Word, Excel or PowerPoint fetches something. Raises RefusedError where it cannot be read."""
    read = _read(name, part)
    return read.reaches_out or bool(FETCHES.search("".join(read.fields))) or any(map(_is_fetched, read.elements))


def libreoffice_listens(name: str, part: bytes) -> bool:
    """Whether something in a part runs a script. Raises RefusedError where it cannot be read."""
    return any(
        element == LISTENS and ("language" in attributes or attributes.get("action") in RUNS)
        for element, attributes in _read(name, part).elements
    )


def libreoffice_asks(name: str, part: bytes) -> bool:
    """Whether a part of LibreOffice's fetches something. Raises RefusedError where it cannot be read."""
    read = _read(name, part)
    return read.reaches_out or any(
        element.startswith("dde-") or (element not in ASIDE and _is_outside(attributes.get("href", ""), name))
        for element, attributes in read.elements
    )


def _is_outside(address: str, name: str) -> bool:
    """Whether it leads out of the package from a part in it: a chart says `..` of the document that it stands in."""
    led_to = posixpath.normpath(posixpath.join(posixpath.dirname(name), address.strip()))
    return bool(OUTSIDE.match(address)) or led_to.split("/")[0] == ".."


def _is_fetched(element: Element) -> bool:
    name, attributes = element
    if name == "Relationship" and attributes.get("TargetMode", "").strip().lower() == "external":
        return not attributes.get("Type", "").endswith("/hyperlink")
    return name in {"ddeLink", "oleLink"}


def _read(name: str, part: bytes) -> _Reader:
    """What stands in a part that may ask for something. Raises RefusedError where it cannot be read."""
    reader = _Reader()
    if MAY_ASK.search(part):
        try:
            reader.parser.Parse(part, True)
        except (expat.ExpatError, ValueError, LookupError) as fault:
            if name.lower().endswith((".xml", ".rels")):
                raise RefusedError(BROKEN) from fault
    return reader


class _Reader:
    """Collects while it reads, for a whole document as a tree would not have room.

    elements     those that may ask for something
    fields       the instructions of Word's fields, each field on a line
    reaches_out  whether a formula does
    """

    def __init__(self) -> None:
        self.elements: list[Element] = []
        self.fields: list[str] = []
        self.formula: list[str] = []
        self.reaches_out = False
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.begin

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        name = _local(name)
        if name in INSTRUCTION:
            self.parser.CharacterDataHandler, self.parser.EndElementHandler = self.fields.append, self.end
        elif name in FORMULAS:
            self.parser.CharacterDataHandler, self.parser.EndElementHandler = self.formula.append, self.end
        elif name == "fldChar":
            self.fields.append("\n")
        named = {_local(key): value for key, value in attributes.items()} if attributes else attributes
        if "instr" in named:
            self.fields.append(f"\n{named['instr']}\n")
        if any(REACHES.search(named[one]) for one in RECKONED if one in named):
            self.reaches_out = True
        if "href" in named or name in WATCHED or name.startswith("dde-"):
            self.elements.append((name, named))

    def end(self, name: str) -> None:
        if _local(name) not in INSTRUCTION | FORMULAS:  # what stands inside one ends before it
            return
        self.parser.CharacterDataHandler = self.parser.EndElementHandler = None
        if self.formula:
            self.reaches_out |= bool(REACHES.search("".join(self.formula)))
            self.formula.clear()


def _local(name: str) -> str:
    return name.rpartition(":")[2]
