VIEW_CERTIFICATES = "signing.view_certificates"
