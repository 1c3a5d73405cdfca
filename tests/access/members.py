"""Members.      signed_out coordinator ordinary deputy colleague handler reader guest named"""

from tests.access.table import Row

ROWS: list[Row] = []
