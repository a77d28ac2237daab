import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import closedloop.core.models


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0004_minutes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="reportjob",
            name="series",
            field=models.CharField(blank=True, db_index=True, default="", editable=False, max_length=160),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name="Supersession",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=closedloop.core.models.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("created_at", models.DateTimeField(default=closedloop.core.models.now, editable=False)),
                ("changes", models.JSONField(default=list)),
                (
                    "new",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supersedes",
                        to="reports.reportjob",
                    ),
                ),
                (
                    "old",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded",
                        to="reports.reportjob",
                    ),
                ),
            ],
            options={"verbose_name": "penggantian laporan", "ordering": ["-created_at"]},
        ),
        migrations.CreateModel(
            name="Revocation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=closedloop.core.models.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("created_at", models.DateTimeField(default=closedloop.core.models.now, editable=False)),
                ("reason", models.CharField(max_length=300, verbose_name="alasan")),
                (
                    "job",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revocation",
                        to="reports.reportjob",
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"verbose_name": "pencabutan laporan", "ordering": ["-created_at"]},
        ),
        migrations.AddConstraint(
            model_name="supersession",
            constraint=models.CheckConstraint(
                condition=models.Q(("old", models.F("new")), _negated=True),
                name="report_superseded_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="revocation",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="report_revocation_has_a_reason"
            ),
        ),
    ]
