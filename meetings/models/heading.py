from __future__ import annotations

from collections.abc import Iterable

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Case, Deferrable, Exists, Q, When
from django.utils.functional import cached_property

from base.records import FreeLine, Timestamped
from base.records.guards import guarded_by
from base.swedish.points import point_number
from issues.models import Issue
from meetings.models import fixed
from meetings.models.agenda_template import AgendaTemplate
from meetings.models.meeting import Meeting
from meetings.models.numbering import FIRST_PARAGRAPH


class HeadingQuerySet(models.QuerySet["Heading"]):
    def of(self, meeting: Meeting) -> HeadingQuerySet:
        """The headings of the meeting, in order: its own, and where it has none those of its template. Each with where
        the § of the meeting begin, if it has any.
        """
        own = Heading.objects.filter(meeting=meeting.pk)
        of_template = Q(template=meeting.template_id) & ~Exists(own)
        known = self.filter(Q(meeting=meeting.pk) | of_template).standing()
        return known.annotate(first_paragraph=FIRST_PARAGRAPH.of(meeting.pk))  # type: ignore[no-redef]

    def standing(self) -> HeadingQuerySet:
        """Those that have not been taken away, in order."""
        return self.filter(removed=False).in_order()

    def in_order(self) -> HeadingQuerySet:
        """By number; a break has the number of the heading that it comes after."""
        return self.order_by("number", Case(When(kind=Heading.Kind.BREAK, then=1), default=0))

    def numbered(self) -> list[tuple[str, str]]:
        """To choose from, by number: "6 Nya ärenden"."""
        return [(str(heading.number), heading.numbered) for heading in self if not heading.is_break]

    def keyed(self) -> list[tuple[str, str]]:
        """The same by key, which stays when the number does not."""
        return [(heading.key, heading.numbered) for heading in self if not heading.is_break]

    def taking(self, rule: Heading.Rule | None) -> Heading:
        """The heading that the rule fills; without one, and for a topic in words, the last free heading.

        So what a rule raises is on the agenda also where the group has no heading for it. Costs no statement on rows
        that are read already.
        """
        return taking(self, rule)


def taking(headings: Iterable[Heading], rule: str | None) -> Heading:
    """As HeadingQuerySet.taking() says, of headings that are read."""
    known = [heading for heading in headings if not heading.is_break]
    filled = [heading for heading in known if rule and heading.rule == rule]
    free = [heading for heading in known if heading.kind == Heading.Kind.FREE]
    return (filled or free or known)[-1]


def _once_at(owner: str) -> list[models.BaseConstraint]:
    """What the headings of one owner have each for itself. Their numbers may be changed all at once."""
    return [
        models.UniqueConstraint(fields=[owner, "key"], name=f"heading_key_once_at_{owner}"),
        models.UniqueConstraint(
            fields=[owner, "rule"], condition=~Q(rule="") & Q(removed=False), name=f"heading_rule_fills_one_at_{owner}"
        ),
        *(
            ExclusionConstraint(
                name=f"{what}_number_once_at_{owner}",
                expressions=[(owner, RangeOperators.EQUAL), ("number", RangeOperators.EQUAL)],
                condition=Q(removed=False) & which,
                deferrable=Deferrable.IMMEDIATE,
            )
            for what, which in (("heading", ~Q(kind="break")), ("break", Q(kind="break")))
        ),
    ]


@pghistory.track()
@guarded_by(fixed.OF_A_MEETING)
class Heading(Timestamped):
    """En rubrik of an agenda: of a template, or a meeting's own. What it is for is said by its kind and its rule.

    Nothing in the code knows a heading by its key, number or label: those are the group's. The key is what stays
    the same when the headings of a template become a meeting's own.
    """

    deletable = True  # a meeting that has not begun has its template's again

    class Kind(models.TextChoices):
        STANDING = "standing", "Hör till varje möte"  # the opening and the end: it is never empty
        RAISED = "raised", "Fylls av en regel"
        FREE = "free", "Fylls av den som vill"
        BREAK = "break", "Paus"  # takes time, has no items, and the number of the heading that it comes after

    class Purpose(models.TextChoices):
        INFORMATION = "information", "Information"
        DISCUSSION = "discussion", "Diskussion"
        DECISION = "decision", "Beslut"

    class Rule(models.TextChoices):
        """What fills a heading. The first four show something of their own, the others raise lines."""

        ATTENDANCE = "attendance", "Närvaro"
        PREVIOUS = "previous", "Föregående möte"
        ROUND = "round", "Laget runt"
        NEXT_MEETING = "next_meeting", "Nästa möte"
        ACTION_LOG = "action_log", "Åtgärder"
        NEW_ISSUES = "new_issues", "Nya ärenden"
        ONGOING_ISSUES = "ongoing_issues", "Pågående ärenden"
        CONSULTATIONS = "consultations", "Remisser"
        OCCASIONS = "occasions", "Tillfällen"
        FEEDBACK = "feedback", "Återkoppling"

    SHOW_THEIR_OWN = (Rule.ATTENDANCE, Rule.PREVIOUS, Rule.ACTION_LOG, Rule.ROUND, Rule.NEXT_MEETING)
    """What these show is spoken of also when there are points under the heading."""

    # By template or meeting, and key, the constraints are found.
    template = models.ForeignKey(
        AgendaTemplate, models.PROTECT, related_name="headings", null=True, editable=False, db_index=False
    )
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="headings", null=True, editable=False, db_index=False
    )
    key = models.SlugField("nyckel", max_length=30)
    number = models.PositiveSmallIntegerField("nummer")
    label = FreeLine("rubrik", max_length=100)
    kind = models.CharField("slag", max_length=20, choices=Kind, default=Kind.FREE)
    rule = models.CharField("regel", max_length=20, choices=Rule, blank=True)
    purpose = models.CharField("syfte", max_length=20, choices=Purpose, blank=True)
    text = FreeLine("stående text", max_length=300, blank=True)
    minutes = models.PositiveSmallIntegerField("minuter", null=True, blank=True)
    removed = models.BooleanField(default=False, editable=False)
    settled = models.BooleanField(default=False, editable=False)  # a meeting's own since it began, and not by hand

    objects = HeadingQuerySet.as_manager()

    class Meta:
        constraints = [
            *(constraint for owner in ("template", "meeting") for constraint in _once_at(owner)),
            models.CheckConstraint(
                condition=Q(template__isnull=False, meeting=None) | Q(template=None, meeting__isnull=False),
                name="heading_has_one_owner",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="heading_numbered_from_one"),
            models.CheckConstraint(
                condition=Q(kind="standing")
                | (Q(kind="raised") & ~Q(rule=""))
                | Q(kind__in=["free", "break"], rule=""),
                name="heading_has_the_rule_of_its_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def is_break(self) -> bool:
        return self.kind == self.Kind.BREAK

    @cached_property
    def first_paragraph(self) -> int | None:
        """Where the § of its meeting begin; of a template's heading only where it was asked for a meeting."""
        return self.meeting.first_paragraph if self.meeting else None

    def number_of(self, position: int) -> str:
        """The number of a point under it: 6.1 or § 19.1, on every page and paper. At 0 it is the heading itself."""
        return point_number(self.number, position, first=self.first_paragraph)

    @property
    def takes_no_open_issue(self) -> bool:
        """Whether only what has ended is told under it, as ended."""
        return self.rule == self.Rule.FEEDBACK

    @property
    def is_by_need(self) -> bool:
        """Whether what is raised under it stands in order of need until somebody orders it by hand."""
        return self.rule == self.Rule.ACTION_LOG

    def takes(self, issue: Issue | None) -> bool:
        """Whether a person may put the issue, or a topic in words, under it."""
        return not self.takes_no_open_issue or issue is None or issue.is_closed

    @property
    def anchor(self) -> str:
        """Its place on the page of a meeting."""
        return f"punkt-{self.number}"

    @property
    def numbered(self) -> str:
        """Number and label: 6 Nya ärenden · § 19 Nya ärenden."""
        return f"{self.number_of(0)} {self.label}"
