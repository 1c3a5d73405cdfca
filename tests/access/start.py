"""The start page and what lies beside it.

signed_out coordinator ordinary deputy colleague handler reader guest named secretary"""

from tests.access.table import Row, row

ROWS: list[Row] = [
    row("start", to="302 200 200 200 200 200 200 200 200 200"),
    row("demo:components", to="302 200 200 200 200 200 200 200 200 200"),
    row("demo:letter_list", to="302 200 200 200 200 200 200 200 200 200"),
    row("demo:letter_detail", number="0", to="302 404 404 404 404 404 404 404 404 404"),
    row("demo:letter_html", number="0", to="302 404 404 404 404 404 404 404 404 404"),
    row("welcomed", "POST", to="302 302 302 302 302 302 302 302 302 302"),
    row("help", to="302 200 200 200 200 200 200 200 200 200"),
    row("privacy", to="200 200 200 200 200 200 200 200 200 200"),
    row("guard", "POST", to="302 200 200 200 200 200 200 200 200 200"),
    row("accessibility", to="200 200 200 200 200 200 200 200 200 200"),
    row("handed_out", to="302 200 403 403 403 403 403 403 403 403"),
    row("search", to="302 200 200 200 200 200 200 200 200 200"),
]
