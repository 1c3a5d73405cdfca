"""The short agenda of an extra meeting: the opening, what it was called for, what anybody adds, and the end.

It raises nothing by itself: what stands in the register waits for the usual meeting. One act makes it whole, and one
makes it short again, as it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.core import signing
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from base.records import NotAllowed
from meetings.models import AgendaItem, Heading, Meeting
from meetings.models.heading import taking
from meetings.own_headings import make_own
from meetings.planning import gather_topics
from members.actor import Actor

BEGUN = "Dagordningen ligger fast."
OF_AN_EXTRA = "Bara ett extra möte har en kort dagordning."
ALREADY = {True: "Dagordningen är redan kort.", False: "Hela dagordningen är redan med."}
SIGNER = signing.Signer(salt="meetings.short_agenda")
SUBJECT_KEY, SUBJECT = "extra", "Det mötet handlar om"


@dataclass(frozen=True)
class Stood:
    """What stood before an agenda was turned: the keys of its headings, and of each item whose heading went its key."""

    headings: tuple[str, ...] = ()
    items: Mapping[int, str] = field(default_factory=dict)

    @classmethod
    def read(cls, text: str, meeting: Meeting) -> Stood:
        """What an undo at that meeting sends; nothing of what the register has not written itself, or at another."""
        try:
            of, *parts = SIGNER.unsign(text).split()
        except signing.BadSignature:
            return NOTHING
        if of != str(meeting.pk):
            return NOTHING
        words = [word.partition("@") for word in parts]
        items = {int(item): key for item, is_item, key in words if is_item}
        return cls(tuple(key for key, is_item, _ in words if not is_item), items)

    def sent(self, meeting: Meeting) -> str:
        """As the undo sends it: signed, with the meeting that it is of."""
        items = (f"{item}@{key}" for item, key in self.items.items())
        return SIGNER.sign(" ".join([str(meeting.pk), *self.headings, *items]))


NOTHING = Stood()


@transaction.atomic
def make_short(meeting: Meeting, *, by: Actor, back_to: Stood = NOTHING, at: datetime | None = None) -> Stood:
    """Leave the first heading, a new one for what the meeting is about, the last free one, and the last; and return
    what stood. The topics that wait go to the next usual meeting.

    An undo says `back_to` what stood before it was made whole: it stands again, and what somebody has added since.
    Raises NotAllowed when it is so already or no extra meeting, and Conflict when the meeting has begun.
    """
    at = at or timezone.now()
    _turn(meeting, is_short=True, by=by)
    stood = leave_short(meeting, back_to, at=at)
    gather_topics(by=by, at=at)
    return stood


@transaction.atomic
def leave_short(meeting: Meeting, back_to: Stood = NOTHING, *, at: datetime) -> Stood:
    """The same of a meeting that is planned short, and so has taken no topic from another."""
    make_own(meeting, at=at)
    own = list(Heading.objects.filter(meeting=meeting).in_order())
    standing = _as_it_was(meeting, own, back_to) or _short(meeting, own, at=at)
    return _let_stand(standing, own, back_to, at=at)


@transaction.atomic
def make_whole(meeting: Meeting, *, by: Actor, back_to: Stood = NOTHING, at: datetime | None = None) -> Stood:
    """Let it have the headings of its template beside, each filled as on a usual agenda; and return what stood.

    An undo says `back_to` what stood before it was made short, as there.
    Raises NotAllowed when it is so already, and Conflict when the meeting has begun.
    """
    at = at or timezone.now()
    _turn(meeting, is_short=False, by=by)
    own = list(Heading.objects.filter(meeting=meeting).in_order())
    standing = _as_it_was(meeting, own, back_to) or _whole(meeting, own)
    stood = _let_stand(standing, own, back_to, at=at)
    gather_topics(by=by, at=at)
    return stood


def _short(meeting: Meeting, own: list[Heading], *, at: datetime) -> list[Heading]:
    subject = next((one for one in own if one.key == SUBJECT_KEY), None) or Heading.objects.create(
        meeting=meeting, key=SUBJECT_KEY, label=SUBJECT, number=len(own) + 1, removed=True, created_at=at
    )
    usual = [one for one in own if not (one.removed or one.is_break or one == subject)]
    first, last = usual[0], usual[-1]
    free = [one for one in usual if one.kind == Heading.Kind.FREE and one not in (first, last)][-1:]
    return [first, subject, *free, *([last] if last != first else [])]


def _whole(meeting: Meeting, own: list[Heading]) -> list[Heading]:
    by_key = {one.key: one for one in own}
    of_template = [by_key[one.key] for one in meeting.template.headings.standing() if one.key in by_key]
    others = [one for one in own if one not in of_template and not one.removed]
    return [*of_template[:1], *others, *of_template[1:]]


def _as_it_was(meeting: Meeting, own: list[Heading], stood: Stood) -> list[Heading]:
    """Those that stood, in their order, and before the last of them those that are neither of the template.

    None, where nothing is said of that. The heading of what the meeting is about goes again if nothing stands there,
    or only what is removed, and one that fills what one of those that stood fills.
    """
    by_key = {one.key: one for one in own}
    back = [by_key[key] for key in dict.fromkeys(stood.headings) if key in by_key]
    if not back:
        return []
    usual = {*meeting.template.headings.values_list("key", flat=True)}
    filled = {one.rule for one in back if one.rule}
    added = [one for one in own if not (one.removed or one in back or one.key in usual or one.rule in filled)]
    added = [
        one for one in added if one.key != SUBJECT_KEY or AgendaItem.objects.filter(heading=one, removed=False).exists()
    ]
    return [*back[:-1], *added, *back[-1:]]


def _turn(meeting: Meeting, *, is_short: bool, by: Actor) -> None:
    meeting.lock_if(Meeting.State.PLANNED, therefore=BEGUN)
    if is_short and not meeting.is_extra:
        raise NotAllowed(OF_AN_EXTRA)
    if meeting.is_short == is_short:
        raise NotAllowed(ALREADY[is_short])
    meeting.save(update_fields=meeting.set({"is_short": is_short}, by=by))


def _let_stand(standing: list[Heading], own: list[Heading], back_to: Stood, *, at: datetime) -> Stood:
    """Number those that stand, take the others away, and put what stood under these where it is to stand.

    What was put so when it was turned before stands where it did then, unless somebody has moved it since.
    """
    before = [one for one in own if not one.removed]
    number = 0
    for one in standing:
        number += not one.is_break
        one.number, one.removed, one.updated_at = number, False, at
    gone = [one for one in own if one not in standing]
    for one in gone:
        one.removed, one.updated_at = True, at
    if {one.rule for one in standing if one.rule} & {one.rule for one in gone}:
        Heading.objects.bulk_update(gone, ["removed"])  # before another fills the same, in whichever order rows come
    Heading.objects.bulk_update([*standing, *gone], ["number", "removed", "updated_at"])
    then = {one.key: one for one in standing}
    left = AgendaItem.objects.filter(Q(heading__in=gone) | Q(heading__in=own, pk__in=back_to.items))
    moved, stood = [], {}
    for item in left.select_related("heading"):
        stood_at = then.get(back_to.items.get(item.pk, ""))
        if stood_at and item.heading == taking(before, stood_at.rule):
            item.heading = stood_at
        elif item.heading in gone:
            stood[item.pk] = item.heading.key
            item.heading = taking(standing, item.heading.rule)
        moved.append(item)
    AgendaItem.objects.bulk_update(moved, ["heading"])
    return Stood(tuple(one.key for one in before), stood)
