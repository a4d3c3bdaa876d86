"""torchvision's networks on random weights: logits in evaluation and in training mode, and the norm of every parameter's gradient, in float64.

Weights and images come from a hash that any program can compute: see `hashed`. The t-th tensor of the state_dict (counters of batches left out) has
numbers u: weights of convolutions and linear layers are u sqrt(6 / fan in), scales of norms 1 + 0.3 u, biases 0.2 u, running means 0.1 u, running
variances 1 + 0.5 u. The images are the tensor 9999, [2, 3, 96, 96].

usage: python tools/golden/models_cnn_torchvision.py packages/models-cnn/test/golden     (torch, torchvision, numpy)
"""
import json, sys
from pathlib import Path
import numpy as np, torch, torchvision

COMMAND = 'python tools/golden/models_cnn_torchvision.py packages/models-cnn/test/golden'
ORIGIN = f'PyTorch {torch.__version__.split("+")[0]}, torchvision {torchvision.__version__.split("+")[0]}, float64, {COMMAND}'
NETWORKS = ['resnet18', 'resnet34', 'resnet50', 'densenet121', 'densenet161']


def hashed(t, shape):
    """Uniform in [-1, 1): a function of t and the flat index alone, in 32-bit arithmetic."""
    h = np.arange(int(np.prod(shape)), dtype=np.uint32) ^ np.uint32((t + 1) * 0x9E3779B1 & 0xFFFFFFFF)
    h = h * np.uint32(0x85EBCA6B)
    h = (h ^ h >> np.uint32(13)) * np.uint32(0xC2B2AE35)
    h = h ^ h >> np.uint32(16)
    return torch.from_numpy(h.astype(np.float64) / 2 ** 31 - 1).reshape(tuple(shape))


@torch.no_grad()
def fill(net):
    state = {name: tensor for name, tensor in net.state_dict().items() if not name.endswith('num_batches_tracked')}
    for t, (name, tensor) in enumerate(state.items()):
        u = hashed(t, tensor.shape)
        if name.endswith('running_mean'): value = 0.1 * u
        elif name.endswith('running_var'): value = 1 + 0.5 * u
        elif tensor.dim() > 1: value = u * (6 / tensor[0].numel()) ** 0.5
        else: value = 0.2 * u if name.endswith('bias') else 1 + 0.3 * u
        tensor.copy_(value)


def rounded(values):
    return [float(f'{v:.8g}') for v in values]


def measure(name):
    net = getattr(torchvision.models, name)(num_classes=1).double()
    fill(net)
    images, labels = hashed(9999, (2, 3, 96, 96)), torch.tensor([[0.0], [1.0]], dtype=torch.float64)
    evaluation = net.eval()(images)
    training = net.train()(images)
    torch.nn.functional.binary_cross_entropy_with_logits(training, labels).backward()
    return {
        'name': name,
        'evaluation': rounded(evaluation.flatten().tolist()),
        'training': rounded(training.flatten().tolist()),
        'gradientNorms': [float(f'{float(p.grad.norm()):.6g}') for p in net.parameters()],
    }


out = Path(sys.argv[1])
out.mkdir(parents=True, exist_ok=True)
(out / 'torchvision.json').write_text(json.dumps({'origin': ORIGIN, 'cases': [measure(name) for name in NETWORKS]}) + '\n')
