"""Weight files of networks of torchvision, timm and MONAI, filled by a rule that any program can follow, and the networks' outputs with them. A file is
told by its names and its SHA-256: who follows the rule and writes as the safetensors package does has it.

The rule: of the float tensors sorted by name, the k-th gets at flat index i a number v in (-1, 1) from a hash of both; weights of norms are 1 + v/4,
means and biases v/8, variances 1 + (v+1)/2, all other weights v times a power of two near sqrt(6 / fan in). Counters of batches are 0. Inputs are
sin(0.013 j) over [n, c, ...], outputs computed in float64.

usage: python tools/golden/models_cnn_library_files.py > packages/models-cnn/test/golden/libraryFiles.json     (torch, torchvision, timm, monai, safetensors)
"""
import hashlib, json, math, warnings
warnings.filterwarnings('ignore')
import monai, numpy as np, safetensors, safetensors.torch, timm, torch, torchvision

COMMAND = 'python tools/golden/models_cnn_library_files.py'


def numbers(k, count):
    x = np.arange(count, dtype=np.uint64) + np.uint64((k + 1) * 0x9e3779b1)
    x &= np.uint64(0xffffffff)
    for shift, factor in ((16, 0x85ebca6b), (13, 0xc2b2ae35)):
        x = ((x ^ (x >> np.uint64(shift))) * np.uint64(factor)) & np.uint64(0xffffffff)
    x ^= x >> np.uint64(16)
    return (2 * (x >> np.uint64(24)).astype(np.float64) - 255) / 256


def fill(model):
    state = model.state_dict()
    floats = sorted(name for name, t in state.items() if t.is_floating_point())
    for k, name in enumerate(floats):
        t = state[name]
        v = numbers(k, t.numel())
        leaf = name.rsplit('.', 1)[-1]
        if leaf in ('running_mean', 'bias'):
            v = v / 8
        elif leaf == 'running_var':
            v = 1 + (v + 1) / 2
        elif t.ndim == 1:
            v = 1 + v / 4
        else:
            v = v * 2.0 ** math.floor(0.5 * math.log2(6 / math.prod(t.shape[1:])) + 0.5)
        t.copy_(torch.from_numpy(v).reshape(t.shape))
    return safetensors.torch.save(state, {'format': 'pt'})


def case(library, network, model, shape):
    with torch.no_grad():
        data = fill(model)
        x = torch.sin(0.013 * torch.arange(math.prod(shape), dtype=torch.float64)).reshape(shape)
        outputs = model.double().eval()(x)
    names = [name for name in model.state_dict() if not name.endswith('num_batches_tracked')]
    return {'library': library, 'network': network, 'names': names, 'sizeBytes': len(data), 'sha256': hashlib.sha256(data).hexdigest(), 'input': shape,
            'outputs': [[float(f'{v:.9g}') for v in row[:5]] for row in outputs]}


image = [2, 3, 64, 64]
cases = [
    case('torchvision', 'resnet18', torchvision.models.resnet18(), image),
    case('torchvision', 'densenet121', torchvision.models.densenet121(), image),
    case('torchvision', 'efficientnet_b0', torchvision.models.efficientnet_b0(), image),
    case('timm', 'efficientnet_b0', timm.create_model('efficientnet_b0'), image),
    case('MONAI', 'resnet10', monai.networks.nets.ResNet(monai.networks.nets.resnet.ResNetBlock, [1, 1, 1, 1], [8, 16, 32, 64], spatial_dims=3, n_input_channels=1, conv1_t_stride=2, num_classes=2), [2, 1, 16, 32, 32]),
]
versions = f'torchvision {torchvision.__version__}, timm {timm.__version__}, MONAI {monai.__version__}, PyTorch {torch.__version__}, safetensors {safetensors.__version__}'
print(json.dumps({'origin': f'{versions}, {COMMAND}', 'cases': cases}, separators=(',', ':')))
