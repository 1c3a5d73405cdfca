"""Addresses of the group's people and organisations: Swedish paths, English names, one function each."""

from django.urls import path

from members.views import contact_point, group, group_import, invitation, member, notice, organisation, seat

app_name = "members"

urlpatterns = [
    path("", group.group, name="group"),
    path("installningar/", group.group_change, name="group_change"),
    path("installningar/uppgifter/", group.privacy_change, name="privacy_change"),
    path("kontaktvagar/ny/", contact_point.contact_point_create, name="contact_point_create"),
    path("kontaktvagar/<int:pk>/", contact_point.contact_point_change, name="contact_point_change"),
    path("kontaktvagar/<int:pk>/ta-bort/", contact_point.contact_point_remove, name="contact_point_remove"),
    path("inbjudningar/", invitation.invitations, name="invitations"),
    path("inbjudningar/alla/", invitation.invite_all, name="invite_all"),
    path("import/", group_import.import_create, name="import_create"),
    path("import/mall.csv", group_import.import_template, name="import_template"),
    path("import/<int:pk>/", group_import.import_detail, name="import_detail"),
    path("import/<int:pk>/kolumner/", group_import.import_columns, name="import_columns"),
    path("import/<int:pk>/fel.csv", group_import.import_wrong, name="import_wrong"),
    path("logotyp.png", group.logotype, name="logotype"),
    path("logotyp/", group.logotype_change, name="logotype_change"),
    path("logotyp/ta-bort/", group.logotype_remove, name="logotype_remove"),
    path("mejl/", notice.undelivered, name="undelivered"),
    path("mejl/<int:pk>/igen/", notice.notice_send_again, name="notice_send_again"),
    path("mejl/<int:pk>/bort/", notice.notice_let_be, name="notice_let_be"),
    path("organisationer/ny/", organisation.organisation_create, name="organisation_create"),
    path("organisationer/<int:pk>/", organisation.organisation_detail, name="organisation_detail"),
    path("organisationer/<int:pk>/andra/", organisation.organisation_change, name="organisation_change"),
    path("organisationer/<int:pk>/plats/", seat.seat_create, name="seat_create"),
    path("platser/<int:pk>/avslut/", seat.seat_end, name="seat_end"),
    path("medlemmar/ny/", member.member_create, name="member_create"),
    path("medlemmar/<int:pk>/", member.member_detail, name="member_detail"),
    path("medlemmar/<int:pk>/inbjudan/", invitation.member_invite, name="member_invite"),
    path("medlemmar/<int:pk>/andra/", member.member_change, name="member_change"),
]
