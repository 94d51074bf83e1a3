"""What steps, papers and results of a procedure are called in the reader's language.

Dossiers and their history keep the Vietnamese name a thing had then; the version they live under knows the English.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tinhso.kernel.web.formats import is_english

from ..data.procedure_file import VersionFile


@dataclass(frozen=True, slots=True)
class Names:
    english: Mapping[str, str]

    def say(self, name: str) -> str:
        """The name itself where the reader reads Vietnamese, or where no English is known."""
        return self.english.get(name, name)


def find_names(content: VersionFile) -> Names:
    if not is_english():
        return Names({})
    told = [(one.name, one.name_en) for one in content.steps]
    told += [(one.name, one.name_en) for one in content.papers]
    told += [(one.name, one.name_en) for one in content.results]
    return Names({name: english for name, english in told if english})
