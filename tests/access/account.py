"""Account.      signed_out coordinator ordinary deputy colleague handler reader guest named secretary"""

from tests.access.table import Row, row

# Open to all who are not signed in; one who is goes on to the start page.
ENTRANCE = "200 302 302 302 302 302 302 302 302 302"
# The same for everybody, signed in or not.
OPEN = "200 200 200 200 200 200 200 200 200 200"
# One's own; who is not signed in is sent to the sign-in.
OWN = "302 200 200 200 200 200 200 200 200 200"
NOBODY = "404 404 404 404 404 404 404 404 404 404"
GONE = "410 410 410 410 410 410 410 410 410 410"
ON_THEIR_WAY = "302 302 302 302 302 302 302 302 302 302"

# Of allauth, and not used here.
SHUT: dict[str, dict[str, str]] = {
    "account_signup": {},
    "account_inactive": {},
    "account_reauthenticate": {},
    "account_email": {},
    "account_email_verification_sent": {},
    "account_confirm_email": {"key": "broken"},
    "account_set_password": {},
    "account_reset_password_from_key_done": {},
    "account_confirm_login_code": {},
}

ROWS: list[Row] = [
    row("account", to=OWN),
    row("account", "POST", to=ON_THEIR_WAY),
    row("notice_choices", to=OWN),
    row("notice_choices", "POST", to=OWN),
    row("calendar_feed", to=OWN),
    row("calendar_feed_make", "POST", to=ON_THEIR_WAY),
    row("calendar_feed_change", "POST", to=ON_THEIR_WAY),
    row("calendar_feed_end", "POST", to=ON_THEIR_WAY),
    row("calendar_feed_file", to=NOBODY, token="broken"),
    row("call_answer_link", to=GONE, token="broken"),
    row("call_answer_link", "POST", to=GONE, token="broken"),
    row("no_more_mail", to=GONE, token="broken"),
    row("no_more_mail", "POST", to=GONE, token="broken"),
    row("invitation", to=GONE, token="broken"),
    row("invitation", "POST", to=GONE, token="broken"),
    row("own_data", to=OWN),
    row("own_data_json", to=OWN),
    row("own_data_pdf", to=OWN),
    row("account_login", to=ENTRANCE),
    row("account_login", "POST", to=ENTRANCE),
    row("account_logout", to=OWN),
    row("account_logout", "POST", to=ON_THEIR_WAY),
    row("account_change_password", to=OWN),
    row("account_change_password", "POST", to=OWN),
    row("account_reset_password", to=OPEN),
    row("account_reset_password", "POST", to=OPEN),
    row("account_reset_password_done", to=OPEN),
    row("account_reset_password_from_key", to=OPEN, uidb36="1", key="broken"),
    row("account_reset_password_from_key", "POST", to=OPEN, uidb36="1", key="broken"),
    *(row(route, method, to=NOBODY, **parts) for route, parts in SHUT.items() for method in ("GET", "POST")),
]
