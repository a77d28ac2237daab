"""A real Chromium against a real server, worker and sweeper."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import sync_playwright

from closedloop import embedded
from tests.factories.accounts import PASSWORD
from tests.processes import database_of_the_test
from tests.waiting import nobody_else_writes, wait_for

ROOT = Path(__file__).parents[2]
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 1000}
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="session", autouse=True)
def static_folder():
    """Whitenoise warns of a folder that is not there, and the server starts before any test's own settings."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(scope="session")
def chromium():
    """One browser for the run; the tests are skipped by name where the machine has none."""
    if os.environ.get("BROWSER_TESTS") == "skip" or not Path(CHROMIUM).exists():
        pytest.skip("Chromium is not on this machine")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's own event loop makes Django cautious
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


class Visitor:
    """One person with a browser of their own: a desk or a phone."""

    def __init__(self, chromium, server, size, folder):
        self.context = chromium.new_context(viewport=size, locale="id-ID", accept_downloads=True)
        self.context.set_default_timeout(60_000)
        self.page = self.context.new_page()
        self.server, self.folder, self.faults = server, folder, []
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("console", self.listen)
        self.page.on("response", self.check)

    def listen(self, message):
        if message.type == "error" and "favicon" not in message.text:
            self.faults.append(f"console: {message.text}")

    def check(self, response):
        if response.status >= 500:
            self.faults.append(f"{response.status} {response.url}")

    def open(self, name, *args, query=""):
        self.page.goto(self.server.url + reverse(name, args=args) + query)
        return self.page

    def sign_in(self, user):
        self.open("account_login")
        self.page.fill('input[name="login"]', user.email)
        self.page.fill('input[name="password"]', PASSWORD)
        self.page.press('input[name="password"]', "Enter")
        self.page.wait_for_url(lambda url: "/masuk/" not in url)
        return self

    def picture(self, name):
        """Keep a picture for people to look at."""
        self.page.screenshot(path=self.folder / f"{name}.png", full_page=True)


@pytest.fixture
def visitor(chromium, live_server, tmp_path_factory):
    """Make visitors; at the end none of them may have met a script error, a blocked resource or a 500."""
    folder = Path(os.environ.get("PICTURES", tmp_path_factory.mktemp("pictures")))
    visitors = []

    def make(size=None):
        visitors.append(Visitor(chromium, live_server, size or DESK, folder))
        return visitors[-1]

    yield make
    faults = [fault for one in visitors for fault in one.faults]
    for one in visitors:
        one.context.close()
    wait_for(nobody_else_writes)  # what a page sent last is answered though nobody waits for it
    assert faults == []


def own_broker() -> str:
    """The broker of this process of the run alone: a worker that another one started would take its jobs for none."""
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    return f"{embedded.redis_url()}?virtual_host={number + 1}"


@pytest.fixture
def background(transactional_db):
    """A real worker and a real sweeper on the test's database and files."""
    environment = {
        **os.environ,
        "DATABASE_URL": database_of_the_test(),
        "REDIS_URL": own_broker(),
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "DEBUG": "1",
    }
    commands = (
        [
            sys.executable,
            "-m",
            "celery",
            "-A",
            "closedloop",
            "worker",
            "--concurrency",
            "1",
            "--queues",
            "reports,bulk",
            "--loglevel",
            "WARNING",
        ],
        [sys.executable, "manage.py", "sweep"],
    )
    processes = [subprocess.Popen(command, cwd=ROOT, env=environment) for command in commands]
    time.sleep(0.5)
    assert all(process.poll() is None for process in processes)
    yield processes
    for process in processes:
        process.terminate()
    for process in processes:
        process.wait(30)
