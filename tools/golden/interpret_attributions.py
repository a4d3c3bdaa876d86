"""Grad-CAM, occlusion, integrated gradients and input gradients as captum computes them, of tiny networks whose weights follow a rule.

usage: python tools/golden/interpret_attributions.py packages/interpret/test/golden     (torch, captum)

The t-th parameter gets 0.5 sin(0.37 i + 1.3 t) at flat index i, in PyTorch's order and layout; the input is
sin(0.7 j + 0.003 j^2).
"""
import json, sys
from importlib.metadata import version
from pathlib import Path
import torch
from captum.attr import IntegratedGradients, LayerAttribution, LayerGradCam, Occlusion, Saliency

COMMAND = 'python tools/golden/interpret_attributions.py packages/interpret/test/golden'
ORIGIN = f'captum {version("captum")}, PyTorch {torch.__version__}, float64, {COMMAND}'
torch.set_default_dtype(torch.float64)


class Network(torch.nn.Module):
    def __init__(self, rank, classes):
        super().__init__()
        conv = {2: torch.nn.Conv2d, 3: torch.nn.Conv3d}[rank]
        self.conv1 = conv(2, 3, 3, padding=1)
        self.relu1 = torch.nn.ReLU()
        self.conv2 = conv(3, 4, 3, stride=2, padding=1)
        self.relu2 = torch.nn.ReLU()
        self.fc = torch.nn.Linear(4, classes)
        with torch.no_grad():
            for t, parameter in enumerate(self.parameters()):
                i = torch.arange(parameter.numel())
                parameter.copy_((0.5 * torch.sin(0.37 * i + 1.3 * t)).reshape(parameter.shape))

    def forward(self, x):
        y = self.relu2(self.conv2(self.relu1(self.conv1(x))))
        return self.fc(y.flatten(2).mean(2))


def flat(t):
    return [float(f'{float(v):.6g}') for v in t.detach().flatten()]


def last(t):  # N C ... to N ... C
    return t.movedim(1, -1)


def case(rank, classes, grid, windows, strides):
    network = Network(rank, classes).eval()
    shape = (2, 2, *grid)
    count = int(torch.tensor(shape).prod())
    j = torch.arange(count)
    x = torch.sin(0.7 * j + 0.003 * j**2).reshape(shape)
    mode = {2: 'bilinear', 3: 'trilinear'}[rank]
    targets = [1, 2] if classes > 1 else [0]
    cam = LayerGradCam(network, network.relu2)
    early = LayerGradCam(network, network.relu1)
    occlude = Occlusion(network)
    sure = Occlusion(lambda x: torch.softmax(network(x), 1) if classes > 1 else torch.sigmoid(network(x)))
    window = {'sliding_window_shapes': (2, *windows), 'strides': (2, *strides)}
    mean = x.flatten(2).mean(2).reshape(2, 2, *[1] * rank).expand(shape)
    ig = IntegratedGradients(network)

    def shares(baseline):
        values, delta = ig.attribute(x, baselines=baseline, target=target, n_steps=12, method='riemann_middle', return_convergence_delta=True)
        return {'baseline': baseline, 'values': flat(last(values)), 'gap': flat(delta)}

    results = []
    for target in targets:
        small = cam.attribute(x, target=target, relu_attributions=True)
        results.append({
            'target': target,
            'gradCam': flat(LayerAttribution.interpolate(small, grid, mode)),
            'gradCamSignedOnLayer': flat(early.attribute(x, target=target)),
            'occlusion': flat(occlude.attribute(x, target=target, baselines=0.25, **window)[:, 0]),
            'occlusionOfProbability': flat(sure.attribute(x, target=target, baselines=mean, **window)[:, 0]),
            'saliency': flat(last(Saliency(network).attribute(x, target=target, abs=False))),
            'integratedGradients': [shares(0.0), shares(0.3)],
        })
    return {
        'name': f'{rank}-D, {classes} logit{"s" if classes > 1 else ""}', 'grid': grid, 'classes': classes, 'patch': windows, 'stride': strides,
        'logits': flat(network(x)), 'results': results,
    }


cases = [case(2, 3, (9, 8), (3, 4), (2, 3)), case(3, 1, (5, 7, 6), (2, 4, 3), (2, 3, 1))]
out = Path(sys.argv[1])
out.mkdir(parents=True, exist_ok=True)
(out / 'attributions.json').write_text(json.dumps({'origin': ORIGIN, 'cases': cases}, separators=(',', ':')) + '\n')
