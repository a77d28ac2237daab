"""The papers of an enterprise: added, replaced by a newer version, taken out with a reason, downloaded."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from participants import actions
from participants.forms.documents import DocumentForm, NewVersionForm, RemovalForm
from participants.models import Document
from participants.views.capability import MAY_CHANGE
from participants.views.enterprises import enterprise_of, form_page
from participants.views.saving import is_good, saved

KINDS = {"pdf": "application/pdf", "jpg": "image/jpeg"}


def papers_page(request, enterprise) -> str:
    """Return the page that lists the papers for whoever asks."""
    if request.user.may(Permission.ENTERPRISE_EDIT):
        return reverse("participants:detail", args=[enterprise.code])
    return f"{reverse('participants:my_documents')}?ikm={enterprise.code}"


@requires(Permission.ENTERPRISE_EDIT)
def add_document(request, code):
    """Add a paper of an enterprise."""
    enterprise = enterprise_of(request, code)
    form = DocumentForm(request.POST or None, request.FILES or None)
    if is_good(request, form):
        twin = Document.objects.filter(pk=form.cleaned_data["key"], enterprise=enterprise).first()
        if twin or saved(form, actions.add_document, enterprise, by=request.user, **form.values()):
            messages.success(request, _("Dokumen ditambahkan."))
            return redirect("participants:detail", code)
    return form_page(request, enterprise, form, _("Tambah dokumen"), is_upload=True)


@requires(*MAY_CHANGE)
def replace_document(request, code, pk):
    """Put a newer version in the place of a paper; the old one stays on record."""
    enterprise = enterprise_of(request, code)
    paper = get_object_or_404(enterprise.documents.kept(), pk=pk)
    form = NewVersionForm(
        request.POST or None,
        request.FILES or None,
        initial={"number": paper.number, "issuer": paper.issuer},
    )
    if is_good(request, form):
        twin = Document.objects.filter(pk=form.cleaned_data["key"], enterprise=enterprise).first()
        if twin or saved(form, actions.replace_document, paper, by=request.user, **form.values()):
            messages.success(request, _("Versi baru disimpan. Versi lama tetap ada di riwayat dokumen."))
            return redirect(papers_page(request, enterprise))
    title = _("Versi baru: %(paper)s") % {"paper": paper.get_kind_display()}
    return form_page(request, enterprise, form, title, is_upload=True, back=papers_page(request, enterprise))


@requires(*MAY_CHANGE)
def remove_document(request, code, pk):
    """Ask why, then take a paper out."""
    enterprise = enterprise_of(request, code)
    paper = get_object_or_404(enterprise.documents.kept(), pk=pk)
    form = RemovalForm(request.POST or None)
    if is_good(request, form) and saved(
        form, actions.remove_document, paper, by=request.user, **form.cleaned_data
    ):
        messages.success(request, _("Dokumen dihapus."))
        return redirect(papers_page(request, enterprise))
    context = {
        "title": _("Hapus dokumen ini?"),
        "text": _("%(paper)s. Tidak lagi dihitung sebagai syarat; catatannya tetap ada di riwayat.")
        % {"paper": paper},
        "verb": _("Hapus dokumen"),
        "cancel": papers_page(request, enterprise),
        "danger": True,
        "consequences": [],
        "form": form,
    }
    return render(request, "components/confirm.html", context)


@requires(Permission.ENTERPRISE_VIEW)
def document(request, pk):
    """The file of a paper, for those who may know of its enterprise."""
    paper = get_object_or_404(Document.objects.visible_to(request.user).kept(), pk=pk)
    if not paper.file:
        raise Http404
    with paper.file.open() as file:  # at most 10 MB, see forms/files.py
        content = file.read()
    suffix = paper.file.name.rpartition(".")[2]
    name = f"{slugify(str(paper)) or 'dokumen'}.{suffix}"
    return HttpResponse(
        content,
        content_type=KINDS.get(suffix, "application/octet-stream"),
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
