"""Lists of enterprises under a name: what was asked, kept as the address says it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from closedloop.accounts.permissions import Permission
from closedloop.core.models import Record


class SavedViewQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own, and for those who may see the register what others share; own ones first."""
        if not user.may(Permission.ENTERPRISE_VIEW):
            return self.none()
        shared = Q(is_shared=True) if user.works_for_programme else Q(pk=None)
        return self.filter(Q(owner=user) | shared)

    def owned_by(self, user):
        """Those one may rename, change and delete."""
        return self.filter(owner=user)


class SavedView(Record):
    """The filters and the order of the list, by a name. Private, unless its owner shares it."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("milik"), on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField(_("nama tampilan"), max_length=60)
    query = models.CharField(_("saringan"), max_length=1000, blank=True)
    is_shared = models.BooleanField(_("dibagikan"), default=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("tampilan tersimpan")
        constraints = [
            models.CheckConstraint(name="saved_view_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="saved_view_holds_filters_only", condition=~Q(query__regex=r"^[?/]|(^|&)page=")
            ),
            models.UniqueConstraint("owner", Lower("name"), name="saved_view_name_once_per_owner"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        """The list as this view shows it, which remembers where it came from."""
        asked = f"{self.query}&tampilan={self.pk}" if self.query else f"tampilan={self.pk}"
        return f"{reverse('participants:list')}?{asked}"
