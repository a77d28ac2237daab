"""The rows of the list of enterprises, written in one piece.

As a template a row is forty nodes, and twenty-five rows of them were a third of the page's work.
"""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from closedloop.core import formats
from closedloop.core.templatetags.portal import badge, klas
from participants.listed import Standing
from participants.models import Enrolment
from participants.templatetags.participants import status_tone

register = template.Library()

PRODUCTS_SHOWN = 2
NOBODY = mark_safe('<span class="muted">–</span>')
ROW = (
    '<tr>{{}}<th scope="row"><a href="{{}}">{{}}</a><span class="sub">{{}}</span></th>'
    '<td data-l="{}">{{}}<span class="sub">{{}}</span></td>'
    '<td data-l="{}">{{}}</td><td data-l="{}">{{}}</td><td data-l="NIB">{{}}</td><td data-l="{}">{{}}</td>'
    '<td data-l="{}" class="nowrap">{{}}</td></tr>\n'
)


@register.simple_tag
def enterprise_rows(page, may_act: bool) -> SafeString:
    """The rows of a page of enterprises, each with `reasons` and with what participants.listed shows of it."""
    row = format_html(ROW, _("Wilayah"), _("Angkatan"), _("Kelas"), _("Mentor"), _("Diperbarui"))
    pick, unknown_products = _("Pilih"), _("Produk belum dicatat")
    return format_html_join(
        "",
        row,
        (
            (
                tick(enterprise, pick) if may_act else "",
                enterprise.get_absolute_url(),
                enterprise.display_name,
                found_in(enterprise) or unknown_products,
                enterprise.regency.short_name,
                enterprise.regency.province.name,
                taking_part(enterprise.standing_now),
                klas(enterprise.class_level),
                mark_of_nib(enterprise),
                accompanied(enterprise.standing_now),
                formats.date_short(enterprise.updated_at),
            )
            for enterprise in page
        ),
    )


def tick(enterprise, pick: str) -> SafeString:
    return format_html(
        '<td class="tick"><input class="form-check-input" type="checkbox" name="ikm" value="{}"'
        ' aria-label="{} {}"></td>',
        enterprise.code,
        pick,
        enterprise.display_name,
    )


def found_in(enterprise) -> str:
    """Return where a search found it, else what it makes."""
    return "; ".join(enterprise.reasons) or ", ".join(enterprise.makes[:PRODUCTS_SHOWN])


def taking_part(standing: Standing | None) -> SafeString:
    if standing is None:
        return format_html('<span class="muted">{}</span>', _("Belum ikut"))
    status = badge(Enrolment.Status(standing.status).label, status_tone(standing))
    return format_html('{}<span class="sub">{}</span>', status, standing.cohort)


def mark_of_nib(enterprise) -> SafeString:
    if not enterprise.nib:
        return badge(_("Belum ada"), "todo")
    return format_html('<span class="code">{}</span>', enterprise.masked_nib)


def accompanied(standing: Standing | None) -> str:
    """Return who accompanies it, or the dash of an empty cell."""
    return (standing.mentor if standing else "") or NOBODY
