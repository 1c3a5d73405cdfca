from issues.models.action import Action
from issues.models.assignment import Assignment
from issues.models.beginning import begin_issue
from issues.models.category import Category
from issues.models.channel import Channel
from issues.models.date_change import DateChange
from issues.models.demand import ATTENTION, UNENDED, Demand
from issues.models.event import Event
from issues.models.holder import Holder
from issues.models.issue import Issue
from issues.models.issue_rows import with_actions, with_row_facts
from issues.models.issue_search import search
from issues.models.named import Named, ObservationNamed
from issues.models.numbering import Counter
from issues.models.observation import Observation
from issues.models.observed import Audience, Observed
from issues.models.place import Place
from issues.models.standing import Standing
from issues.models.supporting import Supporting

__all__ = [
    "ATTENTION",
    "UNENDED",
    "Action",
    "Assignment",
    "Audience",
    "Category",
    "Channel",
    "Counter",
    "DateChange",
    "Demand",
    "Event",
    "Holder",
    "Issue",
    "Named",
    "Observation",
    "ObservationNamed",
    "Observed",
    "Place",
    "Standing",
    "Supporting",
    "begin_issue",
    "search",
    "with_actions",
    "with_row_facts",
]
