"""Records of the access table that belong to assessments."""


class AssessmentsWorld:
    pass
