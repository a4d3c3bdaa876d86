"""Adam's path over 50 steps in PyTorch, float64: packages/training/test/golden/adam.json.

usage: python tools/golden/training_adam.py > packages/training/test/golden/adam.json     (needs PyTorch, any version from 1.13)

The problem is a bowl, loss = sum(curvature (w - target)^2) / 2, curvatures 0.5 to 2, so that rounding errors are not magnified.
"""
import json
import torch

N, STEPS = 12, 50
i = torch.arange(N, dtype=torch.float64)
START, TARGET, CURVATURE = 1 + 0.5 * torch.sin(i), 3 + torch.cos(2 * i), 1.25 + 0.75 * torch.sin(3 * i)

CASES = {
    "defaults": dict(lr=0.01),
    "L2 of 0.01": dict(lr=0.01, weight_decay=0.01),
    "L2 of 0.5": dict(lr=0.01, weight_decay=0.5),
    "other betas and epsilon": dict(lr=0.02, betas=(0.8, 0.95), eps=1e-3),
    "the rate halved after 20 steps": dict(lr=0.02, halve_at=20),
}


def path(lr, halve_at=None, **options):
    w = torch.nn.Parameter(START.clone())
    optimizer = torch.optim.Adam([w], lr=lr, **options)
    schedule = torch.optim.lr_scheduler.MultiStepLR(optimizer, milestones=[halve_at] if halve_at else [], gamma=0.5)
    rows = []
    for _ in range(STEPS):
        optimizer.zero_grad()
        (CURVATURE * (w - TARGET) ** 2).sum().div(2).backward()
        optimizer.step()
        schedule.step()
        rows.append(w.detach().tolist())
    return rows


def camel(options):
    names = {"lr": "learningRate", "weight_decay": "weightDecay", "eps": "epsilon", "halve_at": "halveAt"}
    out = {names[k]: v for k, v in options.items() if k in names}
    if "betas" in options:
        out["beta1"], out["beta2"] = options["betas"]
    return out


cases = [dict(name=name, options=camel(options), weights=path(**options)[9::10]) for name, options in CASES.items()]
print(json.dumps({
    "origin": f"PyTorch {torch.__version__}, float64, tools/golden/training_adam.py",
    "start": START.tolist(), "target": TARGET.tolist(), "curvature": CURVATURE.tolist(),
    "afterSteps": [10, 20, 30, 40, 50], "cases": cases,
}, indent=1))
