"""The appendices of a meeting, each with the number that all know it by."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Subquery
from django.template.defaultfilters import filesizeformat

from base.records import Attribution
from base.swedish.words import capital, sentence
from meetings.models import Appendix, Meeting, Minutes
from members.models import Member

RELATED = ("item__issue", "added_by", "removed_by")


@dataclass(frozen=True)
class NumberedAppendix:
    """An appendix with its number at the meeting; one of a restricted item has none, for no number tells of it."""

    appendix: Appendix
    number: int | None

    @property
    def label(self) -> str:
        return f"Bilaga {self.number}" if self.number else "Bilaga"

    @property
    def title(self) -> str:
        """Bilaga 2: Lägesbild.pdf."""
        return f"{self.label}: {self.appendix.name}"

    @property
    def about(self) -> str:
        """What it is, to what it belongs and who added it; of one that is gone, since when, by whom and why."""
        appendix = self.appendix
        if appendix.is_erased:
            why = capital(sentence(appendix.why_removed)) if appendix.why_removed else ""
            gone = Attribution(str(appendix.removed_by), appendix.removed_at or appendix.updated_at)
            return f"Borttagen av {gone.dated}. {why}".rstrip()
        item = f" Till ”{appendix.item}”." if appendix.item else ""
        added = Attribution(str(appendix.added_by), appendix.created_at)
        return f"{self.kind_and_size}.{item} Tillagd av {added.dated}."

    @property
    def kind_and_size(self) -> str:
        return f"{capital(str(self.appendix.get_kind_display()))}, {filesizeformat(self.appendix.size)}"


def appendices_of(meeting: Meeting, member: Member, *, openly: bool = False) -> list[NumberedAppendix]:
    """Those that the member sees, in the meeting's order, each with the number that all know it by: one statement.

    When the meeting has closed its minutes have the numbers: what was restricted or lifted since changes none, and
    leaves a gap for those who may not see it. `openly` leaves out what is restricted, whoever asks.
    """
    listed = Appendix.objects.at(meeting).listed()
    listed = listed.unrestricted() if openly else listed
    seen = listed.visible_to(member).annotate(numbered=ArraySubquery(listed.unrestricted().values("pk")))  # type: ignore[no-redef]
    if meeting.is_closed:
        latest = Minutes.objects.filter(meeting=meeting).order_by("-version")
        seen = seen.annotate(frozen=Subquery(latest.values("content__appendices")[:1]))  # type: ignore[no-redef]
    return [NumberedAppendix(one, _number(one)) for one in seen.select_related(*RELATED)]


def set_aside_of(meeting: Meeting, member: Member) -> list[NumberedAppendix]:
    """Those that the member sees and that stand there no longer, but are kept; without numbers."""
    kept = Appendix.objects.at(meeting).set_aside().visible_to(member).select_related(*RELATED).order_by("pk")
    return [NumberedAppendix(one, None) for one in kept]


def appendices_for_paper(meeting: Meeting, member: Member) -> list[NumberedAppendix]:
    """Those that the member sees and have a number: a paper lies about, and a mail is read by others too."""
    return [one for one in appendices_of(meeting, member, openly=True) if not one.appendix.is_erased]


def _number(one: Appendix) -> int | None:
    """As the minutes have it; by the order where there are none, or they know no keys of files."""
    if one.frozen is not None and all("key" in told for told in one.frozen):
        return next((int(told["number"]) for told in one.frozen if told["key"] == one.pk), None)
    return one.numbered.index(one.pk) + 1 if one.pk in one.numbered else None
