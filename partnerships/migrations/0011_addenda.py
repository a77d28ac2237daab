import closedloop.core.models
import django.db.models.deletion
from django.db import migrations, models

# Until now a promise covered the days of its quarter that its agreement covers. Rows that lie outside it (never
# written by the portal) keep their whole quarter.
DAYS = """
UPDATE partnerships_promise p SET
    starts_on = GREATEST(p.quarter_starts_on, a.starts_on),
    ends_on = LEAST((p.quarter_starts_on + interval '3 months - 1 day')::date, a.ends_on)
FROM partnerships_scopeline l JOIN partnerships_agreement a ON a.id = l.agreement_id
WHERE l.id = p.line_id;
UPDATE partnerships_promise SET
    starts_on = quarter_starts_on, ends_on = (quarter_starts_on + interval '3 months - 1 day')::date
WHERE ends_on < starts_on;
"""
# What was signed or discarded never changes, nor what it changed; of a promise only that it was replaced is noted.
FREEZE = """
CREATE FUNCTION partnerships_addendum_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    old_row jsonb := CASE WHEN TG_OP = 'INSERT' THEN '{}' ELSE to_jsonb(OLD) END;
    new_row jsonb := CASE WHEN TG_OP = 'DELETE' THEN '{}' ELSE to_jsonb(NEW) END;
    is_frozen boolean;
BEGIN
    IF TG_TABLE_NAME = 'partnerships_addendum' THEN
        is_frozen := old_row->>'status' <> 'draft' AND old_row IS DISTINCT FROM new_row;
    ELSIF TG_TABLE_NAME = 'partnerships_promise' THEN
        is_frozen := old_row->>'replaced_by_id' IS NOT NULL AND old_row IS DISTINCT FROM new_row
            OR coalesce(old_row->>'addendum_id', new_row->>'replaced_by_id') IS NOT NULL
                AND old_row - 'replaced_by_id' IS DISTINCT FROM new_row - 'replaced_by_id';
    ELSE
        SELECT bool_or(status <> 'draft') INTO is_frozen FROM partnerships_addendum
        WHERE id IN ((old_row->>'addendum_id')::uuid, (new_row->>'addendum_id')::uuid);
    END IF;
    IF is_frozen THEN
        RAISE EXCEPTION 'a signed addendum does not change: make another'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER addendum_is_frozen AFTER UPDATE OR DELETE ON partnerships_addendum
    FOR EACH ROW EXECUTE FUNCTION partnerships_addendum_is_frozen();
CREATE TRIGGER addendum_is_frozen AFTER INSERT OR UPDATE OR DELETE ON partnerships_addendumchange
    FOR EACH ROW EXECUTE FUNCTION partnerships_addendum_is_frozen();
CREATE TRIGGER addendum_is_frozen AFTER INSERT OR UPDATE OR DELETE ON partnerships_addendumnumber
    FOR EACH ROW EXECUTE FUNCTION partnerships_addendum_is_frozen();
CREATE TRIGGER addendum_is_frozen AFTER UPDATE OR DELETE ON partnerships_promise
    FOR EACH ROW EXECUTE FUNCTION partnerships_addendum_is_frozen();
"""
THAW = """
DROP TRIGGER addendum_is_frozen ON partnerships_promise;
DROP TRIGGER addendum_is_frozen ON partnerships_addendumnumber;
DROP TRIGGER addendum_is_frozen ON partnerships_addendumchange;
DROP TRIGGER addendum_is_frozen ON partnerships_addendum;
DROP FUNCTION partnerships_addendum_is_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("participants", "0015_profile_is_confirmed"),
        ("partnerships", "0010_buyers_say_what_is_wrong_in_the_ledger"),
    ]

    operations = [
        migrations.CreateModel(
            name="Addendum",
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
                (
                    "code",
                    models.CharField(
                        default=closedloop.core.models.new_code, editable=False, max_length=10, unique=True
                    ),
                ),
                ("number", models.CharField(max_length=80, verbose_name="nomor")),
                ("effective_on", models.DateField(verbose_name="berlaku mulai")),
                ("reason", models.CharField(max_length=500, verbose_name="alasan")),
                ("extends_to", models.DateField(blank=True, null=True, verbose_name="berlaku sampai")),
                (
                    "extended_from",
                    models.DateField(
                        blank=True, editable=False, null=True, verbose_name="semula berlaku sampai"
                    ),
                ),
                (
                    "sequence",
                    models.PositiveSmallIntegerField(
                        blank=True, editable=False, null=True, verbose_name="urutan"
                    ),
                ),
                ("signed_on", models.DateField(blank=True, null=True, verbose_name="tanggal tanda tangan")),
                (
                    "signed_at_place",
                    models.CharField(blank=True, max_length=120, verbose_name="tempat tanda tangan"),
                ),
                (
                    "scan",
                    models.FileField(
                        blank=True, upload_to="addenda/%Y", verbose_name="pindaian bertanda tangan"
                    ),
                ),
                ("scan_sha256", models.CharField(blank=True, editable=False, max_length=64)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draf"),
                            ("signed", "Ditandatangani"),
                            ("discarded", "Dibatalkan"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=9,
                    ),
                ),
            ],
            options={
                "verbose_name": "adendum",
                "ordering": [models.OrderBy(models.F("sequence"), nulls_last=True), "created_at"],
            },
        ),
        migrations.CreateModel(
            name="AddendumChange",
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
                (
                    "kind",
                    models.CharField(
                        choices=[("change", "Diubah"), ("add", "Ditambah"), ("end", "Diakhiri")],
                        max_length=6,
                        verbose_name="perubahan",
                    ),
                ),
                ("part_number", models.CharField(blank=True, max_length=60, verbose_name="nomor part")),
                ("part_name", models.CharField(blank=True, max_length=160, verbose_name="nama part")),
                (
                    "unit_price",
                    closedloop.core.models.Money(blank=True, null=True, verbose_name="harga acuan"),
                ),
                (
                    "monthly_volume",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="volume per bulan"),
                ),
            ],
            options={
                "verbose_name": "perubahan adendum",
                "ordering": ["created_at"],
            },
        ),
        migrations.CreateModel(
            name="AddendumNumber",
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
                ("number", models.CharField(max_length=80, verbose_name="nomor pihak ini")),
            ],
            options={
                "verbose_name": "nomor adendum",
                "ordering": ["party__part", "party__created_at"],
            },
        ),
        migrations.AlterModelOptions(
            name="promise",
            options={"ordering": ["starts_on"], "verbose_name": "janji"},
        ),
        migrations.RemoveConstraint(
            model_name="promise",
            name="one_promise_per_quarter",
        ),
        migrations.AddField(
            model_name="promise",
            name="ends_on",
            field=models.DateField(null=True, verbose_name="sampai"),
        ),
        migrations.AddField(
            model_name="promise",
            name="starts_on",
            field=models.DateField(null=True, verbose_name="mulai"),
        ),
        migrations.RunSQL(DAYS, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="promise",
            name="ends_on",
            field=models.DateField(verbose_name="sampai"),
        ),
        migrations.AlterField(
            model_name="promise",
            name="starts_on",
            field=models.DateField(verbose_name="mulai"),
        ),
        migrations.AddField(
            model_name="addendum",
            name="agreement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="addenda",
                to="partnerships.agreement",
            ),
        ),
        migrations.AddField(
            model_name="promise",
            name="addendum",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="promises",
                to="partnerships.addendum",
            ),
        ),
        migrations.AddField(
            model_name="promise",
            name="replaced_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_promises",
                to="partnerships.addendum",
            ),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.UniqueConstraint(
                condition=models.Q(("replaced_by", None)),
                fields=("line", "starts_on"),
                name="one_promise_per_quarter",
            ),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__gte", models.F("starts_on")), ("starts_on__gte", models.F("quarter_starts_on"))
                ),
                name="promise_days_are_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("replaced_by", None),
                    ("addendum", None),
                    models.Q(("replaced_by", models.F("addendum")), _negated=True),
                    _connector="OR",
                ),
                name="promise_is_replaced_by_another",
            ),
        ),
        migrations.AddField(
            model_name="addendumchange",
            name="addendum",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="changes",
                to="partnerships.addendum",
            ),
        ),
        migrations.AddField(
            model_name="addendumchange",
            name="buyer",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="addendum_changes",
                to="partnerships.buyer",
            ),
        ),
        migrations.AddField(
            model_name="addendumchange",
            name="enterprise",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="addendum_changes",
                to="participants.enterprise",
            ),
        ),
        migrations.AddField(
            model_name="addendumchange",
            name="line",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="changes",
                to="partnerships.scopeline",
            ),
        ),
        migrations.AddField(
            model_name="addendumnumber",
            name="addendum",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="numbers",
                to="partnerships.addendum",
            ),
        ),
        migrations.AddField(
            model_name="addendumnumber",
            name="party",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="addendum_numbers",
                to="partnerships.agreementparty",
            ),
        ),
        migrations.AddConstraint(
            model_name="addendum",
            constraint=models.UniqueConstraint(
                fields=("agreement", "number"), name="addendum_number_is_used_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="addendum",
            constraint=models.UniqueConstraint(
                fields=("agreement", "sequence"), name="one_addendum_per_place"
            ),
        ),
        migrations.AddConstraint(
            model_name="addendum",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["draft", "signed", "discarded"])),
                name="addendum_status_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="addendum",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="addendum_says_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="addendum",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sequence__isnull", False), ("signed_on__isnull", False), ("status", "signed")),
                    models.Q(
                        models.Q(("status", "signed"), _negated=True), ("sequence", None), ("signed_on", None)
                    ),
                    _connector="OR",
                ),
                name="addendum_is_signed_with_its_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="addendum",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("extends_to", None),
                    models.Q(("extended_from", None), ("extends_to__gte", models.F("effective_on"))),
                    ("extended_from__lt", models.F("extends_to")),
                    _connector="OR",
                ),
                name="addendum_ends_later_than_before",
            ),
        ),
        migrations.AddConstraint(
            model_name="addendum",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("scan", ""), ("scan_sha256", "")),
                    models.Q(
                        models.Q(("scan", ""), _negated=True), models.Q(("scan_sha256", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="addendum_scan_has_its_hash",
            ),
        ),
        migrations.AddConstraint(
            model_name="addendumchange",
            constraint=models.UniqueConstraint(
                fields=("addendum", "line"), name="addendum_changes_a_line_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="addendumchange",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["change", "add", "end"])),
                name="addendum_change_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="addendumchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("buyer", None), ("enterprise", None), ("line__isnull", False), ("part_name", "")
                    ),
                    models.Q(
                        models.Q(("part_name", ""), _negated=True),
                        ("buyer__isnull", False),
                        ("enterprise__isnull", False),
                        ("kind", "add"),
                        ("line", None),
                    ),
                    _connector="OR",
                ),
                name="addendum_change_names_its_part",
            ),
        ),
        migrations.AddConstraint(
            model_name="addendumchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "end"), ("monthly_volume", None), ("unit_price", None)),
                    models.Q(
                        ("kind", "add"), ("monthly_volume__isnull", False), ("unit_price__isnull", False)
                    ),
                    models.Q(
                        ("kind", "change"),
                        models.Q(
                            ("unit_price__isnull", False), ("monthly_volume__isnull", False), _connector="OR"
                        ),
                    ),
                    _connector="OR",
                ),
                name="addendum_change_says_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="addendumchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("unit_price", None), ("unit_price__gt", 0), _connector="OR"),
                    models.Q(("monthly_volume", None), ("monthly_volume__gt", 0), _connector="OR"),
                ),
                name="addendum_change_is_positive",
            ),
        ),
        migrations.AddConstraint(
            model_name="addendumnumber",
            constraint=models.UniqueConstraint(
                fields=("addendum", "party"), name="one_addendum_number_per_party"
            ),
        ),
        migrations.AddConstraint(
            model_name="addendumnumber",
            constraint=models.CheckConstraint(
                condition=models.Q(("number", ""), _negated=True), name="addendum_number_is_not_empty"
            ),
        ),
        migrations.RunSQL(FREEZE, THAW),
    ]
