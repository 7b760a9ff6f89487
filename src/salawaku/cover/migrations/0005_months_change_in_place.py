from django.db import migrations

# A month of cover is changed twice after it was decreed, once for its bill and once for its payment. Where no index
# names what changes and its page has room, PostgreSQL writes the new version beside the old one and touches no index.
# The room is not lost: without it the old versions would take as much, until they are vacuumed away.
IN_PLACE = """
DROP INDEX workermonth_bill;
DROP INDEX workermonth_purse;
CREATE INDEX workermonth_purse ON cover_workermonth (purse_id, month);
CREATE OR REPLACE FUNCTION cover_make_partition(year integer) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format(
        'CREATE TABLE IF NOT EXISTS cover_workermonth_%s PARTITION OF cover_workermonth FOR VALUES FROM (%L) TO (%L)'
        ' WITH (fillfactor = 50)',
        year, make_date(year, 1, 1), make_date(year + 1, 1, 1));
END $$;
DO $$ DECLARE part regclass; BEGIN
    FOR part IN SELECT relid FROM pg_partition_tree('cover_workermonth') WHERE isleaf LOOP
        EXECUTE format('ALTER TABLE %s SET (fillfactor = 50)', part);
    END LOOP;
END $$;
"""
AS_BEFORE = """
DROP INDEX workermonth_purse;
CREATE INDEX workermonth_purse ON cover_workermonth (purse_id, month) WHERE status = 'decreed';
CREATE INDEX workermonth_bill ON cover_workermonth (bill_id);
"""


class Migration(migrations.Migration):

    dependencies = [("cover", "0004_payment_queue")]

    operations = [migrations.RunSQL(IN_PLACE, AS_BEFORE)]
