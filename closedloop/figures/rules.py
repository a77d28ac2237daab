"""The version of the rules that figures are computed by: another one where any of them changed."""

import hashlib
from functools import lru_cache
from pathlib import Path

from assessments import qcd
from closedloop import figures
from participants import told
from partnerships import ledger, loop, loop_board, punctuality, realisation
from trainings import counting, progress

LENGTH = 8


@lru_cache(maxsize=1)
def rules_version() -> str:
    """Return eight signs that stand for the text of every module which defines or computes a figure.

    Two reports with different signs may differ because a rule changed and not the data; with the same signs, only
    because the data did.
    """
    files = sorted(Path(figures.__file__).parent.glob("*.py"))
    files += [
        Path(str(module.__file__))
        for module in (counting, ledger, loop, loop_board, progress, punctuality, qcd, realisation, told)
    ]
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:LENGTH]
