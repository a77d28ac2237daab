"""The code's own targets (style.md §4), printed and held."""

import ast
import importlib
import itertools
import re
import statistics
import sys
import tomllib
from dataclasses import dataclass
from functools import cache

import pytest
from django.dispatch import Signal

from tests.access import PUBLIC
from tests.guards.ours import OUR_PACKAGES, ROOT, python_files, templates, views

MAX_FILE_LINES = 500
AIM_FILE_LINES = 400
MEDIAN_FILE_LINES = 100
FUNCTION_P95 = 40
MOST_DEPENDENCIES = 23
BANNED_FILES = {"utils.py", "helpers.py", "services.py", "common.py"}
SLOW_IMPORTS = {"closedloop.reports.pdf"}
MONEY_STAGES = re.compile(r"dijanjikan|dipesan|dikirim|diterima|ditagih|dibayar", re.IGNORECASE)

# addresses that need no permission, because they show or change only what is the asker's own
OWN = {
    "dashboard:start": "sends everybody to the home of their role",
    "dashboard:tasks": "one's own tasks",
    "dashboard:search": "finds only what is visible to the asker",
    "dashboard:help": "the same for everybody",
    "accounts:profile": "one's own account",
    "account_change_password": "one's own password",
    "account_set_password": "one's own password",
    "account_reauthenticate": "one's own password",
    "notifications:list": "one's own messages",
    "notifications:open": "one's own message",
    "notifications:mark_all_read": "one's own messages",
}

# addresses that are open to all at first, and ask for sign-in and permission in their own way
ASKS_ITSELF = {
    "trainings:check_in_session": "keeps what was scanned, then sends to sign in; confirm() needs CHECK_IN",
}


@dataclass
class Parsed:
    path: object
    text: str
    tree: ast.AST

    @property
    def name(self) -> str:
        return str(self.path.relative_to(ROOT))


@cache
def parsed() -> list[Parsed]:
    """Every file of ours, parsed when the first test asks: every process of a run imports this module."""
    return [Parsed(path, text := path.read_text(), ast.parse(text)) for path in python_files()]


def functions(tree) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_files_are_short(count):
    lengths = {file.name: file.text.count("\n") for file in parsed()}
    count(
        "shape, files",
        files=len(lengths),
        median=int(statistics.median(lengths.values())),
        max=max(lengths.values()),
        over_400=sum(length > AIM_FILE_LINES for length in lengths.values()),
    )
    assert {name: length for name, length in lengths.items() if length > MAX_FILE_LINES} == {}
    assert statistics.median(lengths.values()) <= MEDIAN_FILE_LINES


def test_functions_are_short(count):
    lengths = sorted(node.end_lineno - node.lineno + 1 for file in parsed() for node in functions(file.tree))
    p95 = lengths[int(len(lengths) * 0.95)]
    count(
        "shape, functions",
        functions=len(lengths),
        median=lengths[len(lengths) // 2],
        p95=p95,
        max=lengths[-1],
    )
    assert p95 <= FUNCTION_P95


def test_files_are_named_for_what_they_do():
    assert [file.name for file in parsed() if file.path.name in BANNED_FILES] == []


def test_nothing_happens_by_signal(count):
    """Neither `@receiver` nor `.connect(` on a signal of Django's or ours."""
    signals = {"receiver", "Signal"}
    found = []
    for file in parsed():
        for node in ast.walk(file.tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("django"):
                names = {alias.name for alias in node.names}
                if node.module == "django.dispatch" and names & signals:
                    found.append(f"{file.name}:{node.lineno}")
                if node.module.endswith(".signals"):
                    found.append(f"{file.name}:{node.lineno}")
    count("shape, signals", files=len(parsed()), found=len(found))
    assert found == []


def test_no_receiver_of_ours_is_connected():
    ours = []
    for module in list(sys.modules.values()):
        for signal in list(getattr(module, "__dict__", {}).values()):
            if issubclass(type(signal), Signal):  # isinstance would wake lazy objects
                ours += [
                    entry[1]()
                    for entry in signal.receivers
                    if getattr(entry[1](), "__module__", "").split(".")[0] in OUR_PACKAGES
                ]
    assert ours == []


def test_imports_stand_on_top(count):
    inline = [
        (file.name, node.lineno, name)
        for file in parsed()
        for function in functions(file.tree)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in imported(node)
    ]
    count("shape, inline imports", found=len(inline))
    assert [place for place in inline if place[2] not in SLOW_IMPORTS] == []


def imported(node) -> list[str]:
    """The modules that an import statement names; `from closedloop.reports import pdf` names closedloop.reports.pdf."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if node.module in SLOW_IMPORTS:
        return [node.module]
    return [f"{node.module}.{alias.name}" for alias in node.names]


def test_dependencies_are_few_and_each_says_why(count):
    text = (ROOT / "pyproject.toml").read_text()
    packages = tomllib.loads(text)["project"]["dependencies"]
    block = text.split("dependencies = [", 1)[1].split("\n]", 1)[0].splitlines()
    unexplained = [
        line.strip()
        for above, line in itertools.pairwise(block)
        if line.strip().startswith('"') and not above.strip().startswith("#")
    ]
    count("shape, dependencies", runtime=len(packages), unexplained=len(unexplained))
    assert unexplained == []
    assert len(packages) <= MOST_DEPENDENCIES


def test_every_view_says_who_may(count):
    """By @requires; or the address is public; or it stands in the reviewed list of own-account pages."""
    guarded = {name for name, view in views().items() if getattr(view, "permissions", ())}
    unguarded = set(views()) - guarded - set(PUBLIC)
    count("shape, views", views=len(views()), guarded=len(guarded), own=len(OWN), public=len(PUBLIC))
    assert unguarded == set(OWN) | set(ASKS_ITSELF)


def test_public_addresses_are_those_that_need_no_login():
    open_views = {name for name, view in views().items() if not getattr(view, "login_required", True)}
    assert open_views == (set(PUBLIC) & set(views())) | set(ASKS_ITSELF)


INLINE = re.compile(
    r"""\sstyle\s*=|\son[a-z]+\s*=\s*["']|<style[\s>]|<script(?![^>]*\bsrc=)|javascript:""", re.IGNORECASE
)


def test_templates_hold_no_script_and_no_style(count):
    """The content security policy would drop them. Templates of PDFs are read by no browser."""
    pages = [path for path in templates() if "pdf" not in path.parts]
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path in pages
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if INLINE.search(line)
    ]
    count("shape, templates", templates=len(pages), inline=len(found))
    assert found == []


def words_of(path) -> list[tuple[int, str]]:
    """(line, text) of whatever a person may come to read in the file."""
    if path.suffix == ".py":
        tree = ast.parse(path.read_text())
        docstrings = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        return [
            (node.lineno, node.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
        ]
    return list(enumerate(re.sub(r"\{#.*?#\}", "", path.read_text()).splitlines(), 1))


def test_realisasi_says_which_of_the_money_figures(count):
    """architecture.md: dijanjikan, dipesan, dikirim, diterima, ditagih, dibayar are never mixed under one word."""
    catalogues = [path for package in OUR_PACKAGES for path in (ROOT / package).rglob("*.po")]
    paths = [*python_files(), *templates(), *catalogues]
    found = [
        f"{path.relative_to(ROOT)}:{line}: {text.strip()[:80]}"
        for path in paths
        for line, text in words_of(path)
        if re.search(r"\brealisasi", text, re.IGNORECASE) and not MONEY_STAGES.search(text)
    ]
    count("shape, realisasi", files=len(paths), unclear=len(found))
    assert found == []


@pytest.mark.parametrize("package", OUR_PACKAGES)
def test_every_package_is_looked_at(package):
    assert importlib.import_module(package)
    assert any(file.name.startswith(f"{package}/") for file in parsed())
