"""The planner remembers nothing of what was read: it is words, and stays where a row that had them is removed."""

from django.db import migrations

STATISTICS = "ALTER TABLE imports_import ALTER COLUMN content SET STATISTICS {}"


class Migration(migrations.Migration):
    dependencies = [("imports", "0001_tables")]

    operations = [migrations.RunSQL(STATISTICS.format(0), STATISTICS.format(-1))]
