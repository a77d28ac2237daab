"""Records of the access table that belong to reports."""


class ReportsWorld:
    pass
