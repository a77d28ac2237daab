"""Every class decision of the past, judged once more by its own rules over its own inputs."""

from django.core.management.base import BaseCommand, CommandError

from assessments.models import ClassDecision
from assessments.recomputed import differences

AT_ONCE = 200


class Command(BaseCommand):
    help = "Recomputes all class decisions from what they stored; exits 1 and names those that differ."

    def handle(self, **options):
        decisions = (
            ClassDecision.objects.decided().select_related("scheme", "enterprise").order_by("decided_at")
        )
        different = 0
        for decision in decisions.iterator(AT_ONCE):
            if found := differences(decision):
                different += 1
                self.stdout.write(f"{decision.record_number} {decision.code}: {', '.join(found)}")
        summary = f"decisions={decisions.count()} differences={different}"
        if different:
            raise CommandError(summary)
        self.stdout.write(summary)
