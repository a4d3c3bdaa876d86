"""vit-pytorch's ViT in two and three dimensions, in the form of 2021 and in today's: names of parameters, logits, loss and all gradients, at the fill
rule (the t-th parameter gets 0.05 sin(0.37 i + 0.11 t) at flat index i, scales of norms 1 more; images are sin(0.013 j) over NC[D]HW), float64.

usage: pip download --no-deps -d WHEELS vit-pytorch==0.24.3 (and ==0.38.1, ==1.26.11); pip install torch torchvision einops
       python tools/golden/models_vit.py WHEELS packages/models-vit/test/golden
"""
import importlib, json, sys
from pathlib import Path
import torch

COMMAND = 'python tools/golden/models_vit.py WHEELS packages/models-vit/test/golden'
SIZE = dict(dim=5, depth=2, heads=2, dim_head=3, mlp_dim=4, num_classes=1)


def vit_class(wheels, version, module):
    for name in [name for name in sys.modules if name.startswith('vit_pytorch')]:
        del sys.modules[name]
    wheel = str(Path(wheels) / f'vit_pytorch-{version}-py3-none-any.whl')
    sys.path.insert(0, wheel)
    found = importlib.import_module(f'vit_pytorch.{module}')
    sys.path.remove(wheel)
    return found.ViT


def sine(shape):
    n = 1
    for s in shape:
        n *= s
    return torch.sin(0.013 * torch.arange(n, dtype=torch.float64)).reshape(shape)


def flat(t):
    return [float(f'{v:.6g}') for v in t.flatten().tolist()]


def case(wheels, version, module, form, pool, shape, **sizes):
    flat_image = module == 'vit'
    image = dict(image_size=shape[-1], patch_size=4) if flat_image else dict(image_size=shape[-1], image_patch_size=4, frames=shape[2], frame_patch_size=2)
    net = vit_class(wheels, version, module)(**image, channels=shape[1], pool=pool, **{**SIZE, **sizes}).double()
    names = []
    with torch.no_grad():
        for t, (name, p) in enumerate(net.named_parameters()):
            if p.numel() == 0:  # the class token that nothing reads
                continue
            t = len(names)
            scale = 1 if name.endswith('.weight') and p.dim() == 1 else 0
            p.copy_((scale + 0.05 * torch.sin(0.37 * torch.arange(p.numel(), dtype=torch.float64) + 0.11 * t)).reshape(p.shape))
            names.append(name)
    net.train()
    logits = net(sine(shape))
    labels = torch.tensor([[1.0], [0.0]], dtype=torch.float64)
    loss = torch.nn.functional.binary_cross_entropy_with_logits(logits, labels)
    loss.backward()
    gradients = {name: flat(p.grad) for name, p in net.named_parameters() if p.numel() > 0}
    config = dict(spatial=shape[2:], channels=shape[1], patch=4 if flat_image else [2, 4, 4], form=form, pool=pool, dim=5, depth=2, heads=2, headDim=3, mlpDim=4)
    config.update({'headDim' if k == 'dim_head' else k: v for k, v in sizes.items()})
    sized = ', one head as wide as a token' if sizes else ''
    return {
        'name': f'{"2-D" if flat_image else "3-D"}, {form}, {pool}{sized}', 'version': f'vit-pytorch {version}', 'config': config, 'shape': shape,
        'names': names, 'shapes': [list(dict(net.named_parameters())[name].shape) for name in names], 'logits': flat(logits.detach()), 'loss': loss.item(),
        'gradients': gradients,
    }


wheels, out = sys.argv[1], Path(sys.argv[2])
out.mkdir(parents=True, exist_ok=True)
flat_shape, deep_shape = [2, 2, 8, 8], [2, 1, 4, 8, 8]
cases = [
    case(wheels, '0.24.3', 'vit', '2021', 'cls', flat_shape),
    case(wheels, '0.24.3', 'vit', '2021', 'mean', flat_shape),
    case(wheels, '0.38.1', 'vit_3d', '2021', 'cls', deep_shape),
    case(wheels, '0.38.1', 'vit_3d', '2021', 'mean', [2, 2, 4, 8, 8]),
    case(wheels, '0.38.1', 'vit_3d', '2021', 'cls', deep_shape, heads=1, dim_head=5),
    case(wheels, '1.26.11', 'vit', 'current', 'cls', flat_shape),
    case(wheels, '1.26.11', 'vit', 'current', 'mean', flat_shape),
    case(wheels, '1.26.11', 'vit_3d', 'current', 'cls', deep_shape),
    case(wheels, '1.26.11', 'vit_3d', 'current', 'mean', deep_shape),
]
(out / 'vit.json').write_text(json.dumps({'origin': f'PyTorch {torch.__version__}, {COMMAND}', 'cases': cases}, separators=(',', ':')) + '\n')
