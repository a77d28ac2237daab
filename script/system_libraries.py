"""Print the Debian packages whose libraries do not load: what WeasyPrint and the embedded PostgreSQL need."""

import ctypes
import ctypes.util

NEEDED = {
    "libgobject-2.0.so.0": "libglib2.0-0",
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz.so.0": "libharfbuzz0b",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
    "libfontconfig.so.1": "libfontconfig1",
    "libz.so.1": "zlib1g",
}


def loads(library: str) -> bool:
    short_name = library.removeprefix("lib").partition(".so")[0]
    for name in (library, ctypes.util.find_library(short_name)):
        try:
            if name and ctypes.CDLL(name):
                return True
        except OSError:
            continue
    return False


print(*(package for library, package in NEEDED.items() if not loads(library)))
