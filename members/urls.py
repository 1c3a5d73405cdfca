"""Addresses of the group's people and organisations: Swedish paths, English names, one function each."""

from django.urls import path

from members.views import group, member, organisation, seat

app_name = "members"

urlpatterns = [
    path("", group.group, name="group"),
    path("installningar/", group.group_change, name="group_change"),
    path("logotyp.png", group.logotype, name="logotype"),
    path("logotyp/", group.logotype_change, name="logotype_change"),
    path("logotyp/ta-bort/", group.logotype_remove, name="logotype_remove"),
    path("organisationer/ny/", organisation.organisation_create, name="organisation_create"),
    path("organisationer/<int:pk>/", organisation.organisation_detail, name="organisation_detail"),
    path("organisationer/<int:pk>/andra/", organisation.organisation_change, name="organisation_change"),
    path("organisationer/<int:pk>/plats/", seat.seat_create, name="seat_create"),
    path("platser/<int:pk>/avslut/", seat.seat_end, name="seat_end"),
    path("medlemmar/ny/", member.member_create, name="member_create"),
    path("medlemmar/<int:pk>/", member.member_detail, name="member_detail"),
    path("medlemmar/<int:pk>/andra/", member.member_change, name="member_change"),
]
