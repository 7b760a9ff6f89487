import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.db import migrations, models

# The ledger is partitioned by year from the first day, so that a million months a year stay quick and an old
# year can be put away. A primary key of a partitioned table must hold the partition key.
LEDGER = """
CREATE TABLE cover_workermonth (
    month date NOT NULL CONSTRAINT workermonth_first_of_month CHECK (extract(day FROM month) = 1),
    worker_id bigint NOT NULL REFERENCES registry_worker (id) DEFERRABLE INITIALLY DEFERRED,
    month_index integer NOT NULL GENERATED ALWAYS AS (extract(year FROM month) * 12 + extract(month FROM month) - 1) STORED,
    insurance varchar(7) NOT NULL DEFAULT 'JKK_JKM' CONSTRAINT workermonth_insurance CHECK (insurance = 'JKK_JKM'),
    programme_id bigint NOT NULL,
    purse_id bigint NOT NULL,
    amount bigint NOT NULL CONSTRAINT workermonth_amount CHECK (amount > 0),
    status varchar(7) NOT NULL DEFAULT 'decreed'
        CONSTRAINT workermonth_status CHECK (status IN ('decreed', 'billed', 'paid')),
    bill_id bigint,
    village_code varchar(13) NOT NULL,
    agency_code varchar(40) NOT NULL,
    CONSTRAINT workermonth_one_payer PRIMARY KEY (month, worker_id, insurance),
    CONSTRAINT workermonth_billed_has_a_bill CHECK ((status = 'decreed') = (bill_id IS NULL))
) PARTITION BY RANGE (month);
CREATE INDEX workermonth_worker ON cover_workermonth (worker_id, month DESC);
CREATE INDEX workermonth_purse ON cover_workermonth (purse_id, month) WHERE status = 'decreed';
CREATE INDEX workermonth_bill ON cover_workermonth (bill_id);

CREATE FUNCTION cover_make_partition(year integer) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format(
        'CREATE TABLE IF NOT EXISTS cover_workermonth_%s PARTITION OF cover_workermonth FOR VALUES FROM (%L) TO (%L)',
        year, make_date(year, 1, 1), make_date(year + 1, 1, 1));
END $$;
SELECT cover_make_partition(year) FROM generate_series(2020, 2035) AS year;
CREATE TABLE cover_workermonth_other PARTITION OF cover_workermonth DEFAULT;

-- The checks look beyond the scope of whoever writes: a policy must not hide a death from them. They change the
-- scope inside and put it back: a SET clause on the function may be written by superusers only, and an owner of
-- this database need not be one.
-- Purses and bills are checked once per statement: a foreign key would check each of a million rows, and would not
-- see that the purse is the programme's and the bill the purse's. Programmes, purses and bills are never deleted.
CREATE FUNCTION cover_check_purse_and_bill() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    scope text := coalesce(nullif(current_setting('salawaku.regions', true), ''), '{}');
BEGIN
    PERFORM set_config('salawaku.regions', '{""}', true);
    IF EXISTS (SELECT 1 FROM (SELECT DISTINCT programme_id, purse_id, bill_id, month FROM fresh) f
               LEFT JOIN programmes_purse p ON p.id = f.purse_id AND p.programme_id = f.programme_id
               LEFT JOIN cover_bill b ON b.id = f.bill_id AND b.purse_id = f.purse_id AND b.month = f.month
               WHERE p.id IS NULL OR (f.bill_id IS NOT NULL AND b.id IS NULL)) THEN
        RAISE EXCEPTION 'a month of cover whose purse or bill does not exist or does not fit'
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'workermonth_purse_and_bill';
    END IF;
    PERFORM set_config('salawaku.regions', scope, true);
    RETURN NULL;
END $$;
CREATE TRIGGER workermonth_purse_and_bill_new AFTER INSERT ON cover_workermonth
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION cover_check_purse_and_bill();
CREATE TRIGGER workermonth_purse_and_bill_changed AFTER UPDATE ON cover_workermonth
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION cover_check_purse_and_bill();
CREATE FUNCTION cover_keep_bill() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a bill is never deleted' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER bill_kept BEFORE DELETE ON cover_bill FOR EACH ROW EXECUTE FUNCTION cover_keep_bill();

-- Cover of a worker who died ends after the month of death, and that month stays: BPJS would void the claim.
CREATE FUNCTION cover_refuse_months_after_death() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    scope text := coalesce(nullif(current_setting('salawaku.regions', true), ''), '{}');
BEGIN
    PERFORM set_config('salawaku.regions', '{""}', true);
    IF EXISTS (SELECT 1 FROM fresh JOIN registry_worker w ON w.id = fresh.worker_id
               WHERE w.died_on IS NOT NULL AND fresh.month > w.died_on) THEN
        RAISE EXCEPTION 'a month of cover after the month of death'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'workermonth_not_after_death';
    END IF;
    PERFORM set_config('salawaku.regions', scope, true);
    RETURN NULL;
END $$;
CREATE TRIGGER workermonth_not_after_death AFTER INSERT ON cover_workermonth
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION cover_refuse_months_after_death();

CREATE FUNCTION cover_keep_month_of_death() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    scope text := coalesce(nullif(current_setting('salawaku.regions', true), ''), '{}');
BEGIN
    PERFORM set_config('salawaku.regions', '{""}', true);
    IF EXISTS (SELECT 1 FROM gone JOIN registry_worker w ON w.id = gone.worker_id
               WHERE w.died_on IS NOT NULL AND gone.month <= w.died_on) THEN
        RAISE EXCEPTION 'the month of death keeps its cover'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'workermonth_keeps_month_of_death';
    END IF;
    PERFORM set_config('salawaku.regions', scope, true);
    RETURN NULL;
END $$;
CREATE TRIGGER workermonth_keeps_month_of_death AFTER DELETE ON cover_workermonth
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION cover_keep_month_of_death();
"""
UNDO = """
DROP TABLE cover_workermonth;
DROP FUNCTION cover_keep_bill CASCADE;
DROP FUNCTION cover_make_partition, cover_check_purse_and_bill, cover_refuse_months_after_death, cover_keep_month_of_death;
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('programmes', '0001_initial'),
        ('registry', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Bill',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(db_default=models.Func(function='gen_random_uuid'), default=uuid.uuid4, unique=True)),
                ('month', models.DateField()),
                ('part', models.PositiveSmallIntegerField(db_default=1, default=1)),
                ('amount', models.BigIntegerField()),
                ('workers', models.PositiveIntegerField()),
                ('billing_code', models.CharField(max_length=30, unique=True)),
                ('due_on', models.DateField()),
                ('status', models.CharField(choices=[('open', 'Not paid yet'), ('paid', 'Paid')], db_default='open', default='open', max_length=4)),
                ('paid_on', models.DateField(null=True)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bills', to='programmes.programme')),
                ('purse', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bills', to='programmes.purse')),
            ],
            options={
                'ordering': ('-month', 'purse_id', 'part'),
                'constraints': [
                    models.UniqueConstraint(fields=('purse', 'month', 'part'), name='bill_once'),
                    models.CheckConstraint(condition=models.Q(('amount__gt', 0), ('workers__gt', 0)), name='bill_not_empty'),
                    models.CheckConstraint(condition=models.Q(models.Q(('paid_on__isnull', False), ('status', 'paid')), models.Q(('paid_on__isnull', True), ('status', 'open')), _connector='OR'), name='bill_paid_on_a_day'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Payment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('file_name', models.CharField(max_length=200)),
                ('sha256', models.CharField(max_length=64, unique=True)),
                ('lines_read', models.PositiveIntegerField()),
                ('imported_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ('-id',),
            },
        ),
        migrations.CreateModel(
            name='PaymentLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row', models.PositiveIntegerField()),
                ('receipt', models.CharField(max_length=60, unique=True)),
                ('billing_code', models.CharField(max_length=60)),
                ('amount', models.BigIntegerField()),
                ('paid_on', models.DateField()),
                ('outcome', models.CharField(choices=[('matched', 'Matches a bill'), ('amount_differs', 'The amount differs from the bill'), ('only_theirs', 'No bill has this code'), ('already_paid', 'The bill was paid before')], max_length=14)),
                ('bill', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='payment_lines', to='cover.bill')),
                ('payment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='cover.payment')),
            ],
            options={
                'ordering': ('payment_id', 'row'),
            },
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(LEDGER, UNDO)],
            state_operations=[
                migrations.CreateModel(
                    name='WorkerMonth',
                    fields=[
                        ('village_code', models.CharField(blank=True, max_length=13)),
                        ('agency_code', models.CharField(blank=True, max_length=40)),
                        ('pk', models.CompositePrimaryKey('month', 'worker_id', 'insurance', blank=True, editable=False, primary_key=True, serialize=False)),
                        ('month', models.DateField()),
                        ('month_index', models.GeneratedField(db_persist=True, expression=models.functions.ExtractYear('month') * 12 + models.functions.ExtractMonth('month') - 1, output_field=models.IntegerField())),
                        ('insurance', models.CharField(db_default='JKK_JKM', default='JKK_JKM', max_length=7)),
                        ('amount', models.BigIntegerField()),
                        ('status', models.CharField(choices=[('decreed', 'Decreed'), ('billed', 'Billed'), ('paid', 'Paid')], db_default='decreed', default='decreed', max_length=7)),
                        ('bill', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cover.bill', db_constraint=False)),
                        ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, db_constraint=False, related_name='+', to='programmes.programme')),
                        ('purse', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, db_constraint=False, related_name='+', to='programmes.purse')),
                        ('worker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.worker')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
            ],
        ),
    ]
