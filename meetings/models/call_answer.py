from __future__ import annotations

from datetime import date, datetime

import pghistory
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from base.records import EditConflict, FreeLine, Versioned
from base.records.guards import DatabaseCheck, guarded_by
from base.swedish.words import swedish_day, swedish_moment
from meetings.models import fixed
from meetings.models.meeting import Meeting
from members.actor import Actor, Channel
from members.models import Member

TOO_LATE = "Förhinder anmäls före mötet. Nu noteras närvaron."
NO_NEED = "Du behöver inte svara på kallelsen."
SAID_SINCE = "{} sparade ett annat svar {}: ”{}”. Inget är ändrat. Spara igen om det är svaret här som gäller."
MOVED = "Mötet är flyttat till {}. Inget är sparat: säg till igen om det gäller den dagen."


class CallAnswerQuerySet(models.QuerySet["CallAnswer"]):
    def no(self) -> CallAnswerQuerySet:
        """The excuses: the duties of these pass to the deputy."""
        return self.filter(answer=CallAnswer.Answer.NO)

    def to_coming(self) -> CallAnswerQuerySet:
        """Of meetings that have not begun."""
        return self.filter(meeting__state=Meeting.State.PLANNED)


@pghistory.track()
@guarded_by(fixed.OF_A_MEETING, fixed.NONE_WHERE_CANCELLED)
class CallAnswer(Versioned):
    """Ett svar på kallelsen: whether somebody who sits for an organisation comes to a meeting, as she has said last.

    With a no (förhinder) her duties pass to the deputy; what she may read does not change. Who comes to a part of it
    is expected, and says which part.

    words    which part, in her words
    channel  how her answer came
    said_at  when she said this, and not when the row was made
    """

    deletable = True  # what was a slip is undone, and a meeting moves to another day

    class Answer(models.TextChoices):
        YES = "yes", "Jag kommer"
        NO = "no", "Jag kan inte"
        PARTLY = "partly", "Jag är med en del av mötet"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="call_answers")
    member = models.ForeignKey(Member, models.PROTECT, related_name="call_answers")
    answer = models.CharField(max_length=10, choices=Answer)
    words = FreeLine("vilken del", max_length=120, blank=True)
    channel = models.CharField(max_length=20, choices=Channel, default=Channel.SIGNED_IN)
    said_at = models.DateTimeField(default=timezone.now)
    noted_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    objects = CallAnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member"], name="member_answers_a_call_once"),
            DatabaseCheck(condition=Q(words="") | Q(answer="partly"), name="call_answer_in_part_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.get_answer_display()}"

    @property
    def turn(self) -> str:
        """Names this answer of hers, and not the one that she gives after it."""
        return f"{self.pk}.{self.said_at:%Y%m%d%H%M%S%f}"

    @classmethod
    @transaction.atomic
    def say(
        cls,
        meeting: Meeting,
        member: Member,
        answer: str,
        *,
        by: Actor,
        words: str = "",
        day: date | None = None,
        seen: datetime | None = None,
        at: datetime | None = None,
    ) -> None:
        """Note whether she comes, instead of what she has said before; the same said again changes nothing,
        but that she comes, where the meeting was moved after she said so.

        `day` is the one that is meant, `seen` when the page was shown. Raises NotAllowed when the meeting has begun,
        EditConflict when it has moved, or another has noted another answer since.
        """
        cls._lock(meeting, day)
        row = cls.objects.filter(meeting=meeting, member=member).first() or cls(meeting=meeting, member=member)
        words = words if answer == cls.Answer.PARTLY else ""
        is_said_anew = answer != cls.Answer.NO and meeting.was_moved_after(row.said_at)
        if (row.answer, row.words) == (answer, words) and not is_said_anew:
            return
        row._check_seen(seen, by=by)
        at = at or timezone.now()
        facts = {"answer": answer, "words": words, "channel": by.channel, "said_at": at, "noted_by": by.member}
        row.created_at = row.created_at if row.pk else at
        row.set(facts, by=by)
        row.save()

    @classmethod
    @transaction.atomic
    def withdraw(
        cls, meeting: Meeting, member: Member, *, by: Actor, day: date | None = None, seen: datetime | None = None
    ) -> None:
        """Delete what she has said, as if she had not been asked. Raises as `say` does."""
        cls._lock(meeting, day)
        for row in cls.objects.filter(meeting=meeting, member=member):
            row._check_seen(seen, by=by)
            row.discard(by=by)

    def _check_seen(self, seen: datetime | None, *, by: Actor) -> None:
        if seen and self.pk and self.said_at > seen and self.noted_by_id != by.member.pk:
            when = swedish_moment(self.said_at, today=timezone.localdate())
            raise EditConflict(SAID_SINCE.format(self.noted_by, when, self.get_answer_display()))

    @staticmethod
    def _lock(meeting: Meeting, day: date | None) -> None:
        meeting.lock()
        meeting.lock_if(Meeting.State.PLANNED, therefore=NO_NEED if meeting.is_cancelled else TOO_LATE)
        if day and day != meeting.planned_day:
            raise EditConflict(MOVED.format(swedish_day(meeting.planned_day, today=timezone.localdate())))
