"""The SQL twin of `folding.fold`, and the index methods that dated keys and searches stand on.

`unaccent` is not used: its rules change with the server's version, it is not IMMUTABLE, and an index
must not depend on a dictionary found through the search path. Normal form KD, as Unicode fixes it, strips
every Vietnamese mark the same way here and in Python.
"""

from django.contrib.postgres.operations import BtreeGinExtension, BtreeGistExtension, TrigramExtension
from django.db import migrations

# In plpgsql the planner keeps the call whole and believes its cost, so that it prefers the index.
FOLD = r"""
CREATE FUNCTION ts_fold(text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 50
AS $$
BEGIN
    RETURN btrim(
        regexp_replace(
            lower(
                translate(
                    regexp_replace(normalize($1, NFKD), '[\u0300-\u036f]+', '', 'g'), 'Đđ', 'dd'
                ) COLLATE "und-x-icu"
            ),
            '[\t\n\v\f\r \u0085\u1680\u2028\u2029]+', ' ', 'g'
        ),
        ' '
    );
END
$$
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        TrigramExtension(),
        BtreeGinExtension(),
        BtreeGistExtension(),
        migrations.RunSQL(FOLD, "DROP FUNCTION ts_fold(text)"),
    ]
