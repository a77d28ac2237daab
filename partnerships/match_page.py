"""A match as pages show it: every line with its state, its reason, and where the evidence can be opened."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.models import Criterion, Rubric
from closedloop.accounts.permissions import Permission
from closedloop.accounts.roles import Role
from participants.models import Enterprise
from partnerships.ask_words import link_of, title_of
from partnerships.asks import Kind
from partnerships.known import ScoreKnown
from partnerships.match import Answer, Match, State
from partnerships.match_words import STATES, TONES, because
from partnerships.models import Requirement


@dataclass(frozen=True)
class Line:
    """One line for one reader; `href` is empty where the reader may not open the evidence."""

    title: str
    asks: str
    state: str
    word: str
    tone: str
    reason: str
    href: str

    @property
    def met(self) -> bool | None:
        """As components/requirements.html wants it; None is not known."""
        return {State.MET.value: True, State.UNMET.value: False}.get(self.state)


def names_of(requirements: Iterable[Requirement]) -> dict[str, str]:
    """Return the names of the processes and criteria by their codes; criteria as the newest rubric words them."""
    requirements = list(requirements)
    names = {one.process.code: str(one.process) for one in requirements if one.process}
    codes = {
        line.subject for one in requirements for line in one.lines.all() if line.kind == Kind.CRITERION.value
    }
    if codes:
        rows = Criterion.objects.filter(dimension__rubric=Rubric.objects.newest(), code__in=codes)
        names |= {row.code: row.text for row in rows}
    return names


def lines_for(user, enterprise: Enterprise, found: Match, names: Mapping[str, str]) -> list[Line]:
    """Return the lines as this person may read them."""
    is_buyer = user.role == Role.BUYER
    return [
        Line(
            title=title_of(one.ask, names),
            asks=link_of(one.ask, names),
            state=one.state.value,
            word=str(STATES[one.state]),
            tone=TONES[one.state],
            reason=because(one, in_full=not is_buyer),
            href="" if is_buyer else place_of(user, enterprise, one),
        )
        for one in found.answers
    ]


def place_of(user, enterprise: Enterprise, answer: Answer) -> str:
    """Return the page of the evidence, or the one on which it would stand."""
    is_owner, code = user.role == Role.OWNER, enterprise.code
    match answer.ask.kind:
        case Kind.CRITERION if isinstance(answer.evidence, ScoreKnown):
            page = reverse("assessments:detail", args=[answer.evidence.assessment])
            return page if user.may(Permission.ASSESSMENT_VIEW) else ""
        case Kind.CRITERION:
            return (
                reverse("assessments:my_scores")
                if is_owner
                else reverse("assessments:enterprise", args=[code])
            )
        case Kind.DOCUMENT | Kind.CERTIFICATE if is_owner:
            return f"{reverse('participants:my_documents')}?ikm={code}"
        case Kind.DOCUMENT | Kind.CERTIFICATE:
            return reverse("participants:detail", args=[code])
        case Kind.PPM | Kind.ON_TIME:
            return reverse("assessments:my_qcd") if is_owner else reverse("assessments:qcd", args=[code])
    return reverse("participants:capability", args=[code])


def first_open_words(found: Match, names: Mapping[str, str]) -> str:
    """Return the first line that is not met, named with its state; empty when all are."""
    if found.first_open is None:
        return ""
    word = str(STATES[found.first_open.state])
    return _("%(state)s: %(line)s") % {"state": word, "line": title_of(found.first_open.ask, names)}
