"""PyTorch's clipped gradients and its mean of weights: packages/training/test/golden/gradientsAndMeans.json.

usage: python tools/golden/training_gradients_and_means.py > packages/training/test/golden/gradientsAndMeans.json     (needs PyTorch from 2.1)
"""
import json
import torch
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

GRADIENTS = [[3.0, -4.0, 0.5, 0.0, -0.125, 7.5], [12.0, -0.01]]


def clipped(kind, limit):
    parameters = [torch.nn.Parameter(torch.zeros(len(g), dtype=torch.float64)) for g in GRADIENTS]
    for p, g in zip(parameters, GRADIENTS):
        p.grad = torch.tensor(g, dtype=torch.float64)
    clip = dict(norm=torch.nn.utils.clip_grad_norm_, value=torch.nn.utils.clip_grad_value_)[kind]
    clip(parameters, limit)
    return dict(config=dict(kind=kind, limit=limit), clipped=[p.grad.tolist() for p in parameters])


def means(decay, start):
    """After each of 10 steps; null while there is none."""
    model = torch.nn.Linear(3, 2, bias=False).double()
    average = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(decay))
    rows = []
    for step, weights in enumerate(WEIGHTS, 1):
        with torch.no_grad():
            model.weight.copy_(torch.tensor(weights, dtype=torch.float64).reshape(2, 3))
        if step > start:
            average.update_parameters(model)
        rows.append(average.module.weight.flatten().tolist() if step > start else None)
    return dict(config=dict(decay=decay, startSteps=start), means=rows)


WEIGHTS = [[(i + 1) * torch.sin(torch.tensor(0.7 * step + i)).item() for i in range(6)] for step in range(10)]
print(json.dumps({
    "origin": f"PyTorch {torch.__version__}, float64, tools/golden/training_gradients_and_means.py",
    "gradients": GRADIENTS,
    "clips": [clipped(*case) for case in [("norm", 1.0), ("norm", 15.0), ("norm", 100.0), ("value", 0.5), ("value", 100.0)]],
    "weights": WEIGHTS,
    "averages": [means(*case) for case in [(0.9, 0), (0.999, 0), (0.5, 4)]],
}))
