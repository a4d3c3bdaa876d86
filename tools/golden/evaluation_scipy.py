"""The normal distribution, Mann-Whitney p-values, densities, histograms and quantiles in SciPy and NumPy: packages/evaluation/test/golden/scipy.json.

usage: python tools/golden/evaluation_scipy.py > packages/evaluation/test/golden/scipy.json     (SciPy 1.17.1)
"""
import json
import numpy as np
import scipy
from scipy.stats import describe, gaussian_kde, mannwhitneyu, norm

rng = np.random.default_rng(1)
SAMPLES = {
    "two values": [0.0, 1.0],
    "predictions close together": np.round(rng.normal(0.53, 0.02, 87), 4).tolist(),
    "two hills": np.round(np.r_[rng.normal(0.2, 0.05, 40), rng.normal(0.8, 0.1, 61)], 4).tolist(),
    "ties": np.round(rng.random(30), 1).tolist(),
    "negative and skewed": np.round(-rng.lognormal(2, 1, 25), 3).tolist(),
}


def mann_whitney(name, negatives, positives):
    p = mannwhitneyu(positives, negatives, use_continuity=False, alternative="two-sided", method="asymptotic").pvalue
    return {"name": name, "labels": [0] * len(negatives) + [1] * len(positives), "scores": [*negatives, *positives], "p": float(p)}


def density(name, values, rule):
    kde = gaussian_kde(values, bw_method=rule)
    low, high = min(values) - 1, max(values) + 1
    return {"name": f"{name}, {rule}", "values": values, "rule": rule, "domain": [low, high],
            "bandwidth": float(np.sqrt(kde.covariance[0, 0])), "density": kde(np.linspace(low, high, 9)).tolist()}


def bars(name, values, bins, domain):
    counts, edges = np.histogram(values, bins, domain)
    return {"name": f"{name}, {bins} bins", "values": values, "bins": bins, "domain": domain, "counts": counts.tolist(), "edges": edges.tolist(),
            "density": np.histogram(values, bins, domain, density=True)[0].tolist()}


def summary(name, values):
    quartiles = np.quantile(values, [0.25, 0.5, 0.75]).tolist()
    return {"name": name, "values": values, "mean": float(np.mean(values)), "deviation": float(describe(values).variance ** 0.5), "quartiles": quartiles,
            "quantiles": [[p, float(np.quantile(values, p))] for p in [0, 0.025, 0.1, 0.33, 0.975, 1]]}


print(json.dumps({
    "origin": f"SciPy {scipy.__version__}, NumPy {np.__version__}, tools/golden/evaluation_scipy.py",
    "normalTail": [[float(z), float(norm.sf(z))] for z in np.r_[np.linspace(-6, 10, 65), 2.9999999, 3.0000001, 20, 37]],
    "normalQuantile": [[p, float(norm.ppf(p))] for p in [1e-300, 1e-12, 0.001, 0.005, 0.025, 0.1, 0.3, 0.5, 0.7, 0.9, 0.95, 0.975, 0.995, 0.9999]],
    "mannWhitney": [
        mann_whitney("ten and ten", rng.integers(0, 1000, 10).tolist(), rng.integers(200, 1200, 10).tolist()),
        mann_whitney("56 and 61", rng.integers(0, 1000, 56).tolist(), rng.integers(150, 1150, 61).tolist()),
        mann_whitney("56 and 61, tied", rng.integers(0, 5, 56).tolist(), rng.integers(1, 6, 61).tolist()),
        mann_whitney("56 and 61, far apart", rng.integers(0, 700, 56).tolist(), rng.integers(500, 1200, 61).tolist()),
    ],
    "kernelDensity": [density(name, values, rule) for name, values in SAMPLES.items() for rule in ["scott", "silverman"]],
    "histogram": [
        bars("two hills", SAMPLES["two hills"], 20, [0, 1.2]),
        bars("ties on the edges", SAMPLES["ties"], 10, [0, 1]),
        bars("ties on some edges", SAMPLES["ties"], 30, [0, 1]),
        bars("negative and skewed", SAMPLES["negative and skewed"], 7, None),
        bars("equal values", [0.3, 0.3], 4, None),
    ],
    "summarize": [summary(name, values) for name, values in SAMPLES.items()],
}))
