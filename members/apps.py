from importlib import import_module

from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "members"

    def ready(self) -> None:
        """Listen to the sign-in; register the names that everybody here knows."""
        from base.records.personal_data import NAMES
        from members import account_mail, invitation_mail, link_mail, mails
        from members.models import Group, Member, Organisation
        from members.outbox.kinds import register

        import_module("members.sign_in_log")
        mails.UNSENT.append(account_mail.owe)
        register(*invitation_mail.KINDS, *link_mail.KINDS, *account_mail.KINDS)
        NAMES.extend([(Group, "name"), (Group, "municipality"), (Group, "sender")])
        NAMES.extend([(Organisation, "name"), (Organisation, "short_name")])
        NAMES.append((Member, "name"))
