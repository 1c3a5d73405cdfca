from django.db import migrations

STANDARD = [
    ("opening", "Öppnande och närvaro", "standing", "attendance"),
    ("agenda", "Dagordning", "standing", ""),
    ("previous", "Föregående minnesanteckningar", "standing", "previous"),
    ("action_log", "Åtgärdslogg", "raised", "action_log"),
    ("round", "Gemensam lägesbild, laget runt", "raised", "round"),
    ("new_issues", "Nya ärenden", "raised", "new_issues"),
    ("ongoing_issues", "Pågående ärenden som behöver beslut", "raised", "ongoing_issues"),
    ("consultations", "Remisser", "raised", "consultations"),
    ("occasions", "Kommande tillfällen", "raised", "occasions"),
    ("follow_up", "Uppföljning", "free", ""),
    ("feedback", "Återkoppling", "raised", "feedback"),
    ("other", "Övriga frågor", "free", ""),
    ("next_meeting", "Nästa möte", "standing", "next_meeting"),
]


def add(apps, schema_editor):
    Heading = apps.get_model("meetings", "Heading")
    made = {"name": "Ordinarie möte", "is_default": True}
    template = apps.get_model("meetings", "AgendaTemplate").objects.create(**made)
    for number, (key, label, kind, rule) in enumerate(STANDARD, start=1):
        facts = {"number": number, "label": label, "kind": kind, "rule": rule}
        Heading.objects.create(template=template, key=key, **facts)


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_tables")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
