"""Layer norm, GELU and multi-head attention as PyTorch computes them: outputs and gradients.

usage: python tools/golden/nn_transformer.py packages/nn/test/golden     (torch)
"""
import json, sys
from pathlib import Path
import torch

COMMAND = 'python tools/golden/nn_transformer.py packages/nn/test/golden'
ORIGIN = f'PyTorch {torch.__version__}, {COMMAND}'


def flat(t):
    return [round(float(v), 7) for v in t.detach().flatten()]


def sine(shape, factor, size=1.0):
    n = 1
    for s in shape:
        n *= s
    return (size * torch.sin(factor * torch.arange(n, dtype=torch.float64))).reshape(shape)


def layer_norm(shape):
    norm = torch.nn.LayerNorm(shape[-1], dtype=torch.float64)
    with torch.no_grad():
        norm.weight.copy_(1 + sine((shape[-1],), 0.9, 0.5))
        norm.bias.copy_(sine((shape[-1],), 1.7, 0.5))
    x = (sine(shape, 0.7, 2) + 3).requires_grad_()
    y = norm(x)
    dy = sine(shape, 1.3)
    y.backward(dy)
    return {
        'name': ' x '.join(map(str, shape)), 'shape': shape, 'scale': flat(norm.weight), 'offset': flat(norm.bias), 'x': flat(x), 'dy': flat(dy),
        'y': flat(y), 'dx': flat(x.grad), 'dScale': flat(norm.weight.grad), 'dOffset': flat(norm.bias.grad),
    }


def gelu():
    x = torch.cat([torch.linspace(-6, 6, 49, dtype=torch.float64), torch.tensor([-30.0, -1e-3, 1e-3, 30.0], dtype=torch.float64)]).requires_grad_()
    y = torch.nn.functional.gelu(x)
    y.backward(torch.ones_like(y))
    return {'name': 'exact', 'x': flat(x), 'y': flat(y), 'dx': flat(x.grad)}


def attention(name, b, n, dim, heads, size, first):
    """Queries, keys and values without bias, the heads projected back: vit-pytorch's Attention; of the first token alone where asked."""
    x = sine((b, n, dim), 0.7).requires_grad_()
    qkv = sine((3 * heads * size, dim), 0.37, 0.8).requires_grad_()
    out = sine((dim, heads * size), 0.53, 0.5).requires_grad_()
    bias = sine((dim,), 0.9).requires_grad_()
    q, k, v = (t.view(b, n, heads, size).transpose(1, 2) for t in (x @ qkv.T).chunk(3, -1))
    weights = torch.softmax(q @ k.transpose(-1, -2) * size ** -0.5, -1)
    y = (weights @ v).transpose(1, 2).reshape(b, n, heads * size) @ out.T + bias
    if first:
        y = y[:, :1]
    dy = sine(y.shape, 1.3)
    y.backward(dy)
    return {
        'name': name, 'shape': [b, n, dim], 'heads': heads, 'headDim': size, 'queries': 'first' if first else 'all', 'x': flat(x), 'dy': flat(dy),
        'weights': {'to_qkv.weight': flat(qkv), 'to_out.0.weight': flat(out), 'to_out.0.bias': flat(bias)},
        'gradients': {'to_qkv.weight': flat(qkv.grad), 'to_out.0.weight': flat(out.grad), 'to_out.0.bias': flat(bias.grad)},
        'y': flat(y), 'dx': flat(x.grad), 'maps': flat(weights),
    }


out = Path(sys.argv[1])
out.mkdir(parents=True, exist_ok=True)
for name, cases in {
    'layerNorm': [layer_norm(s) for s in ([3, 5], [2, 3, 8], [2, 1, 3, 4])],
    'gelu': [gelu()],
    'attention': [
        attention('two heads', 2, 4, 5, 2, 3, False), attention('one head', 1, 3, 4, 1, 4, False), attention('the first token', 2, 4, 5, 2, 3, True),
    ],
}.items():
    (out / f'{name}.json').write_text(json.dumps({'origin': ORIGIN, 'cases': cases}) + '\n')
