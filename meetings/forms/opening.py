"""What belongs to any item of the room beside itself: a new issue that comes up there, and how its issue is judged."""

from __future__ import annotations

from typing import Any

from base.records import EditConflict
from base.records.freetext import FreeLineFormField
from base.ui.fields import VersionField
from issues.forms.issue import IssueForm
from issues.models import Issue
from issues.texts.issue import priority_words
from meetings.deciding import open_beside
from meetings.forms.draft import DraftedFields, Part, chosen_as, judged_as
from meetings.models import AgendaItem
from members.actor import Actor

JUDGED_MEANWHILE = "Någon annan har ändrat prioriteringen. Den är nu {}. Välj igen."
NOT_JUDGED = "Ärendet är inte öppet längre, så prioriteringen är inte sparad."


class OpeningFields(DraftedFields):
    """A new issue, with an item of its own, and the priority of the issue that the item is about."""

    opens = FreeLineFormField(
        label="Nytt ärende",
        max_length=120,
        required=False,
        help_text="Ärendets rubrik. Det får en egen punkt, och du är kvar här.",
    )
    opens_version = VersionField()
    need = IssueForm.base_fields["need"]
    influence = IssueForm.base_fields["influence"]
    judged = VersionField()
    priority_version = VersionField()

    opened: AgendaItem | None = None  # the item of what was opened

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.has[Part.OPENS]:
            del self.fields["opens"], self.fields["opens_version"]
        issue: Issue | None = self.item.issue
        if issue is None or not self.has[Part.PRIORITY]:
            for name in ("need", "influence", "judged", "priority_version"):
                del self.fields[name]
        else:
            stands = {"need": issue.need, "influence": issue.influence}
            for name, degree in stands.items():
                self.initial.setdefault(name, degree)  # what is kept of another choice is shown
            self.initial["judged"] = judged_as(issue)

    @property
    def priority(self) -> str:
        """How the issue is judged now, in words."""
        issue: Issue | None = self.item.issue
        return priority_words(issue) if issue else ""

    @property
    def judges(self) -> bool:
        """Whether another priority is chosen than the page showed."""
        shown = self.cleaned_data.get("judged", "")
        return bool(shown) and chosen_as(self.cleaned_data) != shown

    @property
    def judges_in_vain(self) -> bool:
        """Whether another priority is chosen on a page from before the issue closed."""
        shown = self.data.get("judged", "")
        return bool(shown) and "judged" not in self.fields and chosen_as(self.data) != shown

    def open_beside(self) -> None:
        """Open the new issue that came up here, if there is one."""
        if title := self.cleaned_data.get("opens"):
            self.opened = open_beside(self.item, by=Actor.of(self.by), title=title)

    def judge(self) -> None:
        """Set the priority, at once. Raises EditConflict where another has set it since the page was shown."""
        about: Issue | None = self.item.issue
        if about is None or not self.judges:
            return
        issue = Issue.with_struck.get(pk=about.pk)
        issue.lock()
        if judged_as(issue) == chosen_as(self.cleaned_data):
            return
        if judged_as(issue) != self.cleaned_data["judged"]:
            self.initial["judged"] = judged_as(issue)
            raise EditConflict(JUDGED_MEANWHILE.format(priority_words(issue).lower()))
        issue.change(by=Actor.of(self.by), need=self.cleaned_data["need"], influence=self.cleaned_data["influence"])

    @property
    def opened_told(self) -> str:
        """What was opened, and how the issue is judged."""
        told = []
        if self.opened and self.opened.issue:
            told.append(f"Ärende {self.opened.issue.number} är öppnat och har en egen punkt.")
        if self.judges:
            told.append("Prioriteringen är sparad.")
        if self.judges_in_vain:
            told.append(NOT_JUDGED)
        return " ".join(told)
