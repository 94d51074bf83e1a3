from django.urls import URLPattern, path

from . import my_payments, payments, receipts, reconciliation

payment_routes: list[URLPattern] = [
    path("thanh-toan/ket-qua", my_payments.come_back, name="payment-return"),
    path("thanh-toan/<uuid:payment_id>", my_payments.my_payment, name="my-payment"),
    path("thanh-toan/<uuid:payment_id>/nop", my_payments.pay, name="pay"),
    path("thanh-toan/<uuid:payment_id>/hoi-lai", my_payments.ask_again, name="payment-ask"),
    path("thanh-toan/<uuid:payment_id>/bien-lai", my_payments.receipt, name="fee-receipt"),
    path("thanh-toan/<uuid:payment_id>/chung-tu", my_payments.bill, name="payment-bill"),
    path("lam-viec/khoan-thu", payments.payments, name="payments"),
    path("lam-viec/khoan-thu/<uuid:payment_id>", payments.payment, name="payment"),
    path("lam-viec/khoan-thu/<uuid:payment_id>/<slug:name>", payments.act, name="payment-act"),
    path("lam-viec/hoan-phi/<uuid:refund_id>/<slug:name>", payments.act_on_refund, name="refund-act"),
    path("lam-viec/bien-lai", receipts.receipts, name="fee-receipts"),
    path("lam-viec/bien-lai/lap-bang", receipts.make_report, name="fee-report-make"),
    path("lam-viec/bien-lai/bang/<uuid:report_id>", receipts.download_report, name="fee-report"),
    path("lam-viec/bien-lai/bang/<uuid:report_id>/da-gui", receipts.report_sent, name="fee-report-sent"),
    path("lam-viec/bien-lai/don-vi-thu", receipts.collector, name="fee-collector"),
    path("lam-viec/doi-soat", reconciliation.overview, name="reconciliation"),
    path("lam-viec/doi-soat/chay", reconciliation.run, name="reconcile"),
    path("lam-viec/doi-soat/<str:on>", reconciliation.day, name="reconciled-day"),
    path("lam-viec/doi-soat/<str:on>/<uuid:difference_id>", reconciliation.settle, name="settle-difference"),
]
