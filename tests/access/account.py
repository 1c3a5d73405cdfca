"""Account.      signed_out coordinator ordinary deputy colleague handler reader guest named secretary"""

from tests.access.table import Row, row

# Open to all who are not signed in; one who is goes on to the start page.
ENTRANCE = "200 302 302 302 302 302 302 302 302 302"
# The same for everybody, signed in or not.
OPEN = "200 200 200 200 200 200 200 200 200 200"
# One's own; who is not signed in is sent to the sign-in.
OWN = "302 200 200 200 200 200 200 200 200 200"
NOBODY = "404 404 404 404 404 404 404 404 404 404"
ON_THEIR_WAY = "302 302 302 302 302 302 302 302 302 302"

ROWS: list[Row] = [
    row("account", to=OWN),
    row("account", "POST", to=ON_THEIR_WAY),
    row("account_login", to=ENTRANCE),
    row("account_login", "POST", to=ENTRANCE),
    row("account_logout", to=OWN),
    row("account_logout", "POST", to=ON_THEIR_WAY),
    row("account_inactive", to=OPEN),
    row("account_signup", to=ENTRANCE),
    row("account_signup", "POST", to=ENTRANCE),
    row("account_reauthenticate", to=OWN),
    row("account_reauthenticate", "POST", to=OWN),
    row("account_email", to=OWN),
    row("account_email", "POST", to=ON_THEIR_WAY),
    row("account_email_verification_sent", to=OPEN),
    row("account_confirm_email", to=OPEN, key="broken"),
    row("account_confirm_email", "POST", to=NOBODY, key="broken"),
    row("account_change_password", to=OWN),
    row("account_change_password", "POST", to=OWN),
    row("account_set_password", to=ON_THEIR_WAY),
    row("account_set_password", "POST", to=ON_THEIR_WAY),
    row("account_reset_password", to=OPEN),
    row("account_reset_password", "POST", to=OPEN),
    row("account_reset_password_done", to=OPEN),
    row("account_reset_password_from_key", to=OPEN, uidb36="1", key="broken"),
    row("account_reset_password_from_key", "POST", to=OPEN, uidb36="1", key="broken"),
    row("account_reset_password_from_key_done", to=OPEN),
    row("account_confirm_login_code", to=ON_THEIR_WAY),
]
