from datetime import date

import factory

from partnerships.models import MonthNotice


class MonthNoticeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MonthNotice

    month = date(2026, 10, 1)
