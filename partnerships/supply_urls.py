"""Addresses of supply clearance, samples, milestones and standstills; part of partnerships.urls."""

from django.urls import path

from partnerships.views import clearances, milestones, parties, samples, stalls

urlpatterns = [
    path("ikm/<str:code>/mou/siap/<str:buyer_code>/", clearances.clearance, name="clearance"),
    path("ikm/<str:code>/mou/siap/<str:buyer_code>/sampel/", samples.add_sample, name="add_sample"),
    path("mitra/sampel/", samples.samples, name="samples"),
    path("sampel/<uuid:pk>/putusan/", samples.decide, name="decide_sample"),
    path("mou/<str:code>/pihak/", parties.edit_parties, name="edit_parties"),
    path("mou/<str:code>/tonggak/", milestones.milestones, name="milestones"),
    path("mou/<str:code>/perpanjang/", milestones.renew_agreement, name="renew_agreement"),
    path("tonggak/<uuid:pk>/ubah/", milestones.edit_milestones, name="edit_milestones"),
    path("tanpa-gerak/", stalls.stalls, name="stalls"),
    path("tanpa-gerak/<uuid:pk>/jawab/", stalls.answer, name="answer_stall"),
]
