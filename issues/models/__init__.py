from issues.models.access_grant import AccessGrant
from issues.models.action import Action
from issues.models.action_lists import in_order_of_need
from issues.models.answer import Answer
from issues.models.assignment import Assignment
from issues.models.category import Category
from issues.models.closure import Closure
from issues.models.date_change import DateChange
from issues.models.done_report import DoneReport
from issues.models.escalation import Escalation, Ruling
from issues.models.escalation_path import EscalationPath
from issues.models.event import Event
from issues.models.event_points import load_points
from issues.models.event_sentences import closed_words, despite_words, meeting_in_passing, observation_words
from issues.models.follower import Follower, with_following
from issues.models.issue import Issue
from issues.models.issue_lists import (
    going_on,
    most_in_need,
    neediest_first,
    search,
    search_conditions,
    with_action_details,
    with_actions,
    with_row_facts,
)
from issues.models.issue_status import IssueStatusFilter
from issues.models.nil_report import NilReport
from issues.models.note import Note
from issues.models.numbering import Counter, Tombstone
from issues.models.observation import Observation
from issues.models.opening import Opening
from issues.models.place import Place
from issues.models.progress import Progress
from issues.models.remaining import keys_of_remaining, remains, say_it_remains, seems_solved, with_reports
from issues.models.status import ATTENTION, OVERDUE, UNANSWERED, UNENDED, ActionStatus
from issues.models.supporting import ActionSupport

__all__ = [
    "ATTENTION",
    "OVERDUE",
    "UNANSWERED",
    "UNENDED",
    "AccessGrant",
    "Action",
    "ActionStatus",
    "ActionSupport",
    "Answer",
    "Assignment",
    "Category",
    "Closure",
    "Counter",
    "DateChange",
    "DoneReport",
    "Escalation",
    "EscalationPath",
    "Event",
    "Follower",
    "Issue",
    "IssueStatusFilter",
    "NilReport",
    "Note",
    "Observation",
    "Opening",
    "Place",
    "Progress",
    "Ruling",
    "Tombstone",
    "closed_words",
    "despite_words",
    "going_on",
    "in_order_of_need",
    "keys_of_remaining",
    "load_points",
    "meeting_in_passing",
    "most_in_need",
    "neediest_first",
    "observation_words",
    "remains",
    "say_it_remains",
    "search",
    "search_conditions",
    "seems_solved",
    "with_action_details",
    "with_actions",
    "with_following",
    "with_reports",
    "with_row_facts",
]
