from members.models.contact_point import ContactPoint
from members.models.group import Group
from members.models.invitation import Invitation
from members.models.logotype import Logotype
from members.models.member import AnswersFor, LastCoordinator, Member
from members.models.minutes_words import MinutesName, MinutesWords
from members.models.notice import Notice, NoticeCause, NoticeStep
from members.models.notice_choice import How, NoticeChoice, Subject
from members.models.organisation import Organisation
from members.models.outside_contact import OutsideContact
from members.models.quiet_hours import QuietHours
from members.models.seat import Roster, Seat

__all__ = [
    "AnswersFor",
    "ContactPoint",
    "Group",
    "How",
    "Invitation",
    "LastCoordinator",
    "Logotype",
    "Member",
    "MinutesName",
    "MinutesWords",
    "Notice",
    "NoticeCause",
    "NoticeChoice",
    "NoticeStep",
    "Organisation",
    "OutsideContact",
    "QuietHours",
    "Roster",
    "Seat",
    "Subject",
]
