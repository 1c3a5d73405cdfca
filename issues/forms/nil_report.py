"""The forms by which an organisation says that it has nothing to report, and takes it back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from base.ui.fields import DateField
from base.ui.forms import RegisterForm
from base.ui.undo import Undo
from base.ui.widgets import ChoiceRadios
from issues.models import NilReport
from issues.rules import says_nothing_on_behalf
from members.actor import Actor, Channel
from members.models import Member, Organisation

LONGEST_BACK = 500
"""Signs of an address that one comes back to: what is kept of a sending (`SentForm.url`)."""


class BackField(forms.CharField):
    """Hidden field with the page that one came from, one of ours; any other is as none, and so is one too long."""

    def __init__(self) -> None:
        super().__init__(required=False, widget=forms.HiddenInput)

    def clean(self, value: Any) -> str:
        address = self.to_python(value) or ""
        ours = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
        is_kept = len(address) <= LONGEST_BACK and "\0" not in address
        return address if ours and is_kept else reverse("start")


class NilReportForm(RegisterForm):
    """Says that an organisation has nothing to report of a period: with one tap, or with other days."""

    channel = forms.ChoiceField(label="Hur kom beskedet?", choices=Channel.on_behalf, widget=ChoiceRadios)
    first_day = DateField(label="Från och med")
    last_day = DateField(label="Till och med")
    back = BackField()

    missing = {
        "first_day": "Ange första dagen.",
        "last_day": "Ange sista dagen.",
        "channel": "Välj hur beskedet kom.",
    }
    submit_label = "Inget att rapportera"

    def __init__(self, *args: Any, organisation: Organisation, by: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation, self.by = organisation, by
        self.on_behalf = says_nothing_on_behalf(by, organisation)
        if not self.on_behalf:
            del self.fields["channel"]

    def save(self) -> NilReport:
        channel = str(self.cleaned_data.get("channel", Channel.SIGNED_IN))
        by = Actor.of(self.by).speaking_for(self.organisation, channel)
        days = {name: self.cleaned_data[name] for name in ("first_day", "last_day")}
        return NilReport.give(self.organisation, **days, by=by)

    @property
    def way_back(self) -> str:
        """The page that one came from."""
        return str(self.fields["back"].clean(self["back"].value()))

    def receipt(self, saved: NilReport) -> str:
        thanks = "Noterat" if self.on_behalf else "Tack"
        return f"{thanks}: {self.organisation} har inget att rapportera, {saved.span}."

    def undo(self, saved: NilReport) -> Undo:
        return Undo(reverse("issues:nil_report_withdraw", args=[saved.pk]), {"back": self.way_back})


class NilReportWithdrawForm(RegisterForm):
    """Takes a nil report back, with one tap."""

    back = BackField()

    def __init__(self, *args: Any, said: NilReport, by: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.said, self.by = said, by

    def save(self) -> str:
        self.said.withdraw(by=Actor.of(self.by))
        return str(self.cleaned_data["back"])

    def receipt(self, saved: str) -> str:
        return f"Ångrat. Beskedet från {self.said.organisation} för {self.said.span} är borttaget."
