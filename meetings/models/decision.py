from __future__ import annotations

from typing import Any, cast

import pghistory
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import CharField, Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Cast, Coalesce

from base.records import FreeLine, FreeText, Timestamped
from base.records.guards import DatabaseCheck, guarded_by
from base.records.search import searchable_text, searchable_vector
from issues.models import Action, Issue, Tombstone, despite_words
from meetings.models import fixed
from meetings.models.agenda import AgendaItem
from meetings.models.meeting import Meeting
from members.models import Member, Organisation


def decision_words(facts: list[dict[str, Any]]) -> list[str]:
    """The text of each decision that the facts name, if any; of a struck one, the text in its tombstone."""
    named = [(each["decision"] if isinstance(each["decision"], int) else 0, str(each.get("number"))) for each in facts]
    standing = Decision.with_struck.filter(pk__in=[key for key, _ in named])
    struck = Tombstone.objects.filter(kind="decision", number__in=[number for _, number in named])
    rows = standing.values_list(Cast("pk", CharField()), "text").union(struck.values_list("number", "text"))
    words: dict[str, str] = dict(rows)
    return [words.get(str(key)) or words.get(number, "") for key, number in named]


class DecisionQuerySet(models.QuerySet["Decision"]):
    def visible_to(self, member: Member) -> DecisionQuerySet:
        """Decisions on visible items of meetings whose notes the member may read: a draft is for those who write it,
        also one of a meeting that is corrected."""
        items = AgendaItem.objects.visible_to(member).values("pk")
        readable = Meeting.objects.readable_by(member).values("pk")
        found = self.filter(item__in=items, item__meeting__in=readable)
        if member.is_coordinator:
            return found
        stands = Q(serial__isnull=False) | Q(item__meeting__correcting_since=None)
        leads = Q(item__meeting__chair=member) | Q(item__meeting__secretary=member)
        return found.filter(stands | leads if member.is_in_group else stands)

    def at(self, meeting: Meeting) -> DecisionQuerySet:
        """The decisions of the meeting in the agenda's order, less those on a removed item."""
        return self.filter(item__meeting=meeting, item__removed=False).in_order()

    def number_at_each(self) -> Coalesce:
        """Annotates meetings with how many of them there are at each, as the page of the meeting counts."""
        here = self.filter(item__meeting=OuterRef("pk"), item__removed=False).order_by().values("item__meeting")
        return Coalesce(Subquery(here.annotate(rows=Count("pk")).values("rows")), 0)

    def of(self, item: AgendaItem) -> DecisionQuerySet:
        return self.filter(item=item).in_order()

    def struck(self) -> DecisionQuerySet:
        """Those that a correction strikes when it is saved."""
        return self.exclude(struck_at=None)

    def in_order(self) -> DecisionQuerySet:
        in_order = self.order_by("item__heading__number", "item__position", "item", "pk")
        return in_order.select_related("item", "issue")

    def for_each_action(self) -> Any:
        """Each once for each action that it asks for, whose key is `asked`, in order."""
        rows = self.annotate(asked=F("actions")).filter(asked__isnull=False)
        return rows.order_by(*self.query.order_by, "asked")

    def with_actions(self) -> DecisionQuerySet:
        """With what each asks for, and of whom."""
        return self.prefetch_related(
            models.Prefetch("actions", Action.objects.order_by("pk").select_related("issue")),
            "actions__assignments__organisation",
        )

    def with_open_actions(self) -> DecisionQuerySet:
        """With how many of its issue's actions are open, as `open_actions`."""
        of_issue = Action.objects.open().filter(issue=OuterRef("issue")).order_by().values("issue")
        found: DecisionQuerySet = self.annotate(
            open_actions=Coalesce(Subquery(of_issue.annotate(Count("pk")).values("pk__count")), 0)
        )
        return found


DecisionRows = models.Manager.from_queryset(DecisionQuerySet)


class StandingDecisions(DecisionRows["Decision"]):
    def get_queryset(self) -> DecisionQuerySet:
        """The decisions that stand for those who write: less what a correction strikes that is not saved yet. For all
        who read it stands until then."""
        return cast("DecisionQuerySet", super().get_queryset().filter(struck_at=None))


@pghistory.track(exclude=["search_vector", "search_text"])
@guarded_by(fixed.WRITTEN_ON_AN_ITEM, fixed.DECISION_NUMBER, fixed.DECISION_ASKS)
class Decision(Timestamped):
    """Ett beslut: what the group decided on an item. It takes effect, and gets its number, when the meeting closes.

    One that proposes may ask several organisations the same: an action each, in one sentence and with one number.
    """

    deletable = True  # struck while the meeting is under way

    class Kind(models.TextChoices):
        PROPOSE = "propose", "Föreslå åtgärd"
        PAUSE = "pause", "Avvakta med ärendet"
        CLOSE = "close", "Avsluta ärendet"
        REFER = "refer", "Hänskjut frågan"
        ESCALATE = "escalate", "Eskalera en åtgärd"
        INFORM = "inform", "Notera information"
        DEFER = "defer", "Bordlägg frågan"
        OTHER = "other", "Beslut i ord"

    ISSUE_BECOMES = {Kind.CLOSE: Issue.State.CLOSED, Kind.PAUSE: Issue.State.ON_HOLD}
    """Where a decision puts its issue, for the kinds that end it or let it rest."""
    SETTLE = (*ISSUE_BECOMES, Kind.DEFER)
    """Of these a meeting takes one about the same."""

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="decisions")
    kind = models.CharField("slag", max_length=20, choices=Kind, default=Kind.OTHER)
    text = FreeText("beslut", max_length=2000)
    year = models.PositiveSmallIntegerField(null=True, editable=False)
    serial = models.PositiveIntegerField(null=True, editable=False)
    issue = models.ForeignKey("issues.Issue", models.PROTECT, related_name="+", null=True, editable=False)
    actions = models.ManyToManyField(Action, through="ProposedAction", related_name="decisions", editable=False)
    outcome = models.CharField("utfall", max_length=20, choices=Issue.Outcome, blank=True)
    feedback = FreeText("återkoppling", max_length=500, blank=True)
    despite = FreeText("varför trots pågående åtgärder", max_length=500, blank=True)
    to = FreeLine("till vem", max_length=120, blank=True)  # referred or escalated, in the words of that day
    lifts = models.ForeignKey(Action, models.PROTECT, related_name="+", null=True, editable=False)
    rung = models.PositiveSmallIntegerField(null=True, editable=False)  # how high it is escalated
    struck_at = models.DateTimeField(null=True, editable=False)  # in a correction, which carries that out when saved
    decided_by = models.ForeignKey(Member, models.PROTECT, related_name="+", editable=False)

    search_text = searchable_text("text", "feedback")
    search_vector = searchable_vector("text", "feedback")

    objects = StandingDecisions()
    with_struck = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            DatabaseCheck(
                condition=Q(year=None, serial=None) | Q(year__isnull=False, serial__isnull=False),
                name="decision_numbered_whole",
            ),
            models.UniqueConstraint(fields=["year", "serial"], name="decision_number_unique"),
            DatabaseCheck(
                condition=Q(struck_at=None) | Q(serial__isnull=False), name="decision_struck_in_a_correction_was_sent"
            ),
            models.CheckConstraint(
                condition=~Q(kind="close") | (~Q(outcome="") & ~Q(feedback="") & Q(issue__isnull=False)),
                name="decision_to_close_has_outcome_and_feedback",
            ),
            models.CheckConstraint(
                condition=Q(kind="escalate", lifts__isnull=False, rung__isnull=False, issue__isnull=False) & ~Q(to="")
                | ~Q(kind="escalate") & Q(lifts=None, rung=None),
                name="decision_to_escalate_says_what_and_to_whom",
            ),
            models.CheckConstraint(condition=~Q(kind="refer") | ~Q(to=""), name="decision_to_refer_says_to_whom"),
        ]
        indexes = [
            GinIndex(fields=["search_vector"], name="decision_search"),
            GinIndex(fields=["search_text"], opclasses=["gin_trgm_ops"], name="decision_trigram"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def number(self) -> str:
        """The number, `2026-58`; empty until the meeting has closed."""
        return f"{self.year}-{self.serial}" if self.serial else ""

    @property
    def anchor(self) -> str:
        """Its place on the page of its item."""
        return f"decision-{self.pk}"

    @property
    def why_despite(self) -> str:
        """Why its issue ends with actions open, as a sentence after its own; nothing where nothing is said."""
        return despite_words(self.despite)

    @property
    def drafts(self) -> list[Action]:
        """The actions that it asks for and that nobody has been asked yet, of one that is with_actions()."""
        return [action for action in self.actions.all() if action.is_draft]

    @property
    def asks(self) -> list[Organisation]:
        """Whom it asks, of one that is with_actions()."""
        return [action.current.organisation for action in self.drafts]

    @property
    def already(self) -> list[str]:
        """The states of what it asks for, where all of that was proposed before the meeting closed."""
        return list(dict.fromkeys(action.get_state_display().lower() for action in self.actions.all()))


@pghistory.track()
@guarded_by(fixed.PROPOSED_ACTION)
class ProposedAction(Timestamped):
    """An action that a decision asks for: it follows from that decision alone."""

    append_only = True
    deletable = True  # with its decision, that is struck while the meeting is under way
    why_absent = ""
    """Why the organisation that is asked is not here at the item, of one that is asked at a meeting under way."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="+")
    action = models.OneToOneField(Action, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.decision}: {self.action}"
