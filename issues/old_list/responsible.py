"""Who answers for a row of an old åtgärdslista: organisations of the register, by their names, and no other."""

from __future__ import annotations

import re
from datetime import date

from base.imports.columns import plain
from base.swedish.text import normalize_line
from members.models import Member, Organisation

IN_BRACKETS = re.compile(r"\([^()]*\)")
BETWEEN = re.compile(r"[,;/&+\n]")


class Responsible:
    """The organisations by what they are called, and who works there; `missing` are the names that were not found."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.missing: list[str] = []
        organisations = list(Organisation.objects.order_by("active_to", "pk"))  # those that can be asked last
        named = [(one.short_name, one) for one in organisations] + [(one.name, one) for one in organisations]
        self.organisations = {plain(name): one for name, one in named if plain(name)}
        self.members: dict[str, list[Member]] = {}
        for member in Member.objects.active().exclude(organisation=None).select_related("organisation"):
            self.members.setdefault(plain(member.name), []).append(member)

    def of(self, cell: str, *, ends: bool) -> tuple[list[Organisation], list[str], list[str]]:
        """The organisations that the cell names, what is wrong in it, and what is to be told of it.

        One that has left the group can have what has ended, and nothing else.
        """
        if not plain(cell):
            return [], ["Ansvarig: Skriv vilken organisation som är ansvarig."], []
        found: list[Organisation] = []
        wrong: list[str] = []
        told: list[str] = []
        for name in self._names(cell):
            organisation, who = self._named(name)
            if organisation is None:
                wrong.append(self._unknown(name))
            elif not (ends or organisation.is_active(self.today)):
                wrong.append(f"Ansvarig: {organisation} är inte med nu, så den kan inte ha en åtgärd som pågår.")
            elif organisation not in found:
                found.append(organisation)
                told += [f"Ansvarig: {organisation}, där {who} arbetar."] if who else []
        return found, wrong, told

    def _names(self, cell: str) -> list[str]:
        """The names in the cell: the whole of it where that is one, else its parts, also those that "och" joins."""
        whole = normalize_line(cell)
        if self._named(whole)[0]:
            return [whole]
        names = []
        for part in filter(plain, map(normalize_line, BETWEEN.split(cell))):
            names += self._joined(part) or [part]
        return names

    def _joined(self, part: str, most: int = 6) -> list[str]:
        """The names that "och" joins, where each is known: Polisen och Barn- och utbildningsförvaltningen."""
        if self._named(part)[0]:
            return [part]
        words = part.split(" och ")
        for place in range(1, min(len(words), most)):
            first, rest = " och ".join(words[:place]), " och ".join(words[place:])
            if self._named(first)[0] and (others := self._joined(rest, most - 1)):
                return [first, *others]
        return []

    def _named(self, name: str) -> tuple[Organisation | None, str]:
        """The organisation of that name, or where the one member of that name works, and who that is."""
        for words in (name, IN_BRACKETS.sub("", name)):
            if organisation := self.organisations.get(plain(words)):
                return organisation, ""
            if len(known := self.members.get(plain(words), [])) == 1:
                return known[0].organisation, known[0].name
        return None, ""

    def _unknown(self, name: str) -> str:
        if name not in self.missing:
            self.missing.append(name)
        begins = {one for key, one in self.organisations.items() if key.startswith(plain(name))}
        meant = f" Menas {begins.pop()}?" if len(begins) == 1 else ""
        return f"Ansvarig: ”{name}” är ingen organisation i registret.{meant}"
