"""NT-Xent with its gradient, and alignment and uniformity, in PyTorch, float64.

usage: python tools/golden/ssl_simclr.py packages/ssl-simclr/test/golden     (needs PyTorch, any version from 1.13)
"""
import json, sys
from pathlib import Path
import torch
import torch.nn.functional as F

COMMAND = 'python tools/golden/ssl_simclr.py packages/ssl-simclr/test/golden'
ORIGIN = f'PyTorch {torch.__version__}, float64, {COMMAND}'


def values(shape, scale=0.013, shift=0.0):
    count = torch.tensor(shape).prod().item()
    return torch.sin(scale * torch.arange(count, dtype=torch.float64) + shift).reshape(shape)


def nt_xent(z, temperature):
    """Cross entropy over cosines without a view's own, as in the authors' and lightly's code: pairs (k, k + n)."""
    views = len(z)
    cosines = F.normalize(z, dim=1) @ F.normalize(z, dim=1).T / temperature
    cosines = cosines.masked_fill(torch.eye(views, dtype=torch.bool), float('-inf'))
    return F.cross_entropy(cosines, (torch.arange(views) + views // 2) % views)


def flat(tensor):
    return [float(f'{v:.10g}') for v in tensor.flatten().tolist()]


def case(name, shape, scale, temperature):
    z = values(shape, scale).requires_grad_()
    loss = nt_xent(z, temperature)
    loss.backward()
    return {'name': name, 'shape': shape, 'scale': scale, 'temperature': temperature, 'loss': loss.item(), 'gradient': flat(z.grad)}


# The two functions of Wang & Isola 2020, figure 5.
def align_loss(x, y, alpha=2):
    return (x - y).norm(p=2, dim=1).pow(alpha).mean()


def uniform_loss(x, t=2):
    return torch.pdist(x, p=2).pow(2).mul(-t).exp().mean().log()


x, y = F.normalize(values((6, 5), 0.9), dim=1), F.normalize(values((6, 5), 0.9, 0.4), dim=1)
golden = {
    'ntXent': [case('smooth', (8, 4), 0.013, t) for t in (1, 0.5, 0.1, 0.07)]
    + [case('rough', (12, 7), 1.7, t) for t in (0.5, 0.1, 0.01)],
    'alignment': [{'alpha': a, 'value': align_loss(x, y, a).item()} for a in (2, 1)],
    'uniformity': [{'t': t, 'value': uniform_loss(x, t).item()} for t in (2, 0.5)],
}
out = Path(sys.argv[1])
out.mkdir(parents=True, exist_ok=True)
(out / 'simclr.json').write_text(json.dumps({'origin': ORIGIN, **golden}, separators=(',', ':')) + '\n')
