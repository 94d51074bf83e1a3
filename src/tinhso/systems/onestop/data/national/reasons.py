"""Why a field of a published record was not understood. The codes never change."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    TERM_WITHOUT_UNIT = "term_without_unit"
    """A bare number: hours, days or months are not said."""
    TERM_GLUED_TO_FEE = "term_glued_to_fee"
    """A number runs into the sum after it; where one ends is not said."""
    TERM_NOT_A_NUMBER = "term_not_a_number"
    """Words where a term should stand, or a unit that is none of ours."""
    TERM_ONLY_IN_NOTE = "term_only_in_note"
    """The column is empty and the note names a time."""

    FREE_BESIDE_SUM = "free_beside_sum"
    """"Miễn phí", and beside it a sum."""
    FREE_BESIDE_NOTE = "free_beside_note"
    """"Miễn phí", and beside it words that do not say the same."""
    FEE_ONLY_IN_NOTE = "fee_only_in_note"
    """The column is empty and the note names a sum."""
    FEE_TOO_SMALL = "fee_too_small"
    """Under a thousand đồng: "50 VNĐ" is mostly 50.000."""
    FEE_DIFFERS_FROM_NOTE = "fee_differs_from_note"
    """The note names another sum."""
    FEE_UNDER_CONDITION = "fee_under_condition"
    """The note limits the sum to a time, or takes a part of it off."""
    FEE_NOT_IN_DONG = "fee_not_in_dong"
    FEE_UNREADABLE = "fee_unreadable"

    QUANTITY_GLUED_TO_NAME = "quantity_glued_to_name"
    """The name ends in digits and the number of copies follows without a space."""
    FORM_GLUED_TO_NAME = "form_glued_to_name"
    """Where the paper's name ends and the form's name begins is not said."""
    SEVERAL_FORMS = "several_forms"
    """More than one form for one paper."""
    NAME_MISSING = "name_missing"

    RESULT_CODE_UNREADABLE = "result_code_unreadable"
    """What stands where the code should is no code."""
    NUMBER_GLUED_TO_NAME = "number_glued_to_name"
    """The law's name ends in digits and its number follows without a space."""
    NUMBER_UNREADABLE = "number_unreadable"
    """What stands where the law's number should is no number."""
    CELLS_RUN_TOGETHER = "cells_run_together"
    """Two cells of the table can no longer be told apart."""

    TABLE_NOT_RECOGNISED = "table_not_recognised"
    """The text is not the portal's table, or goes on after it."""
    LEVEL_UNKNOWN = "level_unknown"
