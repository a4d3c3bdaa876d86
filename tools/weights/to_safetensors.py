#!/usr/bin/env python3
"""Converts weights of PyTorch to a .safetensors file, which mgmt and everything else reads without running code from it.

usage: python to_safetensors.py FILE [OUT] [--key KEY] [--prefix PREFIX] [--half] [--trust]
       python to_safetensors.py torchvision:resnet18 [OUT]
       python to_safetensors.py timm:efficientnet_b0.ra_in1k [OUT]

FILE is a .pth, .pt, .bin, .ckpt or .tar that torch.save wrote: a state_dict, or a checkpoint that has one under model, state_dict, model_state_dict,
net, network, weights or ema (or under --key). NumPy's .npz is read too. torchvision: and timm: take weights from those packages, which fetch them.
OUT is FILE with the ending .safetensors by default.

Needs PyTorch and the package safetensors; NumPy for .npz. Names are kept: mgmt takes prefixes off and knows the names of torchvision, timm, MONAI and
efficientnet_pytorch(_3d).

A pickle can run code when it is opened. This script opens it so that it cannot (weights_only). Some old or whole-model files need more than that:
--trust opens those fully. Use it only for files of people you trust.
"""
import argparse, hashlib, json, sys
from pathlib import Path

KEYS = ('state_dict', 'model_state_dict', 'model', 'net', 'network', 'weights', 'ema')


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('source', metavar='FILE')
    parser.add_argument('out', metavar='OUT', nargs='?')
    parser.add_argument('--key', help='where the state_dict is in the checkpoint, dots between: "model.student"')
    parser.add_argument('--prefix', default='', help='take only tensors whose names begin so, and take it off: "encoder_q."')
    parser.add_argument('--half', action='store_true', help='write 32-bit floats as 16-bit ones (bfloat16)')
    parser.add_argument('--trust', action='store_true', help='open a pickle fully, which runs whatever code it holds')
    options = parser.parse_args()
    loaded, origin = load(options)
    state = {name[len(options.prefix):]: value for name, value in find_state(loaded, options.key).items() if name.startswith(options.prefix)}
    tensors, left_out = as_tensors(state, options.half)
    if not tensors:
        sys.exit(f'{options.source}: no tensors whose names begin with "{options.prefix}"')
    out = Path(options.out or Path(options.source.replace(':', '_')).with_suffix('.safetensors'))
    write(tensors, out, {'format': 'pt', **origin})
    for name, kind in left_out:
        print(f'left out {name}: {kind}', file=sys.stderr)
    count = sum(t.numel() for t in tensors.values())
    print(json.dumps({'file': str(out), 'tensors': len(tensors), 'numbers': count, 'sha256': sha256(out)}))


def load(options):
    """What the file holds, and where it is from."""
    package, _, name = options.source.partition(':')
    if package == 'torchvision' and name:
        import torchvision
        return torchvision.models.get_model(name, weights='DEFAULT'), {'source': options.source, 'torchvision': torchvision.__version__}
    if package == 'timm' and name:
        import timm
        return timm.create_model(name, pretrained=True), {'source': options.source, 'timm': timm.__version__}
    path = Path(options.source)
    if not path.is_file():
        sys.exit(f'{path}: there is no such file')
    origin = {'source': path.name, 'source_sha256': sha256(path)}
    if path.suffix == '.npz':
        import numpy
        try:
            with numpy.load(path, allow_pickle=False) as arrays:
                return {key: arrays[key] for key in arrays.files}, origin
        except ValueError as error:
            sys.exit(f'{path}: {error}')
    import torch
    allow_numpy_scalars(torch)
    try:
        return torch.load(path, map_location='cpu', weights_only=not options.trust), origin
    except Exception as error:
        if options.trust:
            sys.exit(f'{path}: {error}')
        sys.exit(f'{path}: cannot be opened without running code from it: {str(error).splitlines()[0]}\n'
                 'Where you trust who made it, give --trust, which runs that code.')


def allow_numpy_scalars(torch):
    """Checkpoints keep their best score as NumPy's number, which PyTorch does not read by itself though it can do nothing."""
    try:
        import numpy
        scalar = numpy.float64(0).__reduce__()[0]
        numbers = [type(numpy.dtype(kind)) for kind in ('f8', 'f4', 'i8', 'i4', 'u1', '?')]
        torch.serialization.add_safe_globals([scalar, (scalar, 'numpy.core.multiarray.scalar'), numpy.dtype, *numbers])
    except (ImportError, AttributeError, TypeError):
        pass  # an old PyTorch: such a file needs --trust


def find_state(loaded, key):
    """The state_dict in what was loaded."""
    for part in key.split('.') if key else ():
        if not isinstance(loaded, dict) or part not in loaded:
            sys.exit(f'there is no "{part}"; there are: {names_of(loaded)}')
        loaded = loaded[part]
    if hasattr(loaded, 'state_dict'):
        return loaded.state_dict()
    while isinstance(loaded, dict) and not has_tensors(loaded):
        inner = next((loaded[k] for k in KEYS if k in loaded), None)
        if inner is None:
            sys.exit(f'no state_dict was found; name where it is with --key. There are: {names_of(loaded)}')
        loaded = inner.state_dict() if hasattr(inner, 'state_dict') else inner
    if not isinstance(loaded, dict):
        sys.exit(f'this holds no state_dict but a {type(loaded).__name__}')
    return loaded


def has_tensors(value):
    return any(hasattr(item, 'shape') and hasattr(item, 'dtype') for item in value.values()) and not any(isinstance(value.get(k), dict) for k in KEYS)


def names_of(value):
    return ', '.join(map(str, list(value)[:20])) if isinstance(value, dict) else f'a {type(value).__name__}'


def as_tensors(state, half):
    import torch
    tensors, left_out = {}, []
    for name, value in state.items():
        if not hasattr(value, 'shape'):
            left_out.append((name, type(value).__name__))
            continue
        tensor = torch.as_tensor(value).detach()
        if tensor.is_sparse or tensor.is_quantized or tensor.is_complex():
            left_out.append((name, 'a sparse, quantized or complex tensor'))
            continue
        if half and tensor.dtype == torch.float32:
            tensor = tensor.to(torch.bfloat16)
        tensors[name] = tensor.clone(memory_format=torch.contiguous_format)  # weights that are shared are written each
    return tensors, left_out


def write(tensors, out, metadata):
    from safetensors.torch import save_file
    partial = out.with_name(out.name + '.partial')
    save_file(tensors, partial, metadata={key: str(value) for key, value in metadata.items()})
    partial.chmod(0o644)
    partial.replace(out)


def sha256(path):
    digest = hashlib.sha256()
    with open(path, 'rb') as file:
        while part := file.read(1 << 20):
            digest.update(part)
    return digest.hexdigest()


if __name__ == '__main__':
    main()
