"""The samordnare's button that ends the link of a question: it went to the wrong one, or was passed on."""

from __future__ import annotations

from issues.answer_link import can_be_voided, void_link
from issues.forms.action_step import VersionedForm
from issues.models import Action


class VoidLinkForm(VersionedForm):
    """Lets the links that have been mailed open nothing."""

    prefix = "lank"
    is_quiet = True
    summary = submit_label = "Gör länken ogiltig"
    route = "issues:action_void_link"

    @classmethod
    def is_offered(cls, action: Action) -> bool:
        return can_be_voided(action)

    def receipt(self, saved: Action) -> str:
        return "Länken gäller inte längre. En ny går med nästa mejl om åtgärden."

    def save(self) -> Action:
        void_link(self.assignment, by=self.actor, version=self.cleaned_data["version"])
        return self.action
