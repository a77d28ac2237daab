"""Phones over plain HTTP: each with its own cookies, each starting at its own moment."""

import http.client
import re
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html import unescape
from http.cookies import SimpleCookie
from urllib.parse import urlencode

FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
ACTION = re.compile(r'action="([^"]*)"')
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


@dataclass
class Answer:
    """What came back, and the seconds it took. Status 0 is a connection that broke before any answer."""

    status: int
    seconds: float
    body: str = ""
    location: str = ""


@dataclass
class Phone:
    """A browser without scripts that keeps its cookies."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, address: str) -> Answer:
        return self._ask("GET", address)

    def post(self, address: str, page: str, **answers: str) -> Answer:
        """Send the page's form that goes to this address, with these answers and the hidden fields it came with.

        What the form's own address says after the question mark goes along.
        """
        action, fields = next(
            (unescape(action[1]), inner)
            for opening, inner in FORM.findall(page)
            if (action := ACTION.search(opening)) and action[1].partition("?")[0] == address
        )
        return self._ask("POST", action, urlencode({**dict(HIDDEN.findall(fields)), **answers}))

    def _ask(self, method: str, address: str, body: str = "") -> Answer:
        headers = {
            **self.headers,
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, address, body, headers)
            response = connection.getresponse()
            text = response.read().decode(errors="replace")  # it may be a picture
        except (ConnectionError, http.client.HTTPException):
            return Answer(0, time.monotonic() - began)
        finally:
            connection.close()
        for line in response.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        return Answer(response.status, time.monotonic() - began, text, response.headers.get("Location", ""))


def at_their_moments(starts: Iterable[float], do: Callable[[int], object]) -> list:
    """Do it once for each start, that many seconds from now, whether or not those before are done.

    Such an open loop does not wait for a slow server, so a queue shows in the times. Returns what each
    returned, in the order of the starts.
    """
    starts = list(starts)
    begun = threading.Event()
    zero = 0.0

    def one(number: int):
        begun.wait()
        time.sleep(max(0.0, zero + starts[number] - time.monotonic()))
        return do(number)

    with ThreadPoolExecutor(len(starts)) as pool:
        running = [pool.submit(one, number) for number in range(len(starts))]
        zero = time.monotonic() + 0.2
        begun.set()
        return [future.result() for future in running]


def p95(seconds: Iterable[float]) -> float:
    """Return the time within which 95 of 100 were answered."""
    ordered = sorted(seconds)
    return ordered[-1 - len(ordered) // 20]
