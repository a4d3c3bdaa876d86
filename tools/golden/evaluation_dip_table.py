"""Quantiles of the dip of uniform samples, by simulation with the dip of diptest: the rows of packages/evaluation/src/shape/dipQuantiles.ts.

usage: python tools/golden/evaluation_dip_table.py     (diptest 0.12.0, NumPy 2.4.6; some ten minutes on one core)
"""
import sys
import diptest
import numpy as np

SIZES = [4, 5, 6, 7, 8, 10, 12, 15, 20, 30, 50, 75, 100, 150, 200, 350, 500, 1000, 2000, 5000]
TAILS = [0.99, 0.98, 0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0005, 0.0002, 0.0001]

for size in SIZES:
    rng = np.random.default_rng(size)
    samples = 1_000_000 if size <= 200 else 300_000
    dips = np.array([diptest.dipstat(np.sort(rng.random(size)), sort_x=False, allow_zero=False) for _ in range(samples)])
    quantiles = np.sqrt(size) * np.quantile(dips, 1 - np.array(TAILS), method="median_unbiased")
    print(f"  [{size}, [{', '.join(str(round(1e4 * q)) for q in quantiles)}]],", flush=True)
    print(f"{size}: {samples} samples", file=sys.stderr)
