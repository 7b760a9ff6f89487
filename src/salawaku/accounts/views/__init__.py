"""Pages of the settings: people, roles, the audit trail, keys."""
