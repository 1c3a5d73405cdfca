from members.models.base import Dated
from members.models.group import Group
from members.models.member import AnswersFor, Member
from members.models.organisation import Organisation
from members.models.seat import Seat

__all__ = ["AnswersFor", "Dated", "Group", "Member", "Organisation", "Seat"]
