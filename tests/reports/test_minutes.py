"""Berita Acara Sidang Kelas: for whoever may read the decision, in their language, from what it stored."""

import re
from io import BytesIO

import pytest
from django.conf import settings
from django.urls import reverse
from pypdf import PdfReader

from closedloop.core.models import new_id
from closedloop.reports.models import Kind, ReportBatch, ReportJob
from closedloop.reports.work import work_on

pytestmark = [
    pytest.mark.django_db,
]


def asked(client, decision, key=None):
    key = key or new_id()
    return client.post(reverse("reports:minutes", args=[decision.code]), {"form_key": key})


def words_of(content: bytes) -> str:
    pages = PdfReader(BytesIO(content)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def test_an_owner_asks_from_the_phone_and_takes_it_away(world, client, login):
    decision = world.decided_decision
    login(world.owner)
    page = client.get(decision.get_absolute_url()).content.decode()
    assert reverse("reports:minutes", args=[decision.code]) in page
    key = new_id()
    response = asked(client, decision, key)
    assert asked(client, decision, key).url == response.url  # pressed twice
    job = ReportJob.objects.get()
    assert "Sedang dikerjakan" in client.get(response.url).content.decode()
    work_on(job.pk)
    assert "Unduh PDF" in client.get(response.url).content.decode()
    file = client.post(reverse("reports:download", args=[job.code]))
    text = words_of(b"".join(file.streaming_content))
    for part in (
        "Berita Acara Sidang Kelas",
        decision.record_number,
        "Naik kelas: Madya",
        "Anggota Sidang",
        str(world.lead),
        "1 dari 1 terpenuhi",
        "Keberatan sampai",
        job.spoken_code,
    ):
        assert part in text, part
    for sha256 in (decision.snapshot_sha256, decision.snapshot["evidence"][0]["sha256"]):
        assert sha256 in text.replace(" ", "")  # a long word breaks over lines


def test_in_english_for_whoever_reads_english(world, client, login):
    login(world.staff)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    asked(client, world.decided_decision)
    job = ReportJob.objects.select_related("batch").get()
    assert (job.batch.kind, job.batch.language) == (Kind.MINUTES, "en")
    work_on(job.pk)
    job.refresh_from_db()
    assert job.status == "done", job.error_text
    file = client.post(reverse("reports:download", args=[job.code]))
    text = words_of(b"".join(file.streaming_content))
    assert "Minutes of the class board" in text
    assert "5R in English" in text
    assert "Berlaku sampai" not in text


def test_a_stranger_with_the_paper_compares_the_decision_and_reads_no_personal_name(world, client, login):
    login(world.lead)
    asked(client, world.decided_decision)
    job = ReportJob.objects.get()
    work_on(job.pk)
    client.logout()
    page = client.get(reverse("reports:verify", args=[job.code])).content.decode()
    assert world.decided_decision.record_number in page
    assert "Naik kelas: Madya" in page
    assert str(world.lead) not in page


def test_a_page_that_stood_open_too_long_is_told_so(world, client, login):
    login(world.owner)
    page = client.post(reverse("reports:minutes", args=[world.decided_decision.code]), {}, follow=True)
    assert "sudah lama terbuka" in page.content.decode()
    assert not ReportBatch.objects.exists()
