"""Addresses of addenda, and of what is agreed on a day."""

from django.urls import path

from partnerships.views import addenda

urlpatterns = [
    path("mou/<str:code>/isi/", addenda.agreement_terms, name="agreement_terms"),
    path("mou/<str:code>/adendum/tambah/", addenda.add_addendum, name="add_addendum"),
    path("adendum/<str:code>/", addenda.addendum, name="addendum"),
    path("adendum/<str:code>/ubah/", addenda.edit_addendum, name="edit_addendum"),
    path("adendum/<str:code>/naskah/", addenda.addendum_scan, name="addendum_scan"),
    path("adendum/<str:code>/tanda-tangan/", addenda.sign_addendum_page, name="sign_addendum"),
    path("adendum/<str:code>/batalkan/", addenda.discard_addendum_page, name="discard_addendum"),
]
