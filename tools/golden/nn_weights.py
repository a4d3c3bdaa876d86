"""Weight files as the safetensors package writes, reads and refuses them; halves as PyTorch rounds them; the names that libraries give one network's
weights; a small network of PyTorch with its outputs.

usage: python tools/golden/nn_weights.py packages/nn/test/golden     (safetensors, torch, torchvision, timm, monai, efficientnet_pytorch)
"""
import base64, json, re, struct, sys, warnings
from pathlib import Path
warnings.filterwarnings('ignore')
import numpy as np, safetensors, safetensors.numpy, safetensors.torch, torch, torchvision, timm, monai
import efficientnet_pytorch

COMMAND = 'python tools/golden/nn_weights.py packages/nn/test/golden'
out = Path(sys.argv[1])


def write(name, programs, cases):
    text = json.dumps({'origin': f'{programs}, {COMMAND}', 'cases': cases}, separators=(',', ':'), allow_nan=False)
    (out / f'{name}.json').write_text(text + '\n')


def b64(data):
    return base64.b64encode(data).decode()


# Files: every element type, as the package writes them, with their elements as text.
def file_case(name, tensors, metadata=None):
    elements = {key: {'shape': list(t.shape), 'type': TYPES[t.dtype], 'elements': [text(v) for v in t.flatten().tolist()]} for key, t in tensors.items()}
    return {'name': name, 'file': b64(safetensors.torch.save(tensors, metadata)), 'tensors': elements, 'metadata': metadata or {}}


def text(value):
    return str(int(value)) if isinstance(value, (bool, int)) else repr(float(value))


TYPES = {torch.float64: 'F64', torch.float32: 'F32', torch.float16: 'F16', torch.bfloat16: 'BF16', torch.int64: 'I64', torch.int32: 'I32',
         torch.int16: 'I16', torch.int8: 'I8', torch.uint8: 'U8', torch.bool: 'BOOL', torch.uint16: 'U16', torch.uint32: 'U32', torch.uint64: 'U64'}
FLOATS = [0.0, -0.0, 1.0, -2.5, 1e-7, 3.14159, 65504.0, -1e-5]
files = [
    file_case('floats', {f'of {TYPES[t]}': torch.tensor(FLOATS, dtype=torch.float64).to(t).reshape(2, 4) for t in (torch.float64, torch.float32, torch.float16, torch.bfloat16)}),
    file_case('whole numbers', {
        'I64': torch.tensor([-2**63, 2**63 - 1]), 'I32': torch.tensor([-2**31, 2**31 - 1], dtype=torch.int32),
        'I16': torch.tensor([-2**15, 2**15 - 1], dtype=torch.int16), 'I8': torch.tensor([-128, 127], dtype=torch.int8),
        'U64': torch.from_numpy(np.array([0, 2**64 - 1], np.uint64)), 'U32': torch.from_numpy(np.array([0, 2**32 - 1], np.uint32)),
        'U16': torch.from_numpy(np.array([0, 65535], np.uint16)), 'U8': torch.tensor([0, 255], dtype=torch.uint8),
        'BOOL': torch.tensor([[True], [False], [True]]),
    }),
    file_case('shapes, names, metadata', {
        'scalar': torch.tensor(1.5), 'none': torch.zeros(0, 3), '10': torch.ones(1), '2': torch.ones(1), 'ключ "\\': torch.ones(1), '': torch.ones(1),
        '__proto__': torch.ones(1),
    }, {'format': 'pt', 'é': '\n'}),
    file_case('nothing', {}),
]
write('safetensorsFiles', f'safetensors {safetensors.__version__}, PyTorch {torch.__version__}', files)


# Verdicts: what the package makes of headers that are not as they should be.
def raw(header, data=0):
    header = header if isinstance(header, bytes) else header.encode()
    return struct.pack('<Q', len(header)) + header + bytes(data)


def entry(dtype='F32', shape='[1]', offsets='[0,4]', more=''):
    return f'{{"dtype":"{dtype}","shape":{shape},"data_offsets":{offsets}{more}}}'


ONE = '{"a":' + entry() + '}'
PAIR = lambda second, data=8: raw('{"a":' + entry() + ',"b":' + second + '}', data)
verdicts = {
    'one tensor': raw(ONE, 4),
    'nothing': raw('{}'),
    'blanks behind the header': raw(ONE + ' \n\t\r', 4),
    'blanks within the header': raw('{ "a" :\n' + entry(shape='[ ]', offsets='[0 ,4]') + ' }', 4),
    'fields in another order': raw('{"a":{"data_offsets":[0,4],"shape":[1],"dtype":"F32"}}', 4),
    'an empty name': raw('{"":' + entry() + '}', 4),
    'an escaped name': raw('{"\\u0061\\n\\ud83d\\ude00":' + entry() + '}', 4),
    'a tensor without elements between others': raw('{"a":' + entry() + ',"z":' + entry(shape='[0]', offsets='[4,4]') + ',"b":' + entry(offsets='[4,8]') + '}', 8),
    'a tensor without elements and a huge shape': raw('{"a":' + entry(shape='[0,4294967296,4294967296,4294967296]', offsets='[0,0]') + '}'),
    'elements of four bits': raw('{"a":' + entry('F4', '[8]') + '}', 4),
    'no alignment': raw('{"a":' + entry('U8', '[1]', '[0,1]') + ',"b":' + entry(offsets='[1,5]') + '}', 5),
    'metadata': raw('{"__metadata__":{"a":"b"},"a":' + entry() + '}', 4),
    'no metadata': raw('{"__metadata__":{}}'),
    # let pass by the package
    'a blank before the header': raw(' ' + ONE, 4),
    'a name twice': raw('{"a":' + entry() + ',"a":' + entry() + '}', 4),
    'a name twice, once escaped': raw('{"a":' + entry() + ',"\\u0061":' + entry() + '}', 4),
    'a key of the metadata twice': raw('{"__metadata__":{"a":"b","a":"c"}}'),
    'null for metadata': raw('{"__metadata__":null}'),
    'a field that is not known': raw('{"a":' + entry(more=',"x":[{"y":1}]') + '}', 4),
    'an entry as a list': raw('{"a":["F32",[1],[0,4]]}', 4),
    # refused by it
    'no bytes': b'', 'seven bytes': bytes(7), 'no header': struct.pack('<Q', 0),
    'a header longer than the file': struct.pack('<Q', 99) + ONE.encode(),
    'a header of nearly 2^64 bytes': struct.pack('<Q', 2**64 - 1) + ONE.encode(),
    'a byte order mark': raw(b'\xef\xbb\xbf' + ONE.encode(), 4),
    'no UTF-8': raw(b'{"\xff":' + entry().encode() + b'}', 4),
    'a zero behind the header': raw(ONE + '\0', 4), 'a second object behind the header': raw(ONE + '{}', 4),
    'a list': raw('[]'), 'a comma too many': raw('{"a":' + entry() + ',}', 4), 'no closing brace': raw(ONE[:-1], 4), 'a comment': raw('{/**/}'),
    'a control character in a name': raw('{"a\x01":' + entry() + '}', 4), 'a lone surrogate': raw('{"\\ud800":' + entry() + '}', 4),
    'a bad escape': raw('{"\\x61":' + entry() + '}', 4), 'an entry that is a number': raw('{"a":5}'), 'an entry that is null': raw('{"a":null}'),
    'metadata twice': raw('{"__metadata__":{"a":"b"},"__metadata__":{"a":"b"}}'), 'metadata that are no texts': raw('{"__metadata__":{"a":1}}'),
    'metadata that are a tensor': raw('{"__metadata__":' + entry() + '}', 4),
    'a field twice': raw('{"a":' + entry(more=',"dtype":"F32"') + '}', 4), 'no type': raw('{"a":{"shape":[1],"data_offsets":[0,4]}}', 4),
    'no shape': raw('{"a":{"dtype":"F32","data_offsets":[0,4]}}', 4), 'no offsets': raw('{"a":{"dtype":"F32","shape":[1]}}', 4),
    'an unknown type': raw('{"a":' + entry('F33') + '}', 4), 'a type in lower case': raw('{"a":' + entry('f32') + '}', 4),
    'a type that every object has': raw('{"a":' + entry('toString') + '}', 4),
    'a fraction': raw('{"a":' + entry(shape='[1.0]') + '}', 4), 'an exponent': raw('{"a":' + entry(shape='[1e0]') + '}', 4),
    'a minus': raw('{"a":' + entry(shape='[-1]') + '}', 4), 'a negative zero': raw('{"a":' + entry(shape='[-0]', offsets='[0,0]') + '}'),
    'a leading zero': raw('{"a":' + entry(shape='[01]') + '}', 4), 'a number as text': raw('{"a":' + entry(shape='["1"]') + '}', 4),
    'a shape that is a number': raw('{"a":' + entry(shape='1') + '}', 4), 'a number of 2^64': raw('{"a":' + entry(shape='[18446744073709551616]') + '}', 4),
    'a shape that overflows': raw('{"a":' + entry(shape='[1099511627776,1099511627776]') + '}', 4),
    'a shape that overflows, then is zero': raw('{"a":' + entry(shape='[4294967296,4294967296,4294967296,0]', offsets='[0,0]') + '}'),
    'a shape that overflows to its bytes': raw('{"a":' + entry(shape='[4611686018427387905]') + '}', 4),
    'a shape larger than its bytes': raw('{"a":' + entry(shape='[2]') + '}', 4), 'a shape smaller than its bytes': raw('{"a":' + entry(shape='[1]', offsets='[0,8]') + '}', 8),
    'three elements of four bits': raw('{"a":' + entry('F4', '[3]', '[0,2]') + '}', 2),
    'offsets the wrong way round': raw('{"a":' + entry(shape='[0]', offsets='[4,0]') + '}', 4), 'one offset': raw('{"a":' + entry(offsets='[4]') + '}', 4),
    'three offsets': raw('{"a":' + entry(offsets='[0,4,4]') + '}', 4), 'offsets past the end': raw('{"a":' + entry(shape='[2]', offsets='[0,8]') + '}', 4),
    'the same bytes twice': PAIR(entry(), 4), 'overlapping tensors': PAIR(entry('U8', '[5]', '[3,8]')), 'a hole': PAIR(entry(offsets='[8,12]'), 12),
    'a hole at the start': raw('{"a":' + entry(offsets='[4,8]') + '}', 8), 'bytes that are nobody\'s': raw(ONE, 5),
    'a tensor without elements elsewhere': PAIR(entry(shape='[0]', offsets='[2,2]'), 4),
}


def accepted(data):
    try:
        safetensors.deserialize(data)
        return True
    except Exception:
        return False


write('safetensorsVerdicts', f'safetensors {safetensors.__version__}', [{'name': name, 'file': b64(data), 'accepted': accepted(data)} for name, data in verdicts.items()])

# Halves: bits of float32, and of the half that PyTorch rounds them to.
edges = [0, 1, 0x007fffff, 0x00800000, 0x33000000, 0x33000001, 0x337fffff, 0x33800000, 0x33c00000, 0x387fc000, 0x387fe000, 0x387ff000, 0x38800000,
         0x3f800000, 0x3f801000, 0x3f802000, 0x3f803000, 0x3f808000, 0x3f818000, 0x3f7fffff, 0x477fe000, 0x477fefff, 0x477ff000, 0x47800000, 0x7f7fffff, 0x7f7f0000,
         0x7f7f8000, 0x7f7f7fff, 0x7f800000, 0x40490fdb, 0x34000000, 0x35555555, 0x36aaaaaa, 0x38012345]
rng = np.random.default_rng(0)
drawn = rng.integers(0x32000000, 0x48000000, 200).tolist() + rng.integers(0, 0x7f800000, 60).tolist()
bits = np.array([b | sign for b in edges + drawn for sign in (0, 0x80000000)], np.uint32)
values = torch.from_numpy(bits.view(np.float32).copy())
as_bits = lambda t: t.view(torch.int16).numpy().view(np.uint16).tolist()
write('halves', f'PyTorch {torch.__version__}', [{'bits': bits.tolist(), 'F16': as_bits(values.half()), 'BF16': as_bits(values.bfloat16())}])


# Names: one network's weights as several libraries call them, in the same order.
def names(model):
    return [(name, list(t.shape)) for name, t in model.state_dict().items() if not name.endswith('num_batches_tracked')]


def spelled(network, models):
    lists = {library: names(model) for library, model in models.items()}
    shapes = [[shape[:2] for _, shape in one] for one in lists.values()]
    assert all(one == shapes[0] for one in shapes)
    return {'network': network, 'spellings': {library: [name for name, _ in one] for library, one in lists.items()}}


efficientnet = spelled('EfficientNet-B0', {
    'efficientnet_pytorch': efficientnet_pytorch.EfficientNet.from_name('efficientnet-b0'),
    'timm': timm.create_model('efficientnet_b0'),
    'torchvision': torchvision.models.efficientnet_b0(),
    'MONAI': monai.networks.nets.EfficientNetBN('efficientnet-b0', pretrained=False, spatial_dims=3, in_channels=3),
})
small = dict(growth_rate=4, num_init_features=8, block_config=(2, 3))
densenet = spelled('DenseNet', {
    'torchvision': torchvision.models.DenseNet(**small),
    'MONAI': monai.networks.nets.DenseNet(2, 3, 1000, init_features=8, growth_rate=4, block_config=(2, 3)),
})
pattern = re.compile(r'^(.*denselayer\d+\.(?:norm|relu|conv))\.((?:[12])\.(?:weight|bias|running_mean|running_var))$')  # torchvision's own, from old to new
old = [re.sub(r'(denselayer\d+\.(?:norm|conv))([12])\.', r'\1.\2.', name) for name in densenet['spellings']['torchvision']]
assert [''.join(m.groups()) if (m := pattern.match(name)) else name for name in old] == densenet['spellings']['torchvision']
densenet['spellings']['torchvision before 2018'] = old
assert [n for n, _ in names(timm.create_model('densenet121'))] == [n for n, _ in names(torchvision.models.densenet121())]
assert names(timm.create_model('resnet50')) == names(torchvision.models.resnet50())
versions = f'torchvision {torchvision.__version__}, timm {timm.__version__}, MONAI {monai.__version__}, efficientnet_pytorch {efficientnet_pytorch.__version__}'
write('weightNames', versions, [efficientnet, densenet])

# A network of PyTorch: a file of its own, and its outputs.
torch.manual_seed(0)
network = torch.nn.Sequential(
    torch.nn.Conv2d(3, 6, 3, stride=2, padding=1), torch.nn.BatchNorm2d(6), torch.nn.ReLU(), torch.nn.Conv2d(6, 8, 3, padding=1, bias=False),
    torch.nn.BatchNorm2d(8), torch.nn.ReLU(), torch.nn.AdaptiveAvgPool2d(1), torch.nn.Flatten(), torch.nn.Linear(8, 4))
optimizer = torch.optim.SGD(network.parameters(), lr=0.1)
for _ in range(20):
    optimizer.zero_grad()
    torch.nn.functional.cross_entropy(network(torch.randn(8, 3, 12, 12)), torch.randint(4, (8,))).backward()
    optimizer.step()
network.eval()
safetensors.torch.save_file(network.state_dict(), out / 'sequential.safetensors', {'format': 'pt'})
image = torch.sin(0.1 * torch.arange(2 * 3 * 12 * 12, dtype=torch.float64)).reshape(2, 3, 12, 12)
with torch.no_grad():
    outputs = network.double()(image).tolist()
write('sequential', f'PyTorch {torch.__version__}', [{'input': 'sin(0.1 j) over [2, 3, 12, 12]', 'outputs': outputs}])
