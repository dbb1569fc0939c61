"""Performance: positions, measures, and the computation of a sheet. Reads the ledger; renders nothing."""
