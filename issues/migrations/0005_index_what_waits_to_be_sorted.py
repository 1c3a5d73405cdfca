from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("issues", "0004_tell_of_what_was_undone")]

    operations = [
        migrations.AddIndex(
            model_name="observation",
            index=models.Index(
                fields=["-for_meeting", "created_at", "id"],
                condition=models.Q(("state", "new")),
                name="observation_to_sort",
            ),
        ),
    ]
