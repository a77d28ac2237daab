import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from closedloop.regions.models import Province, Regency


@pytest.fixture
def regions_survive(django_db_setup, django_db_blocker):
    """Put the regions back after a test that commits: the flush behind it empties their tables too.

    Ask for it before anything that asks for the database, so that it is the last to clean up.
    """
    with django_db_blocker.unblock():
        provinces, regencies = list(Province.objects.all()), list(Regency.objects.all())
    yield
    with django_db_blocker.unblock():
        Province.objects.bulk_create(provinces, ignore_conflicts=True)
        Regency.objects.bulk_create(regencies, ignore_conflicts=True)


@pytest.fixture
def queries(client):
    """Return how many queries a page takes; the first look warms what is remembered between requests."""

    def count(address, **query):
        client.get(address, query)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address, query).status_code == 200
        return len(asked)

    return count
