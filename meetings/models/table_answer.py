from __future__ import annotations

from datetime import datetime

import pghistory
from django.db import models
from django.db.models import OuterRef, Q
from django.utils import timezone

from base.records import FreeText, Timestamped, precision_column, said_day, said_day_is_whole, words_column
from base.records.guards import guarded_by
from base.swedish.said_days import SaidDay
from base.swedish.words import swedish_moment
from issues.models import Action, Answer
from meetings.models import fixed
from meetings.models.agenda import AgendaItem
from meetings.models.attendance import OrganisationAtMeeting
from meetings.models.decision import ProposedAction
from meetings.models.meeting import Meeting
from meetings.models.presence import Presence
from meetings.models.speaking import spoken
from members.models import Member, Organisation


class TableAnswerQuerySet(models.QuerySet["TableAnswer"]):
    def on(self, item: AgendaItem) -> TableAnswerQuerySet:
        return self.filter(proposed__decision__item=item)

    def at(self, meeting: Meeting) -> TableAnswerQuerySet:
        """Those that are written at the meeting, in the order of what they answer; of no removed item.

        Each has what its organisation is `noted_as`, and who has `spoken` for it.
        """
        known = self.filter(proposed__decision__item__meeting=meeting, proposed__decision__item__removed=False)
        noted = OrganisationAtMeeting.states(meeting, organisation=OuterRef("organisation"))
        speaking = spoken(Presence.objects.filter(meeting=meeting, organisation=OuterRef("organisation")))
        known = known.with_related().select_related("proposed__decision__item__heading")
        return known.annotate(noted_as=noted, spoken=speaking).order_by("proposed")

    def with_related(self) -> TableAnswerQuerySet:
        of_it = ("proposed__decision", "proposed__action__issue", "organisation", "passed_to", "written_by")
        return self.select_related(*of_it)


@pghistory.track()
@guarded_by(fixed.TABLE_ANSWER, fixed.TABLE_ANSWER_SAID)
class TableAnswer(Timestamped):
    """Ett svar vid bordet: what an organisation that is there says to what the meeting proposes to it.

    It has no effect until the meeting closes, and becomes its Answer then; it is taken out and written anew, never
    changed.
    """

    why_absent = ""
    """Why its organisation is not here at the item, of one that is written at a meeting under way."""

    deletable = True  # taken out, or struck with its decision, while the meeting is under way

    proposed = models.OneToOneField(ProposedAction, models.CASCADE, related_name="answer")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = models.CharField("svar", max_length=20, choices=Answer.Kind)
    reason = models.CharField("skäl", max_length=20, choices=Answer.Reason, blank=True)
    text = FreeText("kommentar", max_length=2000, blank=True)
    next_step = FreeText("nästa steg", max_length=1000, blank=True)
    planned = models.DateField("planerat klart", null=True, blank=True)
    planned_precision = precision_column()
    planned_words = words_column("planerat klart")
    passed_to = models.ForeignKey(Organisation, models.PROTECT, related_name="+", null=True, blank=True)
    written_by = models.ForeignKey(Member, models.PROTECT, related_name="+", editable=False)
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = TableAnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(kind="done"), name="table_answer_is_of_what_is_to_be_done"),
            models.CheckConstraint(
                condition=~Q(kind="declined") | (~Q(reason="") & ~Q(text="") & ~Q(next_step="")),
                name="table_answer_declined_with_reason_text_and_next_step",
            ),
            models.CheckConstraint(
                condition=Q(kind="accepted", planned__isnull=False) | ~Q(kind="accepted") & Q(planned=None),
                name="table_answer_accepted_with_a_date",
            ),
            models.CheckConstraint(condition=~Q(kind="question") | ~Q(text=""), name="table_answer_asks_something"),
            models.CheckConstraint(
                condition=Q(kind="passed_on") | Q(passed_to=None), name="table_answer_passed_on_to_another"
            ),
            said_day_is_whole("tableanswer", "planned"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_kind_display().lower()}"

    @property
    def planned_day(self) -> SaidDay | None:
        """The day that is promised, as it was said."""
        return said_day(self, "planned")

    @property
    def why_void(self) -> str:
        """Why the closing does not give it, in a sentence; empty where it does."""
        action = self.proposed.action
        if action.state == Action.State.CANCELLED:
            return "Åtgärden är återtagen."
        if action.current.organisation_id != self.organisation_id:
            return f"Frågan ligger hos {action.current.organisation} nu."
        if not (action.is_draft or action.is_asked):
            return "Åtgärden är besvarad på annat sätt."
        if self.why_absent:
            return self.why_absent
        return self._why_not_passed_on if self.kind == Answer.Kind.PASSED_ON else ""

    @property
    def _why_not_passed_on(self) -> str:
        if self.passed_to and not self.passed_to.is_active(timezone.localdate()):
            return f"{self.passed_to} finns inte längre."
        return "Ärendet är avslutat, så ingen annan får frågan." if self.proposed.action.issue.is_closed else ""

    @property
    def item(self) -> AgendaItem:
        return self.proposed.decision.item

    @property
    def done_on(self) -> None:
        """What the meeting proposes is not done already."""

    def noted_when(self, at: datetime | None = None) -> str:
        """Who wrote it down when: Maja Exempel skrev det i dag 14.05."""
        today = timezone.localdate(at)
        return f"{self.written_by} skrev det {swedish_moment(self.written_at, today=today)}"
