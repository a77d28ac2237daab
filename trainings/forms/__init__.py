"""Forms of the trainings, a module per subject."""
