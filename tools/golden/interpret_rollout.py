"""Attention rollout after Abnar & Zuidema 2020 (arXiv:2005.00928, section 3), with NumPy: A = (W + I) / 2 with rows brought to 1, A_L ... A_1.

usage: python tools/golden/interpret_rollout.py packages/interpret/test/golden     (numpy)
"""
import json, sys
from pathlib import Path
import numpy as np

COMMAND = 'python tools/golden/interpret_rollout.py packages/interpret/test/golden'
ORIGIN = f'NumPy {np.__version__}, float64, {COMMAND}'


def attention(layer, shape):
    j = np.arange(np.prod(shape)).reshape(shape)
    scores = 2 * np.sin(0.9 * j + 1.7 * layer)
    weights = np.exp(scores)
    return weights / weights.sum(-1, keepdims=True)


def rollout(layers, join):
    result = None
    for weights in layers:
        a = (join(weights, axis=1) + np.eye(weights.shape[-1])) / 2
        a = a / a.sum(-1, keepdims=True)
        result = a if result is None else a @ result
    return result


def flat(values):
    return [float(f'{v:.8g}') for v in np.asarray(values).flatten()]


shape = (2, 3, 7, 7)  # batch, heads, a class token and 1 x 2 x 3 patches
layers = [attention(layer, shape) for layer in range(3)]
cases = [{
    'shape': shape,
    'layers': [flat(layer) for layer in layers],
    'rollouts': {name: flat(rollout(layers, getattr(np, name))) for name in ('mean', 'max', 'min')},
}]
out = Path(sys.argv[1])
out.mkdir(parents=True, exist_ok=True)
(out / 'rollout.json').write_text(json.dumps({'origin': ORIGIN, 'cases': cases}, separators=(',', ':')) + '\n')
