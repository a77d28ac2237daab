from django.db import migrations


class Migration(migrations.Migration):
    """A sequence, not a counter row: two requests at once never wait for each other or get the same number."""

    dependencies = [("reports", "0001_initial")]

    operations = [
        migrations.RunSQL("CREATE SEQUENCE report_number", "DROP SEQUENCE report_number"),
    ]
