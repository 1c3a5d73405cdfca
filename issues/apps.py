from django.apps import AppConfig


class IssuesConfig(AppConfig):
    name = "issues"

    def ready(self) -> None:
        """Register the places and categories among the names that everybody here knows, and what is told by mail.

        And the way back to an organisation's own list, and that its links end with its address.
        """
        from base.records.personal_data import NAMES
        from issues.answer_link import end_links_of
        from issues.cancelled_mails import CANCELLING
        from issues.escalation_mails import LIFTED
        from issues.link_mails import LINK_IS_NEW_AGAIN, new_links
        from issues.models import Category, Place
        from issues.notices import KINDS, causes_since, of_hidden_issues, of_restricted_issues, pages_of_issues
        from issues.own_list import OWN, way_to_own_list
        from issues.question_mails import QUESTION
        from issues.remaining_mails import REMAINS
        from issues.reminder_mails import REMINDER
        from issues.reminding import reminders_due
        from issues.reporter_mails import TO_REPORTERS
        from issues.way_back import WAYS_BACK
        from members.models import Organisation
        from members.outbox.kinds import HIDDEN, PAGES, RESTRICTED, SOURCES, register

        NAMES.extend([(Place, "name"), (Category, "name")])
        register(QUESTION, *KINDS, LINK_IS_NEW_AGAIN, REMINDER, CANCELLING, LIFTED, REMAINS, TO_REPORTERS)
        SOURCES.extend((causes_since, new_links, reminders_due))
        HIDDEN.append(of_hidden_issues)
        RESTRICTED.append(of_restricted_issues)
        PAGES["issue"] = pages_of_issues
        Organisation.AT_NEW_ADDRESS.append(end_links_of)
        WAYS_BACK[OWN] = way_to_own_list
