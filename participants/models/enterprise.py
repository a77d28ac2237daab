"""The enterprise (IKM) and what it says of itself."""

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Right
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from closedloop.accounts.roles import Role
from closedloop.core.identifiers import masked
from closedloop.core.models import Money, Record, new_code
from participants.models.search_words import words_in
from participants.search import Search
from participants.workers import workers

# a number is shown by so many of its last digits
SHOWN_DIGITS = 4


class LegalForm(models.TextChoices):
    """Legal forms, domain.md §7.1."""

    PT = "pt", "PT"
    SOLE_PT = "pt_perorangan", "PT Perorangan"
    CV = "cv", "CV"
    FIRM = "firma", "Firma"
    TRADING = "ud", "UD/PD"
    COOPERATIVE = "koperasi", "Koperasi"
    INDIVIDUAL = "perorangan", _("Perorangan")


# in front of a name; not get_legal_form_display(), which lists and imports of thousands would wait for
WRITTEN_FORMS = {**dict(LegalForm.choices), "ud": "UD", "perorangan": ""}


class ClassLevel(models.IntegerChoices):
    """Maturity class on YDBA's ladder; the number is the level L1 to L4 (domain.md §5.3)."""

    BEGINNER = 1, _("Pemula")
    INTERMEDIATE = 2, _("Madya")
    PRE_INDEPENDENT = 3, _("Pra-Mandiri")
    INDEPENDENT = 4, _("Mandiri")


class CodeQuerySet(models.QuerySet):
    """Codes are permanent: their label may change and they may be retired; the database refuses the rest."""

    def offered(self, *, besides=()):
        """Those to choose from; a retired one only where it was chosen before (`besides`)."""
        return self.filter(Q(is_retired=False) | Q(pk__in=[one.pk for one in besides]))


class Kbli(Record):
    """A code of business activity, with the version it belongs to; codes changed meaning in KBLI 2025."""

    class Version(models.TextChoices):
        V2020 = "2020", "KBLI 2020"
        V2025 = "2025", "KBLI 2025"

    code = models.CharField(_("kode"), max_length=5)
    version = models.CharField(_("versi"), max_length=4, choices=Version, default=Version.V2020)
    title = models.CharField(_("judul"), max_length=200)
    # what people call the things made there, by which they look for the code; edited, not computed
    words = models.CharField(_("kata sehari-hari"), max_length=500, blank=True)
    is_retired = models.BooleanField(_("tidak dipakai lagi"), default=False)

    objects = CodeQuerySet.as_manager()

    class Meta:
        ordering = ["version", "code"]
        verbose_name = "KBLI"
        indexes = [GinIndex(words_in("title", "words"), name="kbli_words")]
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="kbli_code_is_unique_in_its_version"),
            models.CheckConstraint(name="kbli_code_has_five_digits", condition=Q(code__regex=r"^\d{5}$")),
            models.CheckConstraint(name="kbli_version_is_known", condition=Q(version__in=["2020", "2025"])),
        ]

    def __str__(self):
        return f"{self.code} {self.title}"


class Process(Record):
    """A production process by which staff and buyers look for makers (stamping, machining, casting …)."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("proses"), max_length=80)
    is_retired = models.BooleanField(_("tidak dipakai lagi"), default=False)

    objects = CodeQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("proses")
        constraints = [models.CheckConstraint(name="process_has_a_name", condition=~Q(name=""))]

    def __str__(self):
        return self.name


class EnterpriseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The enterprises this person may know of. Anything else is a 404, never a 403."""
        match user.role:
            case Role.LEAD | Role.STAFF | Role.ADMIN:
                return self
            case Role.VIEWER:
                province = user.organisation.province_id if user.organisation else None
                return self.filter(regency__province=province) if province else self
            case Role.MENTOR:
                return self.filter(
                    enrolments__mentor_assignments__mentor=user, enrolments__mentor_assignments__ends_on=None
                ).distinct()
            case Role.ASSESSOR:
                return self.filter(enrolments__isnull=False).distinct()
            case Role.OWNER:
                return self.filter(people__user=user, people__is_active=True).distinct()
        return (
            self.none()
        )  # buyers come through their agreements; a new role sees nothing until someone decides

    def consenting_to(self, purpose: str):
        """Those who agree to this use of their data now: a withdrawal is felt by the next query."""
        return self.filter(consents__purpose=purpose, consents__withdrawn_at=None)

    def with_standing(self):
        """Each with what a list shows: place, products, and its enrolments with their mentors, newest first."""
        enrolments = apps.get_model("participants", "Enrolment").objects
        return self.select_related("regency__province").prefetch_related(
            "products",
            models.Prefetch(
                "enrolments",
                queryset=enrolments.select_related("cohort").with_mentor().order_by("-status_since", "-id"),
                to_attr="standing",
            ),
        )

    def with_reasons(self):
        """Each with where a search may have found it: Search.reasons() reads these."""
        return self.prefetch_related("products", "people", "processes", "kbli_links__kbli")

    def taking_part(self, *, cohort=None, status: str = "", mentor=None, without_mentor: bool = False):
        """Those with one enrolment that answers to everything asked; asked nothing, all of them.

        Leavers are found by their status, and under nothing else.
        """
        if not (cohort or status or mentor or without_mentor):
            return self
        enrolments = apps.get_model("participants", "Enrolment").objects.order_by()
        if cohort:
            enrolments = enrolments.filter(cohort=cohort)
        enrolments = enrolments.filter(status=status) if status else enrolments.not_left()
        if mentor:
            enrolments = enrolments.filter(
                mentor_assignments__mentor=mentor, mentor_assignments__ends_on=None
            )
        if without_mentor:
            enrolments = (
                enrolments.open()
                .exclude(status="on_leave")
                .exclude(
                    pk__in=enrolments.filter(
                        mentor_assignments__ends_on=None, mentor_assignments__isnull=False
                    )
                )
            )
        return self.filter(pk__in=enrolments.values("enterprise"))

    def search(self, text: str):
        """Rows that fit what was typed, the surest first: see participants.search; an empty text fits all."""
        return Search(text).narrow(self)


class EnterpriseManager(models.Manager.from_queryset(EnterpriseQuerySet)):  # type: ignore[misc]
    def get_queryset(self):
        """The register, without records that were merged into another: no list, search or figure counts them."""
        return super().get_queryset().filter(merged_into=None)


class Enterprise(Record):
    """One IKM. Legal size is computed from its figures; only a class decision sets the maturity class."""

    code = models.CharField(_("kode"), max_length=10, unique=True, default=new_code, editable=False)
    name = models.CharField(_("nama usaha"), max_length=160, help_text=_("Tanpa bentuk usaha."))
    legal_form = models.CharField(_("bentuk usaha"), max_length=16, choices=LegalForm)
    nib = models.CharField("NIB", max_length=13, null=True, blank=True, unique=True)
    npwp = models.CharField("NPWP", max_length=16, null=True, blank=True, unique=True)
    nitku = models.CharField("NITKU", max_length=22, blank=True)
    founded_year = models.PositiveSmallIntegerField(_("tahun berdiri"), null=True, blank=True)
    address = models.CharField(_("alamat"), max_length=300, blank=True)
    village = models.CharField(_("kelurahan/desa"), max_length=80, blank=True)
    district = models.CharField(_("kecamatan"), max_length=80, blank=True)
    regency = models.ForeignKey("regions.Regency", verbose_name=_("kabupaten/kota"), on_delete=models.PROTECT)
    postal_code = models.CharField(_("kode pos"), max_length=5, blank=True)
    phone = models.CharField(_("nomor telepon"), max_length=16, blank=True)
    email = models.EmailField(_("email usaha"), blank=True)
    website = models.URLField(_("laman"), blank=True)
    employees_male = models.PositiveIntegerField(_("karyawan laki-laki"), null=True, blank=True)
    employees_female = models.PositiveIntegerField(_("karyawan perempuan"), null=True, blank=True)
    capital = Money(
        _("modal usaha"), null=True, blank=True, help_text=_("Di luar tanah dan bangunan tempat usaha.")
    )
    investment_value = Money(
        _("nilai investasi"), null=True, blank=True, help_text=_("Di luar tanah dan bangunan tempat usaha.")
    )
    certificates = models.CharField(_("sertifikat"), max_length=200, blank=True)
    kbli = models.ManyToManyField(Kbli, through="EnterpriseKbli", related_name="enterprises")
    processes = models.ManyToManyField(
        Process, verbose_name=_("proses"), blank=True, related_name="enterprises"
    )
    class_level = models.PositiveSmallIntegerField(
        _("kelas usaha"), choices=ClassLevel, null=True, blank=True, editable=False
    )
    class_since = models.DateField(_("kelas sejak"), null=True, blank=True, editable=False)
    # the record that speaks for this one since they were merged; this one is hidden, with what stayed with it
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="merged_from"
    )
    updated_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = EnterpriseManager()
    with_merged = EnterpriseQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = "IKM"
        verbose_name_plural = "IKM"
        indexes = [
            GinIndex(fields=["name"], opclasses=["gin_trgm_ops"], name="enterprise_name_trigram"),
            GinIndex(words_in("name"), name="enterprise_name_words"),
            # the order of the list, and what a number is found by: its start, or the last digits that are shown
            models.Index(fields=["name", "id"], name="enterprise_by_name"),
            models.Index(fields=["phone"], opclasses=["varchar_pattern_ops"], name="enterprise_phone_start"),
            models.Index(Right("nib", SHOWN_DIGITS), name="enterprise_nib_end"),
            models.Index(Right("npwp", SHOWN_DIGITS), name="enterprise_npwp_end"),
            models.Index(Right("phone", SHOWN_DIGITS), name="enterprise_phone_end"),
        ]
        constraints = [
            models.CheckConstraint(name="enterprise_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="enterprise_legal_form_is_known", condition=Q(legal_form__in=LegalForm.values)
            ),
            models.CheckConstraint(
                name="enterprise_nib_has_13_digits", condition=Q(nib=None) | Q(nib__regex=r"^\d{13}$")
            ),
            models.CheckConstraint(
                name="enterprise_npwp_has_16_digits", condition=Q(npwp=None) | Q(npwp__regex=r"^\d{16}$")
            ),
            models.CheckConstraint(
                name="enterprise_nitku_has_22_digits", condition=Q(nitku="") | Q(nitku__regex=r"^\d{22}$")
            ),
            models.CheckConstraint(
                name="enterprise_postal_code_has_five_digits",
                condition=Q(postal_code="") | Q(postal_code__regex=r"^[1-9]\d{4}$"),
            ),
            models.CheckConstraint(
                name="enterprise_phone_is_e164", condition=Q(phone="") | Q(phone__regex=r"^\+\d{8,15}$")
            ),
            models.CheckConstraint(
                name="enterprise_founded_year_is_plausible",
                condition=Q(founded_year=None) | Q(founded_year__gte=1900, founded_year__lte=2100),
            ),
            models.CheckConstraint(
                name="enterprise_capital_is_not_negative", condition=Q(capital=None) | Q(capital__gte=0)
            ),
            models.CheckConstraint(
                name="enterprise_investment_is_not_negative",
                condition=Q(investment_value=None) | Q(investment_value__gte=0),
            ),
            models.CheckConstraint(
                name="enterprise_is_not_merged_into_itself",
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
            ),
            models.CheckConstraint(
                name="enterprise_class_and_its_date_go_together",
                condition=Q(class_level=None, class_since=None)
                | Q(class_level__in=ClassLevel.values, class_since__isnull=False),
            ),
        ]

    def __str__(self):
        return self.display_name

    def get_absolute_url(self):
        """The profile, which shows all parts of the programme and so belongs to the dashboard."""
        return reverse("dashboard:profile", args=[self.code])

    @property
    def display_name(self) -> str:
        """The name with its legal form in front, as people write it."""
        return f"{WRITTEN_FORMS.get(self.legal_form, '')} {self.name}".strip()

    @property
    def employee_count(self) -> int | None:
        """Men and women together; unknown when neither is known."""
        return workers(self.employees_male, self.employees_female)

    @property
    def present(self):
        """The enrolment under way, else the last one, else None; needs with_standing()."""
        standing = getattr(self, "standing")  # noqa: B009 mypy does not know what a prefetch sets
        return next((one for one in standing if one.is_open), next(iter(standing), None))

    def records(self):
        """Return the ids of the records whose history is this enterprise's: its own, and those merged into it."""
        return Enterprise.with_merged.filter(Q(pk=self.pk) | Q(merged_into=self.pk)).order_by().values("pk")

    def account_holders(self):
        """The accounts of its people, to be told things."""
        return get_user_model().objects.filter(
            pk__in=self.people.filter(is_active=True, user__isnull=False).values("user")
        )

    @property
    def masked_nib(self) -> str:
        return masked(self.nib) if self.nib else ""

    @property
    def masked_nitku(self) -> str:
        return masked(self.nitku) if self.nitku else ""

    @property
    def masked_npwp(self) -> str:
        return masked(self.npwp) if self.npwp else ""


class EnterpriseKbli(Record):
    """One activity of an enterprise; exactly one is its main activity."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.CASCADE, related_name="kbli_links")
    kbli = models.ForeignKey(Kbli, on_delete=models.PROTECT, related_name="enterprise_links")
    is_primary = models.BooleanField(_("utama"), default=False)

    class Meta:
        ordering = ["-is_primary", "kbli__code"]
        verbose_name = _("kegiatan usaha")
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "kbli"], name="kbli_once_per_enterprise"),
            models.UniqueConstraint(
                fields=["enterprise"], condition=Q(is_primary=True), name="one_primary_kbli_per_enterprise"
            ),
        ]

    def __str__(self):
        return f"{self.enterprise}: {self.kbli.code}"


class ProductQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Products of the enterprises one may know of."""
        return self.filter(enterprise__in=Enterprise.objects.visible_to(user))


class Product(Record):
    """Something the enterprise makes."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.CASCADE, related_name="products")
    name = models.CharField(_("produk"), max_length=160)
    part_number = models.CharField(_("nomor part"), max_length=60, blank=True)

    objects = ProductQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("produk")
        indexes = [GinIndex(words_in("name"), name="product_name_words")]
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "name"], name="product_once_per_enterprise"),
            models.CheckConstraint(name="product_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self):
        return self.name


class AnnualFigure(Record):
    """What an enterprise reported for one year. A figure nobody knows is null, never zero."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.CASCADE, related_name="annual_figures")
    year = models.PositiveSmallIntegerField(_("tahun"))
    annual_sales = Money(_("hasil penjualan tahunan"), null=True, blank=True)
    employee_count = models.PositiveIntegerField(_("jumlah karyawan"), null=True, blank=True)
    is_baseline = models.BooleanField(_("angka awal"), default=False)

    class Meta:
        ordering = ["-year"]
        verbose_name = _("angka tahunan")
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "year"], name="one_annual_figure_per_year"),
            models.UniqueConstraint(
                fields=["enterprise"], condition=Q(is_baseline=True), name="one_baseline_per_enterprise"
            ),
            models.CheckConstraint(
                name="annual_sales_are_not_negative", condition=Q(annual_sales=None) | Q(annual_sales__gte=0)
            ),
            models.CheckConstraint(
                name="annual_figure_year_is_plausible", condition=Q(year__gte=1990, year__lte=2100)
            ),
        ]

    def __str__(self):
        return f"{self.enterprise} {self.year}"
