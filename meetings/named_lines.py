"""Persons in words: a line for each, with name, title and where she comes from."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TypeVar

from django.core.exceptions import ValidationError

from base.records.address import normalize_address, validate_address
from base.swedish.text import normalize_line
from meetings.models.presenter import NamedPerson
from meetings.models.sat import LONGEST_HOME, LONGEST_NAME, LONGEST_TITLE
from members.models import Member

MOST_LINES = 100
BETWEEN = re.compile(r"[,;\t]")
HOW_LONG = re.compile(
    r"((ca|cirka|högst)\.? )?\d{1,4}([.,:]\d{1,4})? ?(m|min|minute?r?|h|t|tim|timm(e|ar))\.?", re.IGNORECASE
)
WHEN = re.compile(r"((kl|klockan)\.? ?)?\d{1,2}([.:]\d{2})?( ?[–-] ?\d{1,2}([.:]\d{2})?)?", re.IGNORECASE)
POINT = re.compile(r"(punkt|punkterna|§{1,2}) ?\d[\d.,–-]*", re.IGNORECASE)
FROM_A_MAIL = re.compile(r"(till|kopia|hemlig kopia|från|to|cc|bcc|from) ?:", re.IGNORECASE)
"""What a line begins with in the head of a mail that is pasted."""
QUOTED = re.compile(r'"([^",]+)(?:,([^",]+))?"(?=[\s,;<]|$)')
"""A name as mail programs copy it: "Anna Exempel", and "Exempel, Anna" where the surname comes first."""
NOBODY = {"ingen", "ingen annan", "inga", "inga gäster", "alla", "samtliga", "övriga", "m.fl.", "mfl", "med flera"}
Read = TypeVar("Read")


@dataclass(frozen=True)
class Accounts:
    """Those who have an account, by name and by address."""

    by_name: dict[str, list[Member]]
    by_address: dict[str, Member]

    @classmethod
    def known(cls) -> Accounts:
        """All of them, in one statement."""
        by_name: dict[str, list[Member]] = {}
        for member in Member.objects.active().select_related("organisation"):
            by_name.setdefault(str(member).casefold(), []).append(member)
        return cls(by_name, {one.mail_address: one for found in by_name.values() for one in found})

    @property
    def homes(self) -> set[str]:
        return {home for found in self.by_name.values() for one in found for home in homes_of(one)}

    def of(self, person: NamedPerson) -> Member | None:
        """Who the person is, where one of the name has an account, and comes from where she is said to, if that is.

        Raises ValidationError where the address is that of somebody with another name.
        """
        if account := self.by_address.get(person.address):
            if str(account).casefold() == person.name.casefold():
                return account
            theirs = f"{person.address} är adressen till {account}, som har konto"
            raise ValidationError(f"{theirs}. Välj {account} i listan.")
        same = [one for one in self.by_name.get(person.name.casefold(), []) if person.home.casefold() in homes_of(one)]
        return same[0] if len(same) == 1 else None


def homes_of(member: Member) -> set[str]:
    """What may stand after her name as where she comes from; nothing may."""
    organisation = member.organisation
    names = (organisation.name, organisation.short_name) if organisation else ()
    return {"", *(name.casefold() for name in names)}


def each_line(text: str, read: Callable[[str], Read], key: Callable[[Read], Hashable]) -> list[Read]:
    """What is read of each line that says something. Raises ValidationError, which tells of each line that is wrong.

    Two lines of one key are the same person.
    """
    lines = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip(" ,;\t")]
    if len(lines) > MOST_LINES:
        raise ValidationError(f"Det är {len(lines)} rader. Skriv högst {MOST_LINES} åt gången.")
    found: dict[Hashable, Read] = {}
    errors = []
    for number, line in lines:
        try:
            one = read(line)
            if key(one) in found:
                raise ValidationError(f"{_parts(line)[0]} står på två rader.")
            found[key(one)] = one
        except ValidationError as error:
            errors += [f"Rad {number}: {message}" for message in error.messages]
    if errors:
        raise ValidationError(errors)
    return list(found.values())


def named_person(line: str, is_home: Callable[[str], bool]) -> NamedPerson:
    """What stands last is where she comes from; of two words the second is a title unless `is_home`, in small letters.

    An address may stand anywhere after the name, also as mail programs copy it: Anna Exempel <anna@exempel.se>.
    Raises ValidationError.
    """
    name, *rest = _parts(line)
    _is_of_a_person(name, rest)
    if name and is_home(name.casefold()):
        raise ValidationError(f"”{name}” är en organisation. Skriv vem som kom därifrån, med namnet först på raden.")
    more, address = [part for part in rest if "@" not in part], _address([part for part in rest if "@" in part])
    home = more.pop() if len(more) > 1 or (more and is_home(more[-1].casefold())) else ""
    title = ", ".join(filter(None, more))
    for words, limit, what in (
        (name, LONGEST_NAME, "Namnet är för långt."),
        (title, LONGEST_TITLE, "Titeln är för lång."),
        (home, LONGEST_HOME, "Det som står sist är för långt."),
    ):
        if len(words) > limit:
            raise ValidationError(f"{what} Det får plats {limit} tecken.")
    if not any(map(str.isalpha, name)) or "@" in name:
        raise ValidationError("Skriv namnet först på raden.")
    return NamedPerson(name, title, home, address)


def _is_of_a_person(name: str, rest: list[str]) -> None:
    """Refuse what is written among persons and is none: how long, when, which point, and nobody or everybody."""
    for part in (name, *rest):
        if HOW_LONG.fullmatch(part) or WHEN.fullmatch(part) or POINT.fullmatch(part):
            raise ValidationError(f"”{part}” hör inte till en person. Skriv namn, titel och varifrån, och inget annat.")
    if heading := FROM_A_MAIL.match(name):
        raise ValidationError(f"”{heading[0]}” hör inte till en person. Skriv namnet först på raden.")
    if name.casefold() in NOBODY:
        raise ValidationError(f"”{name}” är ingen person. Skriv en person på varje rad, med namnet först.")
    if name[:1].isdigit() and any(map(str.isalpha, name)):
        raise ValidationError(f"”{name}” ser inte ut som ett namn. Skriv namnet först på raden.")


def _address(given: list[str]) -> str:
    """The address of those parts of a line that are to be one; "" of none. Raises ValidationError."""
    if len(given) > 1:
        raise ValidationError("Skriv en e-postadress för varje person.")
    address = normalize_address("".join(given).strip("<>").removeprefix("mailto:"))
    if address:
        try:
            validate_address(address)
        except ValidationError as error:
            raise ValidationError(f"{given[0]} är ingen e-postadress som det går att skicka till.") from error
    return address


def _parts(line: str) -> list[str]:
    """What stands between the commas; an address is a part of its own, whatever it stands beside."""
    line = QUOTED.sub(lambda name: " ".join(filter(None, (name[2], name[1]))), line, count=1)
    parts: list[str] = []
    for part in BETWEEN.split(line):
        words = normalize_line(part).split()
        addresses = [word for word in words if "@" in word]
        if others := [word for word in words if "@" not in word]:
            parts.append(" ".join(others))
        elif not addresses:
            parts.append("")
        parts += addresses
    return parts
