"""The paths of optimizers over 50 steps in float64: packages/training/test/golden/optimizers.json.

usage: python tools/golden/training_optimizers.py > packages/training/test/golden/optimizers.json     (needs PyTorch, any version from 1.13)

Adam, AdamW and SGD are PyTorch's; LARS, which it lacks, is algorithm 1 of arXiv:1708.03888 in NumPy.
The problem is a bowl, loss = sum(curvature (w - target)^2) / 2, over a matrix and a bias, curvatures 0.5 to 2, so that rounding errors are not magnified.
"""
import json
import numpy as np
import torch

SHAPES, STEPS = [(3, 4), (5,)], 50
AT = [np.arange(12.0).reshape(SHAPES[0]), 20 + np.arange(5.0)]
START = [1 + 0.5 * np.sin(i) for i in AT]
TARGET = [3 + np.cos(2 * i) for i in AT]
CURVATURE = [1.25 + 0.75 * np.sin(3 * i) for i in AT]

# kind, PyTorch's options; then ours that PyTorch lacks
CASES = {
    "Adam": ("adam", dict(lr=0.01)),
    "Adam, L2 of 0.01": ("adam", dict(lr=0.01, weight_decay=0.01)),
    "Adam, L2 of 0.5": ("adam", dict(lr=0.01, weight_decay=0.5)),
    "Adam, other betas and epsilon": ("adam", dict(lr=0.02, betas=(0.8, 0.95), eps=1e-3)),
    "Adam, the rate halved after 20 steps": ("adam", dict(lr=0.02), dict(halveAt=20)),
    "AdamW": ("adamw", dict(lr=0.01)),
    "AdamW, a small decay": ("adamw", dict(lr=0.01, weight_decay=1e-3)),
    "AdamW, a large decay, the rate halved after 20 steps": ("adamw", dict(lr=0.02, weight_decay=0.5), dict(halveAt=20)),
    "AdamW, matrices only": ("adamw", dict(lr=0.01, weight_decay=0.5), dict(decay="matrices")),
    "SGD": ("sgd", dict(lr=0.02)),
    "SGD, L2 of 0.1": ("sgd", dict(lr=0.02, weight_decay=0.1)),
    "SGD, momentum": ("sgd", dict(lr=0.02, momentum=0.9)),
    "SGD, momentum, L2 of 1e-4, the rate halved after 20 steps": ("sgd", dict(lr=0.02, momentum=0.9, weight_decay=1e-4), dict(halveAt=20)),
    "SGD, momentum, dampening": ("sgd", dict(lr=0.02, momentum=0.8, dampening=0.4, weight_decay=0.01)),
    "SGD, Nesterov": ("sgd", dict(lr=0.02, momentum=0.9, nesterov=True, weight_decay=0.01)),
    "LARS": ("lars", dict(lr=1.0), dict(weightDecay=5e-4, trust=0.01)),
    "LARS, all weights, the rate halved after 20 steps": ("lars", dict(lr=2.0), dict(trust=0.01, decay="all", halveAt=20)),
    "LARS, other momentum, trust and epsilon": ("lars", dict(lr=1.0, momentum=0.5), dict(weightDecay=0.1, trust=0.02, epsilon=0.1, decay="all")),
}


def path_torch(kind, options, halveAt=0, decay="all"):
    weights = [torch.nn.Parameter(torch.tensor(start)) for start in START]
    groups = weights
    if decay == "matrices":
        groups = [dict(params=weights[:1]), dict(params=weights[1:], weight_decay=0.0)]
    optimizer = {"adam": torch.optim.Adam, "adamw": torch.optim.AdamW, "sgd": torch.optim.SGD}[kind](groups, **options)
    schedule = torch.optim.lr_scheduler.MultiStepLR(optimizer, milestones=[halveAt] if halveAt else [], gamma=0.5)
    for _ in range(STEPS):
        optimizer.zero_grad()
        sum((torch.tensor(c) * (w - torch.tensor(t)) ** 2).sum() / 2 for w, t, c in zip(weights, TARGET, CURVATURE)).backward()
        optimizer.step()
        schedule.step()
        yield [w.detach().numpy().copy() for w in weights]


def path_lars(lr, momentum=0.9, weightDecay=0.0, trust=0.001, epsilon=1e-8, decay="matrices", halveAt=0):
    weights = [start.copy() for start in START]
    velocities = [np.zeros_like(w) for w in weights]
    for step in range(STEPS):
        rate = lr * (0.5 if halveAt and step >= halveAt else 1)
        for w, v, t, c in zip(weights, velocities, TARGET, CURVATURE):
            g = c * (w - t)
            local, beta = 1.0, 0.0
            if decay == "all" or w.ndim >= 2:
                norm, beta = np.linalg.norm(w), weightDecay
                local = trust * norm / (np.linalg.norm(g) + beta * norm + epsilon)
            v[:] = momentum * v + rate * local * (g + beta * w)
            w -= v
        yield [w.copy() for w in weights]


def ours(options):
    names = {"lr": "learningRate", "weight_decay": "weightDecay", "eps": "epsilon"}
    out = {names.get(k, k): v for k, v in options.items() if k != "betas"}
    if "betas" in options:
        out["beta1"], out["beta2"] = options["betas"]
    return out


def case(name, kind, options, extra=None):
    extra = extra or {}
    path = path_lars(**options, **extra) if kind == "lars" else path_torch(kind, options, **extra)
    halve = {k: v for k, v in extra.items() if k == "halveAt"}
    config = dict(kind=kind, **ours(options), **{k: v for k, v in extra.items() if k != "halveAt"})
    return dict(name=name, config=config, **halve, weights=[[w.flatten().tolist() for w in row] for row in list(path)[9::10]])


flat = lambda arrays: [a.flatten().tolist() for a in arrays]
print(json.dumps({
    "origin": f"PyTorch {torch.__version__} and (LARS) NumPy {np.__version__}, float64, tools/golden/training_optimizers.py",
    "shapes": SHAPES, "start": flat(START), "target": flat(TARGET), "curvature": flat(CURVATURE), "afterSteps": [10, 20, 30, 40, 50],
    "cases": [case(name, *parts) for name, parts in CASES.items()],
}))
