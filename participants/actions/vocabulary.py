"""The codes an import may name: by the shipped words, by today's labels, and whether they are still given out."""

from dataclasses import dataclass

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from participants.actions.reference import UNKNOWN_TITLE
from participants.models import Kbli, Process
from participants.processes import code_of, key


@dataclass(frozen=True)
class Vocabulary:
    """The processes and activities of the portal as they are now."""

    titled: frozenset[str]
    retired_kbli: frozenset[str]
    labels: dict[str, str]  # today's label of a process, as key() spells it: its code
    retired_processes: frozenset[str]

    def process(self, word: str) -> str | None:
        """Return the code of the process called so; staff may have renamed a shipped one, or added their own."""
        return self.labels.get(key(word)) or code_of(word)

    def warnings(self, kbli: str | None, processes: tuple[str, ...]):
        """Yield (field, code, message) for what is unknown or retired; none of it refuses a row."""
        if kbli in self.retired_kbli:
            yield "kbli", "retired_kbli", _("Kode KBLI ini tidak dipakai lagi, tetapi tetap dicatat.")
        elif kbli and kbli not in self.titled:
            yield (
                "kbli",
                "unknown_kbli",
                _("Kode KBLI ini belum ada di daftar portal. Periksa kodenya; judulnya dilengkapi nanti."),
            )
        for word in processes:
            code = self.process(word)
            if code is None:
                message = _("Proses “{word}” tidak dikenal dan tidak dicatat. Pilih prosesnya di data IKM.")
                yield "processes", "unknown_process", format_lazy(message, word=word)
            elif code in self.retired_processes:
                message = _("Proses “{word}” tidak dipakai lagi, tetapi tetap dicatat.")
                yield "processes", "retired_process", format_lazy(message, word=word)


def vocabulary() -> Vocabulary:
    """Return the codes of the portal as they are now, in two queries."""
    activities = list(Kbli.objects.filter(version=Kbli.Version.V2020))
    processes = list(Process.objects.all())
    return Vocabulary(
        titled=frozenset(one.code for one in activities if one.title != UNKNOWN_TITLE),
        retired_kbli=frozenset(one.code for one in activities if one.is_retired),
        labels={key(one.name): one.code for one in processes},
        retired_processes=frozenset(one.code for one in processes if one.is_retired),
    )
