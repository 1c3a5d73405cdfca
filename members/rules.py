"""Who may do what with the group's people and organisations."""

from members.models import Member


def may_manage_members(member: Member) -> bool:
    return member.is_coordinator


def may_see_members(member: Member) -> bool:
    """Whether she may see the list of the group: a handläggare, a reader and a guest have no use for it."""
    return member.is_in_group


def answers_for_somebody(member: Member) -> bool:
    """Whether she sits for an organisation or is marked to answer for one."""
    return bool(member.organisation_ids)


def has_a_seat(member: Member) -> bool:
    """Whether she sits for an organisation, as ordinarie or ersättare."""
    return bool(member.seat_ids)


def follows_from_the_side(member: Member) -> bool:
    """Whether she is a reader who is not of the group: KLG and the like."""
    return member.is_reader and not member.is_in_group


def is_guest(member: Member) -> bool:
    """Whether she has neither seat nor mark: invited to an item."""
    return not (member.is_coordinator or member.is_reader or member.organisation_ids)
