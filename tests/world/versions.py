"""Records of the access table that belong to corrections and to the second assessor."""

from functools import cached_property

from assessments import actions
from tests.world.seconds import SecondsWorld

REASON = "Butir R2.1 tertukar dengan R1.1 saat disalin dari kertas."


class VersionsWorld(SecondsWorld):
    @cached_property
    def correction_draft(self):
        """Begun by the mentor on the official assessment."""
        return actions.start_correction(self.assessment, REASON, by=self.mentor)
