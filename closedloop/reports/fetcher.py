"""The only addresses a report may load: our own assets, uploaded photos by name, charts held in memory.

WeasyPrint's own fetcher opens file:// and http://, so a note with `<img src="file:///etc/passwd">` would be
read (reliability.md M10).
"""

import mimetypes
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse  # noqa: TID253 slow itself


class ReportURLFetcher(URLFetcher):
    """aset:/x is a static file, media:/x an upload, bagan:NAME an SVG in memory; everything else stops the render."""

    def __init__(self, roots: Mapping[str, Path], drawings: Mapping[str, str] | None = None):
        super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)
        self.roots = {scheme: Path(root).resolve() for scheme, root in roots.items()}
        self.drawings = drawings or {}

    def fetch(self, url, headers=None):
        parts = urlsplit(url)
        if parts.scheme == "bagan" and parts.path in self.drawings:
            return URLFetcherResponse(
                url, self.drawings[parts.path].encode(), {"Content-Type": "image/svg+xml"}
            )
        root = self.roots.get(parts.scheme)
        if root is not None and not parts.netloc:
            path = (root / unquote(parts.path).lstrip("/")).resolve()
            if path.is_relative_to(root) and path.is_file():
                kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
                return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})
        raise FatalURLFetchingError(f"reports may not load {url[:200]}")
