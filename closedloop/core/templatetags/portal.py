"""Template tags and filters of the portal; settings load them into every template as builtins.

Formats:  {{ v|rupiah }} {{ v|rupiah_short }} {{ ratio|percent }} {{ v|score }} {{ v|change }}
          {{ v|number:1 }} {{ day|date_long }} {{ day|date_medium }} {{ day|date_short }}
          {{ start|date_range:end }} {{ at|time_at:place }} {{ at|moment:place }}
          {% time_range start end place %} {{ v|known }} {{ v|phone }} {{ v|phone_masked }}
Pieces:   {% icon "qrcode" %} {% badge "Hadir" "ok" %} {% klas 2 %} {% ring 3 %} {% bar 0.78 target=0.75 %}
          {% stat "Kehadiran" "92%" "syarat 80%" %} {% panel "Judul" %}…{% endpanel %}
          {% note "warn" %}…{% endnote %} {% scroll "Bagan" %}{{ chart }}{% endscroll %}
          {% empty "Belum ada sesi" "…" %} {% dt "Judul tabel" %}…{% enddt %}
          {% th "Kelas" "kelas" %} {% chip "Kelas: Madya" "kelas" %} {% pager page "IKM" %}
          {% loop stages %} {% steps items %} {% tasks items %} {% timeline events %} {% requirements items %}
          {% job … %} {% thumbs photos %} {% error_summary form %}
The functions below name every parameter. A piece is a template in templates/components/ and may also be
included by hand.
"""

from math import cos, radians, sin

from django import template
from django.forms import CheckboxSelectMultiple, RadioSelect
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from closedloop.core import formats, icons, money
from closedloop.core import phone as phones

register = template.Library()


# --- Formats ----------------------------------------------------------------------------------------
@register.filter
def rupiah(value):
    return formats.unknown() if value is None else money.rupiah(value, language=formats.spoken())


@register.filter
def rupiah_short(value):
    return formats.unknown() if value is None else money.rupiah_short(value, language=formats.spoken())


@register.filter
def percent(ratio):
    return formats.percent(ratio)


@register.filter
def score(value):
    return formats.score(value)


@register.filter
def change(value):
    return formats.change(value)


@register.filter
def number(value, decimals=0):
    return formats.number(value, decimals, trim=decimals > 0)


@register.filter
def fixed(value, decimals):
    """A number with all its decimals, so that those of one column can be compared: 0,60 beside 0,58."""
    return formats.number(value, decimals)


@register.filter
def date_long(value):
    return formats.date_long(value)


@register.filter
def date_medium(value):
    return formats.date_medium(value)


@register.filter
def date_short(value):
    return formats.date_short(value)


@register.filter
def month_long(value):
    return formats.month_long(value)


@register.filter
def date_range(start, end):
    return formats.date_range(start, end)


@register.filter
def time_at(value, place=None):
    return formats.time_at(value, place)


@register.filter
def moment(value, place=None):
    return formats.moment(value, place)


@register.filter
def phone(value):
    return formats.unknown() if not value else phones.display(value)


@register.filter
def phone_masked(value):
    """The number for eyes outside its scope: 08xx-xxxx-x890."""
    return formats.unknown() if not value else phones.masked(value)


@register.filter
def known(value):
    """Return the value, or the words for not knowing it. 0 is known; None and "" are not."""
    return formats.unknown() if value is None or value == "" else value


@register.simple_tag
def time_range(start, end, place=None):
    return formats.time_range(start, end, place)


# --- Small marks ------------------------------------------------------------------------------------
@register.simple_tag
def icon(name, label="", css=""):
    """Inline icon. Give a label only where no word stands beside it."""
    return icons.icon(name, str(label), css)


@register.simple_tag
def badge(text, tone=""):
    """Status in a word. tone: "" neutral, "new" (not begun), "info", "todo", "ok", "bad"."""
    return format_html('<span class="badge {}">{}</span>', tone, text) if text else ""


# the words of participants.ClassLevel, which lies above this module
CLASSES = (
    gettext_lazy("Belum ada kelas"),
    gettext_lazy("Pemula"),
    gettext_lazy("Madya"),
    gettext_lazy("Pra-Mandiri"),
    gettext_lazy("Mandiri"),
)


@register.simple_tag
def klas(level, label=""):
    """Maturity class: four rising bars and its word. level 1–4; 0 or None means no class yet."""
    level = int(level or 0)
    word = label or CLASSES[level]
    return format_html(
        '<span class="nowrap"><span class="klas k{}" aria-hidden="true"><i></i><i></i><i></i><i></i></span>'
        "{}</span>",
        level,
        word,
    )


def arc(centre: float, radius: float, segment: int, gap: float) -> str:
    """Return the path of one of six arcs, clockwise from the top."""
    start, end = radians(-90 + segment * 60 + gap), radians(-30 + segment * 60 - gap)
    return (
        f"M{centre + radius * cos(start):.2f} {centre + radius * sin(start):.2f}"
        f"A{radius:g} {radius:g} 0 0 1 {centre + radius * cos(end):.2f} {centre + radius * sin(end):.2f}"
    )


@register.simple_tag
def ring(done, now=None, size=22, label=""):
    """Loop ring. done: finished stages 0–6; now: the stage under way (default: the next one); size in px."""
    done = int(done or 0)
    now = done + 1 if now is None else int(now)
    width = max(3, size * 0.15)
    tone = ["done" if i < done else "now" if i == now - 1 else "" for i in range(6)]
    paths = format_html_join(
        "",
        '<path class="{}" stroke-width="{}" d="{}"/>',
        (
            (tone[i], f"{width:g}", arc(size / 2, (size - width) / 2, i, 6 if size < 40 else 4))
            for i in range(6)
        ),
    )
    reading = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="ring" width="{0}" height="{0}" viewBox="0 0 {0} {0}" {1}>{2}</svg>',
        str(size),
        reading,
        paths,
    )


@register.simple_tag
def bar(ratio, target=None, tone="", css="tall"):
    """Bar of a ratio 0–1 with an optional tick at the requirement. tone: "", "warn", "bad", "ok".

    Without a tone the bar turns to "warn" below its requirement. The number itself must stand beside it.
    An unknown ratio draws the empty track.
    """
    filled = 0.0 if ratio is None else min(max(float(ratio), 0.0), 1.0) * 100
    if target is not None and not tone and ratio is not None and ratio < target:
        tone = "warn"
    tick = ""
    if target is not None:
        at = min(max(float(target), 0.0), 1.0) * 100
        tick = format_html(
            '<rect class="halo" x="{}" width="2.2" height="10"/>'
            '<rect class="tgt" x="{}" width="1" height="10"/>',
            f"{at - 1.1:g}",
            f"{at - 0.5:g}",
        )
    return format_html(
        '<svg class="bar {}" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="{}" width="{}" height="10"/>{}</svg>',
        css,
        tone,
        f"{filled:g}",
        tick,
    )


# --- Blocks -----------------------------------------------------------------------------------------
@register.inclusion_tag("components/stat.html")
def stat(name, value, yardstick="", unit="", tone="", href=""):
    """One figure inside <dl class="stats">: name, value, yardstick. tone: "", "up", "down"."""
    if value is None or value == formats.unknown():
        value, tone = formats.unknown(), "unknown"
    return {"name": name, "value": value, "yardstick": yardstick, "unit": unit, "tone": tone, "href": href}


@register.simple_block_tag
def panel(content, title, text="", id="", href="", link="", tint=False, flush=False, level=2):
    """Bordered section with a heading. href+link: a link at the right of it; tint: asks for a decision.

    flush: the content brings its own padding (tables, inset task lists).
    """
    return render_to_string(
        "components/panel.html",
        {
            "content": content,
            "title": title,
            "text": text,
            "id": id,
            "href": href,
            "link": link,
            "tint": tint,
            "flush": flush,
            "level": level,
        },
    )


NOTE_ICONS = {"": "info-circle", "ok": "circle-check", "warn": "alert-triangle", "bad": "circle-x"}


@register.simple_block_tag
def note(content, tone=""):
    """Boxed remark. tone: "" (information), "ok", "warn", "bad". Use it for errors too; toasts never are."""
    return format_html(
        '<div class="note {}">{}<div>{}</div></div>', tone, icons.icon(NOTE_ICONS[tone]), content
    )


@register.simple_block_tag
def dt(content, caption, cards=True, id=""):
    """Data table: {% dt "Peserta IKM, 196 hasil" %}<thead>…</thead><tbody>…</tbody>{% enddt %}.

    The wrapper scrolls sideways and is therefore reachable by keyboard. With `cards` the rows turn into cards
    on phones: every <td> then needs data-l="Kolom".
    """
    return render_to_string(
        "components/table.html", {"content": content, "caption": caption, "cards": cards, "id": id}
    )


@register.simple_block_tag
def scroll(content, label):
    """Wrap a wide chart, which then scrolls sideways on a phone and keeps its letters readable."""
    html = '<div class="scroll" tabindex="0" role="region" aria-label="{}">{}</div>'
    return format_html(html, label, content)


@register.inclusion_tag("components/empty.html")
def empty(title, text="", href="", label="", href2="", label2="", drawing=""):
    """Nothing to show: why, and the first step (href+label). drawing: an icon, else the ring."""
    return {
        "title": title,
        "text": text,
        "href": href,
        "label": label,
        "href2": href2,
        "label2": label2,
        "drawing": drawing,
    }


@register.inclusion_tag("components/tasks.html")
def tasks(items, inset=False):
    """Task list. Each item: url, title, and any of text, badge, tone, count. inset: inside a flush panel."""
    keys = ("url", "title", "text", "badge", "tone", "count")
    return {"items": [filled(item, keys) for item in items], "inset": inset}


@register.inclusion_tag("components/timeline.html")
def timeline(events):
    """Who did what, newest first. Each event: title; maybe text, by, at, place, url, tone ("ok", "now", "")."""
    keys = ("title", "text", "by", "at", "tone", "place", "url")
    return {"events": [filled(event, keys) for event in events]}


@register.inclusion_tag("components/loop.html")
def loop(stages, back=""):
    """The six stations. Each of the six: state ("done", "now", ""), text, and maybe label and url.

    back: the words on the way back, "Lulus naik kelas, lalu mulai siklus 3 dari pelatihan".
    """
    keys = ("state", "text", "label", "url")
    rows = [filled(stage, keys) for stage in stages]
    for row, label in zip(rows, stage_labels(), strict=False):
        row["label"] = row["label"] or label
    return {"stages": rows, "back": back}


@register.inclusion_tag("components/steps.html")
def steps(items, label=""):
    """Wizard header. Each item: title, state ("done", "now", ""), and maybe small and url."""
    keys = ("title", "state", "small", "url")
    return {"items": [filled(item, keys) for item in items], "label": label or _("Langkah")}


@register.inclusion_tag("components/requirements.html")
def requirements(items):
    """Requirements of a class. Each item: rule, met (None: does not apply); maybe evidence, value, note."""
    keys = ("met", "rule", "evidence", "value", "note")
    return {"items": [filled(item, keys) for item in items]}


@register.inclusion_tag("components/thumbs.html")
def thumbs(photos, large=False):
    """Photographs as evidence. Each photo: url, thumb (small picture), alt; maybe caption, remove (URL)."""
    keys = ("url", "thumb", "alt", "caption", "remove")
    return {"photos": [filled(photo, keys) for photo in photos], "large": large}


@register.inclusion_tag("components/job.html")
def job(title, done=0, total=None, text="", left="", url="", id="job"):
    """A report being made. url: address of this fragment; htmx asks it every 3 s until the answer is 286."""
    return {"title": title, "done": done, "total": total, "text": text, "left": left, "url": url, "id": id}


@register.inclusion_tag("components/error_summary.html")
def error_summary(form):
    """Everything wrong with a form on top of the page, each line a link to its field. Takes focus.

    {% crispy form %} draws it too; whoever comes first in the page draws it, and it is drawn once.
    """
    first = not getattr(form, "summary_is_drawn", False)
    form.summary_is_drawn = True
    lines = error_lines(form) if first else []
    return {"lines": lines, "heading": error_heading(len(lines))}


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context, page, noun="", sizes=()):
    """Page numbers below a table; keeps the rest of the address. noun: "IKM"; sizes: rows per page."""
    return {
        "page": page,
        "noun": noun,
        "sizes": sizes,
        "numbers": page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
        "ellipsis": page.paginator.ELLIPSIS,
        "request": context["request"],
    }


@register.inclusion_tag("components/th.html", takes_context=True)
def th(context, label, key="", css="", parameter="urut"):
    """Head of a column; with a key it is a link that sorts (?urut=key, then ?urut=-key)."""
    now = context["request"].GET.get(parameter, "")
    order = {key: "ascending", f"-{key}": "descending"}.get(now, "") if key else ""
    return {
        "label": label,
        "key": key,
        "css": css,
        "order": order,
        "href": changed_query(context, **{parameter: f"-{key}" if now == key else key, "page": None})
        if key
        else "",
    }


@register.simple_tag(takes_context=True)
def chip(context, text, *parameters):
    """An active filter; its link removes just these parameters from the address."""
    return format_html(
        '<a class="chip" href="{}">{} {}<span class="visually-hidden"> {}</span></a>',
        changed_query(context, page=None, **dict.fromkeys(parameters)),
        text,
        icons.icon("x"),
        _("hapus saringan"),
    )


@register.simple_tag(takes_context=True)
def title_prefix(context):
    """ "Kesalahan: " at the start of the page title when the form on it has errors."""
    form = context.get("form")
    return _("Kesalahan: ") if form is not None and getattr(form, "errors", None) else ""


# --- Helpers of crispy and the error summary ----------------------------------------------------------
@register.filter
def is_optional(field) -> bool:
    """True for a field that may be left empty and says so beside its label."""
    return not field.field.required and not field.is_hidden


@register.filter
def look(field) -> str:
    """How a radio group is drawn: "choice" cards, "score" buttons, or "" for plain radios.

    Set on the widget: forms.RadioSelect(attrs={"data-look": "choice"}).
    """
    return field.field.widget.attrs.get("data-look", "")


@register.filter
def first_id(field) -> str:
    """Return the id a link must name to reach the control: of a group, its first choice."""
    if isinstance(field.field.widget, RadioSelect | CheckboxSelectMultiple):
        return f"{field.auto_id}_0"
    return field.id_for_label or field.auto_id


@register.simple_tag
def choice_label(label):
    """Label of a choice card: its first line is bold, the lines after it explain."""
    first, _newline, rest = str(label).partition("\n")
    return format_html("<b>{}</b><span>{}</span>", first, rest) if rest else format_html("<b>{}</b>", first)


@register.simple_tag
def error_heading(count: int) -> str:
    if count == 1:
        return _("Ada yang perlu diperbaiki")
    return ngettext("Ada %(count)d yang perlu diperbaiki", "Ada %(count)d yang perlu diperbaiki", count) % {
        "count": count
    }


def error_lines(form) -> list[tuple[str, str]]:
    """Return (id of the control, message) of a form or a formset; what belongs to no field has an empty id."""
    if hasattr(form, "forms"):
        lines = [("", message) for message in form.non_form_errors()]
        return lines + [line for one in form.forms for line in error_lines(one)]
    lines = [("", message) for message in form.non_field_errors()]
    return lines + [(first_id(field), message) for field in form for message in field.errors]


def changed_query(context, **changes) -> str:
    """Return the query of this address with some parameters set, or removed where the value is None."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = value
    return f"?{query.urlencode()}" if query else "?"


def filled(item, keys) -> dict:
    """Return the named parts of a dictionary or an object; what it lacks is empty: templates need not ask."""
    get = item.get if isinstance(item, dict) else lambda key, default="": getattr(item, key, default)
    return {key: get(key, "") for key in keys}


def stage_labels() -> list[str]:
    return [
        _("Seleksi"),
        _("Pelatihan"),
        _("Pendampingan"),
        _("Penilaian"),
        _("MoU dan pasokan"),
        _("Naik kelas"),
    ]
