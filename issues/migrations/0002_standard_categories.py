from django.db import migrations

# name, icon, kind of safety, needs a description
STANDARD = [
    ("Belysning", "lighting", "defect", False),
    ("Skadegörelse", "damage", "event", False),
    ("Klotter", "graffiti", "event", False),
    ("Nedskräpning", "litter", "defect", False),
    ("Störande trafik", "traffic", "event", False),
    ("Ordningsstörning", "gathering", "perceived", False),
    ("Droger, alkohol", "drugs", "event", False),
    ("Behov av vuxennärvaro", "adults", "perceived", False),
    ("Något annat", "other", "event", True),
]


def add(apps, schema_editor):
    Category = apps.get_model("issues", "Category")
    for position, (name, icon, safety, needs_text) in enumerate(STANDARD, start=1):
        facts = {"icon": icon, "safety": safety, "needs_text": needs_text, "position": position * 10}
        Category.objects.get_or_create(name=name, defaults=facts)


class Migration(migrations.Migration):
    dependencies = [("issues", "0001_tables")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
