"""Filters for the texts of meetings, and the tags by which pages of other apps show meetings."""

from datetime import date
from typing import Any

from django import template
from django.db.models import Count, Window
from django.template.context import Context
from django.utils import timezone

from base.swedish.points import at_point
from base.swedish.words import listed
from issues.coverage import Said
from issues.models import Assignment, Issue, Observation
from issues.texts.observation import observation_about
from issues.way_back import WayBack
from meetings import rules
from meetings.agenda.at_table import said_at_table
from meetings.agenda.building import coming_for, key_about
from meetings.agenda.lines import moved_from, presented
from meetings.attendance import AttendanceRow, rows
from meetings.forms.table_answer import AnswerLine, TableAnswerFields
from meetings.models import AgendaItem, Decision, Meeting, Minutes, TableAnswer
from meetings.models.minutes import minutes_called
from meetings.people import by_capacity, led_by, what_and_where
from meetings.rhythm import Occasion
from meetings.round import said_by
from meetings.texts import meeting as texts
from meetings.texts.attendance import attendance_summary, nobody_from, own_answer, row_state
from meetings.texts.year import excused_words, picture_words, was_there, ways
from members.models import Organisation

register = template.Library()
register.filter(at_point)
register.filter(texts.time_and_place)
register.filter(texts.short_name)
register.filter(texts.what_became_of)
register.filter(texts.name_in_passing)
register.filter(row_state)
register.filter(what_and_where)
register.filter(by_capacity)
register.filter(led_by)
register.filter(presented)
register.filter(moved_from)
register.filter(texts.prepared)
register.filter(texts.closing_headline)
register.filter(texts.feedback_goes_to)
register.filter(texts.outcome)
register.filter(texts.decided_as)
register.filter(texts.actions_left_open)
register.filter(texts.passed_on_to)
register.filter(texts.said_at_it)
register.filter(texts.waits_for_answer)
register.filter(texts.number_of)
register.filter(texts.how_many_dealt_with)
register.filter(texts.under_heading)
register.filter(texts.round_summary)
register.filter(texts.said_in_short)
register.filter(picture_words)
register.filter(excused_words)
register.filter(was_there)
register.filter(ways)
register.filter(minutes_called)

MEETINGS = 12
"""Meetings that an issue says it was up at; how many there were before them it says in a word."""


@register.filter
def leading(address: str, way: WayBack) -> str:
    """The address, with the way back to the page that it stands on."""
    return way.carried_by(address)


@register.filter
def answer_lines(form: TableAnswerFields, decision: Decision) -> list[AnswerLine]:
    """The lines of the form with what is answered to what the decision proposes."""
    return [line for line in form.answer_lines if line.proposed.decision_id == decision.pk]


@register.filter
def at_table(answer: TableAnswer) -> str:
    """What is answered at the table, in a sentence."""
    return said_at_table(answer.organisation, answer, timezone.localdate())


@register.filter
def row_of(table: list[AttendanceRow], organisation: Organisation) -> AttendanceRow | None:
    return next((row for row in table if row.organisation == organisation), None)


@register.filter
def occasion_in_words(occasion: Occasion) -> str:
    return occasion.in_words(today=timezone.localdate())


@register.filter
def due_if_asked(assignment: Assignment, usual: date) -> date:
    return assignment.due_if_asked(timezone.localdate(), usual)


@register.inclusion_tag("issues/_observation_row.html")
def observation_on_the_wall(observation: Observation) -> dict[str, Any]:
    """A row of `ul.rows` that names no reporter, whoever is signed in: the whole room reads it."""
    about = observation_about(observation, timezone.localdate(), names_reporter=False)
    return {"observation": observation, "about": about}


@register.inclusion_tag("meetings/_meetings_of_issue.html", takes_context=True)
def meetings_of_issue(context: Context, issue: Issue) -> dict[str, Any]:
    """A row of the issue's facts: the latest meetings it has been up at, as far as the member may know them."""
    held: Any = AgendaItem.objects.visible_to(context["request"].user).discussions_of(issue)
    items = list(held.annotate(in_all=Window(Count("pk")))[:MEETINGS])
    return {"items": items, "earlier": items[0].in_all - len(items) if items else 0}


@register.inclusion_tag("meetings/_raise_issue.html", takes_context=True)
def raise_issue(context: Context, issue: Issue) -> dict[str, Any]:
    """A button that puts the issue on the next agenda, or where it stands there already."""
    member = context["request"].user
    meeting = None if not issue.is_open or not member.is_in_group else coming_for(issue, member)
    if meeting is None or not rules.may_order_agenda(member, meeting):
        return {}
    today = timezone.localdate()
    line = key_about(meeting, issue, member, today, meeting.about)
    return {"meeting": meeting, "ahead": texts.day_ahead(meeting.day, today), "issue": issue, "line": line}


@register.inclusion_tag("meetings/_already_out.html", takes_context=True)
def already_out(context: Context, issue: Issue) -> dict[str, Any]:
    """A section of where the issue stands that others have or may have: frozen minutes, the agenda of a meeting."""
    member = context["request"].user
    meeting = None if issue.is_closed else coming_for(issue, member)
    if meeting and not key_about(meeting, issue, member, timezone.localdate(), meeting.about):
        meeting = None
    told = list(Minutes.objects.visible_to(member).telling_of(issue))
    words = [*dict.fromkeys(map(minutes_called, told))]
    where, them = listed([each.collected for each in words]), "dem"
    if len(told) == 1:
        where, them = words[0].definite, words[0].them
    return {"minutes": told, "meeting": meeting, "where": where, "them": them, "group": member.group}


@register.inclusion_tag("meetings/_items_about.html")
def items_about(issue: Issue) -> dict[str, Any]:
    """A row of a list: on how many items of meetings the issue stands."""
    return {"number": AgendaItem.objects.filter(issue=issue, removed=False).count()}


@register.inclusion_tag("meetings/_said_by.html")
def said_since_last_meeting(organisation: Organisation) -> dict[str, Any]:
    """A row of the organisation's facts: whether it has reported, has nothing to report or has not reported."""
    last, said = said_by(organisation, timezone.localdate())
    return {"last": last, "said": said} if said.word != Said.OUTSIDE else {}


@register.inclusion_tag("meetings/_coming_to.html", takes_context=True)
def coming_to(context: Context, meeting: Meeting, table: list[AttendanceRow] | None = None) -> dict[str, Any]:
    """How many are expected at a planned meeting, and "Kommer du?" for one who sits. `table` where it is at hand.

    Who prepares it is told which organisations nobody comes from.
    """
    member = context["request"].user
    if not meeting.is_planned or not rules.may_see_who_comes(member, meeting):
        return {}
    table = rows(meeting) if table is None else table
    return {
        "meeting": meeting,
        "member": member,
        "attendance": attendance_summary(table, meeting),
        "nobody": nobody_from(table) if rules.may_answer_for_others(member, meeting) else "",
        "own": own_answer(table, member),
    }
