from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from base.logs.security import SecurityEvent, happened
from base.postgresql.made_once import MadeOnce
from base.records import FreeLine, MailAddress, Telephone, Versioned
from base.records.address import LONGEST_ADDRESS, normalize_address
from base.records.conflicts import Acting
from base.swedish.order import swedish_order
from members.models.account_state import AccountState, tell_of_change, tell_of_new
from members.models.group import Group
from members.models.letters import write_of_change
from members.models.organisation import Organisation, OrganisationQuerySet
from members.models.password import as_kept, is_too_long


class LastCoordinator(ValidationError):
    """Refusal: the group would be left without anybody who may enter members, so nobody could mend it."""


class MemberQuerySet(models.QuerySet["Member"]):
    def active(self) -> MemberQuerySet:
        return self.filter(is_active=True)

    def inactive(self) -> MemberQuerySet:
        return self.filter(is_active=False)

    def never_signed_in(self) -> MemberQuerySet:
        """Those who may sign in and never have."""
        return self.active().filter(last_login=None)

    def with_invited_at(self) -> MemberQuerySet:
        """With when each was invited last, as `invited_at`, and the key of that invitation, as `invitation`."""
        return self.annotate(invited_at=models.Max("invitations__invited_at"), invitation=models.Max("invitations__pk"))

    def leading(self) -> MemberQuerySet:
        """The samordnare in effect: the mark of one who may not sign in leads nothing."""
        return self.active().filter(is_coordinator=True)

    def of_the_group(self) -> MemberQuerySet:
        """The samordnare and those who have a seat today: the group itself."""
        return self.active().filter(models.Q(is_coordinator=True) | _has_a_seat())

    def answering_for(self, organisation_ids: Iterable[int]) -> MemberQuerySet:
        """Those who may answer for one of the organisations today: who has a seat there, and its handläggare."""
        ids = list(organisation_ids)
        seated = _seated(seats__organisation__in=ids).values("pk")
        marked = AnswersFor.objects.filter(organisation__in=ids).values("member")
        return self.active().filter(models.Q(pk__in=seated) | models.Q(pk__in=marked))

    def reading_all(self) -> MemberQuerySet:
        """Those who read all that is not restricted (`Member.reads_all`), and may sign in."""
        return self.active().filter(models.Q(is_coordinator=True) | _has_a_seat() | models.Q(is_reader=True))

    def readers(self) -> MemberQuerySet:
        """The readers without a seat: a representative with the mark is listed with her organisation."""
        return self._without_part().filter(is_reader=True)

    def guests(self) -> MemberQuerySet:
        """Those with no part in the group, on a coming day either."""
        return self._without_part().filter(~_has_a_coming_seat(), is_reader=False)

    def guests_until_seated(self) -> MemberQuerySet:
        """Those who have no part today but a seat from a coming day: until then they see what a guest sees."""
        return self._without_part().filter(_has_a_coming_seat(), is_reader=False)

    def _without_part(self) -> MemberQuerySet:
        return self.filter(~_has_a_seat(), answers_for=None, is_coordinator=False)

    def in_order(self) -> MemberQuerySet:
        return self.order_by(swedish_order("name"), "pk")

    def whom_to_ask(
        self, receiver: Member | None, *, by: Member | None = None, about: Member | None = None
    ) -> Member | None:
        """The samordnare to turn to about a mail: who did it, else another; None when there is no other.

        `receiver` is None where it goes to no member. Of one whom it is about nobody knows yet if she should be one.
        """
        others = self.leading().exclude(pk=receiver.pk) if receiver else self.leading()
        if by and others.filter(pk=by.pk).exists():
            return by
        return (others.exclude(pk=about.pk) if about else others).in_order().first()

    def signed_in(self, pk: int) -> Member | None:
        """The member with what every page asks for, in one query: her seats, her marks and the group's settings."""
        beside = {"seats_today": SEATS_TODAY.of(pk), "marks": MARKS.of(pk), "settings": SETTINGS.of(pk)}
        member: Any = self.filter(pk=pk).annotate(**beside).first()
        if member:
            member.seat_ids = frozenset(member.seats_today)
            member.handled_ids = frozenset(member.marks)
            member.group = Group.from_json(member.settings)
        return member  # type: ignore[no-any-return]


KEYS = ArrayField(models.BigIntegerField())
SEATS_TODAY = MadeOnce(lambda pk: _seated(pk=pk).values("seats__organisation"), KEYS, "ARRAY({})")
MARKS = MadeOnce(lambda pk: AnswersFor.objects.filter(member=pk).values("organisation"), KEYS, "ARRAY({})")
SETTINGS = MadeOnce(lambda _: Group.objects.as_json(), models.JSONField())


def _seated(**of_the_seat: Any) -> MemberQuerySet:
    """The members who have a seat today. Asked from their side, for a seat knows its member and not the other way."""
    seated: MemberQuerySet = Member.objects.filter(seats__period__contains=timezone.localdate(), **of_the_seat)
    return seated


def _has_a_seat() -> models.Q:
    return models.Q(pk__in=_seated().values("pk"))


def _has_a_coming_seat() -> models.Q:
    seated_later = Member.objects.filter(seats__period__startswith__gt=timezone.localdate())
    return models.Q(pk__in=seated_later.values("pk"))


class MemberManager(BaseUserManager["Member"].from_queryset(MemberQuerySet)):  # type: ignore[misc]
    @transaction.atomic
    def create_user(
        self,
        email: str,
        password: str | None = None,
        *,
        by: Acting | None,
        answers_for: Iterable[Organisation] = (),
        **fields: Any,
    ) -> Member:
        """Create a member who can sign in; without a password by "Glömt lösenord". Raises ValidationError.

        `by` is None for the first, before whom nobody could sign in.
        """
        member: Member = self.model(email=email, updated_by=by.member if by else None, **fields)
        member.set_password(password)
        member.save_checked()
        tell_of_new(member)
        if by:
            write_of_change(member, AccountState(member.email), by=by.member)
        if marks := list(answers_for):
            member.answer_for(marks, by=by)
        return member


@pghistory.track(exclude=["password", "first_login", "last_login"])
class Member(Versioned, AbstractBaseUser):
    """A person who signs in. What she may do follows from seats and marks, never from where she works.

    A member with neither seat nor mark is an invited guest (adjungerad) and sees her own agenda item.
    """

    class Role(models.TextChoices):
        COORDINATOR = "coordinator", "samordnare"
        REPRESENTATIVE = "representative", "representant"
        HANDLER = "handler", "handläggare"
        READER = "reader", "läsare"
        GUEST = "guest", "gäst"

    email = MailAddress("e-post", max_length=LONGEST_ADDRESS)
    name = FreeLine("namn", max_length=120)
    title = FreeLine("titel", max_length=120, blank=True)
    phone = Telephone("telefon", max_length=40, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="staff", verbose_name="arbetar på", null=True, blank=True
    )
    is_coordinator = models.BooleanField("samordnare", default=False)
    is_reader = models.BooleanField("läsare", default=False)
    is_active = models.BooleanField("kan logga in", default=True)
    shortcuts = models.BooleanField("kortkommandon", default=True)
    single_keys = models.BooleanField("tangenter i listor", default=False)  # letters that act: only who asked for them
    welcomed = models.BooleanField("har läst välkomsten", default=False, editable=False)
    first_login = models.DateTimeField("loggade in första gången", null=True, editable=False)
    answers_for = models.ManyToManyField(
        Organisation,
        through="AnswersFor",
        through_fields=("member", "organisation"),
        related_name="handlers",
        verbose_name="svarar för",
        blank=True,
    )

    objects = MemberManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["email"],
                name="member_email_unique",
                violation_error_code="unique",
                violation_error_message="Det finns redan en medlem med den e-postadressen.",
            ),
            # The sign-in looks addresses up in small letters.
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="member_email_in_small_letters"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("members:member_detail", args=[self.pk])

    @classmethod
    def normalize_username(cls, username: str) -> str:
        """The e-mail address as it is kept and looked up; `clean` asks for it."""
        return normalize_address(username)

    def set_password(self, raw_password: str | None) -> None:
        super().set_password(raw_password if raw_password is None else as_kept(raw_password))

    def check_password(self, raw_password: str | None) -> bool:
        """Whether it is hers; one longer than any that is kept is not hashed to find out."""
        if raw_password is None or is_too_long(raw_password):
            return False
        return super().check_password(as_kept(raw_password))

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What her sessions are checked against: they end when her password is changed, and when her address is."""
        sealed = f"{self.password} {self.email}"
        return salted_hmac("members.session", sealed, secret=secret, algorithm="sha256").hexdigest()

    @property
    def anchor(self) -> str:
        """The id of her row in a list."""
        return f"medlem-{self.pk}"

    # Questions: asked many times in a request, so each is read once; `signed_in` reads them with the row.

    @cached_property
    def group(self) -> Group:
        """The settings of the group, to read."""
        return Group.current()

    @cached_property
    def seat_ids(self) -> frozenset[int]:
        """The organisations she sits for today, ordinary or deputy."""
        return frozenset(self.seats.current().values_list("organisation_id", flat=True))

    @cached_property
    def handled_ids(self) -> frozenset[int]:
        """The organisations she is marked to answer for (handläggare)."""
        return frozenset(self.answers_for.values_list("pk", flat=True))

    @property
    def organisation_ids(self) -> frozenset[int]:
        """Every organisation in whose name she may answer."""
        return self.seat_ids | self.handled_ids

    @property
    def is_representative(self) -> bool:
        return bool(self.seat_ids)

    @property
    def is_in_group(self) -> bool:
        """Whether she is of the group itself: the samordnare or a representative."""
        return self.is_coordinator or self.is_representative

    @property
    def reads_all(self) -> bool:
        """Whether she reads all that is not restricted: the group, and those who read with it."""
        return self.is_in_group or self.is_reader

    @property
    def home_ids(self) -> frozenset[int]:
        """The organisations whose own people she is one of: where she works and where she sits."""
        return self.seat_ids | ({self.organisation_id} if self.organisation_id else frozenset())

    @property
    def mail_address(self) -> str:
        return str(self.email)

    @property
    def takes_mail(self) -> bool:
        """Whether she is sent what she is owed: one who cannot sign in is not."""
        return bool(self.is_active)

    @property
    def role(self) -> Role:
        """What she is in the group today: the first of her seats and marks that counts."""
        if self.is_coordinator:
            return self.Role.COORDINATOR
        if self.is_representative:
            return self.Role.REPRESENTATIVE
        if self.handled_ids:
            return self.Role.HANDLER
        return self.Role.READER if self.is_reader else self.Role.GUEST

    @property
    def role_name(self) -> str:
        """The role in one word, for the page head."""
        return str(self.role.label)

    def speaks_for(self, on: date | None = None) -> OrganisationQuerySet:
        """The organisations for which she may report on that day (default today).

        Where she sits; the samordnare writes down for all.
        """
        if self.is_coordinator:
            return Organisation.objects.of_group(on)
        if on is None:
            return Organisation.objects.filter(pk__in=self.seat_ids)
        return Organisation.objects.filter(pk__in=self.seats.current(on).values("organisation"))

    def handles(self) -> OrganisationQuerySet:
        """The organisations she is marked to answer for."""
        return Organisation.objects.filter(handlers=self)

    # Verbs

    @transaction.atomic
    def change(
        self, *, by: Acting, version: str = "", answers_for: Iterable[Organisation] | None = None, **facts: Any
    ) -> None:
        """Set new facts and marks. Raises EditConflict, LastCoordinator, ValidationError.

        Without `is_active` she is out at her next click: the sign-in asks for it at every request.
        """
        coordinators = Member.objects.leading().order_by("pk")
        is_last = list(coordinators.select_for_update(no_key=True)) == [self]
        self.lock(version, texts=facts)
        before = AccountState.of(self)
        self.set(facts, by=by)
        if is_last and not AccountState.of(self).leads:
            raise LastCoordinator("Gruppen måste ha en samordnare som kan logga in. Gör någon annan till det först.")
        self.save_checked(facts)
        tell_of_change(self, before)
        write_of_change(self, before, by=by.member)
        if answers_for is not None:
            self.answer_for(answers_for, by=by)

    def answer_for(self, organisations: Iterable[Organisation], *, by: Acting | None) -> None:
        """Mark her as handläggare of exactly these organisations."""
        marks = AnswersFor.objects.filter(member=self)
        before, after = set(marks.values_list("organisation_id", flat=True)), {one.pk for one in organisations}
        if before - after:
            marks.filter(organisation__in=before - after).delete()
        made = {"member": self, "updated_by": by.member if by else None}
        AnswersFor.objects.bulk_create(AnswersFor(organisation_id=pk, **made) for pk in sorted(after - before))
        self.__dict__.pop("handled_ids", None)
        for pk in before ^ after:
            event = SecurityEvent.HANDLER_GIVEN if pk in after else SecurityEvent.HANDLER_TAKEN
            happened(event, about=self.pk, organisation=pk)


@pghistory.track()
class AnswersFor(Versioned):
    """The samordnare's mark that a member answers for an organisation as its handläggare."""

    append_only = deletable = True  # a mark is made and taken away, never changed

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "organisation"], name="answers_for_an_organisation_once")
        ]

    def __str__(self) -> str:
        return f"{self.member} svarar för {self.organisation}"
