"""The samordnare's button that ends the link of a question: it went to the wrong one, or was passed on."""

from __future__ import annotations

from typing import Any

from base.records import EditConflict
from base.ui.fields import VersionField
from issues.answer_link import NEWER_LINK, can_be_voided, print_of, void_link
from issues.forms.action_step import VersionedForm
from issues.models import Action, Assignment
from members.models import Member


class VoidLinkForm(VersionedForm):
    """Lets the links that have been mailed open nothing: those that there were when the page was shown."""

    prefix = "lank"
    is_quiet = True
    summary = submit_label = "Gör länken ogiltig"
    route = "issues:action_void_link"

    link = VersionField()

    def __init__(self, data: Any = None, *, assignment: Assignment, by: Member) -> None:
        super().__init__(data, assignment=assignment, by=by)
        self.initial["link"] = print_of(assignment)

    @classmethod
    def is_offered(cls, action: Action) -> bool:
        return can_be_voided(action)

    def clean_link(self) -> str:
        """The link that the page showed: a newer one she has not seen, and did not mean."""
        shown = str(self.cleaned_data["link"])
        if shown not in {"", self.initial["link"]}:
            raise EditConflict(NEWER_LINK)
        return shown

    def receipt(self, saved: Action) -> str:
        return "Länken gäller inte längre. En ny går med nästa mejl om åtgärden."

    def save(self) -> Action:
        void_link(self.assignment, by=self.actor, version=self.cleaned_data["version"])
        return self.action
