"""Batch norm and Adam as PyTorch computes them: outputs, gradients, running statistics, moments over several steps.

usage: python tools/golden/nn_layers.py packages/nn/test/golden     (torch)
"""
import json, sys
from pathlib import Path
import torch

COMMAND = 'python tools/golden/nn_layers.py packages/nn/test/golden'
ORIGIN = f'PyTorch {torch.__version__}, {COMMAND}'


def flat(t):
    return [round(float(v), 7) for v in t.detach().flatten()]


def sine(shape, factor):
    n = 1
    for s in shape:
        n *= s
    return torch.sin(factor * torch.arange(n, dtype=torch.float64)).reshape(shape).float()


def last(t):  # N C ... to N ... C
    return t.movedim(1, -1)


def batch_norm(rank):
    shape = (4, 3) + (2, 3, 2)[:rank]
    bn = {0: torch.nn.BatchNorm1d, 2: torch.nn.BatchNorm2d, 3: torch.nn.BatchNorm3d}[rank](3)
    with torch.no_grad():
        bn.weight.copy_(torch.tensor([0.5, 1.5, -1.0]))
        bn.bias.copy_(torch.tensor([0.1, -0.2, 0.3]))
    steps = []
    for step in range(3):
        x = (sine(shape, 0.7 + step) * 2 + step).requires_grad_()
        bn.zero_grad()
        y = bn(x)
        dy = sine(shape, 1.3)
        y.backward(dy)
        steps.append({
            'x': flat(last(x)), 'dy': flat(last(dy)), 'y': flat(last(y)), 'dx': flat(last(x.grad)),
            'dScale': flat(bn.weight.grad), 'dOffset': flat(bn.bias.grad),
            'runningMean': flat(bn.running_mean), 'runningVariance': flat(bn.running_var),
        })
    x = sine(shape, 0.4)
    bn.eval()
    return {
        'name': f'{rank} spatial axes', 'shape': list(last(x).shape), 'scale': [0.5, 1.5, -1.0], 'offset': [0.1, -0.2, 0.3],
        'steps': steps, 'evaluation': {'x': flat(last(x)), 'y': flat(last(bn(x)))},
    }


def adam(decay, epsilon):
    w = torch.nn.Parameter(sine((3, 4), 0.9))
    optimizer = torch.optim.Adam([w], lr=0.05, betas=(0.9, 0.99), eps=epsilon, weight_decay=decay)
    weights, gradients = [flat(w)], []
    for step in range(6):
        w.grad = sine((3, 4), 0.5 + step) * 10.0 ** (step - 3)
        gradients.append(flat(w.grad))
        optimizer.step()
        weights.append(flat(w))
    state = optimizer.state[w]
    return {
        'name': f'decay {decay}, epsilon {epsilon}', 'decay': decay, 'epsilon': epsilon, 'weights': weights, 'gradients': gradients,
        'first': flat(state['exp_avg']), 'second': [float(v) for v in state['exp_avg_sq'].flatten()],
    }


out = Path(sys.argv[1])
out.mkdir(parents=True, exist_ok=True)
for name, cases in {
    'batchNorm': [batch_norm(r) for r in (0, 2, 3)],
    'adam': [adam(0.0, 1e-8), adam(0.01, 1e-8), adam(0.0, 1e-2)],
}.items():
    (out / f'{name}.json').write_text(json.dumps({'origin': ORIGIN, 'cases': cases}) + '\n')
