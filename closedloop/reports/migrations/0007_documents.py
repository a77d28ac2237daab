from django.db import migrations, models

BEFORE = [
    ("enterprise", "Laporan Perkembangan IKM"),
    ("cohort", "Laporan Angkatan"),
    ("agreement", "Laporan Realisasi MoU (diterima)"),
    ("programme", "Laporan Program"),
    ("minutes", "Berita Acara Sidang Kelas"),
]
ADDED = [
    ("card", "Kartu Kemajuan IKM"),
    ("training", "Sertifikat Pelatihan"),
    ("class", "Sertifikat Kelas"),
    ("register", "Daftar Hadir"),
    ("audit", "Laporan Audit 5R dan K3L"),
    ("review", "Notulen Tinjauan MoU"),
]
KNOWN = [name for name, _label in BEFORE + ADDED]


class Migration(migrations.Migration):
    dependencies = [("reports", "0006_issued_is_frozen")]

    operations = [
        migrations.RemoveConstraint(model_name="reportbatch", name="report_kind_is_known"),
        migrations.AlterField(
            model_name="reportbatch",
            name="kind",
            field=models.CharField(choices=BEFORE + ADDED, max_length=10, verbose_name="jenis"),
        ),
        migrations.AddConstraint(
            model_name="reportbatch",
            constraint=models.CheckConstraint(
                name="report_kind_is_known", condition=models.Q(kind__in=KNOWN)
            ),
        ),
    ]
