"""Drafts of what assessments are made by."""

from functools import cached_property

from assessments.actions.rubric_versions import start_rubric


class RubricsWorld:
    @cached_property
    def rubric_draft(self):
        return start_rubric(self.rubric, by=self.staff)
