"""What is owed by mail: the causes, each found or written once, and the notice of each to its receivers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, cast

import pgtrigger
from django.contrib.postgres.aggregates import ArrayAgg
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from base.records import Conflict, StoredRow
from base.records.address import LONGEST_ADDRESS, MailAddress
from base.records.conflicts import Acting
from base.records.guards import DatabaseCheck, Guard, changed, guarded_by
from members.models.member import Member
from members.models.organisation import Organisation
from members.models.outside_contact import OutsideContact

GATHERED_WITHIN = timedelta(minutes=1)
"""What happens to one thing within it is one mail."""

NOT_WANTED, NOTHING_TO_TELL, NO_ADDRESS = "not wanted", "nothing to tell", "no address"
TOLD_THERE = "told there"
"""Why a notice was dropped: she has chosen to have no such mail, it no longer held, she may not sign in, or another who
has the same address was told there."""


ONE_MAIL = ("settled_at", "member_id", "organisation_id", "contact_id")
"""What those that were told in one mail have in common: they were settled together."""


class NoticeCauseQuerySet(models.QuerySet["NoticeCause"]):
    def to_address(self, at: datetime) -> NoticeCauseQuerySet:
        """Those whose receivers are to be found, in the order in which they happened."""
        return self.filter(addressed_at=None, due_at__lte=at).order_by("due_at", "pk")

    def note(self, causes: Iterable[NoticeCause]) -> None:
        """Keep those that are not kept yet; in one statement."""
        self.bulk_create(causes, ignore_conflicts=True)

    def hasten(self, causes: Iterable[NoticeCause]) -> None:
        """Keep them, due when they say, also those that are kept already; in one statement."""
        self.bulk_create(causes, update_conflicts=True, unique_fields=["kind", "key"], update_fields=["due_at"])


@guarded_by(
    Guard(
        name="cause_stands",
        sentence="Det som har hänt har hänt. Inget är ändrat.",
        condition=changed("kind", "key", "thing", "facts", "address", "happened_at"),
    )
)
class NoticeCause(StoredRow):
    """Something that somebody is to be told of by mail: what happened, once, and never its words.

    Whom it concerns is asked when it is due, for so it follows who has left and who has come since.

    kind   the name of its kind, which an app has registered
    key    what gives rise to it: for each kind once
    thing  what it is about: what happens to that within a minute is one mail
    facts  what receivers and writer ask by: keys, never words
    address  that of a mail that could not be sent at once: she may have left it since
    """

    deletable = True  # when what it caused is old

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    thing = models.CharField(max_length=40, blank=True)
    facts = models.JSONField(default=dict)
    address = MailAddress("adress", max_length=LONGEST_ADDRESS, blank=True)
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

    def put_off(self) -> NoticeQuerySet:
        """Those that could not be written, or that our own mail server did not take: no matter of the receiver's."""
        return self.waiting().exclude(trouble="").exclude(trouble__startswith="4")

    def in_turn(self) -> NoticeQuerySet:
        """The one that has waited longest first."""
        return self.order_by("due_at", "pk")

    def in_trouble(self) -> NoticeQuerySet:
        """Those that a person has to do something about."""
        return self.filter(state__in=Notice.TO_LOOK_AT)

    def of_one_mail(self, notice: Notice) -> NoticeQuerySet:
        """All that was told in the mail of the notice."""
        return self.filter(**{name: getattr(notice, name) for name in ONE_MAIL}).order_by("pk")

    def to_look_at(self) -> NoticeQuerySet:
        """One for each mail that a person has to do something about, the latest first.

        `kinds` and `things` of all that it told.
        """
        mail = [models.F(name) for name in ONE_MAIL]
        told = {name: models.Window(ArrayAgg(f"cause__{name[:-1]}"), partition_by=mail) for name in ("kinds", "things")}
        looked_at = self.in_trouble().annotate(**told)
        first = looked_at.order_by("-settled_at", *ONE_MAIL[1:], "pk").distinct(*ONE_MAIL)
        return first.select_related("cause", "member", "organisation", "contact")

    def number_to_look_at(self) -> models.Subquery:
        """How many mails those are, for a query that asks for it beside something else."""
        count = models.Func(
            *ONE_MAIL,
            function="count",
            template="%(function)s(DISTINCT (%(expressions)s))",
            output_field=models.IntegerField(),
        )
        return models.Subquery(self.in_trouble().order_by().annotate(number=count).values("number"))

    def settle(self, state: str, *, at: datetime, trouble: str = "") -> int:
        return self.update(state=state, settled_at=at, trouble=trouble)

    def refuse(self, *, to: str, at: datetime, trouble: str) -> int:
        """Settle what the mail server does not take for that address."""
        return self.update(state=Notice.State.REFUSED, settled_at=at, trouble=trouble, sent_to=to)

    def reached_at(self, address: str, receiver: Member | Organisation | OutsideContact) -> NoticeQuerySet:
        """Those that another has had at the receiver's address: an organisation whose mailbox it is, or of an
        organisation's a member too. What one member had at an address that another has since is not told to her.
        """
        had = self.filter(sent_to=address, state__in=Notice.REACHED)
        if isinstance(receiver, Member):
            return had.exclude(organisation=None)
        if isinstance(receiver, OutsideContact):
            return had.exclude(contact=receiver)
        return had.exclude(organisation=receiver)

    def postpone(self, until: datetime, *, trouble: str, is_attempt: bool = True) -> int:
        """Let them wait: what could not be written, or the mail server did not take, is tried again."""
        return self.update(
            state=Notice.State.WAITING,
            due_at=until,
            handed_at=None,
            attempts=models.F("attempts") + int(is_attempt),
            trouble=trouble,
        )


@guarded_by(
    Guard(
        name="notice_keeps_its_receiver",
        sentence="Mejlet har sin mottagare. Inget är ändrat.",
        condition=changed("cause", "member", "organisation", "contact"),
    ),
    Guard(
        name="notice_is_settled_for_good",
        sentence="Mejlet är redan skickat. Inget är ändrat.",
        condition=pgtrigger.Q(old__state__in=["sent", "dropped", "left uncertain"]),
    ),
)
class Notice(StoredRow):
    """A mail that is owed to a member, an organisation's mailbox or somebody without an account, for one cause.

    It is written when it is sent, to the address that the receiver has then, and only if she may still see what it is
    about. It tells what was sent to whom, and when, as long as anybody asks (`outbox/retention.py`).
    """

    deletable = True

    class State(models.TextChoices):
        WAITING = "waiting", "väntar"
        HANDING = "handing", "lämnas över"
        SENT = "sent", "skickat"
        DROPPED = "dropped", "behövdes inte"
        REFUSED = "refused", "kom inte fram"
        UNCERTAIN = "uncertain", "kan ha kommit fram"
        LEFT_UNCERTAIN = "left uncertain", "kan ha kommit fram"  # and somebody has seen to it

    TO_LOOK_AT = (State.REFUSED, State.UNCERTAIN)
    DONE = (State.SENT, State.DROPPED, State.LEFT_UNCERTAIN)
    REACHED = (State.SENT, State.HANDING, State.UNCERTAIN, State.LEFT_UNCERTAIN)  # or may have

    cause = models.ForeignKey(NoticeCause, models.PROTECT, related_name="notices", db_index=False)
    member = models.ForeignKey(Member, models.PROTECT, related_name="notices", null=True, db_index=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="notices", null=True, db_index=False)
    contact = models.ForeignKey(OutsideContact, models.PROTECT, related_name="notices", null=True, db_index=False)

    due_at = models.DateTimeField()
    is_gathered = models.BooleanField(default=False)  # with the others, when the receiver has chosen
    attempts = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=20, choices=State, default=State.WAITING)
    handed_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=40, blank=True)  # what the mail server answered: "550 5.1.1"
    sent_to = MailAddress("adress", max_length=LONGEST_ADDRESS, blank=True)  # as it was then

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            DatabaseCheck(
                condition=Q(member__isnull=False, organisation=None, contact=None)
                | Q(member=None, organisation__isnull=False, contact=None)
                | Q(member=None, organisation=None, contact__isnull=False),
                name="notice_has_one_receiver",
            ),
            models.UniqueConstraint(
                fields=["cause", "member", "organisation", "contact"],
                nulls_distinct=False,
                name="notice_of_a_cause_once",
            ),
            DatabaseCheck(
                condition=Q(state__in=["waiting", "handing"], settled_at=None)
                | Q(state__in=["sent", "dropped", "refused", "uncertain", "left uncertain"], settled_at__isnull=False),
                name="notice_is_settled_at_a_time",
            ),
            DatabaseCheck(
                condition=~Q(state__in=["handing", "sent", "uncertain", "left uncertain"], handed_at=None),
                name="notice_is_handed_over_before_it_is_sent",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=Q(state="waiting"), name="notice_due"),
            models.Index(fields=["member", "due_at"], condition=Q(state="waiting"), name="notice_due_to_a_member"),
            models.Index(
                fields=["organisation", "due_at"], condition=Q(state="waiting"), name="notice_due_to_a_mailbox"
            ),
            models.Index(fields=["contact", "due_at"], condition=Q(state="waiting"), name="notice_due_to_a_contact"),
            models.Index(
                fields=["-settled_at", "-id"],
                condition=Q(state__in=["refused", "uncertain"]),
                name="notice_to_look_at",
            ),
            models.Index(fields=["id"], condition=Q(state="handing"), name="notice_being_handed_over"),
        ]

    def __str__(self) -> str:
        return f"{self.cause} to {self.receiver}"

    # Verbs: with the mail that did not reach, and so with all that it told

    @transaction.atomic
    def send_again(self, *, by: Acting, at: datetime | None = None) -> None:
        """Let it be sent once more, to the address of today. Raises Conflict when somebody has seen to it."""
        at = at or timezone.now()
        self._see_to_it(NoticeStep.Kind.SENT_AGAIN, by=by, at=at).update(
            state=Notice.State.WAITING,
            due_at=at,
            settled_at=None,
            handed_at=None,
            attempts=0,
            trouble="",
            sent_to="",
        )

    @transaction.atomic
    def let_be(self, *, by: Acting, at: datetime | None = None, because: str = "") -> None:
        """Leave it as it is: whether it came is not known, or it did not. Raises Conflict when somebody has seen to it.

        `because`: why nobody needs what did not reach; else what it met stays.
        """
        at = at or timezone.now()
        mail = self._see_to_it(NoticeStep.Kind.LEFT, by=by, at=at)
        if self.state == Notice.State.UNCERTAIN:
            mail.settle(Notice.State.LEFT_UNCERTAIN, at=at, trouble=self.trouble)
        else:
            mail.settle(Notice.State.DROPPED, at=at, trouble=because or self.trouble)

    def _see_to_it(self, kind: NoticeStep.Kind, *, by: Acting, at: datetime) -> NoticeQuerySet:
        """Lock what its mail told while it is to be looked at, and write down who sees to it. Raises Conflict."""
        self.refresh_from_db()
        mail = list(Notice.objects.in_trouble().of_one_mail(self).select_for_update(no_key=True))
        if self not in mail:
            raise Conflict("Någon har redan tagit hand om det mejlet.")
        NoticeStep.objects.bulk_create(
            NoticeStep(notice=each, kind=kind, met=each.trouble, by=by.member, at=at) for each in mail
        )
        return Notice.objects.filter(pk__in=[each.pk for each in mail])

    @property
    def receiver(self) -> Member | Organisation | OutsideContact:
        return self.member or self.organisation or cast("OutsideContact", self.contact)  # one of them, by a constraint

    @property
    def is_to_another_address(self) -> bool:
        """Whether the receiver has another address than it went to, or was to."""
        return bool(self.sent_to) and self.sent_to != self.receiver.mail_address


class NoticeStep(StoredRow):
    """What somebody did with a mail that had not reached, and what that had met: the row of the mail shows the last."""

    class Kind(models.TextChoices):
        SENT_AGAIN = "sent_again", "skickat igen"
        LEFT = "left", "borttaget från listan"

    append_only = deletable = True

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=20, choices=Kind)
    met = models.CharField(max_length=40, blank=True)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.notice_id}: {self.get_kind_display()}"
