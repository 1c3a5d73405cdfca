from django.db import migrations

STANDARD = [
    ("opening", "Öppnande och närvaro"),
    ("agenda", "Dagordning"),
    ("previous", "Föregående minnesanteckningar"),
    ("action_log", "Åtgärdslogg"),
    ("round", "Gemensam lägesbild, laget runt"),
    ("new_issues", "Nya ärenden"),
    ("ongoing_issues", "Pågående ärenden som behöver beslut"),
    ("consultations", "Remisser"),
    ("occasions", "Kommande tillfällen"),
    ("follow_up", "Uppföljning"),
    ("feedback", "Återkoppling"),
    ("other", "Övriga frågor"),
    ("next_meeting", "Nästa möte"),
]


def add(apps, schema_editor):
    Heading = apps.get_model("meetings", "Heading")
    for number, (key, label) in enumerate(STANDARD, start=1):
        Heading.objects.get_or_create(key=key, defaults={"number": number, "label": label})


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_tables")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
