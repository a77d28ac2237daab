"""The list of activities with the words by which people look for them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from participants import actions
from participants.forms.kbli import KbliWordsForm
from participants.models import Kbli
from participants.views.saving import is_good, saved

A_PAGE = 50


@requires(Permission.COHORT_MANAGE)
def kbli_list(request):
    """Every activity with its words, by code; `q` narrows by code, title or word."""
    query = request.GET.get("q", "").strip()
    rows = Kbli.objects.order_by("version", "code")
    if query:
        rows = rows.filter(Q(code__startswith=query) | Q(title__icontains=query) | Q(words__icontains=query))
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "participants/kbli_list.html", {"page": page, "query": query})


@requires(Permission.COHORT_MANAGE)
def edit_kbli(request, pk):
    """Change the words of one activity."""
    kbli = get_object_or_404(Kbli, pk=pk)
    sent = request.POST if request.method == "POST" else None
    form = KbliWordsForm(sent, initial={"words": kbli.words})
    if is_good(request, form) and saved(
        form, actions.update_kbli_words, kbli, by=request.user, **form.cleaned_data
    ):
        messages.success(request, _("Perubahan tersimpan."))
        return redirect("participants:kbli_list")
    return render(request, "participants/kbli_form.html", {"form": form, "kbli": kbli})
