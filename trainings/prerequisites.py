"""Prerequisites of modules: they warn whoever schedules or attends, and stop nobody."""

from collections.abc import Collection

from trainings.models import Module


def waits_for(module: Module, passed: Collection[str]) -> str:
    """Return the code of the module's prerequisite while it is not among the passed codes; empty otherwise.

    A module that is passed itself waits for nothing.
    """
    prerequisite = module.prerequisite
    if prerequisite is None or prerequisite.code in passed or module.code in passed:
        return ""
    return prerequisite.code
