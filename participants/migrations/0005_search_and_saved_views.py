import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import closedloop.core.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("participants", "0004_permanent_codes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="kbli",
            name="words",
            field=models.CharField(blank=True, default="", max_length=500, verbose_name="kata sehari-hari"),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.UUIDField(default=closedloop.core.models.new_id, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=closedloop.core.models.now, editable=False)),
                ("name", models.CharField(max_length=60, verbose_name="nama tampilan")),
                ("query", models.CharField(blank=True, max_length=1000, verbose_name="saringan")),
                ("is_shared", models.BooleanField(default=False, verbose_name="dibagikan")),
                ("owner", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="milik")),
            ],
            options={
                "verbose_name": "tampilan tersimpan",
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="saved_view_has_a_name"),
                    models.CheckConstraint(condition=models.Q(("query__regex", "^[?/]|(^|&)page="), _negated=True), name="saved_view_holds_filters_only"),
                    models.UniqueConstraint(models.F("owner"), django.db.models.functions.text.Lower("name"), name="saved_view_name_once_per_owner"),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="enterprise",
            index=models.Index(fields=["name", "id"], name="enterprise_by_name"),
        ),
        migrations.AddIndex(
            model_name="enterprise",
            index=models.Index(fields=["phone"], name="enterprise_phone_start", opclasses=["varchar_pattern_ops"]),
        ),
        migrations.AddIndex(
            model_name="enterprise",
            index=models.Index(django.db.models.functions.text.Right("nib", 4), name="enterprise_nib_end"),
        ),
        migrations.AddIndex(
            model_name="enterprise",
            index=models.Index(django.db.models.functions.text.Right("npwp", 4), name="enterprise_npwp_end"),
        ),
        migrations.AddIndex(
            model_name="enterprise",
            index=models.Index(django.db.models.functions.text.Right("phone", 4), name="enterprise_phone_end"),
        ),
        migrations.AddIndex(
            model_name="person",
            index=django.contrib.postgres.indexes.GinIndex(fields=["full_name"], name="person_name_trigram", opclasses=["gin_trgm_ops"]),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(django.db.models.functions.text.Right("phone", 4), name="person_phone_end"),
        ),
        migrations.AddIndex(
            model_name="product",
            index=django.contrib.postgres.indexes.GinIndex(fields=["name"], name="product_name_trigram", opclasses=["gin_trgm_ops"]),
        ),
    ]
