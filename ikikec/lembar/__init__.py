"""Rendering: a sheet that is already computed becomes text. Computes nothing, prints nothing."""
