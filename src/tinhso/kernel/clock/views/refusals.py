from __future__ import annotations

from django import forms

from tinhso.kernel.errors import InvalidInputError, TinhSoError


def tell_form(form: forms.Form, error: TinhSoError) -> None:
    """Put a refusal where it belongs: beside its fields, else on top."""
    if not isinstance(error, InvalidInputError):
        form.add_error(None, error.sentence)
        return
    for name, sentence in error.problems.items():
        form.add_error(name if name in form.fields else None, sentence)
