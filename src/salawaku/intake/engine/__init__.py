"""Reading lists: files to rows with outcomes. Pure, needs neither Django nor a database."""
