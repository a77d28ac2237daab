"""What the guards walk over: our models, our files. Generated, so that whatever is new is guarded too."""

from pathlib import Path

from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parents[2]
OUR_PACKAGES = ("closedloop", "participants", "trainings", "assessments", "partnerships")


def our_models() -> list[type[models.Model]]:
    """Every concrete model of ours."""
    return [model for model in apps.get_models() if model.__module__.split(".")[0] in OUR_PACKAGES]


def by_label() -> dict[str, type[models.Model]]:
    return {model._meta.label: model for model in our_models()}


def python_files(*, migrations: bool = False) -> list[Path]:
    """Every Python file of the product: no tests, and no migrations unless asked for."""
    files = [path for package in OUR_PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    return [path for path in files if migrations or "migrations" not in path.parts]


def templates() -> list[Path]:
    return sorted(
        path for path in (ROOT / "templates").rglob("*") if path.suffix in {".html", ".svg", ".txt"}
    )
