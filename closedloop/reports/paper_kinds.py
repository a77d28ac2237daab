"""What reports there are."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """The reports there are; each is one module under `kinds/`."""

    ENTERPRISE = "enterprise", _("Laporan Perkembangan IKM")
    COHORT = "cohort", _("Laporan Angkatan")
    AGREEMENT = "agreement", _("Laporan Realisasi MoU (diterima)")
    PROGRAMME = "programme", _("Laporan Program")
    MINUTES = "minutes", _("Berita Acara Sidang Kelas")
    CARD = "card", _("Kartu Kemajuan IKM")
    TRAINING = "training", _("Sertifikat Pelatihan")
    CLASS = "class", _("Sertifikat Kelas")
    REGISTER = "register", _("Daftar Hadir")
    AUDIT = "audit", _("Laporan Audit 5R dan K3L")
    REVIEW = "review", _("Notulen Tinjauan MoU")
