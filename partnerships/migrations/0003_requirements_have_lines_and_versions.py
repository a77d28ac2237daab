import closedloop.core.models
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def publish_what_was_shown(apps, schema_editor):
    """What was on record before there were drafts was for all to see; without anybody to own it, it becomes a draft."""
    requirements = apps.get_model("partnerships", "Requirement").objects
    contacts = apps.get_model("partnerships", "BuyerContact").objects.filter(is_active=True)
    for row in requirements.filter(published_at=None):
        row.contact = row.contact or contacts.filter(buyer=row.buyer_id).order_by("created_at").first()
        row.published_at = row.created_at if row.contact else None
        row.status = row.status if row.contact else "open"
        if row.status == "withdrawn":
            row.status_reason = "Ditarik sebelum alasan dicatat."
        row.save()


class Migration(migrations.Migration):
    dependencies = [
        ("participants", "0015_profile_is_confirmed"),
        ("partnerships", "0002_links_and_disputes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RequirementLine",
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
                ("order", models.PositiveSmallIntegerField(default=1, verbose_name="urutan")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("criterion", "Butir penilaian"),
                            ("document", "Dokumen"),
                            ("certificate", "Sertifikat lain"),
                            ("machine", "Mesin"),
                            ("material", "Bahan"),
                            ("tool", "Alat ukur"),
                            ("tolerance", "Ketelitian (mm)"),
                        ],
                        max_length=11,
                        verbose_name="dipenuhi oleh",
                    ),
                ),
                ("text", models.CharField(max_length=160, verbose_name="yang diminta")),
                ("subject", models.CharField(blank=True, max_length=80, verbose_name="rincian")),
                (
                    "threshold",
                    models.DecimalField(
                        blank=True, decimal_places=3, max_digits=12, null=True, verbose_name="batas"
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=20, verbose_name="satuan")),
            ],
            options={
                "verbose_name": "baris kebutuhan",
                "ordering": ["order", "id"],
            },
        ),
        migrations.AlterModelOptions(
            name="requirement",
            options={
                "ordering": ["buyer__name", "part_name", "-version"],
                "verbose_name": "kebutuhan pembeli",
            },
        ),
        migrations.RemoveConstraint(
            model_name="requirement",
            name="requirement_volume_is_positive",
        ),
        migrations.RenameField(model_name="requirement", old_name="annual_volume", new_name="volume"),
        migrations.AddField(
            model_name="requirement",
            name="addressees",
            field=models.ManyToManyField(
                blank=True,
                related_name="addressed_requirements",
                to="participants.enterprise",
                verbose_name="ditujukan kepada",
            ),
        ),
        migrations.AddField(
            model_name="requirement",
            name="based_on",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="partnerships.requirement",
            ),
        ),
        migrations.AddField(
            model_name="requirement",
            name="change_note",
            field=models.CharField(
                blank=True, editable=False, max_length=300, verbose_name="alasan perubahan"
            ),
        ),
        migrations.AddField(
            model_name="requirement",
            name="evidence_months",
            field=models.PositiveSmallIntegerField(default=12, verbose_name="bukti berlaku (bulan)"),
        ),
        migrations.AddField(
            model_name="requirement",
            name="is_open",
            field=models.BooleanField(default=False, verbose_name="terlihat oleh semua IKM"),
        ),
        migrations.AddField(
            model_name="requirement",
            name="per",
            field=models.CharField(
                choices=[("month", "per bulan"), ("quarter", "per triwulan"), ("year", "per tahun")],
                default="year",
                max_length=7,
                verbose_name="tiap",
            ),
        ),
        migrations.AddField(
            model_name="requirement",
            name="published_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="diterbitkan"),
        ),
        migrations.AddField(
            model_name="requirement",
            name="published_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="requirement",
            name="status_reason",
            field=models.CharField(blank=True, editable=False, max_length=300, verbose_name="alasan"),
        ),
        migrations.AlterField(
            model_name="requirement",
            name="volume",
            field=models.PositiveIntegerField(verbose_name="volume"),
        ),
        migrations.AlterField(
            model_name="requirement",
            name="contact",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="partnerships.buyercontact",
                verbose_name="penanggung jawab",
            ),
        ),
        migrations.AlterField(
            model_name="requirement",
            name="status",
            field=models.CharField(
                choices=[("open", "Dicari"), ("met", "Terpenuhi"), ("withdrawn", "Ditarik")],
                default="open",
                editable=False,
                max_length=10,
            ),
        ),
        migrations.RunPython(publish_what_was_shown, migrations.RunPython.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="requirement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("published_at", None)), fields=("code",), name="one_draft_per_requirement"
            ),
        ),
        migrations.AddConstraint(
            model_name="requirement",
            constraint=models.CheckConstraint(
                condition=models.Q(("volume__gt", 0)), name="requirement_volume_is_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="requirement",
            constraint=models.CheckConstraint(
                condition=models.Q(("per__in", ["month", "quarter", "year"])),
                name="requirement_period_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="requirement",
            constraint=models.CheckConstraint(
                condition=models.Q(("evidence_months__gte", 1), ("evidence_months__lte", 36)),
                name="requirement_evidence_counts_for_a_while",
            ),
        ),
        migrations.AddConstraint(
            model_name="requirement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("published_at", None), ("published_by", None), ("status", "open")),
                    models.Q(("contact__isnull", False), ("published_at__isnull", False)),
                    _connector="OR",
                ),
                name="requirement_is_published_by_its_owner",
            ),
        ),
        migrations.AddConstraint(
            model_name="requirement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("based_on", None), ("version", 1)),
                    models.Q(("based_on__isnull", False), ("version__gt", 1)),
                    _connector="OR",
                ),
                name="requirement_version_follows_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="requirement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("published_at", None),
                    ("based_on", None),
                    models.Q(("change_note", ""), _negated=True),
                    _connector="OR",
                ),
                name="requirement_change_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="requirement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "withdrawn"), _negated=True),
                    models.Q(("status_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="requirement_is_withdrawn_for_a_reason",
            ),
        ),
        migrations.AddField(
            model_name="requirementline",
            name="requirement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="lines",
                to="partnerships.requirement",
            ),
        ),
        migrations.AddConstraint(
            model_name="requirementline",
            constraint=models.UniqueConstraint(
                fields=("requirement", "kind", "subject"), name="requirement_line_is_asked_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="requirementline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        ["criterion", "document", "certificate", "machine", "material", "tool", "tolerance"],
                    )
                ),
                name="requirement_line_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="requirementline",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="requirement_line_says_what"
            ),
        ),
        migrations.AddConstraint(
            model_name="requirementline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind", "tolerance"), models.Q(("subject", ""), _negated=True), _connector="OR"
                ),
                name="requirement_line_names_what_satisfies_it",
            ),
        ),
        migrations.AddConstraint(
            model_name="requirementline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind__in", ["criterion", "tolerance"]),
                        ("threshold__gte", 0),
                        ("threshold__isnull", False),
                        ("unit", ""),
                    ),
                    models.Q(
                        ("kind__in", ["document", "certificate", "material"]),
                        ("threshold", None),
                        ("unit", ""),
                    ),
                    models.Q(("kind", "tool"), ("unit", "")),
                    models.Q(("kind", "machine"), ("threshold", None), ("unit", "")),
                    models.Q(
                        ("kind", "machine"),
                        ("threshold__gt", 0),
                        ("threshold__isnull", False),
                        models.Q(("unit", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="requirement_line_has_the_limit_of_its_kind",
            ),
        ),
    ]
