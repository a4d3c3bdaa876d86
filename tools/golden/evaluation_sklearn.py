"""ROC, AUC, log loss and accuracy in scikit-learn: packages/evaluation/test/golden/sklearn.json.

usage: python tools/golden/evaluation_sklearn.py > packages/evaluation/test/golden/sklearn.json     (scikit-learn 1.9.1)
"""
import json
import numpy as np
import sklearn
from sklearn.metrics import accuracy_score, log_loss, roc_auc_score, roc_curve

rng = np.random.default_rng(0)


def case(name, labels, scores):
    return {"name": name, "labels": [int(label) for label in labels], "scores": [float(score) for score in scores]}


def drawn(name, negatives, positives, shift, digits):
    """Two shuffled normal samples, rounded to so few digits that some scores, or most, are equal."""
    labels = rng.permutation(np.repeat([0, 1], [negatives, positives]))
    return case(name, labels, np.round(rng.normal(size=len(labels)) + shift * labels, digits))


CASES = [
    case("four cases", [0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]),
    case("two cases, right", [0, 1], [0.2, 0.9]),
    case("two cases, wrong", [0, 1], [0.9, 0.2]),
    case("two cases, tied", [0, 1], [0.5, 0.5]),
    case("all tied", [0, 1, 1, 0, 1], [3, 3, 3, 3, 3]),
    case("plus and minus zero", [0, 1, 0, 1], [-0.0, 0.0, 0.0, 1.0]),
    case("far apart in size", [0, 1, 0, 1, 1], [-1e300, 1e-300, 0.0, 1e300, 5e-324]),
    drawn("20, three values", 8, 12, 0.5, 0),
    drawn("117, no ties to speak of", 56, 61, 0.5, 3),
    drawn("117, many ties", 56, 61, 0, 1),
    drawn("300, one in ten positive", 270, 30, 1, 2),
    drawn("2000, few values", 1000, 1000, 0.2, 1),
]


def curve(c):
    false_rates, true_rates, thresholds = roc_curve(c["labels"], c["scores"], drop_intermediate=False)
    return {**c, "falsePositiveRates": false_rates.tolist(), "truePositiveRates": true_rates.tolist(),
            "thresholds": ["Infinity", *thresholds[1:].tolist()]}


def probabilities(name, labels, values):
    loss = log_loss(labels, np.asarray(values, dtype=np.float64), labels=[0, 1])
    return {"name": name, "labels": labels, "probabilities": values, "loss": float(loss),
            "accuracy": float(accuracy_score(labels, np.asarray(values) >= 0.5))}


many = rng.integers(0, 2, 50).tolist()
print(json.dumps({
    "origin": f"scikit-learn {sklearn.__version__}, NumPy {np.__version__}, tools/golden/evaluation_sklearn.py",
    "rocAuc": [{**c, "auc": float(roc_auc_score(c["labels"], c["scores"]))} for c in CASES],
    "rocCurve": [curve(c) for c in CASES if len(c["labels"]) <= 117],
    "probabilities": [
        probabilities("a coin", [0, 1, 1], [0.5, 0.5, 0.5]),
        probabilities("certain and right", [0, 1], [0.0, 1.0]),
        probabilities("certain and wrong", [0, 1, 1], [1.0, 0.0, 0.5]),
        probabilities("one class", [1, 1], [0.25, 0.5]),
        probabilities("fifty", many, np.round(rng.random(50), 4).tolist()),
    ],
}))
