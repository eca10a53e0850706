"""Measurements of the sandbox, as ratios within one interleaved run: shared machines are noisy."""
