"""torchvision's networks on random weights: logits in evaluation and in training mode, and the norm of every parameter's gradient, in float64.

Weights and images come from a hash that any program can compute: see hashed_weights.py.

usage: python tools/golden/models_cnn_torchvision.py packages/models-cnn/test/golden     (torch, torchvision, numpy)
"""
import json, sys
from pathlib import Path
import torch, torchvision
from hashed_weights import measure

COMMAND = 'python tools/golden/models_cnn_torchvision.py packages/models-cnn/test/golden'
ORIGIN = f'PyTorch {torch.__version__.split("+")[0]}, torchvision {torchvision.__version__.split("+")[0]}, float64, {COMMAND}'
NETWORKS = ['resnet18', 'resnet34', 'resnet50', 'densenet121', 'densenet161']


def case(name):
    measured = measure(getattr(torchvision.models, name)(num_classes=1), (2, 3, 96, 96))
    return {'name': name, **{key: measured[key] for key in ('evaluation', 'training', 'gradientNorms')}}


out = Path(sys.argv[1])
out.mkdir(parents=True, exist_ok=True)
(out / 'torchvision.json').write_text(json.dumps({'origin': ORIGIN, 'cases': [case(name) for name in NETWORKS]}) + '\n')
