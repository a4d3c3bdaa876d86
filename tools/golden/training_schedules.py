"""Learning rates of PyTorch's schedulers: packages/training/test/golden/schedules.json.

usage: python tools/golden/training_schedules.py > packages/training/test/golden/schedules.json     (needs PyTorch, any version from 1.13)

A scheduler is stepped once a step, 4 steps an epoch, or once an epoch; `factors` are the rates at each step by the first one.
"""
import json
import torch
from torch.optim import lr_scheduler as s

PER_EPOCH, EPOCHS = 4, 30


def warm(optimizer, epochs, start, then):
    linear = s.LinearLR(optimizer, start_factor=start, end_factor=1, total_iters=epochs * PER_EPOCH)
    return s.SequentialLR(optimizer, [linear, then], milestones=[epochs * PER_EPOCH])


CASES = [
    ("falls once", dict(kind="step", factor=0.5, atEpochs=[10]), "epoch", lambda o: s.MultiStepLR(o, [10], 0.5)),
    ("falls at each of several epochs", dict(kind="step", factor=0.5, atEpochs=[20, 10]), "epoch", lambda o: s.MultiStepLR(o, [10, 20], 0.5)),
    ("falls again and again", dict(kind="step", factor=0.1, everyEpochs=7), "epoch", lambda o: s.StepLR(o, 7, 0.1)),
    ("a wave by the step, which rises again", dict(kind="cosine", epochs=20), "step", lambda o: s.CosineAnnealingLR(o, 20 * PER_EPOCH)),
    ("a wave by the epoch", dict(kind="cosine", epochs=30, per="epoch", lowest=0.1), "epoch", lambda o: s.CosineAnnealingLR(o, 30, eta_min=0.1)),
    ("a warm-up before a constant rate", dict(kind="warm-up", epochs=5, **{"from": 0.25}, then=dict(kind="constant")), "step",
     lambda o: s.LinearLR(o, start_factor=0.25, end_factor=1, total_iters=5 * PER_EPOCH)),
    ("a warm-up before a wave", dict(kind="warm-up", epochs=3, **{"from": 0.01}, then=dict(kind="cosine", epochs=27)), "step",
     lambda o: warm(o, 3, 0.01, s.CosineAnnealingLR(o, 27 * PER_EPOCH))),
    ("a warm-up before steps", dict(kind="warm-up", epochs=2, **{"from": 0.5}, then=dict(kind="step", factor=0.5, atEpochs=[10, 20])), "step",
     lambda o: warm(o, 2, 0.5, s.MultiStepLR(o, [10 * PER_EPOCH, 20 * PER_EPOCH], 0.5))),
]


def factors(per, make):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)
    schedule = make(optimizer)
    for step in range(EPOCHS * PER_EPOCH):
        yield optimizer.param_groups[0]["lr"]
        optimizer.step()
        if per == "step" or step % PER_EPOCH == PER_EPOCH - 1:
            schedule.step()


print(json.dumps({
    "origin": f"PyTorch {torch.__version__}, tools/golden/training_schedules.py",
    "stepsPerEpoch": PER_EPOCH,
    "cases": [dict(name=name, config=config, factors=list(factors(per, make))) for name, config, per, make in CASES],
}))
