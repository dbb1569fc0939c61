"""The ledger: registers, input models, journal, the one writer, schema. Reads and writes; computes no indicator."""
