from django.urls import path

from meetings.views import agenda, attendance, calling_off, closing, documents, meeting, minutes, originals, room

app_name = "meetings"

urlpatterns = [
    path("", meeting.meeting_list, name="list"),
    path("nytt/", meeting.meeting_create, name="create"),
    path("<int:pk>/", meeting.meeting_detail, name="detail"),
    path("<int:pk>/andra/", meeting.meeting_change, name="change"),
    path("<int:pk>/kallelse/", meeting.meeting_call, name="call"),
    path("<int:pk>/stall-in/", calling_off.meeting_call_off, name="call_off"),
    path("<int:pk>/stall-in/angra/", calling_off.meeting_reinstate, name="reinstate"),
    path("<int:pk>/stall-in/skicka/", calling_off.meeting_send_calling_off_now, name="send_calling_off_now"),
    path("<int:pk>/starta/", meeting.meeting_start, name="start"),
    path("<int:pk>/starta/angra/", meeting.meeting_unstart, name="unstart"),
    path("<int:pk>/dagordning/<slug:key>/flytta/", agenda.agenda_move, name="agenda_move"),
    path("<int:pk>/dagordning/ta-bort/", agenda.agenda_remove, name="agenda_remove"),
    path("<int:pk>/dagordning/aterstall/", agenda.agenda_restore, name="agenda_restore"),
    path("<int:pk>/dagordning/lagg-till/", agenda.agenda_add, name="agenda_add"),
    path("<int:pk>/dagordning/<slug:key>/foredragande/", agenda.agenda_present, name="agenda_present"),
    path("<int:pk>/kommer/", attendance.call_answer, name="call_answer"),
    path("<int:pk>/narvaro/", attendance.attendance, name="attendance"),
    path("punkter/<int:pk>/", room.item_detail, name="item_detail"),
    path("punkter/<int:pk>/notering/", room.note_save, name="note_save"),
    path("punkter/<int:pk>/inget/<int:organisation>/", room.nothing_to_report, name="nothing_to_report"),
    path("<int:pk>/avslut/", closing.meeting_close, name="close"),
    path("<int:pk>/avslut/angra/", closing.meeting_unclose, name="unclose"),
    path("<int:pk>/avslut/skicka/", closing.meeting_send_now, name="send_now"),
    path("<int:pk>/minnesanteckningar/", minutes.minutes_detail, name="minutes_detail"),
    path("<int:pk>/anteckningar.pdf", documents.minutes_pdf, name="minutes_pdf"),
    path("<int:pk>/anteckningar-<int:version>.pdf", documents.minutes_version_pdf, name="minutes_version_pdf"),
    path("<int:pk>/anteckningar-<int:version>/filer/", documents.minutes_version_files, name="minutes_version_files"),
    path("<int:pk>/anteckningar-<int:version>/original/", originals.original, name="original"),
    path("<int:pk>/anteckningar-<int:version>/original/text/", originals.original_text, name="original_text"),
    path("<int:pk>/anteckningar-<int:version>/original.pdf", originals.original_pdf, name="original_pdf"),
    path("<int:pk>/anteckningar-<int:version>/original.docx", originals.original_word, name="original_word"),
    path("<int:pk>/anteckningar.docx", documents.minutes_word, name="minutes_word"),
    path("<int:pk>/dagordning.pdf", documents.agenda_pdf, name="agenda_pdf"),
    path("<int:pk>/dagordning.docx", documents.agenda_word, name="agenda_word"),
]
