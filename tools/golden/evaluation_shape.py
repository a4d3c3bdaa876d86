"""One hill or two: packages/evaluation/test/golden/shape.json. The dip and its p-values in diptest, mixtures in scikit-learn, moments and weighted densities in SciPy.

usage: python tools/golden/evaluation_shape.py > packages/evaluation/test/golden/shape.json     (diptest 0.12.0, scikit-learn 1.9.1, SciPy 1.17.1)
"""
import importlib.metadata
import json
import diptest
import numpy as np
import scipy
import sklearn
from scipy.stats import gaussian_kde, kurtosis, skew
from sklearn.mixture import GaussianMixture

rng = np.random.default_rng(3)
SAMPLES = {
    "four values": [0.0, 0.1, 0.9, 1.0],
    "five, one apart": [1.0, 2.0, 3.0, 4.0, 10.0],
    "predictions close together": np.round(rng.normal(0.53, 0.02, 87), 4).tolist(),
    "uniform": np.round(rng.random(117), 4).tolist(),
    "two hills": np.round(np.r_[rng.normal(0.2, 0.05, 40), rng.normal(0.8, 0.1, 61)], 4).tolist(),
    "two hills that touch": np.round(np.r_[rng.normal(0.35, 0.08, 60), rng.normal(0.65, 0.08, 57)], 4).tolist(),
    "a small second hill": np.round(np.r_[rng.normal(0, 1, 170), rng.normal(5, 0.7, 30)], 3).tolist(),
    "ties": np.round(rng.normal(0, 2, 60)).tolist(),
    "two values": [0.0] * 20 + [1.0] * 17,
    "skewed": np.round(rng.lognormal(0, 1, 50), 3).tolist(),
    "three hills": np.round(np.r_[rng.normal(-6, 1, 50), rng.normal(0, 1, 60), rng.normal(6, 1, 40)], 2).tolist(),
}
UNBOUND = ["predictions close together", "two hills", "two hills that touch", "a small second hill", "three hills"]  # where no component shrinks to a point


def shape(name, values):
    x = np.array(values)
    g, k, n = skew(x, bias=False), kurtosis(x, bias=False), len(x)
    dip, simulated = diptest.diptest(x, boot_pval=True, n_boot=100_000, seed=1, n_threads=1, allow_zero=False)
    return {"name": name, "values": values, "dip": float(dip), "tabled": float(diptest.diptest(x, allow_zero=False)[1]), "simulated": float(simulated),
            "bimodality": float((g**2 + 1) / (k + 3 * (n - 1) ** 2 / ((n - 2) * (n - 3))))}


def mixture(name):
    x = np.array(SAMPLES[name])[:, None]
    best = max((GaussianMixture(2, tol=1e-13, max_iter=10000, reg_covar=0, init_params=init, random_state=seed).fit(x)
                for init in ["kmeans", "random_from_data"] for seed in range(2)), key=lambda fit: fit.score(x))
    one = GaussianMixture(1, reg_covar=0).fit(x)
    order = np.argsort(best.means_[:, 0])
    (m1, m2), (v1, v2) = best.means_[order, 0], best.covariances_[order, 0, 0]
    return {"name": name, "values": SAMPLES[name], "weights": best.weights_[order].tolist(), "means": [m1, m2], "deviations": [v1**0.5, v2**0.5],
            "logLikelihood": float(best.score(x) * len(x)), "gain": float(one.bic(x) - best.bic(x)), "ashmansD": float(np.sqrt(2) * abs(m1 - m2) / np.sqrt(v1 + v2))}


def weighted(name, rule):
    values = np.array(SAMPLES[name])
    weights = rng.integers(0, 5, len(values))
    kde = gaussian_kde(values, bw_method=rule, weights=weights)
    low, high = values.min() - 1, values.max() + 1
    return {"name": f"{name}, {rule}", "values": values.tolist(), "weights": weights.tolist(), "rule": rule, "domain": [low, high],
            "bandwidth": float(np.sqrt(kde.covariance[0, 0])), "density": kde(np.linspace(low, high, 9)).tolist()}


print(json.dumps({
    "origin": f"diptest {importlib.metadata.version('diptest')}, scikit-learn {sklearn.__version__}, SciPy {scipy.__version__}, NumPy {np.__version__}, tools/golden/evaluation_shape.py",
    "shapes": [shape(name, values) for name, values in SAMPLES.items()],
    "mixtures": [mixture(name) for name in UNBOUND],
    "weighted": [weighted(name, rule) for name in ["two hills", "skewed"] for rule in ["scott", "silverman"]],
}, separators=(",", ":")))
