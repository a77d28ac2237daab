from datetime import date

import factory

from partnerships.models import MonthNotice


class MonthNoticeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MonthNotice

    month = factory.Sequence(lambda n: date(2027 + n // 12, n % 12 + 1, 1))
