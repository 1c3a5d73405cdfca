"""The key in a link to a new password."""

from django.contrib.auth.tokens import PasswordResetTokenGenerator

from members.models import Member


class ResetLinkTokens(PasswordResetTokenGenerator):
    """Django's keys, void once the password or the address is changed; they outlast a sign-in.

    A stranger can have used up the mails of the day, and then those in her inbox are her way in at the next new device.
    To use one changes the password, and so it can be used once.
    """

    key_salt = "members.reset_links.ResetLinkTokens"

    def _make_hash_value(self, user: Member, timestamp: int) -> str:
        return f"{user.pk} {user.password} {user.email} {timestamp}"
