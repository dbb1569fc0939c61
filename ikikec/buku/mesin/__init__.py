"""The engines a ledger can live on: all that differs between SQLite and PostgreSQL stands here and nowhere else."""
