"""What the office does besides: calls those who stay away, keeps its lists, and puts records in order."""

from closedloop.demonstration.enterprises import phone_of
from closedloop.demonstration.show import Show, Story
from closedloop.demonstration.tables import enterprises
from participants.actions import record_annual_figure, register_enterprise, save_view
from participants.actions.merges import judge_not_duplicate, merge_enterprises
from participants.models import Enrolment, Enterprise
from trainings.actions import answer_warning
from trainings.warned import warnings_of

CALLED = {
    "Pijar Busi": "Ditelepon: pemilik mengurus ibu yang sakit. Putranya ikut sesi susulan 3 Desember.",
    "Wijaya Kawat Pegas": "Disepakati lewat WhatsApp: mengirim wakil ke sesi susulan berikutnya.",
    "Losari Karoseri Timur": "Dikunjungi; ikut secara daring bila kelas di Jawa.",
}
VIEWS = (
    ("petugas", "Belum ada NIB", "kurang=nib", True),
    ("petugas", "Kelas 2 di Jawa Tengah", "provinsi=33&kelas=2", False),
    ("petugas2", "Dokumen kedaluwarsa", "kurang=dokumen", True),
)
TWICE, TWIN = "Mekar Bubut Presisi", "Mekar Bubut Presisi Jaya"
ALIKE = ("Nira Stamping Utama", "Sentra Busing")


def calls(show: Show) -> Story:
    """Mentors and the office answer what the portal warned of."""
    yield show.at(4, "15.40")
    of_round = Enrolment.objects.filter(cohort=show.cast.cohorts["angkatan-5"])
    answered = set()
    for one in warnings_of(of_round.select_related("enterprise", "cohort")):
        name = one.enrolment.enterprise.name
        if name in CALLED and name not in answered:
            answered.add(name)
            mentor = next(row.mentor for row in enterprises() if row.name == name)
            answer_warning(one.enrolment, one.rule, one.key, CALLED[name], by=show.cast.users[mentor])


def views(show: Show) -> Story:
    """Staff keep the lists they open every week."""
    yield show.at(19, "11.20")
    for key, name, query, is_shared in VIEWS:
        save_view(by=show.cast.users[key], name=name, query=query, is_shared=is_shared)


def written_twice(show: Show) -> Story:
    """A colleague wrote an IKM down again after a fair; the office puts both records together."""
    yield show.at(70, "16.30")
    cast = show.cast
    known = cast.enterprises[TWICE]
    row = next(row for row in enterprises() if row.name == TWICE)
    twin = register_enterprise(
        by=cast.users["petugas2"],
        name=TWIN,
        legal_form=row.form,
        regency=known.regency,
        website="https://mekarbubut.contoh.id",
        products=["Poros roda belakang"],
        person={"full_name": "Hartati", "phone": phone_of(row), "email": ""},
    )
    record_annual_figure(twin, by=cast.users["petugas2"], year=show.day(70).year - 3, employee_count=17)
    yield show.at(27, "10.05")
    merge_enterprises(Enterprise.objects.get(pk=known.pk), twin, by=cast.staff)


def not_the_same(show: Show) -> Story:
    """Two workshops share a telephone, because one owner helps the other; that is remembered."""
    yield show.at(26, "09.50")
    one, two = (show.cast.enterprises[name] for name in ALIKE)
    reason = "Dua usaha berbeda di satu sentra; pemiliknya bersaudara dan memakai alamat yang berdekatan."
    judge_not_duplicate(one, two, by=show.cast.staff, reason=reason)
