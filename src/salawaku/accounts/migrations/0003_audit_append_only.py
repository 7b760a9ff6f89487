"""The audit trail refuses every change, whoever asks: the owner of the table too."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON accounts_auditevent
    FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON accounts_auditevent
    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
"""
BACKWARDS = """
DROP TRIGGER append_only ON accounts_auditevent;
DROP TRIGGER append_only_truncate ON accounts_auditevent;
DROP FUNCTION audit_is_append_only();
"""


class Migration(migrations.Migration):

    dependencies = [("accounts", "0002_tokens_and_givers")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
