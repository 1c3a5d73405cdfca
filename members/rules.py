"""Who may do what with the group's people and organisations."""

from members.models import Member


def may_manage_members(member: Member) -> bool:
    return member.is_coordinator


def may_see_members(member: Member) -> bool:
    """The group knows itself; a handläggare, a reader and a guest have no use for the list."""
    return member.sees_everything_unrestricted
