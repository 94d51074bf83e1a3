from __future__ import annotations

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from .errors import FileTooLargeError, NoFileError
from .verification.reading import LARGEST_FILE


class CheckForm(forms.Form):
    file = forms.FileField(
        label=_("Tệp PDF"), error_messages={"required": NoFileError.message, "empty": NoFileError.message}
    )

    def clean_file(self) -> UploadedFile[bytes]:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_FILE:
            raise forms.ValidationError(FileTooLargeError(limit=LARGEST_FILE // 1024**2).sentence)
        return file
