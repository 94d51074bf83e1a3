"""Results signed before archiving was wired are due for their archive time stamp too."""

from django.db import migrations

LINK = """
UPDATE signing_verifiabledocument AS document
SET file_id = result.file_id, archive_due_at = document.issued_at
FROM onestop_resultdocument AS result
WHERE result.check_code = document.code AND result.check_code <> '' AND result.file_id IS NOT NULL
    AND document.file_id IS NULL
"""


class Migration(migrations.Migration):

    dependencies = [
        ("onestop", "0004_letters_to_sign"),
        ("signing", "0002_archived_forms"),
    ]

    operations = [migrations.RunSQL(LINK, migrations.RunSQL.noop)]
