"""What the rows of the group's sheet would do: compared with each other first, and then with the register.

A row in which anything is wrong does nothing, and nobody guesses which of two that contradict each other is right.
What a cell does not say is left as it is. An address is whose it is: a row never makes it another person's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from base.imports.columns import SheetColumn, SheetRow
from base.imports.plan import ImportPlan, PlannedRow
from base.records.personal_data import Finder
from base.swedish.words import capital, day_and_month, listed
from base.ui.found_words import SAID
from members.group_import.cells import (
    COLUMNS,
    HANDLER,
    LABELS,
    READER,
    SEEN_IN_NAMES,
    GroupRow,
    dialled,
    folded,
    read_row,
)
from members.group_import.pairs import PAIR_COLUMNS, SHARED, people_in
from members.group_import.steps import (
    AdmitOrganisation,
    Appoint,
    ChangeMember,
    ChangeOrganisation,
    EnterMember,
    GroupWorld,
    MarkHandler,
)
from members.models import AnswersFor, Member, Organisation, Seat
from members.texts import leaving

LEFT = (
    "Raden har bara ett namn, som inte är någon organisation i registret. Är det en organisation skriver du slag eller "
    "brevlåda på raden."
)
NO_SUCH_KIND = "”{}” finns inte som slag."
LEFT_PERSON = (
    "Raden har bara ett namn. Är det en person skriver du e-postadressen på raden: med den loggar medlemmen in."
)
OF_ORGANISATION, OF_MEMBER = ("kind", "mailbox"), ("name", "title", "phone")


class GroupImport:
    """Organisations, members and seats from one sheet, a row for each place in the group or for each organisation."""

    kind = "members.group"
    columns: Sequence[SheetColumn] = (*COLUMNS, *PAIR_COLUMNS)
    most_rows = 500  # a row takes some fifteen milliseconds, and all are brought in together
    template = [column for column in COLUMNS if column.example]
    """The columns of the table to download and fill in, a row for each place."""
    template_of_pairs = [*(column for column in COLUMNS if column.key in SHARED), *PAIR_COLUMNS]
    """Of the one with a row for each organisation and its two."""
    needed = frozenset({"organisation", "email"}), "Säg vilken kolumn som har organisationen eller e-postadressen."

    def plan(self, rows: Sequence[SheetRow]) -> ImportPlan:
        return Planning(_read(rows), timezone.localdate()).plan()

    def hold(self, rows: Sequence[SheetRow]) -> None:
        """Lock the samordnare, as `Member.change` does before its member, the organisations, and with them their seats,
        and then the members whose addresses stand in the rows."""
        emails = {row.email for row in _read(rows)}
        for held in (Member.objects.leading(), Organisation.objects.all(), Member.objects.filter(email__in=emails)):
            list(held.order_by("pk").select_for_update(no_key=True).values_list("pk"))


class Planning:
    """One planning: the rows, what the register has of what they are about, and what the rows before have said."""

    def __init__(self, rows: list[GroupRow], today: date) -> None:
        self.rows, self.today = rows, today
        self.world = GroupWorld()
        self.seats: dict[int, list[Seat]] = defaultdict(list)
        self.handled: set[tuple[int, int]] = set()
        self.finder = Finder()
        self.done: set[Hashable] = set()
        self.of_organisation: dict[Hashable, list[GroupRow]] = {}
        self.of_member: dict[Hashable, list[GroupRow]] = {}

    def plan(self) -> ImportPlan:
        self._read_register()
        for row in self.rows:
            row.wrong += [] if row.wrong else self._wrong_in(row)
        self._compare_rows()
        sound = [row for row in self.rows if not row.wrong]
        self.of_organisation = _grouped(sound, lambda row: folded(row.organisation))
        self.of_member = _grouped(sound, lambda row: row.email)
        return ImportPlan([self._planned(row) for row in self.rows], self.world)

    # What the register has: four statements, however many rows

    def _read_register(self) -> None:
        organisations = list(Organisation.objects.order_by("active_to", "pk"))  # those that are in the group last
        named = [(one.short_name, one) for one in organisations] + [(one.name, one) for one in organisations]
        self.world.organisations = {folded(name): one for name, one in named if name}
        for row in self.rows:
            row.organisation = str(self._organisation(row) or row.organisation)
        emails = {row.email for row in self.rows if row.email}
        for member in Member.objects.filter(email__in=emails).select_related("organisation"):
            self.world.members[member.email] = member
        members = list(self.world.members.values())
        known = {one.pk for row in self.rows if (one := self.world.organisations.get(folded(row.organisation)))}
        for seat in Seat.objects.filter(organisation__in=known).select_related("member").order_by("period"):
            self.seats[seat.organisation_id].append(seat)
        marks = AnswersFor.objects.filter(member__in=members)
        self.handled = set(marks.values_list("member_id", "organisation_id"))

    # What is wrong in a row beside the register

    def _wrong_in(self, row: GroupRow) -> list[str]:
        member, organisation = self.world.members.get(row.email), self._organisation(row)
        wrong = []
        if organisation and organisation.has_ended:
            wrong.append(f"{organisation} har lämnat gruppen.")
        if member and not member.is_active:
            wrong.append(f"{member} kan inte logga in. Öppna det på medlemmens sida först.")
        if member and row.name and not _may_be_one(member.name, row.name):
            wrong.append(
                f"Adressen {row.email} är {member}s. Är det samma person ändrar du namnet på medlemmens sida, "
                "annars behöver raden en annan adress."
            )
        if row.email and not member and not row.name:
            wrong.append("Skriv namnet: adressen finns inte i registret.")
        if not wrong and row.has_seat and organisation:
            wrong += self._wrong_in_seat(row, organisation)
        return wrong

    def _wrong_in_seat(self, row: GroupRow, organisation: Organisation) -> list[str]:
        since = self._since(row)
        if self._has_seat(row, organisation, since):
            return []
        if since < organisation.active_from:
            begins = day_and_month(organisation.active_from, today=self.today)
            return [f"{organisation} är med i gruppen från {begins}, så platsen kan inte börja tidigare."]
        if organisation.left_on and since >= organisation.left_on:
            return [f"{organisation} är inte med i gruppen den dagen."]
        for seat in self._rivals(row, organisation):
            if seat.first_day == since and seat.has_begun:
                return [f"{seat.member} är {seat.get_role_display().lower()} från samma dag. Välj en senare dag."]
        try:
            self._free_until(row, organisation)
        except ValidationError as refused:
            return refused.messages
        return []

    # What is wrong between rows

    def _compare_rows(self) -> None:
        self._contradict(lambda row: folded(row.organisation), OF_ORGANISATION, "organisation")
        self._contradict(lambda row: row.email, OF_MEMBER, "adress")
        sound = [row for row in self.rows if not row.wrong and row.has_seat]
        places = _grouped(sound, lambda row: (folded(row.organisation), row.role))
        people = _grouped(sound, lambda row: (folded(row.organisation), row.email))
        for rows in places.values():
            if len({row.email for row in rows}) > 1:
                place = Seat.Role(rows[0].role).label.lower()
                _all_wrong(rows, f"Fler än en är {place} för {rows[0].organisation}: {{}}. Behåll en av dem.")
        for rows in people.values():
            if len({(row.role, row.since) for row in rows}) > 1:
                _all_wrong(rows, f"{rows[0].called} står med olika roll eller dag: {{}}. Behåll en av dem.")

    def _contradict(self, key: Callable[[GroupRow], str], names: Iterable[str], about: str) -> None:
        """Note the rows that say different things of one organisation or member."""
        sound = [row for row in self.rows if not row.wrong and key(row)]
        for rows in _grouped(sound, key).values():
            for name in names:
                said = {_compared(name, getattr(row, name)) for row in rows if getattr(row, name)}
                if len(said) > 1:
                    saying = [row for row in rows if getattr(row, name)]
                    _all_wrong(saying, f"{LABELS[name]} står olika för samma {about}: {{}}.")

    # What a row does

    def _planned(self, row: GroupRow) -> PlannedRow:
        planned = PlannedRow(row.number, row.called, wrong=list(dict.fromkeys(row.wrong)))
        if not planned.wrong and row.only_names_some:
            planned.left.append(LEFT_PERSON)
        elif not planned.wrong and self._may_be_no_organisation(row):
            planned.left.append(LEFT)
        elif not planned.wrong:
            self._plan_organisation(row.organisation, planned)
            self._plan_member(row, planned)
            self._plan_place(row, planned)
        return planned

    def _plan_organisation(self, name: str, planned: PlannedRow) -> None:
        key = folded(name)
        if not key or key in self.done:
            return
        self.done.add(key)
        of_it = self.of_organisation[key]
        said = {fact: _first(of_it, fact) for fact in OF_ORGANISATION}
        organisation, other = self.world.organisations.get(key), _first(of_it, "other_kind")
        if organisation is None:
            kind = said["kind"] or _kind_of(name)
            days = [self._since(other) for other in of_it if other.has_seat]
            facts = {"name": name, "kind": kind, "mailbox": said["mailbox"]}
            if other and not said["kind"]:
                told = f"Organisationen läggs in som {Organisation.Kind(kind).label}."
                planned.told.append(f"{NO_SUCH_KIND.format(other)} {told}")
            planned.steps.append(AdmitOrganisation(key, facts | {"active_from": min([self.today, *days])}))
            planned.told += self._guarded("Organisationens namn", name, names=True)
            return
        changed = {fact: value for fact, value in said.items() if value and value != getattr(organisation, fact)}
        if changed:
            words = f"Ändrad organisation: {organisation}. {'. '.join(_from_to(organisation, changed))}."
            planned.steps.append(ChangeOrganisation(key, changed, words))
        if other and not said["kind"] and organisation.kind != Organisation.Kind.OTHER:
            told = f"Det ändras inte: {organisation} är {organisation.get_kind_display().lower()}."
            planned.told.append(f"{NO_SUCH_KIND.format(other)} {told}")
        if not organisation.in_group:
            planned.told.append(f"{organisation} är utanför gruppen.")

    def _plan_member(self, row: GroupRow, planned: PlannedRow) -> None:
        if not row.email or row.email in self.done:
            return
        self.done.add(row.email)
        hers = self.of_member[row.email]
        said = {name: _first(hers, name) for name in OF_MEMBER}
        home = _first(hers, "organisation")
        reads = {"is_reader": True} if any(other.role == READER for other in hers) else {}
        member = self.world.members.get(row.email)
        if member and member.organisation_id:
            home = ""
        self._plan_organisation(home, planned)  # which a row further down may be the first to name
        at = f"arbetar på {home}" if home else ""
        if member is None:
            told = at if home != row.organisation else ""
            planned.steps.append(EnterMember(row.email, folded(home), said | reads, told, row.called))
            for name in ("name", "title"):
                planned.told += self._guarded(LABELS[name], said[name], names=False)
            return
        changed: dict[str, Any] = {
            name: value for name, value in said.items() if _differs(name, value, getattr(member, name))
        }
        changed |= {name: value for name, value in reads.items() if not member.is_reader}
        if changed or home:
            words = [*_from_to(member, changed), *([capital(at)] if at else [])]
            planned.steps.append(ChangeMember(row.email, folded(home), changed, f"Ändrad medlem. {'. '.join(words)}."))

    def _plan_place(self, row: GroupRow, planned: PlannedRow) -> None:
        key, organisation = folded(row.organisation), self._organisation(row)
        place = (key, row.email, row.role)
        if place in self.done or not (row.has_seat or row.role == HANDLER):
            return
        self.done.add(place)
        called, member = str(organisation or row.organisation), self.world.members.get(row.email)
        if row.role == HANDLER:
            if not (member and organisation and (member.pk, organisation.pk) in self.handled):
                planned.steps.append(MarkHandler(row.email, key, called))
            return
        since = self._since(row)
        if organisation and (seat := self._has_seat(row, organisation, since)):
            planned.told += self._other_days(row, seat)
            return
        rivals = self._rivals(row, organisation) if organisation else []
        replaces = tuple(one.pk for one in rivals if one.first_day == since)
        before = since - timedelta(days=1)
        leaves = tuple(leaving(one, None if one.pk in replaces else before) for one in rivals)
        until = self._free_until(row, organisation) if organisation else None
        planned.steps.append(Appoint(key, row.email, row.role, since, until, leaves, replaces))

    # Questions

    def _organisation(self, row: GroupRow) -> Organisation | None:
        return self.world.organisations.get(folded(row.organisation)) if row.organisation else None

    def _may_be_no_organisation(self, row: GroupRow) -> bool:
        """Whether neither the register nor any row says that what the row names is an organisation."""
        named = self.of_organisation[folded(row.organisation)]
        return not self._organisation(row) and all(other.only_names_organisation for other in named)

    def _since(self, row: GroupRow) -> date:
        return row.since or self.today

    def _has_seat(self, row: GroupRow, organisation: Organisation, since: date) -> Seat | None:
        """Her seat of that role on the day or after it; one that she has left since is not given back."""
        hers = [
            seat for seat in self.seats[organisation.pk] if seat.role == row.role and seat.member.email == row.email
        ]
        return next((seat for seat in reversed(hers) if _reaches(seat, since)), None)

    def _other_days(self, row: GroupRow, seat: Seat) -> list[str]:
        """The days of her seat, where they are others than the row says."""
        if seat.is_over and seat.last_day:
            return [f"Hade platsen till och med {day_and_month(seat.last_day, today=self.today)}."]
        if row.since and seat.first_day and row.since != seat.first_day:
            return [f"Har platsen från {day_and_month(seat.first_day, today=self.today)}. Det ändras inte."]
        return []

    def _rivals(self, row: GroupRow, organisation: Organisation) -> list[Seat]:
        """The seats that are left for hers: another's of that role, and her own of the other."""
        met = [seat for seat in self.seats[organisation.pk] if self._since(row) in seat.period]
        return [seat for seat in met if (seat.role == row.role) != (seat.member.email == row.email)]

    def _free_until(self, row: GroupRow, organisation: Organisation) -> date | None:
        member, since = self.world.members.get(row.email), self._since(row)
        return Seat.free_until(organisation, self.seats[organisation.pk], member=member, role=row.role, since=since)

    def _guarded(self, about: str, text: str, *, names: bool) -> list[str]:
        """What the guard would ask about in a text, told: it warns and never blocks."""
        found = [one for one in self.finder.find(text) if names or not one.kind.is_hint] if text else []
        return [f"{about} {SAID[one.kind].why}." for one in found[:1]]


# Private


def _read(rows: Sequence[SheetRow]) -> list[GroupRow]:
    today = timezone.localdate()
    return [read_row(person, today=today) for row in rows for person in people_in(row)]


def _grouped(rows: Iterable[GroupRow], key: Callable[[GroupRow], Hashable]) -> dict[Hashable, list[GroupRow]]:
    groups: dict[Hashable, list[GroupRow]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return groups


def _all_wrong(rows: Sequence[GroupRow], told: str) -> None:
    where = f"rad {listed(list(dict.fromkeys(str(row.number) for row in rows)))}"
    for row in rows:
        row.wrong.append(told.format(where))


def _reaches(seat: Seat, day: date) -> bool:
    return not seat.period.upper or seat.period.upper > day


def _first(rows: Iterable[GroupRow], name: str) -> str:
    return next((value for row in rows if (value := getattr(row, name))), "")


def _kind_of(name: str) -> Organisation.Kind:
    return next((kind for words, kind in SEEN_IN_NAMES if re.search(words, name.lower())), Organisation.Kind.OTHER)


def _may_be_one(name: str, other: str) -> bool:
    """Whether two names may be one person's: written otherwise, or with a given name in common, as after a wedding."""
    ours, theirs = _words(name), _words(other)
    return folded(name) == folded(other) or bool(ours and theirs and (ours[0] in theirs or theirs[0] in ours))


def _words(name: str) -> list[str]:
    return re.findall(r"\w+", name.lower())


def _compared(name: str, value: str) -> str:
    if name == "phone":
        return dialled(value) or value
    return " ".join(sorted(_words(value))) if name == "name" else value


def _differs(name: str, value: str, kept: str) -> bool:
    return bool(value) and _compared(name, value) != _compared(name, kept)


def _from_to(thing: Any, changed: dict[str, Any]) -> list[str]:
    """What is changed of it: Titel: Chef → Enhetschef."""
    told = []
    for name, value in changed.items():
        if name == "is_reader":
            told.append("Blir läsare")
            continue
        before, after = getattr(thing, name), value
        if name == "kind":
            before, after = (Organisation.Kind(kind).label.lower() for kind in (before, after))
        told.append(f"{LABELS[name]}: {before or 'inget'} → {after}")
    return told
