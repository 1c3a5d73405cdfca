from members.models.contact_point import ContactPoint
from members.models.group import Group
from members.models.logotype import Logotype
from members.models.member import AnswersFor, LastCoordinator, Member
from members.models.organisation import Organisation
from members.models.seat import Roster, Seat

__all__ = [
    "AnswersFor",
    "ContactPoint",
    "Group",
    "LastCoordinator",
    "Logotype",
    "Member",
    "Organisation",
    "Roster",
    "Seat",
]
