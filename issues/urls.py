"""Addresses of observations, ärenden and åtgärder: Swedish paths, English names, one function each."""

from django.urls import URLPattern, path, register_converter

from issues.numbers import NumberConverter
from issues.views import (
    action,
    answer_link,
    assignment,
    escalation,
    follow,
    issue,
    nil_report,
    note,
    observation,
    old_list,
    restricting,
    striking,
    triage,
    withdrawal,
)

register_converter(NumberConverter, "number")

app_name = "issues"

observations: list[URLPattern] = [
    path("rapportera/", observation.report, name="report"),
    path("rapportera/tack/<int:pk>/", observation.report_sent, name="report_sent"),
    path("rapportera/inget/<int:pk>/", nil_report.nil_report, name="nil_report"),
    path("rapportera/inget/<int:pk>/angra/", nil_report.nil_report_withdraw, name="nil_report_withdraw"),
    path("observationer/", observation.observation_list, name="observation_list"),
    path("observationer/<int:pk>/", observation.observation_detail, name="observation_detail"),
    path("observationer/<int:pk>/ratta/", observation.observation_correct, name="observation_correct"),
    path("observationer/<int:pk>/ta-tillbaka/", withdrawal.observation_withdraw, name="observation_withdraw"),
    path("observationer/<int:pk>/namngivna/", restricting.observation_named, name="observation_named"),
    path(
        "observationer/<int:pk>/namngivna/<int:member>/ta-bort/",
        restricting.observation_unname,
        name="observation_unname",
    ),
    path("observationer/<int:pk>/oppningar/", restricting.observation_openings, name="observation_openings"),
    path("sortera/", triage.triage, name="triage"),
    path("sortera/tangenter/", triage.triage_keys, name="triage_keys"),
    path("sortera/markerade/", triage.triage_marked, name="triage_marked"),
    path("sortera/markerade/nytt-arende/", triage.triage_issue, name="triage_issue"),
    path("sortera/markerade/koppla/", triage.triage_attach, name="triage_attach"),
    path("sortera/markerade/avvisa/", triage.triage_reject, name="triage_reject"),
    path("sortera/markerade/tillbaka/", triage.triage_put_back, name="triage_put_back"),
    path("observationer/<int:pk>/nytt-arende/", triage.observation_issue, name="observation_issue"),
    path("observationer/<int:pk>/koppla/", triage.observation_attach, name="observation_attach"),
    path("observationer/<int:pk>/notera/", triage.observation_note, name="observation_note"),
    path("observationer/<int:pk>/avvisa/", triage.observation_reject, name="observation_reject"),
    path("observationer/<int:pk>/tillbaka/", triage.observation_put_back, name="observation_put_back"),
]

issues: list[URLPattern] = [
    path("arenden/", issue.issue_list, name="list"),
    path("arenden/nytt/", issue.issue_create, name="create"),
    path("arenden/<number:number>/", issue.issue_detail, name="detail"),
    path("arenden/<number:number>/andra/", issue.issue_change, name="change"),
    path("arenden/<number:number>/avslut/", issue.issue_close, name="close"),
    path("arenden/<number:number>/vila/", issue.issue_pause, name="pause"),
    path("arenden/<number:number>/ateruppta/", issue.issue_resume, name="resume"),
    path("arenden/<number:number>/oppna-igen/", issue.issue_reopen, name="reopen"),
    path("arenden/<number:number>/kvarstar/", issue.issue_remains, name="remains"),
    path("arenden/<number:number>/stryk/", striking.issue_strike, name="strike"),
    path("arenden/<number:number>/aterstall/", striking.issue_restore, name="restore"),
    path("arenden/<number:number>/folj/", follow.issue_follow, name="follow"),
    path("arenden/<number:number>/sluta-folja/", follow.issue_unfollow, name="unfollow"),
    path("arenden/<number:number>/anteckna/", note.issue_note, name="note"),
    path("arenden/<number:number>/begransa/", restricting.issue_restrict, name="restrict"),
    path("arenden/<number:number>/hav-begransning/", restricting.issue_lift, name="lift"),
    path("arenden/<number:number>/namngivna/", restricting.issue_named, name="named"),
    path("arenden/<number:number>/namngivna/<int:member>/ta-bort/", restricting.issue_unname, name="unname"),
    path("arenden/<number:number>/oppningar/", restricting.issue_openings, name="openings"),
    path("anteckningar/<int:pk>/ratta/", note.note_correct, name="note_correct"),
    path("anteckningar/<int:pk>/aterta/", note.note_withdraw, name="note_withdraw"),
]

actions: list[URLPattern] = [
    path("arenden/<number:number>/ny-atgard/", action.action_create, name="action_create"),
    path("atgarder/", action.action_list, name="action_list"),
    path("atgarder/lista.csv", action.action_list_csv, name="action_list_csv"),
    path("atgarder/lista.xlsx", action.action_list_excel, name="action_list_excel"),
    path("atgarder/gammal-lista/", old_list.old_list_create, name="old_list_create"),
    path("atgarder/gammal-lista/mall.csv", old_list.old_list_template, name="old_list_template"),
    path("atgarder/gammal-lista/<int:pk>/", old_list.old_list_detail, name="old_list_detail"),
    path("atgarder/gammal-lista/<int:pk>/kolumner/", old_list.old_list_columns, name="old_list_columns"),
    path("atgarder/gammal-lista/<int:pk>/fel.csv", old_list.old_list_wrong, name="old_list_wrong"),
    path("atgarder/<int:pk>/", action.action_detail, name="action_detail"),
    path("atgarder/<int:pk>/foresla/", action.action_propose, name="action_propose"),
    path("atgarder/<int:pk>/overlamna/", action.action_hand_over, name="action_hand_over"),
    path("atgarder/<int:pk>/aterta/", action.action_cancel, name="action_cancel"),
    path("atgarder/<int:pk>/paminn/", action.action_remind, name="action_remind"),
    path("atgarder/<int:pk>/lank/ogiltig/", action.action_void_link, name="action_void_link"),
    path("atgarder/<int:pk>/eskalera/", escalation.action_escalate, name="action_escalate"),
    path("atgarder/<int:pk>/avgjord/", escalation.action_rule, name="action_rule"),
    path("eskaleringar/<int:pk>/aterta/", escalation.escalation_withdraw, name="escalation_withdraw"),
    path("gruppen/eskalering/", escalation.escalation_paths, name="escalation_paths"),
    path("atgarder/<int:pk>/paborjad/", action.action_start, name="action_start"),
    path("atgarder/<int:pk>/klar/", action.action_finish, name="action_finish"),
    path("atgarder/<int:pk>/klar/aterta/", action.done_withdraw, name="done_withdraw"),
    path("atgarder/<int:pk>/lage/", action.action_progress, name="action_progress"),
    path("lagen/<int:pk>/aterta/", action.progress_withdraw, name="progress_withdraw"),
    path("atgarder/<int:pk>/avstamning/", action.action_review, name="action_review"),
    path("atgarder/<int:pk>/datum/", action.action_change_date, name="action_change_date"),
    path("overlamningar/<int:pk>/ja/", assignment.assignment_accept, name="assignment_accept"),
    path("overlamningar/<int:pk>/redan-gjort/", assignment.assignment_already_done, name="assignment_already_done"),
    path("overlamningar/<int:pk>/nej/", assignment.assignment_decline, name="assignment_decline"),
    path("overlamningar/<int:pk>/fraga/", assignment.assignment_ask, name="assignment_ask"),
    path("overlamningar/<int:pk>/vidare/", assignment.assignment_pass_on, name="assignment_pass_on"),
    path("overlamningar/<int:pk>/aterta-svar/", assignment.answer_withdraw, name="answer_withdraw"),
    path("overlamningar/<int:pk>/handlaggning/", assignment.assignment_handling, name="assignment_handling"),
    path("overlamningar/<int:pk>/lamna-till/", assignment.assignment_hand_to, name="assignment_hand_to"),
    path("overlamningar/<int:pk>/ta-hand-om/", assignment.assignment_take_on, name="assignment_take_on"),
]

links: list[URLPattern] = [
    path("besked/<str:token>/", answer_link.answer_link, name="answer_link"),
    path("besked/<str:token>/aterta/<slug:what>/", answer_link.answer_link_take_back, name="answer_link_take_back"),
    path("besked/<str:token>/<slug:step>/", answer_link.answer_link_step, name="answer_link_step"),
    path("besked/<path:mangled>", answer_link.answer_link_mangled, name="answer_link_mangled"),
]

urlpatterns = observations + issues + actions + links
