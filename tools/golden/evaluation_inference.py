"""Precision and recall, confusion tables, intervals of shares, tails, BCa, permutation tests and McNemar's test in scikit-learn, statsmodels and SciPy:
packages/evaluation/test/golden/inference.json.

usage: python tools/golden/evaluation_inference.py > packages/evaluation/test/golden/inference.json     (scikit-learn 1.9.1, statsmodels 0.15.0, SciPy 1.17.1)
"""
import json
import numpy as np
import scipy
import sklearn
import statsmodels
from scipy import stats
from scipy.stats._resampling import _bca_interval
from sklearn import metrics
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.proportion import proportion_confint

rng = np.random.default_rng(2)


def drawn(negatives, positives, shift, digits):
    labels = rng.permutation(np.repeat([0, 1], [negatives, positives]))
    return labels, np.round(rng.normal(size=len(labels)) + shift * labels, digits)


def precision_recall(name, labels, scores):
    precisions, recalls, thresholds = metrics.precision_recall_curve(labels, scores)  # thresholds rise; the last point has none
    return {"name": name, "labels": labels.tolist(), "scores": scores.tolist(), "precisions": precisions[::-1].tolist(),
            "recalls": recalls[::-1].tolist(), "thresholds": thresholds[::-1].tolist(), "average": float(metrics.average_precision_score(labels, scores))}


def confusion(name, labels, scores, threshold):
    called = (scores >= threshold).astype(int)
    tn, fp, fn, tp = (int(count) for count in metrics.confusion_matrix(labels, called, labels=[0, 1]).ravel())
    ratio = stats.contingency.relative_risk
    ratios = {}
    if min(tn, fp, fn, tp) > 0:  # a likelihood ratio is a relative risk of the call
        positive, negative = ratio(tp, tp + fn, fp, fp + tn), ratio(fn, tp + fn, tn, fp + tn)
        ratios = {key: [risk.relative_risk, *risk.confidence_interval(0.9)] for key, risk in [("positive", positive), ("negative", negative)]}
    return {"name": name, "labels": labels.tolist(), "scores": scores.tolist(), "threshold": threshold,
            "counts": {"truePositives": tp, "falsePositives": fp, "trueNegatives": tn, "falseNegatives": fn},
            "balancedAccuracy": float(metrics.balanced_accuracy_score(labels, called)), "f1": float(metrics.f1_score(labels, called)),
            "mcc": float(metrics.matthews_corrcoef(labels, called)), "recall": float(metrics.recall_score(labels, called)),
            "precision": float(metrics.precision_score(labels, called)), "accuracy": float(metrics.accuracy_score(labels, called)), "ratios90": ratios}


def share(successes, trials, level):
    ends = {key: [float(end) for end in proportion_confint(successes, trials, 1 - level, method)] for key, method in [("wilson", "wilson"), ("clopper-pearson", "beta")]}
    return {"successes": successes, "trials": trials, "level": level, **ends}


def auc(labels, scores):
    return float(metrics.roc_auc_score(labels, scores))


def auc_of_samples(positives, negatives, axis=-1):
    """Without ties."""
    return np.mean(np.expand_dims(positives, -1) > np.expand_dims(negatives, -2), axis=(-1, -2))


def bca(name, positives, negatives, draws):
    data = [np.sort(positives), np.sort(negatives)]
    values = auc_of_samples(*[np.take(sample, rng.integers(0, len(sample), (draws, len(sample)))) for sample in data])
    low, high, acceleration = _bca_interval(data, auc_of_samples, -1, 0.025, values, None, xp=np)
    leave_out = [[float(auc_of_samples(np.delete(data[0], i), data[1])) for i in range(len(data[0]))],
                 [float(auc_of_samples(data[0], np.delete(data[1], i))) for i in range(len(data[1]))]]
    return {"name": name, "estimate": float(auc_of_samples(*data)), "draws": values.tolist(), "leftOut": leave_out, "levels": [float(low), float(high)]}


def permuted(name, labels, scores):
    """All ways to deal out the labels."""
    test = lambda side: stats.permutation_test((labels,), lambda dealt: auc(dealt, scores), permutation_type="pairings", n_resamples=np.inf, alternative=side, vectorized=False)
    return {"name": name, "labels": labels.tolist(), "scores": scores.tolist(), "p": {side: float(test(side).pvalue) for side in ["two-sided", "greater", "less"]}}


def swapped(name, n, digits):
    """All ways to swap within pairs."""
    labels = np.arange(n) % 2
    first, second = (np.round(rng.normal(size=n) + labels, digits) for _ in range(2))
    a, b = stats.rankdata(first), stats.rankdata(second)
    test = lambda statistic, x, y, side: float(stats.permutation_test((x, y), statistic, permutation_type="samples", n_resamples=np.inf, alternative=side, vectorized=False).pvalue)
    means = lambda x, y: np.mean(x) - np.mean(y)
    aucs = lambda x, y: auc(labels, x) - auc(labels, y)
    return {"name": name, "labels": labels.tolist(), "first": first.tolist(), "second": second.tolist(),
            "means": {side: test(means, first, second, side) for side in ["two-sided", "greater", "less"]},
            "aucs": {side: test(aucs, a, b, side) for side in ["two-sided", "greater", "less"]}}


def discordant(first, second):
    pmf = stats.binom.pmf(min(first, second), first + second, 0.5)  # mid-p: Fagerland et al. 2013, doi:10.1186/1471-2288-13-91
    exact = mcnemar([[0, first], [second, 0]], exact=True).pvalue
    return {"counts": [first, second], "exact": float(exact), "mid-p": float(1 - pmf / 2 if first == second else exact - pmf),
            "chi-square": float(mcnemar([[0, first], [second, 0]], exact=False, correction=False).pvalue)}


def corrected(differences, test_cases, training_cases):
    n, mean, deviation = len(differences), np.mean(differences), np.std(differences, ddof=1)
    error = deviation * np.sqrt(1 / n + test_cases / training_cases)  # Nadeau & Bengio 2003, doi:10.1023/A:1024068626366
    return {"differences": list(differences), "testCases": test_cases, "trainingCases": training_cases, "t": float(mean / error),
            "p": float(2 * stats.t.sf(abs(mean / error), n - 1)), "interval90": [float(end) for end in stats.t.interval(0.9, n - 1, mean, error)]}


print(json.dumps({
    "origin": f"scikit-learn {sklearn.__version__}, statsmodels {statsmodels.__version__}, SciPy {scipy.__version__}, NumPy {np.__version__}, tools/golden/evaluation_inference.py",
    "betaBelow": [[x, a, b, float(stats.beta.cdf(x, a, b))] for a, b in [(0.5, 0.5), (1, 1), (2, 9.5), (30, 0.5), (61, 56), (3000, 2000)] for x in [1e-6, 0.01, 0.3, 0.5, 0.61, 0.99]],
    "studentTail": [[t, df, float(stats.t.sf(t, df))] for df in [1, 2, 9.7, 49, 1000] for t in [-2, 0, 0.3, 1.96, 5, 30]],
    "studentQuantile": [[p, df, float(stats.t.ppf(p, df))] for df in [1, 2.5, 9, 200] for p in [0.5, 0.9, 0.975, 0.9995]],
    "precisionRecall": [precision_recall("four cases", np.array([0, 0, 1, 1]), np.array([0.1, 0.4, 0.35, 0.8])),
                        precision_recall("117, no ties to speak of", *drawn(56, 61, 0.5, 3)), precision_recall("117, many ties", *drawn(56, 61, 0.5, 0)),
                        precision_recall("200, one in ten positive", *drawn(180, 20, 1, 1))],
    "confusion": [confusion("117 at 0.5", *drawn(56, 61, 0.5, 2), 0.5), confusion("60, ties at the threshold", *drawn(50, 10, 1, 0), 1.0),
                  confusion("none called", *drawn(5, 4, 0, 1), 99.0)],
    "shares": [share(*case) for case in [(41, 61, 0.95), (0, 56, 0.95), (56, 56, 0.9), (1, 3, 0.99), (300, 1000, 0.95), (1, 1, 0.95)]],
    "bca": [bca("skewed", rng.normal(1.6, 1, 14), rng.normal(0, 1, 11), 400), bca("uneven", rng.normal(0.2, 2, 40), rng.normal(0, 1, 8), 300)],
    "permuted": [permuted("seven", *drawn(4, 3, 0.5, 1)), permuted("seven with ties", *drawn(3, 4, 1, 0))],
    "swapped": [swapped("eight", 8, 1), swapped("nine with ties", 9, 0)],
    "mcNemar": [discordant(*counts) for counts in [(12, 5), (5, 5), (1, 0), (0, 9), (40, 62), (3, 2)]],
    "corrected": [corrected(np.round(rng.normal(0.02, 0.05, 10), 3).tolist(), 117, 468), corrected([0.1, -0.2], 1, 1)],
}))
