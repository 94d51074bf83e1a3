from django.urls import path

from . import acts, book, bulk, citizen, counter, desk, filing, keeping, mine, portal, signing
from .payment_urls import payment_routes

app_name = "onestop"
urlpatterns = [
    path("", citizen.home, name="home"),
    path("thu-tuc", citizen.procedures, name="procedures"),
    path("thu-tuc/<str:code>", citizen.procedure, name="procedure"),
    path("tra-cuu", citizen.look_up, name="look-up"),
    path("thu-tuc/<str:code>/nop", filing.start, name="start"),
    path("to-khai/<uuid:draft_id>", filing.resume, name="draft"),
    path("to-khai/<uuid:draft_id>/ban-moi", filing.move, name="draft-move"),
    path("to-khai/<uuid:draft_id>/giay-to", filing.papers, name="draft-papers"),
    path("to-khai/<uuid:draft_id>/kiem-tra", filing.review, name="draft-review"),
    path("to-khai/<uuid:draft_id>/xoa", filing.discard, name="draft-discard"),
    path("to-khai/<uuid:draft_id>/muc/<str:code>", filing.page, name="draft-page"),
    path("to-khai/<uuid:draft_id>/muc/<str:code>/luu", keeping.keep_page, name="draft-keep"),
    path("ho-so", mine.my_dossiers, name="my-dossiers"),
    path("ho-so/<uuid:dossier_id>", mine.my_dossier, name="my-dossier"),
    path("ho-so/<uuid:dossier_id>/bo-sung", mine.supply, name="supply"),
    path("ho-so/<uuid:dossier_id>/rut", mine.withdraw, name="withdraw"),
    path("ho-so/<uuid:dossier_id>/danh-gia", mine.rate, name="rate"),
    path("ho-so/<uuid:dossier_id>/ket-qua/<uuid:result_id>", mine.collect, name="collect"),
    path("ho-so/<uuid:dossier_id>/van-ban/<str:kind>", mine.letter, name="letter"),
    path("ho-so/<uuid:dossier_id>/bien-nhan-lich-su", mine.history_receipt, name="history-receipt"),
    path("lam-viec", desk.worklist, name="worklist"),
    path("lam-viec/nhieu-ho-so", bulk.act_on_many, name="act-on-many"),
    path("lam-viec/ho-so/<uuid:dossier_id>", desk.dossier, name="dossier"),
    path("lam-viec/ho-so/<uuid:dossier_id>/nhan-bo-sung", acts.supply_at_counter, name="supply-at-counter"),
    path("lam-viec/ho-so/<uuid:dossier_id>/<slug:name>", acts.act, name="act"),
    path("lam-viec/tiep-nhan", counter.choose, name="counter"),
    path("lam-viec/tiep-nhan/<str:code>/bat-dau", counter.begin, name="counter-begin"),
    path("lam-viec/tiep-nhan/to-khai/<uuid:draft_id>", counter.form, name="counter-form"),
    path("lam-viec/tiep-nhan/to-khai/<uuid:draft_id>/luu", keeping.keep_counter_form, name="counter-keep"),
    path("lam-viec/cho-ky", signing.signing, name="signing"),
    path("lam-viec/cho-ky/ky", signing.sign_many, name="sign-many"),
    path("lam-viec/cho-ky/<uuid:dossier_id>/xem", signing.preview, name="preview"),
    path(
        "lam-viec/cho-ky/<uuid:dossier_id>/van-ban/<str:kind>", signing.letter_preview, name="letter-preview"
    ),
    path("lam-viec/khoi-luong", desk.load, name="load"),
    path("lam-viec/so-theo-doi", book.book, name="book"),
    path("lam-viec/so-theo-doi/ban-in", book.print_book, name="book-print"),
    path("lam-viec/cong-quoc-gia", portal.overview, name="portal"),
    path("lam-viec/cong-quoc-gia/gui-lai", portal.again_since, name="portal-again-since"),
    path("lam-viec/cong-quoc-gia/gui-lai/<uuid:dossier_id>", portal.again, name="portal-again"),
    path("lam-viec/cong-quoc-gia/nhan-lai/<uuid:arrival_id>", portal.retry, name="portal-retry"),
    path("lam-viec/cong-quoc-gia/trang-cong-dan", portal.door, name="portal-door"),
    *payment_routes,
]
