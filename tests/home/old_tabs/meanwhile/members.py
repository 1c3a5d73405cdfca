"""To a seat, an organisation, a member, or the group."""

from __future__ import annotations

from members.models import ContactPoint, Group, Logotype, Member, Notice, Organisation, Seat
from tests.days import in_days
from tests.factories import MemberFactory
from tests.home.growing_world import World
from tests.home.old_tabs.meanwhile import Happening
from tests.pictures import picture


def end(world: World, seat: Seat) -> None:
    seat.end(last_day=in_days(-1), by=world.by)


def end_later(world: World, seat: Seat) -> None:
    seat.end(last_day=in_days(5), by=world.by)


def withdraw(world: World, seat: Seat) -> None:
    seat.withdraw(by=world.by)


def give_to_another(world: World, seat: Seat) -> None:
    new, since = MemberFactory(), in_days(2)
    Seat.appoint(organisation=seat.organisation, role=seat.role, member=new, since=since, by=world.by)


def leave(world: World, organisation: Organisation) -> None:
    organisation.change(by=world.by, active_to=in_days(-1))


def rename(world: World, organisation: Organisation) -> None:
    organisation.change(by=world.by, area="Parker")


def its_organisation_leaves(world: World, seat: Seat) -> None:
    leave(world, seat.organisation)


SEAT: dict[str, Happening] = {
    "ended": end,
    "ending": end_later,
    "withdrawn": withdraw,
    "another's": give_to_another,
    "its organisation out of the group": its_organisation_leaves,
}
ORGANISATION: dict[str, Happening] = {"out of the group": leave, "changed": rename}


def shut(world: World, member: Member) -> None:
    member.change(by=world.by, is_active=False)


def make_reader(world: World, member: Member) -> None:
    member.change(by=world.by, is_reader=True)


MEMBER: dict[str, Happening] = {"shut out": shut, "made a reader": make_reader}


def change_group(world: World, group: Group) -> None:
    group.change(by=world.by, name="Trygghet Annanstans")


def put_logotype(world: World, group: Group) -> None:
    Logotype.put(picture(size=(30, 20)), by=world.by)


def remove_logotype(world: World, group: Group) -> None:
    Logotype.remove(by=world.by)


GROUP: dict[str, Happening] = {
    "changed": change_group,
    "with another logotype": put_logotype,
    "without logotype": remove_logotype,
}


def change_point(world: World, point: ContactPoint) -> None:
    point.change(by=world.by, name="Fältassistenterna")


def remove_point(world: World, point: ContactPoint) -> None:
    point.remove(by=world.by)


def send_notice_again(world: World, notice: Notice) -> None:
    notice.send_again(by=world.by)


def let_notice_be(world: World, notice: Notice) -> None:
    notice.let_be(by=world.by)


NOTICE: dict[str, Happening] = {"sent again": send_notice_again, "left": let_notice_be}
CONTACT_POINT: dict[str, Happening] = {"changed": change_point, "removed": remove_point}
