"""The group, its people and organisations, and oneself."""

from __future__ import annotations

from typing import Any

from members.group_import.planning import GroupImport
from members.models import ContactPoint, Group, How, Logotype, Member, Seat, Subject
from members.outbox.unsubscribing import token_for
from tests.days import in_days, today
from tests.factories import PASSWORD, MemberFactory
from tests.home.growing_world import World
from tests.home.posts import Sent, to
from tests.members.importing import kept, lines
from tests.notices import undelivered
from tests.pictures import picture, sent


def settings(world: World) -> Sent:
    typed = {"name": "Trygghet Exempel", "municipality": "Exempel", "answer_days": "10", "call_days": "7"}
    return to("members:group_change", **typed, version=Group.current().version)


def privacy_settings(world: World) -> Sent:
    typed = {"controller": "Kommunstyrelsen i Exempel", "accessibility_mail": "hinder@exempel.se"}
    return to("members:privacy_change", **typed, version=Group.current().version)


def a_point(world: World) -> ContactPoint:
    return ContactPoint.add(by=world.by, name="Fältgruppen", phone="0980-319 200")


def add_contact_point(world: World) -> Sent:
    return to("members:contact_point_create", name="Socialtjänsten", phone="0980-319 201", after="0")


def change_contact_point(world: World) -> Sent:
    point = a_point(world)
    typed = {"name": "Fältarna", "phone": "0980-319 202", "active": "on", "after": "0"}
    return to("members:contact_point_change", point.pk, **typed, version=point.version)


def remove_contact_point(world: World) -> Sent:
    point = a_point(world)
    return to("members:contact_point_remove", point.pk, version=point.version)


def send_again(world: World) -> Sent:
    return to("members:notice_send_again", undelivered(world.representative).pk)


def let_be(world: World) -> Sent:
    return to("members:notice_let_be", undelivered(world.representative).pk)


def invite_one(world: World) -> Sent:
    return to("members:member_invite", MemberFactory().pk)


def invite_all(world: World) -> Sent:
    return to("members:invite_all")


def choose_mail(world: World) -> Sent:
    return to("notice_choices", begin=22, end=6, **dict.fromkeys(Subject, How.DAILY))


def no_more_mail(world: World) -> Sent:
    return to("no_more_mail", token_for(world.representative, [Subject.FOLLOWED]))


def read_sheet(world: World) -> Sent:
    return to("members:import_create", pasted=lines("Hamnbolaget AB||||||||"))


def name_columns(world: World) -> Sent:
    return to("members:import_columns", kept(world.by).pk, column_0="organisation", column_5="email", has_headings="on")


def bring_in(world: World) -> Sent:
    read = kept(world.by)
    return to("members:import_detail", read.pk, shown=GroupImport().plan(read.sheet_rows).digest)


def logotype(world: World) -> Sent:
    return to("members:logotype_change", picture=sent(picture()))


def no_logotype(world: World) -> Sent:
    return to("members:logotype_remove", version=Logotype.put(picture(), by=world.by).version)


def admit(world: World) -> Sent:
    return to(
        "members:organisation_create", name="Hamnbolaget AB", kind="company", active_from="2026-01-01", in_group="on"
    )


def organisation_of(world: World, **changed: Any) -> Sent:
    shown = {"name": world.technical.name, "kind": world.technical.kind, "active_from": "2021-01-01", "in_group": "on"}
    return to("members:organisation_change", world.technical.pk, **shown, version=world.technical.version, **changed)


def change_organisation(world: World) -> Sent:
    return organisation_of(world, area="Gator")


def organisation_leaves(world: World) -> Sent:
    return organisation_of(world, active_to=in_days(30).isoformat())


def give_place(world: World) -> Sent:
    typed = {"member": MemberFactory().pk, "role": "ordinary", "since": today().isoformat()}
    return to("members:seat_create", world.technical.pk, **typed)


def end_place(world: World) -> Sent:
    seat = Seat.objects.get(member=world.representative)
    return to("members:seat_end", seat.pk, last_day=in_days(30).isoformat(), version=seat.version)


def enter(world: World) -> Sent:
    typed = {"name": "Elin Skiss", "email": "elin.skiss@exempel.se", "organisation": world.technical.pk}
    return to("members:member_create", **typed, role="ordinary", answers_for=[world.housing.pk])


def change_member(world: World) -> Sent:
    member = Member.objects.get(pk=world.representative.pk)
    shown = {"name": member.name, "email": member.email, "organisation": member.organisation_id, "is_active": "on"}
    return to("members:member_change", member.pk, **shown, phone="0383-971 00", version=member.version)


def own_account(world: World) -> Sent:
    return to("account")


def welcomed(world: World) -> Sent:
    return to("welcomed")


def look_at_a_text(world: World) -> Sent:
    return to("guard", text="Anna Svensson ringde från 070-174 06 05.", field="text")


def password(world: World) -> Sent:
    new = "en lykta vid stigen"
    return to("account_change_password", oldpassword=PASSWORD, password1=new, password2=new)


def sign_out(world: World) -> Sent:
    return to("account_logout")
