"""How far the approval of a meeting's minutes has come: who has said what of which version."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from base.swedish.words import day_and_month, listed
from meetings.models import Approval, Approver, Meeting, Minutes
from meetings.models.after_closing import TIME_TO_UNDO
from members.models import Member

Kind = Approval.Kind


@dataclass(frozen=True)
class ApprovalSaid:
    """What an approver has said of a version, and who wrote it in."""

    key: int
    kind: str
    version: int
    text: str
    at: datetime
    signed_on: date | None
    by: str

    @classmethod
    def of(cls, told: dict[str, Any]) -> ApprovalSaid:
        day = told["signed_on"] and date.fromisoformat(told["signed_on"])
        return cls(**told | {"at": datetime.fromisoformat(told["at"]), "signed_on": day})


@dataclass(frozen=True)
class ApproverRow:
    """An approver, and all that she has said, in its order."""

    approver: Approver
    said: list[ApprovalSaid]

    def mark_on(self, *versions: int) -> ApprovalSaid | None:
        """Her mark that stands on one of them, the latest; None where she has set none or taken it back."""
        for version in sorted(versions, reverse=True):
            of_it = [one for one in self.said if one.version == version and one.kind != Kind.WISHED]
            if of_it and of_it[-1].kind == Kind.APPROVED:
                return of_it[-1]
        return None

    def approved_before(self, version: int) -> int:
        """The latest version before that one on which her mark stands; 0 where there is none."""
        earlier = {one.version for one in self.said if one.version < version}
        return next((number for number in sorted(earlier, reverse=True) if self.mark_on(number)), 0)

    def wishes_on(self, *versions: int) -> list[ApprovalSaid]:
        """What she wants put right in them, and in earlier ones where she has approved none since."""
        marks = [number for number, one in enumerate(self.said) if one.kind == Kind.APPROVED]
        since = marks[-1] if marks else -1
        wishes = [(number, one) for number, one in enumerate(self.said) if one.kind == Kind.WISHED]
        return [one for number, one in wishes if one.version in versions or number > since]


@dataclass(frozen=True)
class Approvals:
    """The approvers of a meeting and its versions, the first first, in runs that differ by the diarienummer alone.

    `is_asked` says of one among several whether the group had its minutes approved when the latest was frozen.
    """

    rows: list[ApproverRow]
    runs: list[list[int]] = field(default_factory=list)
    is_asked: bool = False

    @classmethod
    def of(cls, meeting: Meeting, versions: Sequence[Minutes]) -> Approvals:
        """In one statement; `versions` are those of the meeting, the latest first, with their contents."""
        found = Approver.objects.at(meeting).with_marks()
        rows = [ApproverRow(row, [ApprovalSaid.of(told) for told in row.said]) for row in found]
        return cls(rows, runs_of(map(_in_short, versions)))

    @classmethod
    def of_meetings(cls, meetings: Sequence[Meeting]) -> dict[int, Approvals]:
        """By the key of each meeting that has versions; in two statements."""
        keys = [meeting.pk for meeting in meetings]
        rows: dict[int, list[ApproverRow]] = defaultdict(list)
        for row in Approver.objects.of(keys).with_marks():
            rows[row.meeting_id].append(ApproverRow(row, [ApprovalSaid.of(told) for told in row.said]))
        versions: dict[int, list[tuple[int, bool]]] = defaultdict(list)
        asked: dict[int, bool] = {}
        found = Minutes.objects.filter(meeting__in=keys).order_by("-version")
        facts = ("meeting", "version", "content__registered", "content__approvers")
        for meeting, version, registered, approvers in found.values_list(*facts):
            versions[meeting].append((version, bool(registered)))
            asked.setdefault(meeting, approvers is not None)  # the latest says so
        return {key: cls(rows[key], runs_of(versions[key]), asked[key]) for key in versions}

    @property
    def chosen(self) -> list[ApproverRow]:
        return [row for row in self.rows if row.approver.is_chosen]

    @property
    def latest(self) -> list[int]:
        """The run of the version that stands; nothing before there is one."""
        return self.runs[-1] if self.runs else []

    @property
    def approved(self) -> list[tuple[ApproverRow, ApprovalSaid]]:
        """Those who have approved what the minutes say now, each with her mark."""
        return self.approved_in(self.latest)

    @property
    def waiting(self) -> list[ApproverRow]:
        """Those who are chosen and have not."""
        return [row for row in self.chosen if not row.mark_on(*self.latest)]

    @property
    def wishes(self) -> list[tuple[ApproverRow, ApprovalSaid]]:
        """What they want put right in what the minutes say now."""
        return [(row, one) for row in self.rows for one in row.wishes_on(*self.latest)]

    def approved_in(self, run: Sequence[int]) -> list[tuple[ApproverRow, ApprovalSaid]]:
        marks = [(row, row.mark_on(*run)) for row in self.rows]
        return [(row, mark) for row, mark in marks if mark]

    def so_far(self) -> Iterator[Approvals]:
        """These, and as they were before each thing that was said, the latest first; at last with nobody chosen."""
        said = sorted({(one.at, one.key) for row in self.rows for one in row.said})
        for number in range(len(said), -1, -1):
            then = {*said[:number]}
            rows = [replace(row, said=[one for one in row.said if (one.at, one.key) in then]) for row in self.rows]
            yield replace(self, rows=rows)
        yield replace(self, rows=[])

    def run_of(self, version: int) -> list[int]:
        """The run that the version is in."""
        return next((run for run in self.runs if version in run), [])

    def replaced_by(self, version: int) -> int | None:
        """The first version that says something else than that one; None of what the minutes say now."""
        return next((run[0] for run in self.runs if run[0] > version), None)

    def own(self, member: Member) -> ApproverRow | None:
        """The member's own row, as long as she is chosen."""
        return next((row for row in self.chosen if row.approver.member_id == member.pk), None)


def version_line(approvals: Approvals, version: int, *, today: date) -> str:
    """Of one version: Justerad av Omar Prov 3 december. · Inte justerad. Empty where nobody is to approve or has."""
    marks = approvals.approved_in(approvals.run_of(version))
    if marks:
        return f"Justerad av {by_whom(marks, today=today)}."
    return "Inte justerad." if approvals.rows else ""


def by_whom(marks: Iterable[tuple[ApproverRow, ApprovalSaid]], *, today: date) -> str:
    return listed([f"{row.approver.person} {_when(mark, today=today)}" for row, mark in marks])


def _when(mark: ApprovalSaid, *, today: date) -> str:
    """3 december · på papper 3 december (noterat av Maja Exempel)."""
    if mark.signed_on:
        return f"på papper {day_and_month(mark.signed_on, today=today)} (noterat av {mark.by})"
    return day_and_month(timezone.localdate(mark.at), today=today)


def runs_of(versions: Iterable[tuple[int, bool]]) -> list[list[int]]:
    """The numbers of versions, the latest first, in runs: one made for a diarienummer alone, of which the second
    is true, says what the one before says.
    """
    runs: list[list[int]] = []
    for version, is_of_number in reversed([*versions]):
        if is_of_number and runs:
            runs[-1].append(version)
        else:
            runs.append([version])
    return runs


def _in_short(minutes: Minutes) -> tuple[int, bool]:
    return minutes.version, bool(minutes.content.get("registered"))


def run_of(minutes: Minutes) -> list[Minutes]:
    """The versions that say what this one says, itself among them, the first first."""
    versions = {each.version: each for each in Minutes.objects.of(minutes.meeting).order_by("-version")}
    run = next(run for run in runs_of(map(_in_short, versions.values())) if minutes.version in run)
    return [versions[version] for version in run]


def latest_run(meeting: Meeting) -> list[Minutes]:
    """The versions that say what the minutes say now; none while the meeting is not closed."""
    latest = Minutes.objects.standing().of(meeting).order_by("-version").first()
    return run_of(latest) if latest else []


def is_hers_to_take_back(mark: Approval | ApprovalSaid, approver: Approver, member: Member) -> bool:
    """Whether the mark is the member's to take back: her own, however it was set, or one on paper, of who notes it."""
    return approver.member_id == member.pk or (mark.signed_on is not None and member.is_coordinator)


def may_be_taken_back(mark: ApprovalSaid, approver: Approver, member: Member, *, now: datetime) -> bool:
    return is_hers_to_take_back(mark, approver, member) and now <= mark.at + TIME_TO_UNDO
