"""Calibration: packages/evaluation/test/golden/calibration.json. Brier score, curves, isotonic, Platt's and temperature scaling in scikit-learn; calibration
lines and the exact maximum of Platt's likelihood in statsmodels; what no library has (decomposition, Spiegelhalter's z, calibration errors) from the
formulas of the papers in NumPy.

usage: python tools/golden/evaluation_calibration.py > packages/evaluation/test/golden/calibration.json     (scikit-learn 1.9.1, statsmodels 0.15.0, SciPy 1.17.1)
"""
import itertools
import json
import warnings
import numpy as np
import scipy
import sklearn
import statsmodels
import statsmodels.api as sm
from scipy.special import expit, logit
from scipy.stats import binomtest, chi2, norm
from sklearn.calibration import _sigmoid_calibration, _TemperatureScaling, calibration_curve
from sklearn.isotonic import IsotonicRegression
from sklearn.metrics import brier_score_loss

warnings.simplefilter("ignore")
rng = np.random.default_rng(2)


def drawn(name, n, share, spread, slope, digits):
    """Log odds normal around those of the share; labels follow them by the slope. Rounded, so that some are equal."""
    probabilities = np.round(expit(logit(share) + spread * rng.normal(size=n)), digits)
    labels = (rng.random(n) < expit(slope * logit(probabilities))).astype(int)
    return name, labels, probabilities


CASES = [
    drawn("117, calibrated", 117, 0.5, 1, 1, 4),
    drawn("117, too sure", 117, 0.52, 2, 0.3, 3),
    drawn("117, close to one half", 117, 0.5, 0.1, 1, 3),
    drawn("400, rare, many ties", 400, 0.1, 0.8, 1, 2),
    ("eight, overlapping", np.array([0, 1, 0, 0, 1, 0, 1, 1]), np.array([0.1, 0.2, 0.2, 0.3, 0.5, 0.7, 0.7, 0.9])),
]


def chance(probabilities):
    """Mean distance of the number of events from its mean, over all outcomes where few, else by the generating polynomial."""
    if len(probabilities) <= 8:
        mass = [(np.prod([p if o else 1 - p for p, o in zip(probabilities, outcome)]), sum(outcome)) for outcome in itertools.product([0, 1], repeat=len(probabilities))]
    else:
        polynomial = np.array([1.0])
        for p in probabilities:
            polynomial = np.convolve(polynomial, [1 - p, p])
        mass = [(m, k) for k, m in enumerate(polynomial)]
    return sum(m * abs(k - sum(probabilities)) for m, k in mass)


def binned(labels, p, bins, strategy):
    edges = np.linspace(0, 1, bins + 1) if strategy == "width" else np.percentile(p, np.linspace(0, 1, bins + 1) * 100)
    places = np.searchsorted(edges[1:-1], p)
    shares, means = calibration_curve(labels, p, n_bins=bins, strategy={"width": "uniform", "count": "quantile"}[strategy])
    groups = [(p[places == b], labels[places == b]) for b in range(bins) if np.any(places == b)]
    n, base = len(p), labels.mean()
    counts = np.array([len(g) for g, _ in groups])
    wilson = [binomtest(int(y.sum()), len(y)).proportion_ci(0.95, "wilson") for _, y in groups]
    return {
        "bins": bins, "strategy": strategy, "shares": shares.tolist(), "means": means.tolist(), "counts": counts.tolist(),
        "wilson": [[ci.low, ci.high] for ci in wilson],
        "reliability": float(sum(c * (m - s) ** 2 for c, m, s in zip(counts, means, shares)) / n),
        "resolution": float(sum(c * (s - base) ** 2 for c, s in zip(counts, shares)) / n),
        "withinBinVariance": float(sum(np.sum((g - g.mean()) ** 2) for g, _ in groups) / n),
        "withinBinCovariance": float(2 * sum(np.sum((g - g.mean()) * (y - y.mean())) for g, y in groups) / n),
        "expected": float(np.sum(counts * np.abs(means - shares)) / n),
        "maximum": float(np.max(np.abs(means - shares))),
        "chance": float(sum(chance(g) for g, _ in groups) / n),
        "debiasedSquare": None if 1 in counts else float(np.sum(counts / n * ((means - shares) ** 2 - shares * (1 - shares) / (counts - 1)))),
    }


def line(labels, p):
    x = logit(p)
    both = sm.GLM(labels, sm.add_constant(x), family=sm.families.Binomial()).fit(tol=1e-13, tol_criterion="params")
    large = sm.GLM(labels, np.ones((len(x), 1)), family=sm.families.Binomial(), offset=x).fit(tol=1e-13, tol_criterion="params")
    ratio = 2 * (both.llf - np.sum(labels * np.log(p) + (1 - labels) * np.log(1 - p)))
    fitted = lambda fit, k: [float(fit.params[k]), float(fit.bse[k]), *fit.conf_int()[k].tolist()]
    return {"intercept": fitted(both, 0), "slope": fitted(both, 1), "inTheLarge": fitted(large, 0), "likelihoodRatio": float(ratio), "p": float(chi2.sf(ratio, 2))}


def spiegelhalter(labels, p):
    z = np.sum((labels - p) * (1 - 2 * p)) / np.sqrt(np.sum((1 - 2 * p) ** 2 * p * (1 - p)))
    return {"z": float(z), "p": float(2 * norm.sf(abs(z)))}


def recalibrators(labels, p):
    x, ask = logit(p), np.linspace(-4, 4, 17)
    isotonic = IsotonicRegression(out_of_bounds="clip").fit(x, labels)
    targets = np.where(labels == 1, (labels.sum() + 1) / (labels.sum() + 2), 1 / ((1 - labels).sum() + 2))
    platt = sm.GLM(targets, sm.add_constant(x), family=sm.families.Binomial()).fit(tol=1e-13, tol_criterion="params")
    a, b = _sigmoid_calibration(x, labels)
    factor = sm.GLM(labels, x[:, None], family=sm.families.Binomial()).fit(tol=1e-13, tol_criterion="params")
    return {"isotonic": {"scores": isotonic.X_thresholds_.tolist(), "probabilities": isotonic.y_thresholds_.tolist(), "at": ask.tolist(), "gives": isotonic.predict(ask).tolist()},
            "platt": {"intercept": float(platt.params[0]), "slope": float(platt.params[1]), "sklearn": [float(-b), float(-a)]},
            "temperature": {"inverse": float(factor.params[0]), "sklearn": float(_TemperatureScaling().fit(np.c_[-x / 2, x / 2], labels).beta_)}}


print(json.dumps({
    "origin": f"scikit-learn {sklearn.__version__}, statsmodels {statsmodels.__version__}, SciPy {scipy.__version__}, NumPy {np.__version__}, tools/golden/evaluation_calibration.py",
    "cases": [{
        "name": name, "labels": y.tolist(), "probabilities": p.tolist(), "brier": float(brier_score_loss(y, p)),
        "binned": [binned(y, p, bins, strategy) for bins, strategy in [(10, "width"), (10, "count"), (4, "width"), (3, "count")]],
        "line": line(y, p), "spiegelhalter": spiegelhalter(y, p), **recalibrators(y, p),
    } for name, y, p in CASES],
}, separators=(",", ":")))
