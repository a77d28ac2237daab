"""Who works for the programme, and how they got their accounts."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.hashers import make_password

from closedloop.accounts.actions import invite, save_organisation
from closedloop.accounts.models import Invitation, Organisation, User
from closedloop.accounts.roles import Role
from closedloop.audit.trail import record
from closedloop.demonstration.show import Show, Story
from closedloop.regions.models import Province

PASSWORD = "demo-loop-tertutup"  # noqa: S105 printed by `load_demo --logins`, for demonstrations only
Kind = Organisation.Kind

# key: name, short name, kind, province
ORGANISATIONS = {
    "kadin": ("Kadin Indonesia, Komite Tetap IKM Alat Angkut", "Kadin", Kind.KADIN, None),
    "ministry": (
        "Kementerian Perindustrian, Direktorat IKM Logam, Mesin, Elektronika, dan Alat Angkut",
        "Kemenperin",
        Kind.MINISTRY,
        None,
    ),
    "ydba": ("Yayasan Dharma Bhakti Astra", "YDBA", Kind.MENTOR_BODY, None),
    "lpb-west": ("Lembaga Pengembangan Bisnis Wilayah Barat", "LPB Barat", Kind.MENTOR_BODY, None),
    "lpb-central": ("Lembaga Pengembangan Bisnis Wilayah Tengah", "LPB Tengah", Kind.MENTOR_BODY, None),
    "jateng": ("Dinas Perindustrian Provinsi Jawa Tengah", "Disperin Jateng", Kind.REGIONAL_OFFICE, "33"),
    "jatim": ("Dinas Perindustrian Provinsi Jawa Timur", "Disperin Jatim", Kind.REGIONAL_OFFICE, "35"),
}


@dataclass(frozen=True)
class Somebody:
    """One account of the programme's own people; its address is <key>@contoh.id."""

    key: str
    name: str
    role: Role
    organisation: str
    title: str
    is_login: bool = False


PEOPLE = (
    Somebody("operator", "Bayu Prasetyawan", Role.ADMIN, "kadin", "Admin sistem", True),
    Somebody("pimpinan", "Ratna Kusumaningrum", Role.LEAD, "kadin", "Ketua program", True),
    Somebody("wakil", "Gatot Sasrabahu", Role.LEAD, "ministry", "Wakil ketua program"),
    Somebody("petugas", "Dian Permatasari Utami", Role.STAFF, "kadin", "Admin program", True),
    Somebody("petugas2", "Arif Wibawanto", Role.STAFF, "ministry", "Analis industri"),
    Somebody("mentor", "Joko Suwarnata", Role.MENTOR, "lpb-central", "Mentor lapangan", True),
    Somebody("mentor2", "Maria Goretti Nindita", Role.MENTOR, "lpb-central", "Mentor lapangan"),
    Somebody("mentor3", "Ujang Sutiawan", Role.MENTOR, "lpb-west", "Mentor lapangan"),
    Somebody("mentor4", "Nur Hidayatullah", Role.MENTOR, "lpb-west", "Mentor lapangan"),
    Somebody("penilai", "Herlina Simbolan", Role.ASSESSOR, "ydba", "Penilai utama", True),
    Somebody("penilai2", "Satriyo Handaru", Role.ASSESSOR, "ydba", "Penilai"),
    Somebody("pengamat", "Widya Sukmawardani", Role.VIEWER, "jateng", "Kepala seksi industri logam", True),
    Somebody("pengamat2", "Fajar Ramadhanu", Role.VIEWER, "jatim", "Penyuluh perindustrian"),
)


def programme_people(show: Show) -> Story:
    """The administrator sets up the bodies of the programme and invites its people."""
    yield show.at(720, "08.00")
    cast = show.cast
    for key, (name, short_name, kind, province) in ORGANISATIONS.items():
        cast.organisations[key] = Organisation(
            name=name,
            short_name=short_name,
            kind=kind,
            province=Province.objects.get(code=province) if province else None,
        )
    first, *others = PEOPLE
    administrator = User.objects.create_user(
        f"{first.key}@contoh.id", full_name=first.name, role=first.role, title=first.title
    )
    cast.users[first.key] = administrator
    for organisation in cast.organisations.values():
        save_organisation(organisation, by=administrator)
    User.objects.filter(pk=administrator.pk).update(
        organisation=cast.organisations[first.organisation], password=demonstration_hash()
    )
    administrator.refresh_from_db()
    for somebody in others:
        user, _token = invite(
            by=administrator,
            email=f"{somebody.key}@contoh.id",
            full_name=somebody.name,
            role=somebody.role,
            organisation=cast.organisations[somebody.organisation],
            title=somebody.title,
        )
        cast.users[somebody.key] = user
    yield show.at(719, "10.30")
    for somebody in others:
        open_account(cast.users[somebody.key])


def open_account(user: User) -> None:
    """Accept the person's invitation with the password of all demonstration accounts.

    The hash is computed once: fifty times Argon2 would take longer than everything else.
    """
    invitation = Invitation.objects.open().get(user=user)
    invitation.accepted_at = invitation.created_at
    invitation.save(update_fields=["accepted_at"])
    user.password = demonstration_hash()
    user.save(update_fields=["password"])
    record("user.activated", user, by=user)


_hashes: dict[str, str] = {}


def demonstration_hash() -> str:
    hasher = settings.PASSWORD_HASHERS[0]
    if hasher not in _hashes:
        _hashes[hasher] = make_password(PASSWORD)
    return _hashes[hasher]


def logins() -> list[tuple[str, str, str, str]]:
    """Return role, name, address and password of one account per role, in the order of the roles."""
    addresses = [f"{somebody.key}@contoh.id" for somebody in PEOPLE if somebody.is_login]
    addresses += ["pemilik@contoh.id", "pembeli@contoh.id"]
    order = list(Role)
    users = sorted(User.objects.filter(email__in=addresses), key=lambda user: order.index(user.role))
    return [(str(user.get_role_display()), user.full_name, user.email, PASSWORD) for user in users]
