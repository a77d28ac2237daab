"""Records of the access table that belong to partnerships."""


class PartnershipsWorld:
    pass
