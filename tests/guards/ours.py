"""What the guards walk over: our models, our files. Generated, so that whatever is new is guarded too."""

from functools import cache
from pathlib import Path

from django.apps import apps
from django.db import models
from django.urls import URLPattern, get_resolver

from participants.models import Enterprise
from partnerships.models import Buyer

ROOT = Path(__file__).resolve().parents[2]
OUR_PACKAGES = ("closedloop", "participants", "trainings", "assessments", "partnerships")


def our_models() -> list[type[models.Model]]:
    """Every concrete model of ours."""
    return [model for model in apps.get_models() if model.__module__.split(".")[0] in OUR_PACKAGES]


def by_label() -> dict[str, type[models.Model]]:
    return {model._meta.label: model for model in our_models()}


@cache
def company_models() -> list[type[models.Model]]:
    """Models from which foreign keys lead to an enterprise or a buyer, however many steps away."""
    found = {Enterprise, Buyer}
    while True:
        more = {
            model
            for model in our_models()
            if model not in found
            and any(
                field.related_model in found
                for field in model._meta.concrete_fields
                if isinstance(field, models.ForeignKey)
            )
        }
        if not more:
            return sorted(found, key=lambda model: model._meta.label)
        found |= more


def python_files(*, migrations: bool = False) -> list[Path]:
    """Every Python file of the product: no tests, and no migrations unless asked for."""
    files = [path for package in OUR_PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    return [path for path in files if migrations or "migrations" not in path.parts]


def templates() -> list[Path]:
    return sorted(
        path for path in (ROOT / "templates").rglob("*") if path.suffix in {".html", ".svg", ".txt"}
    )


def views() -> dict[str, object]:
    """{full name: view} of every address."""

    def walk(resolver, namespace):
        for pattern in resolver.url_patterns:
            if isinstance(pattern, URLPattern):
                yield f"{namespace}{pattern.name}", pattern.callback
            else:
                yield from walk(
                    pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
                )

    return dict(walk(get_resolver(), ""))
