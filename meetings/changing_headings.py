"""The verbs that change the headings of a template, or of one meeting that has not begun.

All are saved at once. What stands under a heading that is taken away stands where its rule or a topic in words would.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count, pairwise
from typing import Any, NamedTuple, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from base.records import NotAllowed, page_of
from meetings.models import AgendaItem, AgendaTemplate, Heading, Meeting
from meetings.models.heading import HeadingQuerySet, taking
from meetings.own_headings import COPIED, make_own
from meetings.standard_headings import standard_headings
from members.actor import Actor

MOST = 60
TOO_MANY = f"En dagordning har högst {MOST} rubriker. Ta bort någon och spara igen."
NONE_LEFT = "En dagordning har minst en rubrik. Lägg till en innan du tar bort den sista."
BREAK_FIRST = "En paus kan inte stå först. Ge den en plats efter någon rubrik."
TWO_BREAKS = "Två pauser står efter varandra. Flytta eller ta bort den ena."
TWICE = "Två rubriker fylls av ”{}”. Välj en av dem."
PUT_BACK = "Den borttagningen är redan ångrad. Inget är ändrat."
BEGUN = "Rubrikerna kan inte ändras."

Owner = AgendaTemplate | Meeting
AnyHeading = TypeVar("AnyHeading", "Heading", "Typed")


class Typed(NamedTuple):
    """A heading as it is to be; a new one has no key yet."""

    key: str
    label: str
    kind: str
    rule: str = ""
    purpose: str = ""
    text: str = ""
    minutes: int | None = None


@dataclass
class Changed:
    """What a saving has done: the headings that were taken away, and the items that stood there, as they stand now."""

    owner: Owner
    taken: list[Heading] = field(default_factory=list)
    moved: list[AgendaItem] = field(default_factory=list)
    place: int = 0
    """Where the first of those stood, counted from nought."""

    def get_absolute_url(self) -> str:
        return headings_page(self.owner)


@transaction.atomic
def change_headings(
    owner: Owner,
    headings: Sequence[Typed],
    *,
    by: Actor,
    version: str = "",
    at: datetime | None = None,
    **facts: Any,
) -> Changed:
    """Let these be the headings of the owner, in this order; others that it has are taken away.

    `facts` are what else is said of a template. Raises EditConflict, ValidationError, and Conflict where the meeting
    has begun.
    """
    _lock(owner, version)
    _ensure_they_hold(headings)
    at = at or timezone.now()
    if isinstance(owner, Meeting):
        make_own(owner, at=at)
    else:
        _set(owner, facts, by=by)
    own = list(_own(owner))
    used = {heading.key for heading in own}
    known = {heading.key: heading for heading in own if not heading.removed}
    rules = {heading.pk: heading.rule for heading in known.values()}
    taken = [heading for key, heading in known.items() if key not in {typed.key for typed in headings}]
    Heading.objects.filter(pk__in=[heading.pk for heading in taken]).update(removed=True, updated_at=at)
    kept: list[Heading] = []
    new: list[Heading] = []
    for number, typed in _numbered(headings):
        heading = known.get(typed.key) or _new(owner, used, at)
        for name, value in {**typed._asdict(), "key": heading.key, "number": number, "updated_at": at}.items():
            setattr(heading, name, value)
        heading.full_clean(validate_unique=False, validate_constraints=False)
        (kept if heading.pk else new).append(heading)
    if any(rules[heading.pk] != heading.rule for heading in kept):  # no rule stands at two on the way to another
        _own(owner).filter(pk__in=rules).exclude(kind=Heading.Kind.BREAK).update(rule="", kind=Heading.Kind.FREE)
    Heading.objects.bulk_update(kept, [*COPIED, "updated_at"])
    Heading.objects.bulk_create(new)
    owner.save(update_fields=owner.set({}, by=by))
    place = [*known].index(taken[0].key) if taken else 0
    return Changed(owner, taken, _move_from(taken, [*kept, *new]), place)


@transaction.atomic
def put_heading_back(
    owner: Owner,
    key: str,
    *,
    by: Actor,
    place: int | None = None,
    items: Collection[int] = (),
    at: datetime | None = None,
) -> Heading:
    """Put back a heading that was taken away, where it stood, and the items that stood there and have stayed since.

    Without a place it stands by its number. Raises NotAllowed when it stands there already, and ValidationError when
    its rule fills another by now, or a break stands beside it.
    """
    _lock(owner, "")
    every = list(_own(owner))
    heading = next((one for one in every if one.key == key and one.removed), None)
    if heading is None:
        raise NotAllowed(PUT_BACK)
    standing = [one for one in every if not one.removed]
    fallback = taking(standing, heading.rule)
    standing.insert(_place_by_number(heading, standing) if place is None else place, heading)
    _ensure_they_hold(standing)
    heading.removed = False
    for number, one in _numbered(standing):
        one.number, one.updated_at = number, at or timezone.now()
    Heading.objects.bulk_update(standing, ["number", "removed", "updated_at"])
    back = AgendaItem.objects.filter(pk__in=items, heading=fallback, meeting__in=_not_begun(owner))
    back.update(heading=heading)
    owner.save(update_fields=owner.set({}, by=by))
    return heading


@transaction.atomic
def make_template(*, name: str, source: AgendaTemplate | None, by: Actor, at: datetime | None = None) -> AgendaTemplate:
    """A new template with the headings of another, or the standard ones."""
    at = at or timezone.now()
    like = {"numbering": source.numbering} if source else {}
    template = AgendaTemplate(name=name, created_at=at, updated_by=by.member, **like)
    template.save_checked()
    headings = list(source.headings.standing()) if source else standard_headings(by.group.minutes)
    made = {"template": template, "created_at": at}
    Heading.objects.bulk_create(Heading(**{name: getattr(one, name) for name in COPIED}, **made) for one in headings)
    return template


def headings_page(owner: Owner) -> str:
    """The page on which the headings of the owner are changed."""
    return page_of("meetings:headings" if isinstance(owner, Meeting) else "meetings:template_change", owner.pk)


# Private


def _lock(owner: Owner, version: str) -> None:
    if isinstance(owner, Meeting):
        owner.lock_if(Meeting.State.PLANNED, therefore=BEGUN)
        owner.check_version(version)
    else:
        owner.lock(version)


def _set(template: AgendaTemplate, facts: Mapping[str, Any], *, by: Actor) -> None:
    """Set its name, whether it is in use, and whether it is the one that a meeting has when no other is chosen."""
    if facts.get("is_default") and not template.is_default:
        AgendaTemplate.objects.filter(is_default=True).update(is_default=False, updated_at=timezone.now())
    template.set(facts, by=by)
    template.save_checked()


def _own(owner: Owner) -> HeadingQuerySet:
    own = Heading.objects.filter(meeting=owner) if isinstance(owner, Meeting) else owner.headings.all()
    return own.in_order()


def _new(owner: Owner, used: set[str], at: datetime) -> Heading:
    """An unsaved heading with a key that none of the owner's has had."""
    key = next(key for key in (f"egen-{number}" for number in count(1)) if key not in used)
    used.add(key)
    owned = {"meeting": owner} if isinstance(owner, Meeting) else {"template": owner}
    return Heading(key=key, created_at=at, **owned)


def _ensure_they_hold(headings: Sequence[AnyHeading]) -> None:
    rules = [typed.rule for typed in headings if typed.rule]
    if twice := next((rule for rule in rules if rules.count(rule) > 1), ""):
        raise ValidationError(TWICE.format(Heading.Rule(twice).label))
    breaks = [typed.kind == Heading.Kind.BREAK for typed in headings]
    if all(breaks):
        raise ValidationError(NONE_LEFT)
    if len(headings) > MOST:
        raise ValidationError(TOO_MANY)
    if breaks[0]:
        raise ValidationError(BREAK_FIRST)
    if any(first and second for first, second in pairwise(breaks)):
        raise ValidationError(TWO_BREAKS)


def _numbered(headings: Iterable[AnyHeading]) -> Iterator[tuple[int, AnyHeading]]:
    """Each with its number; a break has that of the heading before it."""
    number = 0
    for heading in headings:
        number += heading.kind != Heading.Kind.BREAK
        yield number, heading


def _place_by_number(heading: Heading, standing: Sequence[Heading]) -> int:
    """Before what has its number by now; a break comes after the heading with its number."""
    number = heading.number + heading.is_break
    return next((place for place, one in enumerate(standing) if one.number >= number), len(standing))


def _not_begun(owner: Owner) -> Any:
    """The keys of the meetings whose items stand under the owner's headings."""
    if isinstance(owner, Meeting):
        return [owner.pk]
    return Meeting.objects.filter(template=owner, started_at=None).values("pk")


def _move_from(taken: list[Heading], standing: list[Heading]) -> list[AgendaItem]:
    """Put what stands under those that were taken away where it is to stand; in the order of the meetings."""
    items = AgendaItem.objects.filter(heading__in=taken).select_related("meeting", "heading", "issue")
    moved = list(items.order_by("meeting__starts_at", "meeting", "position", "pk"))
    for item in moved:
        item.heading = taking(standing, item.heading.rule)
    AgendaItem.objects.bulk_update(moved, ["heading"])
    return moved
