"""What the page's templates are given: the made-up things, and plain data where a template asks for no more."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Field
from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Page
from django.http import HttpRequest

from base.records.freetext import FreeLineFormField, FreeTextFormField
from base.swedish.words import StateSentence
from base.ui.drawings import GLYPHS, ICONS
from base.ui.fields import DateField
from base.ui.filters import Tab
from base.ui.forms import RegisterForm
from base.ui.layout import More
from base.ui.pagination import CeilingPaginator
from base.ui.said_day import OtherSaidDay, SaidDayField
from base.ui.widgets import ChoiceChecks, ChoiceRadios, SegmentsSelect, TilesSelect
from demo.gallery import things
from issues.answer_rates import Tertial
from issues.filters.issue import IssueFilter
from issues.forms.report import ReportForm
from issues.texts.answer_rates import tertial_begins
from issues.texts.timeline import timeline
from meetings.forms.table_answer import KINDS
from meetings.turnout import Turnout
from members.access import MemberRequest
from temagrupp.home.preparation import Task
from temagrupp.home.welcome import Welcome

NAMES = {"lighting": "Belysning", "damage": "Skadegörelse", "graffiti": "Klotter", "other": "Något annat"}


class SpecimenForm(RegisterForm):
    """Saves nothing. Sent with a date that cannot be, so that an error shows."""

    prefix = "prov"
    submit_label = "Skicka"
    layout = (
        "category",
        "where",
        "day",
        "wished",
        "unsafe",
        "reason",
        Field("other", wrapper_class="reveal"),
        "organisations",
        "often",
        More("Lägg till en kommentar", "text"),
    )

    category = forms.ChoiceField(label="Vad gäller det?", choices=list(NAMES.items()), widget=TilesSelect)
    where = FreeLineFormField(label="Var?", help_text="Ett platsnamn, en adress eller egna ord.")
    day = DateField(label="Svar senast")
    wished = SaidDayField(label="Önskas klart", required=False)
    unsafe = forms.ChoiceField(
        label="Hur otryggt kändes det?",
        choices=[("1", "Lite"), ("2", "Ganska"), ("3", "Mycket")],
        required=False,
        widget=SegmentsSelect,
    )
    reason = forms.ChoiceField(
        label="Varför?", choices=[("budget", "Ryms inte i budget"), ("other", "Annat skäl")], widget=ChoiceRadios
    )
    other = FreeLineFormField(label="Vilket skäl?", required=False)
    organisations = forms.MultipleChoiceField(
        label="Stöd från",
        choices=[("technical", "Tekniska förvaltningen"), ("police", "Polisen")],
        required=False,
        widget=ChoiceChecks,
    )
    often = forms.BooleanField(label="Det händer ofta", required=False)
    text = FreeTextFormField(label="Kommentar", required=False, widget=forms.Textarea({"rows": 3}))


class AtTableForm(forms.Form):
    """What an organisation at the table has declined, as far as one sees of it."""

    kind = forms.ChoiceField(label="Svar från Tekniska förvaltningen", choices=KINDS)
    planned = OtherSaidDay(label="När är det klart?", required=False)
    reason = forms.ChoiceField(label="Varför?", choices=[("budget", "Ryms inte i budget")])
    to = forms.ChoiceField(label="Ansvarig", choices=[("police", "Polisen")])
    text = FreeTextFormField(label="Kommentar", required=False, widget=forms.Textarea({"rows": 2}))
    next_step = FreeTextFormField(label="Vad händer härnäst?", required=False, widget=forms.Textarea({"rows": 2}))


def at_table() -> dict[str, Any]:
    form = AtTableForm(prefix="vid-bordet", initial={"kind": "declined", "reason": "budget"})
    return {"organisation": things.TECHNICAL, "fields": {field.name: field for field in form}}


def filled_in_wrong() -> SpecimenForm:
    typed: dict[str, Any] = {
        "category": "lighting",
        "where": "Norra gångtunneln, ring 070-174 06 05",
        "day": "0026-12-18",
        "reason": "other",
    }
    typed |= {"unsafe": "2", "organisations": ["police"], "often": "on"}
    form = SpecimenForm({f"{SpecimenForm.prefix}-{name}": value for name, value in typed.items()})
    form.full_clean()
    return form


def samples(request: MemberRequest) -> dict[str, Any]:
    return {
        **_words(request),
        **_meeting(),
        "form": filled_in_wrong(),
        "answers": things.answers(request.user),
        "report": ReportForm(member=request.user),
        "filter": IssueFilter(request.GET, member=request.user),
        "issue_rows": [(things.issue(), things.observed())],
        "actions": things.actions(),
        "loads": [
            (
                Tab("Tekniska förvaltningen", "?hos=1", 5, current=True),
                StateSentence("silent", "Två väntar."),
            ),
            (Tab("Socialförvaltningen", "?hos=2", 2, current=False), None),
        ],
        "observations": things.observations(),
        "rates": things.rates(),
        "rates_since": tertial_begins(Tertial.latest(things.TODAY)[0]),
        "year": [things.year()],
        "came_kinds": list(Turnout),
        "year_meetings": things.meetings(),
        "issue": things.issue(),
        "lines": timeline(things.events()),
        "hits": things.Hits(),
        "people": [things.OMAR, things.GUN],
        "orders": [("efter behov", request.path, True), ("senast hänt", "?ordning=senast", False)],
        "tabs": [
            Tab("Öppna", "?lage=oppna", 23, current=True),
            Tab("Väntar på svar", "?lage=vantar", 6, current=False),
        ],
        "page": _page(),
        "facts": [("Plats", "Norra gångtunneln"), ("Prioritet", "Hög: stort behov, stor möjlighet att påverka")],
    }


def _page() -> Page[Any]:
    """The second page of three, of a list that is never read."""
    paginator = CeilingPaginator([None] * 60, 25)
    paginator.counted = 60
    return paginator.get_page(2)


def _words(request: HttpRequest) -> dict[str, Any]:
    return {
        "messages": [
            Message(constants.SUCCESS, "Observationen är skickad."),
            Message(constants.ERROR, "Någon annan hann före."),
        ],
        "icons": ICONS,
        "welcome": Welcome("Du är ersättare för Tekniska förvaltningen.", "Läs dagordningen", request.path),
        "states": [
            *(StateSentence(name, "Så ser läget ut:", name) for name in GLYPHS),
            StateSentence("waiting", "Väntar på dig som läser:", "waiting", waits_on=bool),
        ],
        "panels": {"round": things.round_table()},
        "preparation": {
            "tasks": [
                Task("Sortera nya observationer", request.path, "Två bör tas upp på mötet.", "5 återstår"),
                Task("Nästa möte är planerat", request.path, "Dagordningen bygger sig själv.", outcome="25 november"),
            ],
            "done": 1,
        },
    }


def _meeting() -> dict[str, Any]:
    item = {
        "get_absolute_url": "#agenda",
        "heading": {"label": "Åtgärdslogg", "rule": "action_log"},
    }
    opening = {"label": "Öppnande", "rule": "attendance"}
    lines = [
        {"number": "2.1", "title": "Laga belysningen", "reason": "Svaret skulle ha kommit 18 november.", "item": item},
        {"number": "2.2", "title": "Vuxna ute på fredagar", "reason": "Nytt sedan förra mötet.", "item": item},
    ]
    opened = {"number": "1", "title": "Öppnande", "item": item | {"heading": opening}, "is_discussed": True}
    headings = [
        {
            "heading": opening,
            "number": 1,
            "title": "Öppnande",
            "lines": [opened],
            "is_discussed": True,
            "anchor": "rubrik-1",
        },
        {
            "heading": item["heading"],
            "number": 2,
            "title": "Åtgärdslogg",
            "lines": lines,
            "is_discussed": False,
            "anchor": "rubrik-2",
        },
    ]
    return {
        "headings": headings,
        "item": item,
        "meeting": things.meeting(),
        "note": "Armaturerna är beställda.",
        "decisions": [{"number": "2026-58", "text": "Be om ny belysning.", "feedback": ""}],
        "position": {
            "step": 2,
            "total": 3,
            "spoken": 1,
            "line": lines[0],
            "previous": opened,
            "following": lines[1],
        },
        "table_line": at_table(),
        "attendance": things.attendance(),
        "minutes_view": {
            "starts_at": things.NOW,
            "place": "Sessionssalen",
            "chair": things.MAJA,
            "secretary": things.GUN,
        },
    }
