"""What a correction makes of minutes that are frozen: the next content, and what has changed in it, in words.

It puts right what was noted, decided and said, when and where that was, and who was there. What the minutes tell of
how things stood when the meeting closed stands, whatever has become of it since; so does what is masked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from base.swedish.points import at_point
from base.swedish.words import capital, listed, sentence
from meetings.minutes.present import less_struck, named_alike, struck_in
from meetings.minutes.reading import attendance_of
from meetings.minutes.staying_masked import StayingMasked
from meetings.minutes.when_held import held_in_words
from meetings.models import Minutes
from meetings.people import described

STRUCK_STATUS = "Beslutet är struket"
NOTED_NEW, NOTED, NOTED_NO_MORE = "noteringen är ny", "noteringen är ändrad", "noteringen är borttagen"
SAID_NEW, SAID, SAID_NO_MORE = "det som sades är nytt", "det som sades är ändrat", "det som sades är borttaget"
NOBODY, APPROVERS = "ingen", "Justerare"
NO_PLACE = "ingen plats"
OFFICES = {"chair": "Ordförande", "secretary": "Sekreterare"}
BESIDE = {"relieved": "Avlösta under mötet", "guests": "Gäster"}


@dataclass(frozen=True)
class Change:
    """One thing that is put right: where, and what in words; of a text what it was and what it becomes.

    before    what it was, where it is short enough to be told with what it becomes
    of        the issue that it is about, with which it is left out where that is restricted
    mark      names exactly this change, for a page to carry
    decision  the key of a decision that gets its number when the correction is saved
    struck    the number of a decision that is struck
    item      the key of the item that it is at
    """

    where: str
    what: str
    mark: str
    of: int | None = None
    was: str = ""
    becomes: str = ""
    decision: int | None = None
    struck: str = ""
    item: int | None = None
    before: str = ""

    def __str__(self) -> str:
        return sentence(f"{self.where}: {self.what}")

    def told(self, numbers: Mapping[int, str]) -> dict[str, Any]:
        """As it is frozen, the number of a new decision with it."""
        number = numbers.get(self.decision, "") if self.decision else ""
        before = f", tidigare {self.before}" if self.before else ""
        return {"text": sentence(f"{self.where}: {self.what} {number}".strip() + before), "of": self.of}


@dataclass(frozen=True)
class Corrected:
    """The content as it becomes, before new decisions have their numbers, and what is changed in it."""

    content: dict[str, Any]
    changes: list[Change]
    is_masked: bool

    @property
    def strikes_approvers(self) -> bool:
        return any(change.where == APPROVERS for change in self.changes)

    def numbered(self, version: int, corrects: int, why: str, numbers: Mapping[int, str]) -> dict[str, Any]:
        """The content of the version, in which the new decisions, by their keys, have their numbers, and each item that
        is changed says so.
        """
        changed = {change.item for change in self.changes} - {None}
        for heading in self.content["headings"]:
            for item in heading["items"]:
                item.pop("changed", None)
                if item.get("key") in changed:
                    item["changed"] = version
                for decision in item["decisions"]:
                    decision["number"] = decision["number"] or numbers.get(decision.get("key"), "")
        for action in self.content["actions"]:
            if decided := action.pop("decided", None):
                action["number"] = numbers[decided]
        told = {"version": version, "corrects": corrects, "why": why, "is_masked": self.is_masked}
        changes = [change.told(numbers) for change in self.changes]
        return {**self.content, "corrected": {**told, "changes": changes}}


def seen_of(changes: Collection[Change]) -> str:
    """Names what is changed in numbers, for the saving to tell whether more has been since."""
    marks = "|".join(change.mark for change in changes)
    return f"{len(changes)}|{int(sha256(marks.encode()).hexdigest()[:15], 16)}"


@dataclass(frozen=True)
class Caused:
    """What the decisions of a correction cause, by the keys of the actions and the items.

    struck  the numbers of the decisions that are struck
    asked   the actions that new decisions ask for or lift, each with the key of its decision
    said    at each item what is answered at the table to what its new decisions ask
    stand   the actions of struck decisions that are not taken back, each with its state in words
    """

    struck: Collection[str] = ()
    asked: Mapping[int, int] = field(default_factory=dict)
    said: Mapping[int, list[str]] = field(default_factory=dict)
    stand: Mapping[int, str] = field(default_factory=dict)


def corrected(versions: Sequence[Minutes], now: dict[str, Any], caused: Caused) -> Corrected:
    """The next content after those versions, the latest first; `now` is what it would say if the meeting closed now."""
    for heading in now["headings"]:
        for item in heading["items"]:
            item["said"] = caused.said.get(item["key"], [])
    latest = versions[0]
    base: dict[str, Any] = latest.as_masked
    now = StayingMasked.of(versions, base).masked(now)
    changes: list[Change] = []
    content = {name: part for name, part in base.items() if name not in ("registered", "corrected")}
    content |= _when_and_where(base, now, changes)
    content |= _attendance(base, now, changes)
    content["headings"] = [heading_corrected(heading, now, caused, changes) for heading in base["headings"]]
    numbers = _numbers(content) - _numbers(base) - {""}
    content["actions"] = actions_corrected(base, now, caused, numbers)
    chosen = now["approvers"]
    content |= {"shape": now["shape"], "approvers": chosen and named_alike(chosen, base, content)}
    changes += [
        Change(APPROVERS, f"{name} är struken, för {why}", f"approver {_digest(name)}")
        for name, why in struck_in(content)
    ]
    content = less_struck(content)
    is_masked = base != latest.content or bool(base.get("corrected", {}).get("is_masked"))
    return Corrected(content, changes, is_masked)


# When and where, and who was there


def _when_and_where(base: dict[str, Any], now: dict[str, Any], changes: list[Change]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    was, becomes = held_in_words(base), held_in_words(now)
    if was != becomes:
        told |= {name: now[name] for name in ("title", "started_at", "ended_at")}
        changes.append(Change("Tid", becomes, f"held {_digest(becomes)}", was=was, becomes=becomes, before=was))
    if base["place"] != now["place"]:
        told["place"] = now["place"]
        before, place = base["place"] or NO_PLACE, now["place"] or NO_PLACE
        changes.append(Change("Plats", place, f"place {_digest(place)}", was=before, becomes=place, before=before))
    return told


def _attendance(base: dict[str, Any], now: dict[str, Any], changes: list[Change]) -> dict[str, Any]:
    """The parts of who was there: what is told of a person otherwise than in her name and part stands as it was."""
    told: dict[str, Any] = {}
    for office, word in OFFICES.items():
        told[office] = base[office]
        if not _are_same([base[office]], [now[office]]):
            told[office] = now[office]
            change = _attended(word, _name(now[office]), _name(base[office]))
            changes.append(replace(change, before=change.was))
    for name, word in BESIDE.items():
        was, becomes = base.get(name, []), now[name]
        told[name] = was
        if not _are_same(was, becomes):
            told[name] = becomes
            changes.append(_attended(word, listed([*map(_name, becomes)]) or NOBODY, listed([*map(_name, was)])))
    name_of = _naming(base["attendance"])
    rows = {name_of(row): row for row in now["attendance"]}
    told["attendance"] = []
    for row in base["attendance"]:
        becomes = rows.get(name_of(row), row)
        is_same = _sat_alike(row, becomes)
        told["attendance"].append(row if is_same else becomes)
        if not is_same:
            changes.append(_attended(becomes["organisation"], attendance_of(becomes).sat, attendance_of(row).sat))
    return told


def _attended(whose: str, becomes: str, was: str) -> Change:
    mark = f"attendance {whose} {_digest(becomes)}"
    return Change(f"Närvaro, {whose}", becomes, mark, was=was, becomes=becomes)


def _are_same(was: list[dict[str, Any]], becomes: list[dict[str, Any]]) -> bool:
    """Whether they are the same people for the same parts, whatever they are called now. Who has no account is known
    by all that is told of her.
    """
    name_of = _naming([*was, *becomes], "name")
    mine, theirs = (
        Counter((name_of(one), *_without_account(one), one["capacity"], one.get("span", "")) for one in people)
        for people in (was, becomes)
    )
    return mine == theirs


def _naming(parts: list[dict[str, Any]], name: str = "organisation") -> Callable[[dict[str, Any]], Hashable]:
    """What each of such parts is known by: its key, where it has one, else its name.

    Older versions keep no keys, and in a part of these all are known by their names.
    """
    have_keys = all("key" in part for part in parts)
    return lambda part: (have_keys and part["key"]) or part[name]


def _without_account(person: dict[str, Any]) -> tuple[str, ...]:
    """The title and the home of who has no account; older versions do not say who has."""
    has_none = "key" in person and person["key"] is None
    return (person["title"], person.get("home", "")) if has_none else ()


def _name(person: dict[str, Any]) -> str:
    return f"{described(person['name'], *_without_account(person))}{person.get('span', '')}"


def _sat_alike(was: dict[str, Any], becomes: dict[str, Any]) -> bool:
    people = all(_are_same(was[those], becomes[those]) for those in ("people", "excused"))
    return people and bool(was["state"] == becomes["state"])


# What was noted, decided and said


def heading_corrected(
    was: dict[str, Any], now: dict[str, Any], caused: Caused, changes: list[Change]
) -> dict[str, Any]:
    becomes = next((one for one in now["headings"] if one["key"] == was["key"]), None)
    if becomes is None:
        return was
    known = {_key(one): one for one in becomes["items"]}
    known |= {(one["of"], one["title"]): one for one in becomes["items"]}  # for those of older versions, without a key
    items, met = [], set()
    for item in was["items"]:
        found = known.get(_key(item)) or (known.get((item["of"], item["title"])) if "key" not in item else None)
        items.append(_item(item, found, changes) if found else _restricted(item, caused))
        met |= {found["key"]} if found else set()
    missing = [one for one in becomes["items"] if one["key"] not in met]  # restricted when it closed
    items += [_item(_without_new(one), one, changes) for one in missing if _has_new(one)]
    return {**was, "items": items, "said": _said(was.get("said", []), becomes["said"], changes)}


def _restricted(item: dict[str, Any], caused: Caused) -> dict[str, Any]:
    """An item that has become restricted, as it was: what is struck is told to those who may read it later on, and is
    no change that is told to all.
    """
    struck = [{**one, "struck": True} if one["number"] in caused.struck else one for one in item["decisions"]]
    return {**item, "decisions": struck}


def _has_new(item: dict[str, Any]) -> bool:
    return not all(one["number"] for one in item["decisions"])


def _without_new(item: dict[str, Any]) -> dict[str, Any]:
    """As it would have stood in the minutes that left it out."""
    told = {name: part for name, part in item.items() if name != "said"}
    return told | {"decisions": [one for one in item["decisions"] if one["number"]]}


def _said(was: list[dict[str, Any]], becomes: list[dict[str, Any]], changes: list[Change]) -> list[dict[str, Any]]:
    """The organisations' own words in the round, as they were where all said the same."""
    name_of = _naming(was)
    said, says = ({name_of(one): one for one in those} for those in (was, becomes))
    has_changed = False
    for whose in {**said, **says}:
        before, after = (those[whose]["text"] if whose in those else "" for those in (said, says))
        if before != after:
            has_changed = True
            organisation = {**said, **says}[whose]["organisation"]
            where, mark = f"Laget runt, {organisation}", f"said {organisation} {_digest(after)}"
            what = _changed(before, after, SAID_NEW, SAID, SAID_NO_MORE)
            changes.append(Change(where, what, mark, was=before, becomes=after))
    return becomes if has_changed else was


def _item(was: dict[str, Any], now: dict[str, Any], changes: list[Change]) -> dict[str, Any]:
    point = capital(at_point(was["number"])) if was["number"] else "Punkten"  # that of an annex has no number
    where, of, key = f"{point} {was['title']}", now["of"], _key(was)

    def tell(what: str, mark: str, **facts: Any) -> None:
        changes.append(Change(where, what, f"{mark} {key}", of, item=now["key"], **facts))

    if was["note"] != now["note"]:
        tell(
            _changed(was["note"], now["note"], NOTED_NEW, NOTED, NOTED_NO_MORE),
            f"note {_digest(now['note'])}",
            was=was["note"],
            becomes=now["note"],
        )
    if was["issue"] != now["issue"]:
        tell(f"punkten hör till ärende {now['issue']}", "issue")
    if bool(was["discussed"]) != bool(now["discussed"]):
        tell("behandlad" if now["discussed"] else "inte behandlad", f"discussed {now['discussed']}")
    standing = {one["number"] for one in now["decisions"]}
    decisions = []
    for one in was["decisions"]:
        is_struck = one["number"] not in standing
        if is_struck and not one.get("struck"):
            number = one["number"]
            tell(f"beslut {number} är struket", f"struck {number}", was=one["text"], struck=number)
        decisions.append({**one, "struck": True} if is_struck else one)
    known = {one["number"] for one in was["decisions"]}
    added = [one for one in now["decisions"] if one["number"] not in known]
    for one in added:
        if one["number"]:  # it was taken while the item was restricted, and stands in the annex alone
            tell(f"nytt beslut {one['number']}", f"taken up {one['number']}", becomes=one["text"])
            continue
        mark = f"decided {one['key']} {_digest(' '.join(now['said']))}"
        tell("nytt beslut", mark, becomes=one["text"], decision=one["key"])
    kept = {name: now[name] for name in ("note", "discussed", "issue", "of")}
    return {**was, **kept, "decisions": [*decisions, *added], "answers": [*was["answers"], *now["said"]]}


def _numbers(content: dict[str, Any]) -> set[str]:
    items = (item for heading in content["headings"] for item in heading["items"])
    return {decision["number"] for item in items for decision in item["decisions"]}


def _changed(was: str, becomes: str, new: str, changed: str, gone: str) -> str:
    return (changed if was else new) if becomes else gone


def _key(part: dict[str, Any]) -> Hashable:
    key: Hashable = part.get("key") or (part["of"], part["title"])
    return key


def actions_corrected(
    base: dict[str, Any], now: dict[str, Any], caused: Caused, taken_up: Collection[str] = ()
) -> list[dict[str, Any]]:
    """The list as it was, with what was struck said of its actions, and what new decisions ask for and lift.

    `taken_up` are the numbers of the decisions that had them already, and stood in the annex alone.
    """
    added = [{**row, "decided": caused.asked[row["key"]]} for row in now["actions"] if row["key"] in caused.asked]
    added += [row for row in now["actions"] if row["number"] in taken_up]
    lifted = {_named(row) for row in added if not row["is_new"]}  # what is new was in no list
    keys = {row["key"] for row in added}
    stood = [row for row in base["actions"] if (row["key"] not in keys if "key" in row else _named(row) not in lifted)]
    return [*(_struck(row, caused) if row["number"] in caused.struck else row for row in stood), *added]


def _struck(row: dict[str, Any], caused: Caused) -> dict[str, Any]:
    """The row of an action whose decision is struck: where it stands, unless it is taken back."""
    state = caused.stand.get(row.get("key", 0))
    return {**row, "status": f"{STRUCK_STATUS}. Åtgärden finns kvar: {state}" if state else STRUCK_STATUS}


def _named(row: dict[str, Any]) -> Hashable:
    return row["of"], row["title"], row["organisation"]


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:12]
