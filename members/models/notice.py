"""What is owed by mail: the causes, each found or written once, and the notice of each to its receivers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, cast

import pgtrigger
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from base.records import Conflict, StoredRow
from base.records.guards import DatabaseCheck, Guard, changed, guarded_by
from members.models.member import Member
from members.models.organisation import Organisation

GATHERED_WITHIN = timedelta(minutes=1)
"""What happens to one thing within it is one mail."""


class NoticeCauseQuerySet(models.QuerySet["NoticeCause"]):
    def to_address(self, at: datetime) -> NoticeCauseQuerySet:
        """Those whose receivers are to be found, in the order in which they happened."""
        return self.filter(addressed_at=None, due_at__lte=at).order_by("due_at", "pk")

    def note(self, causes: Iterable[NoticeCause]) -> None:
        """Keep those that are not kept yet; in one statement."""
        self.bulk_create(causes, ignore_conflicts=True)


@guarded_by(
    Guard(
        name="cause_stands",
        sentence="Det som har hänt har hänt. Inget är ändrat.",
        condition=changed("kind", "key", "thing", "facts", "happened_at"),
    )
)
class NoticeCause(StoredRow):
    """Something that somebody is to be told of by mail: what happened, once, and never its words.

    Whom it concerns is asked when it is due, for so it follows who has left and who has come since.

    kind   the name of its kind, which an app has registered
    key    what gives rise to it: for each kind once
    thing  what it is about: what happens to that within a minute is one mail
    facts  what receivers and writer ask by: keys, never words
    """

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    thing = models.CharField(max_length=40, blank=True)
    facts = models.JSONField(default=dict)
    happened_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    addressed_at = models.DateTimeField(null=True)

    objects = NoticeCauseQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="cause_is_noted_once")]
        indexes = [models.Index(fields=["due_at", "id"], condition=Q(addressed_at=None), name="cause_to_address")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    @classmethod
    def of(
        cls, kind: str, key: object, *, at: datetime, due: datetime | None = None, thing: str = "", **facts: Any
    ) -> NoticeCause:
        """One that is not kept yet; due within a minute unless said."""
        due_at = due or at + GATHERED_WITHIN
        return cls(kind=kind, key=str(key), thing=thing, facts=facts, happened_at=at, due_at=due_at)


class NoticeQuerySet(models.QuerySet["Notice"]):
    def waiting(self) -> NoticeQuerySet:
        return self.filter(state=Notice.State.WAITING)

    def due(self, at: datetime) -> NoticeQuerySet:
        return self.waiting().filter(due_at__lte=at)

    def in_turn(self) -> NoticeQuerySet:
        """The one that has waited longest first."""
        return self.order_by("due_at", "pk")

    def to_look_at(self) -> NoticeQuerySet:
        """Those that a person has to do something about, the latest first."""
        looked_at = self.filter(state__in=Notice.TO_LOOK_AT).order_by("-settled_at", "-pk")
        return looked_at.select_related("cause", "member", "organisation")

    def settle(self, state: str, *, at: datetime, trouble: str = "") -> int:
        return self.update(state=state, settled_at=at, trouble=trouble)

    def postpone(self, until: datetime, *, trouble: str) -> int:
        """Let them wait: what could not be written, or the mail server did not take, is tried again."""
        return self.update(
            state=Notice.State.WAITING,
            due_at=until,
            handed_at=None,
            attempts=models.F("attempts") + 1,
            trouble=trouble,
        )


@guarded_by(
    Guard(
        name="notice_keeps_its_receiver",
        sentence="Mejlet har sin mottagare. Inget är ändrat.",
        condition=changed("cause", "member", "organisation"),
    ),
    Guard(
        name="notice_is_settled_for_good",
        sentence="Mejlet är redan skickat. Inget är ändrat.",
        condition=pgtrigger.Q(old__state="sent") | pgtrigger.Q(old__state="dropped"),
    ),
)
class Notice(StoredRow):
    """A mail that is owed to a member or to an organisation's mailbox, for one cause.

    It is written when it is sent, to the address that the receiver has then, and only if she may still see what it is
    about. The application never deletes one: it tells what was sent to whom, and when.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "väntar"
        HANDING = "handing", "lämnas över"
        SENT = "sent", "skickat"
        DROPPED = "dropped", "behövdes inte"
        REFUSED = "refused", "kom inte fram"
        UNCERTAIN = "uncertain", "kan ha kommit fram"

    TO_LOOK_AT = (State.REFUSED, State.UNCERTAIN)

    cause = models.ForeignKey(NoticeCause, models.PROTECT, related_name="notices", db_index=False)
    member = models.ForeignKey(Member, models.PROTECT, related_name="notices", null=True, db_index=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="notices", null=True, db_index=False)

    due_at = models.DateTimeField()
    is_gathered = models.BooleanField(default=False)  # with the others, when the receiver has chosen
    attempts = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=20, choices=State, default=State.WAITING)
    handed_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=40, blank=True)  # what the mail server answered: "550 5.1.1"

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            DatabaseCheck(
                condition=Q(member=None, organisation__isnull=False) | Q(member__isnull=False, organisation=None),
                name="notice_has_one_receiver",
            ),
            models.UniqueConstraint(
                fields=["cause", "member", "organisation"], nulls_distinct=False, name="notice_of_a_cause_once"
            ),
            DatabaseCheck(
                condition=Q(state__in=["waiting", "handing"], settled_at=None)
                | Q(state__in=["sent", "dropped", "refused", "uncertain"], settled_at__isnull=False),
                name="notice_is_settled_at_a_time",
            ),
            DatabaseCheck(
                condition=~Q(state__in=["handing", "sent", "uncertain"], handed_at=None),
                name="notice_is_handed_over_before_it_is_sent",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=Q(state="waiting"), name="notice_due"),
            models.Index(fields=["member", "due_at"], condition=Q(state="waiting"), name="notice_due_to_a_member"),
            models.Index(
                fields=["organisation", "due_at"], condition=Q(state="waiting"), name="notice_due_to_a_mailbox"
            ),
            models.Index(
                fields=["-settled_at", "-id"],
                condition=Q(state__in=["refused", "uncertain"]),
                name="notice_to_look_at",
            ),
            models.Index(fields=["id"], condition=Q(state="handing"), name="notice_being_handed_over"),
        ]

    def __str__(self) -> str:
        return f"{self.cause} to {self.receiver}"

    # Verbs

    @transaction.atomic
    def send_again(self, *, at: datetime | None = None) -> None:
        """Let it be sent once more, to the address of today. Raises Conflict when somebody has seen to it."""
        self._ensure_to_look_at()
        Notice.objects.filter(pk=self.pk).update(
            state=Notice.State.WAITING, due_at=at or timezone.now(), settled_at=None, handed_at=None, attempts=0
        )

    @transaction.atomic
    def let_be(self, *, at: datetime | None = None) -> None:
        """Leave it as it is: it came, or nobody needs it any longer. Raises Conflict when somebody has seen to it."""
        self._ensure_to_look_at()
        came = self.state == Notice.State.UNCERTAIN
        state = Notice.State.SENT if came else Notice.State.DROPPED
        Notice.objects.filter(pk=self.pk).settle(state, at=at or timezone.now(), trouble=self.trouble)

    def _ensure_to_look_at(self) -> None:
        self.refresh_from_db(from_queryset=Notice.objects.select_for_update(no_key=True))
        if self.state not in Notice.TO_LOOK_AT:
            raise Conflict("Någon har redan tagit hand om det mejlet.")

    @property
    def receiver(self) -> Member | Organisation:
        return self.member or cast("Organisation", self.organisation)  # one of them, by a constraint
