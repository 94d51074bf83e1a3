from django.urls import path

from . import arrange, desks, room

app_name = "counters"
urlpatterns = [
    path("phong-cho/<str:key>", room.kiosk, name="kiosk"),
    path("phong-cho/<str:key>/lay-so", room.take, name="take"),
    path("phong-cho/<str:key>/so/<uuid:ticket_id>", room.slip, name="slip"),
    path("phong-cho/<str:key>/so/<uuid:ticket_id>/luc-nay", room.slip_state, name="slip-state"),
    path("phong-cho/<str:key>/man-hinh", room.screen, name="screen"),
    path("phong-cho/<str:key>/bang-so", room.board, name="board"),
    path("lam-viec/goi-so", desks.choose, name="desks"),
    path("lam-viec/goi-so/<uuid:desk_id>", desks.desk, name="desk"),
    path("lam-viec/goi-so/<uuid:desk_id>/tiep", desks.next_one, name="next"),
    path("lam-viec/goi-so/<uuid:desk_id>/<slug:act>/<uuid:ticket_id>", desks.act, name="act"),
    path("lam-viec/xep-quay", arrange.overview, name="arrange"),
    path("lam-viec/xep-quay/<slug:act>", arrange.change, name="change"),
]
