"""Random weights and images that any program can compute, and what a network makes of them: shared by the scripts for whole networks.

The t-th tensor of the state_dict (counters of batches left out) has numbers u: weights of convolutions and linear layers are u sqrt(6 / fan in), scales
of norms 1 + 0.3 u, biases 0.2 u, running means 0.1 u, running variances 1 + 0.5 u. Images are the tensor 9999.
"""
import numpy as np, torch


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


def measure(net, shape):
    """Logits in evaluation and in training mode, and the norm of every parameter's gradient for the labels 0 and 1, in float64."""
    net = net.double()
    fill(net)
    images, labels = hashed(9999, shape), torch.tensor([[0.0], [1.0]], dtype=torch.float64)
    evaluation = net.eval()(images)
    training = net.train()(images)
    torch.nn.functional.binary_cross_entropy_with_logits(training, labels).backward()
    digits = lambda values, n: [float(f'{v:.{n}g}') for v in values]
    return {
        'shape': list(shape),
        'parameters': sum(p.numel() for p in net.parameters()),
        'evaluation': digits(evaluation.flatten().tolist(), 8),
        'training': digits(training.flatten().tolist(), 8),
        'gradientNorms': digits((p.grad.norm().item() for p in net.parameters()), 6),
    }
