"""Every day of supply clearance, judged once more from the figures and papers that were kept with it."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from partnerships.clearance_history import differences
from partnerships.models import SupplyClearance

AT_ONCE = 200


class Command(BaseCommand):
    help = "Judges supply clearance for every day since its first; exits 1 and names the days that differ."

    def handle(self, **options):
        clearances = SupplyClearance.objects.select_related("enterprise", "buyer").prefetch_related("days")
        pairs = days = different = 0
        today = timezone.localdate()
        for row in clearances.iterator(AT_ONCE):
            kept = [one.stored for one in row.days.all()]
            pairs, days = pairs + 1, days + len(kept)
            for day, stored, again in differences(kept, today):
                different += 1
                self.stdout.write(f"{row.enterprise.code} {row.buyer.code} {day}: {stored}, {again}")
            if kept and max(kept, key=lambda one: one.day).status != row.status:
                different += 1
                self.stdout.write(f"{row.enterprise.code} {row.buyer.code}: {row.status}")
        summary = f"pairs={pairs} days={days} differences={different}"
        if different:
            raise CommandError(summary)
        self.stdout.write(summary)
