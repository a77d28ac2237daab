"""Provinces and regencies by Kemendagri code (domain.md §7.3). Never mix them with the codes of BPS."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.db.models.functions import Left
from django.utils.translation import gettext_lazy as _

# the names Indonesians use; Pontianak keeps its own IANA zone because its history differs from Jakarta's
ZONE_LABELS = {
    "Asia/Jakarta": "WIB",
    "Asia/Pontianak": "WIB",
    "Asia/Makassar": "WITA",
    "Asia/Jayapura": "WIT",
}


class Province(models.Model):
    """A province; `iso` is the second half of its ISO 3166-2 code, by which the tile map knows it."""

    code = models.CharField(_("kode"), max_length=2, primary_key=True)
    name = models.CharField(_("nama"), max_length=80)
    iso = models.CharField(_("kode ISO 3166-2"), max_length=2, unique=True)
    time_zone = models.CharField(_("zona waktu"), max_length=20, choices=ZONE_LABELS)

    class Meta:
        ordering = ["code"]
        verbose_name = _("provinsi")
        verbose_name_plural = _("provinsi")
        constraints = [
            models.CheckConstraint(
                name="province_code_has_two_digits", condition=Q(code__regex=r"^[1-9]\d$")
            ),
            models.CheckConstraint(name="province_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="province_iso_has_two_letters", condition=Q(iso__regex=r"^[A-Z]{2}$")
            ),
            models.CheckConstraint(
                name="province_time_zone_is_indonesian", condition=Q(time_zone__in=list(ZONE_LABELS))
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def zone_label(self) -> str:
        """WIB, WITA or WIT."""
        return ZONE_LABELS[self.time_zone]


class Regency(models.Model):
    """A kabupaten or a kota; its official name says which ("Kabupaten Tegal", "Kota Tegal")."""

    class Kind(models.TextChoices):
        REGENCY = "kabupaten", _("Kabupaten")
        CITY = "kota", _("Kota")

    code = models.CharField(_("kode"), max_length=5, primary_key=True)
    province = models.ForeignKey(
        Province, verbose_name=_("provinsi"), on_delete=models.PROTECT, related_name="regencies"
    )
    name = models.CharField(_("nama"), max_length=80)
    kind = models.CharField(_("jenis"), max_length=9, choices=Kind)

    class Meta:
        ordering = ["code"]
        verbose_name = _("kabupaten/kota")
        verbose_name_plural = _("kabupaten/kota")
        constraints = [
            models.CheckConstraint(
                name="regency_code_is_dotted", condition=Q(code__regex=r"^[1-9]\d\.(0[1-9]|[1-9]\d)$")
            ),
            models.CheckConstraint(
                name="regency_code_begins_with_its_province", condition=Q(province=Left("code", 2))
            ),
            models.CheckConstraint(name="regency_has_a_name", condition=~Q(name="")),
            # in Kemendagri's codes kota are numbered from 71, so a kind that disagrees is a slip
            models.CheckConstraint(
                name="regency_kind_agrees_with_its_code",
                condition=Q(kind="kabupaten", code__regex=r"\.[0-6]\d$")
                | Q(kind="kota", code__regex=r"\.[7-9]\d$"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def short_name(self) -> str:
        """The name for a table: "Kab. Tegal", "Kota Tegal", "Jakarta Timur"."""
        _kind, _space, bare = self.name.partition(" ")
        bare = bare.removeprefix("Administrasi ")
        if bare.startswith("Jakarta "):
            return bare
        return f"Kab. {bare}" if self.kind == self.Kind.REGENCY else f"Kota {bare}"


def local_time(moment: datetime, regency: Regency) -> datetime:
    """Return the aware moment as the clocks of that regency show it; `tzname()` gives WIB, WITA or WIT."""
    return moment.astimezone(ZoneInfo(regency.province.time_zone))
