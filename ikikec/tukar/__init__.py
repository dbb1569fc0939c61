"""Exchange: files of other programs in and out. Knows the registers, not the counter."""
