"""Ask before a record is saved that the register may have already."""

from closedloop.core.identifiers import masked
from participants.forms.enterprises import EnterpriseForm
from participants.likeness import Alike, alike, holders
from participants.models import Enterprise

NUMBERS = ("nib", "npwp")
# what makes two records alike; a change of anything else asks nothing
TELLING = {"name", "phone", "person_phone", "regency"}


def doubts(request, form: EnterpriseForm, enterprise: Enterprise | None = None) -> list[Alike]:
    """Return the records that the one being typed in may repeat.

    A number that another record has is certain; of the others those are left out that the writer has ruled
    out by ticking "Ini usaha lain" below them.
    """
    if not form.is_bound:
        return []
    known = Enterprise.objects.visible_to(request.user)
    faults = form.errors.as_data()
    taken = [name for name in NUMBERS if any(one.code == "unique" for one in faults.get(name, ()))]
    if taken:
        mine = enterprise.pk if enterprise else None
        typed = {name: form.fields[name].to_python(form[name].data) for name in taken}
        return holders(known.exclude(pk=mine), **typed)
    if faults or (enterprise and not TELLING & set(form.changed_data)):
        return []
    ruled = {one.pk for one in ruled_out(request)}
    return [one for one in alike_to(known, form, enterprise) if one.enterprise.pk not in ruled]


def alike_to(known, form: EnterpriseForm, enterprise: Enterprise | None) -> list[Alike]:
    values = form.cleaned_data
    return alike(
        known,
        name=values["name"],
        phones=[values.get("phone") or "", values.get("person_phone") or ""],
        regency_id=values["regency"].pk,
        but=enterprise.pk if enterprise else None,
    )


def ruled_out(request) -> list[Enterprise]:
    """Return the records of which the writer said that this is another enterprise."""
    if "yakin" not in request.POST:
        return []
    known = Enterprise.objects.visible_to(request.user)
    return list(known.filter(code__in=request.POST.getlist("usaha_lain")[:20]))


def typed(form: EnterpriseForm) -> dict[str, str]:
    """Return what was typed in, for the same lines as the records it is alike to."""
    values = getattr(form, "cleaned_data", {})
    return {
        "name": values.get("name") or "",
        "regency": str(values.get("regency") or ""),
        "phone": values.get("person_phone") or values.get("phone") or "",
        "nib": masked(values["nib"]) if values.get("nib") else "",
        "person": values.get("person_name") or "",
    }
