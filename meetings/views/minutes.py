"""The views of the minutes: the page, and what is loaded for it and for the documents."""

from django.db.models import Exists
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from base.ui.methods import require_safe_or_post
from base.ui.once import posted, save_once
from base.ui.undo import tells_of
from meetings import rules
from meetings.approvals_shown import ApprovalShown
from meetings.correcting import may_start_correcting
from meetings.forms.approving import undo_of_mark
from meetings.forms.registering import RegistryForm
from meetings.minutes.annex import has_annex, is_before_annex
from meetings.minutes.editions import Edition, Hidden
from meetings.minutes.extract import Offered
from meetings.minutes.left_out import left_out_for
from meetings.minutes.originals import versions_for
from meetings.minutes.reading import changes_between, draft_view, frozen_view
from meetings.minutes_mails import mailings_of
from meetings.models import AnnexPart, Meeting, Minutes
from meetings.registering import NOT_CLOSED
from meetings.registry_rows import registered_line, with_registered
from meetings.texts.correcting import correction_under_way, why_not_corrected
from meetings.views.meeting import get_meeting
from meetings.views.meeting_page import after_closing
from members.access import MemberRequest, ensure


def get_minutes(request: MemberRequest, pk: int) -> tuple[Meeting, list[Edition]]:
    """The meeting and its versions as they are read, the latest first.

    None only where the member may read the draft of the first.
    """
    meeting = get_meeting(request, pk)
    versions = with_registered(Minutes.objects.visible_to(request.user).of(meeting).latest_first().with_pdf_digest())
    annex = AnnexPart.objects.visible_to(request.user).of_each_meeting()
    lifted = annex.filter(issue__restricted=False, content__has_key="corrected")
    versions = versions.annotate(has_annex=Exists(annex), has_lifted=Exists(lifted))  # type: ignore[no-redef]
    hidden = Hidden.by_restriction()
    editions = [Edition.of(minutes, hidden) for minutes in versions]
    if not editions and not rules.may_read_draft(request.user, meeting):
        raise Http404
    return meeting, editions


def get_version(request: MemberRequest, meeting: Meeting, version: int) -> Minutes:
    return get_object_or_404(Minutes.objects.visible_to(request.user).of(meeting).latest_first(), version=version)


@require_safe
def minutes_detail(request: MemberRequest, pk: int) -> HttpResponse:
    meeting, editions = get_minutes(request, pk)
    is_draft = rules.may_read_draft(request.user, meeting)
    minutes_view = draft_view(meeting) if is_draft else frozen_view(editions[0])
    left_out = left_out_for(request.user, meeting, editions)
    versions = [edition.minutes for edition in editions]
    approval = None if is_draft else ApprovalShown.of(request.user, meeting, editions)
    context = {
        "meeting": meeting,
        "minutes": None if is_draft else editions[0].minutes,
        "minutes_view": minutes_view,
        "left_out": left_out,
        "has_annex": has_annex(editions, left_out, is_draft=is_draft),
        "is_before_annex": not is_draft and is_before_annex(editions[0].minutes),
        "in_original": [issue for issue in left_out if vars(issue)["is_in_original"]],
        "mailings": mailings_of(meeting),
        "extracts": None if is_draft else Offered.of(editions[0]),
        "versions": versions_for(request.user, editions),
        "may_choose_copies": rules.may_choose_copies(request.user),
        "may_keep": rules.may_run_meeting(request.user, meeting),
        "after_closing": after_closing(request.user, meeting, minutes_view.called),
        "may_register": meeting.is_closed and rules.may_register_minutes(request.user, meeting),
        "may_correct": may_start_correcting(request.user, meeting),
        "no_more": why_not_corrected(request.user, meeting),
        "correction": correction_under_way(meeting, minutes_view.called),
        "is_corrected": meeting.is_being_corrected and rules.may_run_meeting(request.user, meeting),
        "may_discard": meeting.is_being_corrected and rules.may_discard_correction(request.user, meeting),
        "registered": registered_line(versions),
        "approval": approval,
        "changed_before": changes_between(editions, approval.since) if approval and approval.since else [],
        "marks": [
            mark
            for mark in (approval.marks if approval else [])
            if not tells_of(request, undo_of_mark(mark.approver.approver, mark.version))
        ],
        "may_send_to_registry": rules.may_send_to_registry(request.user, meeting),
        "may_unclose": rules.may_unclose_meeting(request.user, meeting),
    }
    return render(request, "meetings/minutes_detail.html", context)


@require_safe_or_post
def minutes_register(request: MemberRequest, pk: int) -> HttpResponse:
    """Give a closed meeting its diarienummer."""
    meeting = ensure(rules.may_register_minutes, request.user, get_meeting(request, pk))
    form = RegistryForm(posted(request), meeting=meeting, by=request.user)
    context = {"form": form, "meeting": meeting, "not_closed": NOT_CLOSED}
    return save_once(request, form) or render(request, "meetings/minutes_register.html", context)
