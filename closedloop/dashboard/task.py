"""What one thing to do is, for every list of tasks."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Task:
    """One thing to do. `name` is the URL name of the page it belongs to, by which the menu counts it."""

    name: str
    title: str
    text: str
    url: str
    badge: str
    tone: str = "todo"
    count: int | str = ""
