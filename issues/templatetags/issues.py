"""Filters for the texts of issues, by their own names."""

from django import template

from base.ui.templatetags.ui import as_of_today
from issues.texts import evidence as observed_wording
from issues.texts import issue as issue_wording
from issues.texts.timeline import event_words

register = template.Library()
register.filter(issue_wording.priority_words)
register.filter(issue_wording.kind_words)
register.filter(issue_wording.beside_title)
register.filter(event_words)
register.filter(as_of_today(issue_wording.issue_state))
register.filter(as_of_today(issue_wording.ending_state))
register.filter(observed_wording.evidence)
register.filter(observed_wording.observed_short)
