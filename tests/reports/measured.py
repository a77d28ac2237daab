"""One report in a process of its own under a worker's bounds: `python -m tests.reports.measured SNAPSHOT`.

Prints pages, seconds and the most memory in MB, as JSON.
"""

import json
import resource
import sys
import time
from pathlib import Path

import django

django.setup()

from closedloop.celery import bound_memory  # noqa: E402
from closedloop.reports import pdf  # noqa: E402, TID253 this process is there to draw

if __name__ == "__main__":
    bound_memory()
    snapshot = json.loads(Path(sys.argv[1]).read_text())
    began = time.monotonic()
    rendered = pdf.render(snapshot)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"pages": rendered.pages, "seconds": time.monotonic() - began, "mb": most // 1024}))
