"""Addresses of the class board: proposals, decisions, their conditions and objections."""

from django.urls import path

from assessments.views import conditions, decision_lists, decisions, objections

urlpatterns = [
    path("naik-kelas/", decision_lists.decisions, name="decisions"),
    path("naik-kelas/syarat/<uuid:pk>/", conditions.settle, name="settle_condition"),
    path("naik-kelas/<str:code>/", decisions.decision, name="decision"),
    path("naik-kelas/<str:code>/periksa/", decisions.check, name="check_decision"),
    path("naik-kelas/<str:code>/tarik/", decisions.withdraw, name="withdraw_decision"),
    path("naik-kelas/<str:code>/keberatan/", objections.raise_objection, name="object"),
    path("keberatan/bukti/<uuid:pk>/", objections.file, name="objection_file"),
    path("keberatan/<str:code>/", objections.objection, name="objection"),
    path("keberatan/<str:code>/jawab/", objections.answer, name="answer_objection"),
]
