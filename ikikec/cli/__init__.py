"""The face: parses, asks, prints. Computes nothing."""
