"""Two people merge the same pair at once, each the other way round."""

from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from participants.actions.merges import merge_enterprises
from participants.models import Enterprise, EnterpriseMerge
from tests.factories.accounts import UserFactory
from tests.factories.participants import EnterpriseFactory


@pytest.mark.django_db(transaction=True)
def test_one_merges_and_the_other_is_told():
    one, two = EnterpriseFactory(), EnterpriseFactory()
    staff = [UserFactory(role="staff"), UserFactory(role="staff")]
    start, answers = Barrier(2), []

    def merge(survivor, other, by):
        try:
            start.wait()
            answers.append(merge_enterprises(survivor, other, by=by))
        except ValidationError as error:
            answers.append(error)
        finally:
            connection.close()

    threads = [Thread(target=merge, args=args) for args in ((one, two, staff[0]), (two, one, staff[1]))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    refused = [answer for answer in answers if isinstance(answer, ValidationError)]
    assert len(answers) == 2 and len(refused) == 1
    assert "sudah digabung" in str(refused[0])
    assert EnterpriseMerge.objects.count() == Enterprise.objects.count() == 1
