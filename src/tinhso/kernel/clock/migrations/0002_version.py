from django.db import migrations

# A sequence does not roll back: a number is never given twice, so a process that remembers a calendar
# under a number of a transaction that failed never meets that number again.
BUMP = """
CREATE SEQUENCE clock_calendar_version;
CREATE FUNCTION clock_bump_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO clock_calendarversion (id, number) VALUES (1, nextval('clock_calendar_version'))
    ON CONFLICT (id) DO UPDATE SET number = excluded.number;
    RETURN NULL;
END $$;
"""
UNBUMP = """
DROP FUNCTION clock_bump_version();
DROP SEQUENCE clock_calendar_version;
"""

WATCH = """
CREATE TRIGGER {table}_version AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION clock_bump_version();
"""

TABLES = ("clock_calendarday", "clock_calendaryear", "clock_agencyhours", "clock_clockpolicychoice")


class Migration(migrations.Migration):
    dependencies = [("clock", "0001_initial")]

    operations = [
        migrations.RunSQL(BUMP, UNBUMP),
        *[migrations.RunSQL(WATCH.format(table=t), f"DROP TRIGGER {t}_version ON {t}") for t in TABLES],
    ]
