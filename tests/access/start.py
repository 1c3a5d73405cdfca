"""The start page.      signed_out coordinator ordinary deputy colleague handler reader guest named"""

from tests.access.table import Row, row

ROWS: list[Row] = [
    row("start", to="302 200 200 200 200 200 200 200 200"),
]
