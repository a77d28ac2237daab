"""Who sees which menu: one table, one context processor.

Views need not do anything. A page that is not built yet is left out of the menu until its URL name exists.
The table speaks of roles by their stored value, because `core` lies below `accounts`.
"""

from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from closedloop.core.formats import initials

HOME = (_("Beranda"), "home", "dashboard:home")
FIELD_HOME = (_("Beranda"), "home", "dashboard:mentor_home")
BUYER_HOME = (_("Beranda"), "home", "dashboard:buyer_home")
# where "Beranda" leads those for whom the programme at a glance is not
HOMES = {
    "owner": "dashboard:owner_home",
    "mentor": "dashboard:mentor_home",
    "assessor": "dashboard:mentor_home",
    "buyer": "dashboard:buyer_home",
}
TASKS = (_("Tugas saya"), "checklist", "dashboard:tasks")
ENTERPRISES = (_("Peserta IKM"), "building-factory-2", "participants:list")
COHORTS = (_("Angkatan"), "users-group", "participants:cohorts")
APPLICATIONS = (_("Pendaftaran"), "user-plus", "participants:applications")
SESSIONS = (_("Sesi pelatihan"), "school", "trainings:sessions")
ACTIONS = (_("Aksi pabrik"), "tools", "trainings:actions")
ASSESSMENTS = (_("Penilaian"), "clipboard-check", "assessments:list")
REVIEWS = (_("Tinjauan penilaian"), "eye-check", "assessments:reviews")
SECONDS = (_("Penilai kedua"), "users", "assessments:seconds")
RATERS = (_("Kesepakatan penilai"), "clipboard-data", "assessments:rater_agreement")
FINDINGS = (_("Temuan"), "alert-triangle", "assessments:findings")
AGREEMENTS = (_("MoU dan pasokan"), "file-certificate", "partnerships:agreements")
DELIVERIES = (_("Pengiriman"), "truck-delivery", "partnerships:deliveries")
COMPLAINTS = (_("Keluhan pembeli"), "message", "partnerships:complaints")
REQUIREMENTS = (_("Kebutuhan pembeli"), "target", "partnerships:requirements")
BUYERS = (_("Perusahaan mitra"), "building", "partnerships:buyers")
LOOP = (_("Papan putaran"), "refresh", "dashboard:loop")
DECISIONS = (_("Naik kelas"), "stairs-up", "assessments:decisions")
REPORTS = (_("Laporan"), "clipboard-data", "reports:list")
IMPORTS = (_("Impor data"), "file-import", "participants:imports")
DUPLICATES = (_("Data ganda"), "arrows-exchange", "participants:duplicates")
CURRICULA = (_("Kurikulum"), "books", "trainings:curricula")
RUBRICS = (_("Rubrik"), "list-check", "assessments:rubrics")
AUDIT = (_("Jejak audit"), "history", "audit:events")
USERS = (_("Pengguna"), "users", "accounts:users")
ORGANISATIONS = (_("Organisasi"), "building-community", "accounts:organisations")

PROGRAMME = [
    ("", [HOME, TASKS, LOOP]),
    (
        _("Program"),
        [
            ENTERPRISES,
            COHORTS,
            SESSIONS,
            ACTIONS,
            ASSESSMENTS,
            FINDINGS,
            AGREEMENTS,
            DELIVERIES,
            COMPLAINTS,
            BUYERS,
            REQUIREMENTS,
            DECISIONS,
        ],
    ),
]

# role -> sections of the side bar -> (label, icon, URL name)
NAV: dict[str, list] = {
    "staff": [
        *PROGRAMME,
        (_("Data"), [APPLICATIONS, REPORTS, IMPORTS, DUPLICATES, CURRICULA, RUBRICS, RATERS, AUDIT]),
    ],
    "admin": [
        *PROGRAMME,
        (_("Data"), [REPORTS, CURRICULA, RUBRICS, AUDIT]),
        (_("Pengaturan"), [USERS, ORGANISATIONS]),
    ],
    "lead": [
        ("", [HOME, TASKS, LOOP]),
        (_("Keputusan"), [DECISIONS, APPLICATIONS, REPORTS]),
        (
            _("Program"),
            [
                ENTERPRISES,
                COHORTS,
                SESSIONS,
                ASSESSMENTS,
                AGREEMENTS,
                DELIVERIES,
                COMPLAINTS,
                BUYERS,
                REQUIREMENTS,
                RATERS,
                AUDIT,
            ],
        ),
    ],
    "assessor": [
        ("", [FIELD_HOME, TASKS, REVIEWS, SECONDS]),
        (_("Pendampingan"), [ENTERPRISES, ASSESSMENTS, FINDINGS, SESSIONS, RUBRICS, APPLICATIONS]),
    ],
    "mentor": [
        ("", [FIELD_HOME, TASKS, LOOP]),
        (
            _("Pendampingan"),
            [
                (_("IKM binaan"), *ENTERPRISES[1:]),
                ASSESSMENTS,
                FINDINGS,
                (_("Jadwal pelatihan"), *SESSIONS[1:]),
                ACTIONS,
                REQUIREMENTS,
                COMPLAINTS,
                APPLICATIONS,
            ],
        ),
        (_("Data"), [REPORTS]),
    ],
    "buyer": [
        ("", [BUYER_HOME, (_("Konfirmasi terima"), "package", "partnerships:confirmations"), LOOP]),
        (
            _("Kerja sama"),
            [
                REQUIREMENTS,
                (_("MoU saya"), *AGREEMENTS[1:]),
                DELIVERIES,
                COMPLAINTS,
                (_("IKM pemasok"), ENTERPRISES[1], "partnerships:suppliers"),
                (_("Sampel"), "package", "partnerships:samples"),
                (_("Unduhan"), *REPORTS[1:]),
            ],
        ),
    ],
    "viewer": [
        ("", [HOME, LOOP]),
        (_("Program"), [ENTERPRISES, COHORTS, AGREEMENTS, REQUIREMENTS, DECISIONS]),
        (_("Data"), [REPORTS]),
    ],
}

# role -> the five under the thumb on a phone; the third is the large one
ACCOUNT = (_("Akun"), "user", "accounts:profile")
BOTTOM_BARS: dict[str, list] = {
    "owner": [
        (_("Beranda"), "home", "dashboard:owner_home"),
        (_("Jadwal"), "calendar-event", "trainings:my_schedule"),
        (_("Presensi"), "qrcode", "trainings:check_in"),
        (_("Nilai"), "clipboard-check", "assessments:my_scores"),
        ACCOUNT,
    ],
    "mentor": [
        FIELD_HOME,
        (_("IKM"), *ENTERPRISES[1:]),
        (_("Nilai"), *ASSESSMENTS[1:]),
        FINDINGS,
        ACCOUNT,
    ],
}
BIG = 2


@dataclass
class Item:
    """One line of a menu."""

    label: str | Promise
    icon: str
    name: str
    url: str
    count: int | None = None
    is_big: bool = False
    current: str = ""  # what goes into aria-current: "page" on the page itself, "true" below it


@dataclass
class Section:
    title: str | Promise
    items: list[Item] = field(default_factory=list)


def url_of(name: str) -> str | None:
    """Return the address of a URL name, or None while nobody has built the page."""
    return address_in(settings.ROOT_URLCONF, name)


@lru_cache(maxsize=512)
def address_in(_urlconf: str, name: str) -> str | None:
    """Return the address of a URL name; a menu asks for the same thirty on every page, and they never change."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return None


def mark_current(items: list[Item], path: str) -> None:
    """Mark the one item whose address is the longest beginning of the path."""
    below = [item for item in items if path.startswith(item.url)]
    if below:
        nearest = max(below, key=lambda item: len(item.url))
        nearest.current = "page" if nearest.url == path else "true"


class Navigation:
    """The menus of one request, worked out only when a template asks for them."""

    def __init__(self, request):
        self.request = request

    @property
    def user(self):
        return getattr(self.request, "user", None)

    @cached_property
    def role(self) -> str:
        return str(getattr(self.user, "role", "") or "")

    @cached_property
    def is_owner(self) -> bool:
        return self.role == "owner"

    @property
    def shell(self) -> str:
        """The frame of pages that everybody reads: owners on a phone, all others at a desk."""
        return "base_field.html" if self.is_owner else "base_staff.html"

    @cached_property
    def counts(self) -> dict[str, int]:
        """Return URL name -> how many wait there. `NAVIGATION_COUNTS` names the function that knows."""
        if not self.role or not (path := getattr(settings, "NAVIGATION_COUNTS", "")):
            return {}
        return import_string(path)(self.request)

    @cached_property
    def sections(self) -> list[Section]:
        sections = []
        for title, rows in NAV.get(self.role, []):
            items = [self.item(row) for row in rows]
            if items := [item for item in items if item]:
                sections.append(Section(title, items))
        mark_current([item for section in sections for item in section.items], self.request.path)
        return sections

    @cached_property
    def bottom(self) -> list[Item]:
        rows = BOTTOM_BARS.get(self.role, [])
        items = []
        for place, row in enumerate(rows):
            if item := self.item(row):
                item.is_big = place == BIG
                items.append(item)
        mark_current(items, self.request.path)
        return items

    def item(self, row) -> Item | None:
        label, drawing, name = row
        url = url_of(name)
        return Item(label, drawing, name, url, self.counts.get(name)) if url else None

    @cached_property
    def home(self) -> str:
        return url_of(HOMES.get(self.role, "dashboard:home")) or "/"

    @cached_property
    def search(self) -> str | None:
        return url_of("dashboard:search") if self.role and not self.is_owner else None

    @cached_property
    def account(self) -> str | None:
        return url_of("accounts:profile")

    @cached_property
    def notices(self) -> Item | None:
        return self.item((_("Pemberitahuan"), "bell", "notifications:list"))

    @cached_property
    def help(self) -> str | None:
        return url_of("dashboard:help")

    @cached_property
    def sign_out(self) -> str | None:
        return url_of("account_logout")

    @cached_property
    def set_language(self) -> str | None:
        return url_of("set_language")

    @property
    def now(self):
        return timezone.now()

    @cached_property
    def person(self) -> dict[str, str]:
        """Return name, initials and role in words of who is signed in."""
        name = getattr(self.user, "full_name", "") or str(self.user)
        role = self.user.get_role_display() if hasattr(self.user, "get_role_display") else ""
        return {"name": name, "initials": initials(name), "role": role}


def navigation(request) -> dict[str, Navigation]:
    """Context processor: `nav` in every template."""
    return {"nav": Navigation(request)}
