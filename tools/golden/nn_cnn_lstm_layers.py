"""Depthwise convolution, group norm, swish and LSTM as PyTorch computes them: outputs and gradients.

usage: python tools/golden/nn_cnn_lstm_layers.py packages/nn/test/golden     (torch)
"""
import json, sys
from pathlib import Path
import torch
import torch.nn.functional as F

COMMAND = 'python tools/golden/nn_cnn_lstm_layers.py packages/nn/test/golden'
ORIGIN = f'PyTorch {torch.__version__}, {COMMAND}'


def flat(t):
    return [round(float(v), 6) for v in t.detach().flatten()]


def sine(shape, factor):
    return torch.sin(factor * torch.arange(torch.Size(shape).numel(), dtype=torch.float64)).reshape(shape)


def last(t):  # N C ... to N ... C
    return t.movedim(1, -1)


def depthwise(name, extents, kernel, stride, padding):
    c, rank = 3, len(extents)
    x, weight = sine((2, c, *extents), 0.7).requires_grad_(), sine((c, 1, *[kernel] * rank), 1.1).requires_grad_()
    pads = [side for axis in reversed(padding) for side in axis]
    y = (F.conv2d if rank == 2 else F.conv3d)(F.pad(x, pads), weight, stride=stride, groups=c)
    dy = sine(y.shape, 1.3)
    y.backward(dy)
    turned = lambda w: w.movedim((1, 0), (-2, -1))  # [c, 1, ...] to [..., 1, c]
    tensors = {'x': last(x), 'filter': turned(weight), 'y': last(y), 'dy': last(dy), 'dx': last(x.grad), 'dFilter': turned(weight.grad)}
    shapes = {key: list(tensors[key].shape) for key in ('x', 'filter', 'y')}
    return {'name': name, 'stride': [stride] * rank, 'padding': padding, 'shapes': shapes, **{k: flat(t) for k, t in tensors.items()}}


def group_norm(extents, groups):
    c = 6
    norm = torch.nn.GroupNorm(groups, c, eps=1e-4).double()
    with torch.no_grad():
        norm.weight.copy_(sine((c,), 0.9) + 1)
        norm.bias.copy_(sine((c,), 0.5))
    x = (sine((2, c, *extents), 0.7) * 2 + 1).requires_grad_()
    y = norm(x)
    dy = sine(y.shape, 1.3)
    y.backward(dy)
    return {
        'name': f'{len(extents)} spatial axes, {groups} groups', 'groups': groups, 'epsilon': 1e-4, 'shape': list(last(x).shape),
        'scale': flat(norm.weight), 'offset': flat(norm.bias), 'x': flat(last(x)), 'dy': flat(last(dy)), 'y': flat(last(y)),
        'dx': flat(last(x.grad)), 'dScale': flat(norm.weight.grad), 'dOffset': flat(norm.bias.grad),
    }


def swish():
    x = torch.cat([sine((40,), 0.7) * 6, torch.tensor([-100.0, -20.0, 0.0, 20.0, 100.0])]).double().requires_grad_()
    y = F.silu(x)
    dy = sine((45,), 1.3)
    y.backward(dy)
    return {'name': 'swish', 'x': flat(x), 'dy': flat(dy), 'y': flat(y), 'dx': flat(x.grad)}


def lstm(layers):
    features, hidden, b, steps = 3, 4, 2, 5
    net = torch.nn.LSTM(features, hidden, layers, batch_first=True).double()
    with torch.no_grad():
        for i, p in enumerate(net.parameters()):
            p.copy_(sine(p.shape, 0.7 + 0.1 * i))
    x = sine((b, steps, features), 0.9).requires_grad_()
    sequence, _ = net(x)
    dy = sine(sequence.shape, 1.3)
    sequence.backward(dy)
    weights = [{'name': n, 'shape': list(p.shape), 'data': flat(p), 'gradient': flat(p.grad)} for n, p in net.named_parameters()]
    return {
        'name': f'{layers} layers', 'layers': layers, 'hidden': hidden, 'shape': [b, steps, features],
        'weights': weights, 'x': flat(x), 'dy': flat(dy), 'sequence': flat(sequence), 'dx': flat(x.grad),
    }


out = Path(sys.argv[1])
out.mkdir(parents=True, exist_ok=True)
for name, cases in {
    'depthwise': [
        depthwise('2-D, 3x3', (5, 4), 3, 1, [[1, 1], [1, 1]]),
        depthwise('2-D, 5x5, stride 2', (6, 5), 5, 2, [[1, 2], [2, 2]]),
        depthwise('3-D, 3x3x3, stride 2', (4, 6, 4), 3, 2, [[0, 1], [0, 1], [0, 1]]),
        depthwise('3-D, 5x5x5', (3, 4, 4), 5, 1, [[2, 2], [2, 2], [2, 2]]),
    ],
    'groupNorm': [group_norm((), 3), group_norm((3, 4), 2), group_norm((2, 3, 2), 6), group_norm((2, 3, 2), 1)],
    'swish': [swish()],
    'lstm': [lstm(1), lstm(2)],
}.items():
    (out / f'{name}.json').write_text(json.dumps({'origin': ORIGIN, 'cases': cases}, separators=(',', ':')) + '\n')
