"""Losses on logits and their gradients in PyTorch, float64: packages/training/test/golden/losses.json. NumPy computes each again, by the definition.

usage: python tools/golden/training_losses.py > packages/training/test/golden/losses.json     (needs PyTorch, any version from 1.13)
"""
import json
import numpy as np
import torch
import torch.nn.functional as F

X = [-1e4, -90.0, -12.5, -1.0, -1e-3, 0.0, 0.0, 1e-3, 0.7, 3.0, 20.0, 90.0, 1e4]
Y = [0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 1.0, 1.0]
WRONG = [1 - y for y in Y]  # logits of +-1e4 for the other class
BINARY = {
    "no options": (X, Y, {}),
    "logits far on the wrong side": (X, WRONG, {}),
    "class 1 counts 2.5": (X, Y, dict(positiveWeight=2.5)),
    "class 1 counts 0.4, logits far on the wrong side": (X, WRONG, dict(positiveWeight=0.4)),
    "smoothed by 0.1": (X, Y, dict(labelSmoothing=0.1)),
    "smoothed by 0.2, class 1 counts 3": (X, Y, dict(labelSmoothing=0.2, positiveWeight=3.0)),
}

ROWS = [[0.0, 0.0, 0.0], [2.0, -1.0, 0.5], [1e4, 0.0, -1e4], [-1e4, 1e4, 1e4], [1e-3, -1e-3, 0.0], [30.0, -30.0, 29.0], [-5.0, 8.0, 3.0]]
CLASSES = [2, 0, 0, 1, 1, 2, 0]
WEIGHTS = [0.5, 2.0, 1.25]
MIXED = [[0.2, 0.3, 0.5], [1.0, 0.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.5, 0.5], [0.1, 0.8, 0.1], [0.4, 0.0, 0.6], [0.0, 1.0, 0.0]]
ONE_HOT = np.eye(3)[CLASSES].tolist()
CATEGORICAL = {
    "numbers": (ROWS, CLASSES, {}),
    "numbers, logits far on the wrong side": (ROWS, [1, 1, 2, 0, 0, 1, 2], {}),
    "numbers, weighted": (ROWS, CLASSES, dict(classWeights=WEIGHTS)),
    "numbers, smoothed": (ROWS, CLASSES, dict(labelSmoothing=0.1)),
    "numbers, weighted and smoothed": (ROWS, CLASSES, dict(classWeights=WEIGHTS, labelSmoothing=0.3)),
    "one-hot": (ROWS, ONE_HOT, {}),
    "one-hot, weighted and smoothed": (ROWS, ONE_HOT, dict(classWeights=WEIGHTS, labelSmoothing=0.3)),
    "probabilities": (ROWS, MIXED, {}),
    "probabilities, weighted": (ROWS, MIXED, dict(classWeights=WEIGHTS)),
}


def binary_torch(x, y, positiveWeight=None, labelSmoothing=0.0):
    if labelSmoothing:  # cross_entropy's, over the two logits 0 and x, weighted by class; its mean over plain inputs
        both = torch.stack([torch.zeros_like(x), x], 1)
        targets = torch.stack([1 - y, y], 1)
        weight = torch.tensor([1.0, positiveWeight or 1.0], dtype=x.dtype)
        return F.cross_entropy(both, targets, weight=weight, label_smoothing=labelSmoothing)
    weight = None if positiveWeight is None else torch.tensor(positiveWeight, dtype=x.dtype)
    return F.binary_cross_entropy_with_logits(x, y, pos_weight=weight)


def binary_numpy(x, y, positiveWeight=1.0, labelSmoothing=0.0):
    y = y * (1 - labelSmoothing) + labelSmoothing / 2
    return np.mean(positiveWeight * y * np.logaddexp(0, -x) + (1 - y) * np.logaddexp(0, x))


def categorical_torch(x, y, classWeights=None, labelSmoothing=0.0):
    weight = None if classWeights is None else torch.tensor(classWeights, dtype=x.dtype)
    return F.cross_entropy(x, y, weight=weight, label_smoothing=labelSmoothing)


def categorical_numpy(x, y, classWeights=None, labelSmoothing=0.0):
    weight = np.ones(3) if classWeights is None else np.array(classWeights)
    count = weight[y].sum() if y.ndim == 1 else len(x)
    y = (np.eye(3)[y] if y.ndim == 1 else y) * (1 - labelSmoothing) + labelSmoothing / 3
    log_p = x - np.logaddexp.reduce(x, axis=1, keepdims=True)
    return -(weight * y * log_p).sum() / count


def case(name, x, y, options, by_torch, by_numpy):
    logits = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    loss = by_torch(logits, torch.tensor(y), **options) if isinstance(y[0], int) else by_torch(logits, torch.tensor(y, dtype=torch.float64), **options)
    loss.backward()
    np.testing.assert_allclose(by_numpy(np.array(x), np.array(y), **options), loss.item(), rtol=1e-12)
    return dict(name=name, logits=x, labels=y, options=options, loss=loss.item(), gradient=logits.grad.tolist())


print(json.dumps({
    "origin": f"PyTorch {torch.__version__}, float64, tools/golden/training_losses.py",
    "binary": [case(name, *rest, binary_torch, binary_numpy) for name, rest in BINARY.items()],
    "categorical": [case(name, *rest, categorical_torch, categorical_numpy) for name, rest in CATEGORICAL.items()],
}))
