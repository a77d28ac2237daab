from django.db import migrations, models

# a version before knows no cancelled report: there it is one that failed, with the reason
BACK = """
UPDATE reports_reportjob SET status = 'failed', error_text = 'Dibatalkan' WHERE status = 'cancelled';
"""
STATUSES = [
    ("queued", "Antre"),
    ("running", "Dikerjakan"),
    ("done", "Selesai"),
    ("failed", "Gagal"),
    ("cancelled", "Dibatalkan"),
]


class Migration(migrations.Migration):
    dependencies = [("reports", "0007_documents")]

    operations = [
        migrations.RemoveConstraint(model_name="reportjob", name="report_status_is_known"),
        migrations.AlterField(
            model_name="reportjob",
            name="status",
            field=models.CharField(choices=STATUSES, default="queued", max_length=9),
        ),
        migrations.AddConstraint(
            model_name="reportjob",
            constraint=models.CheckConstraint(
                name="report_status_is_known",
                condition=models.Q(status__in=[status for status, _label in STATUSES]),
            ),
        ),
        migrations.RunSQL(migrations.RunSQL.noop, BACK),
    ]
