"""Drafts of what assessments are made by."""

from functools import cached_property

from assessments.actions.rubric_versions import start_rubric
from assessments.actions.scheme_versions import start_scheme


class RubricsWorld:
    @cached_property
    def rubric_draft(self):
        return start_rubric(self.rubric, by=self.staff)

    @cached_property
    def scheme_draft(self):
        return start_scheme(self.scheme, by=self.staff)
