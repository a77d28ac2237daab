"""Ship what the programme starts with: codes, the curriculum, the rubric, the class scheme."""

from django.core.management.base import BaseCommand
from django.db import transaction

import assessments.actions
import participants.actions
import trainings.actions


class Command(BaseCommand):
    help = "Load the shipped codes, curriculum, rubric and class scheme; safe to run again."

    @transaction.atomic
    def handle(self, *args, verbosity, **options):
        for app in (participants, trainings, assessments):
            app.actions.load_reference()
        if verbosity:
            self.stdout.write("Data acuan termuat.")
