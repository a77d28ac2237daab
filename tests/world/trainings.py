"""Records of the access table that belong to trainings."""


class TrainingsWorld:
    pass
