"""Small NIfTI files as nibabel writes them, with what nibabel reads from them: stored numbers, scaled values, the affine (RAS), the header's fields.

usage: python tools/golden/nifti_files.py > packages/nifti-io/test/golden/files.json     (nibabel, numpy)

Two things are not nibabel's. Floats of 128 bits, which it reads and writes only where a computer has them, are made here from exact fractions, and
their nearest floats of 64 bits by Python. Affines in meters or micrometers are multiplied to millimeters, which nibabel leaves to its user.
"""
import base64, gzip, io, json, struct
from fractions import Fraction
import nibabel as nib, numpy as np

SHAPE = (2, 3, 4)  # i, j, k
OBLIQUE = np.array([[-0.9, 0.1, 0.3, 12.5], [0.2, 1.1, -0.4, -7.25], [0.1, 0.5, 2.5, 3.0], [0, 0, 0, 1]])
turn = nib.eulerangles.euler2mat(0.3, -0.2, 0.5) @ np.diag([1.5, 2, 3])
RIGID = np.eye(4); RIGID[:3, :3], RIGID[:3, 3] = turn, [-30, 40, 50.5]
MIRRORED = RIGID @ np.diag([1, 1, -1, 1])
HALF_TURN = np.diag([-2.0, -2, 3, 1])
CLASSES = {(1, False): nib.Nifti1Image, (2, False): nib.Nifti2Image, (1, True): nib.Nifti1Pair, (2, True): nib.Nifti2Pair}
COLOR = {'rgb24': np.dtype([(c, 'u1') for c in 'RGB']), 'rgba32': np.dtype([(c, 'u1') for c in 'RGBA'])}
WIDE = {'float128': (1536, 1), 'complex256': (2048, 2)}
MM = {'meter': 1000, 'mm': 1, 'micron': 0.001, 'unknown': 1}


def binary128(x, order):
    """The 16 bytes of the IEEE 754 binary128 number nearest to a fraction, and the float nearest to that number."""
    if isinstance(x, float) and not np.isfinite(x):
        bits = (int(x < 0) << 127) | (0x7fff << 112) | (int(np.isnan(x)) << 111)
        return bits.to_bytes(16, order), x
    sign, x = int(x < 0 or str(x) == '-0.0'), abs(Fraction(x))
    if x == 0:
        return (sign << 127).to_bytes(16, order), -0.0 if sign else 0.0
    exponent = x.numerator.bit_length() - x.denominator.bit_length()
    if x < Fraction(2) ** exponent:
        exponent -= 1
    significand = round(x / Fraction(2) ** (exponent - 112))
    if significand == 1 << 113:
        significand, exponent = 1 << 112, exponent + 1
    bits = (sign << 127) | ((exponent + 16383) << 112) | (significand - (1 << 112))
    return bits.to_bytes(16, order), (-1) ** sign * float(significand * Fraction(2) ** (exponent - 112))


WIDE_NUMBERS = [Fraction(1, 3), -Fraction(1, 10), 0.1, -0.0, 0.0, float('inf'), float('-inf'), float('nan'), 1e300, Fraction(10) ** 308, 2.5e-308,
                1 + Fraction(1, 2 ** 53), 1 + Fraction(3, 2 ** 53), 1 + Fraction(1, 2 ** 53) + Fraction(1, 2 ** 110), 2 - Fraction(1, 2 ** 100)]


def numbers(dtype, count):
    """Numbers that show the type: its ends, what 64 bits hold and a float does not, what is no number."""
    kind, size = np.dtype(dtype).kind, np.dtype(dtype).itemsize
    if kind in 'iu':
        ends = np.iinfo(dtype)
        special = [ends.min, ends.max, 0, 1] + ([2 ** 53 + 1] if size == 8 else [])
    elif kind == 'f':
        special = [np.nan, np.inf, -np.inf, -0.0, float(np.finfo(dtype).max), 0.1]
    else:
        special = [complex(np.nan, 1), complex(1, np.inf), 1 - 0.1j]
    plain = np.arange(count) * 5 - (0 if kind == 'u' else 40)
    return np.array((special + [int(n) for n in plain])[:count], dtype)


def plain(values):
    """Numbers for JSON: text where it would lose them."""
    out = []
    for v in values:
        v = v.item() if isinstance(v, np.generic) else v
        out.append(str(v) if isinstance(v, int) and abs(v) > 2 ** 53
                   else ('NaN' if v != v else 'Infinity' if v > 0 else '-Infinity') if isinstance(v, float) and not np.isfinite(v)
                   else '-0' if isinstance(v, float) and v == 0 and str(v) == '-0.0' else v)
    return out


packed = lambda raw: base64.b64encode(gzip.compress(bytes(raw), 9, mtime=0)).decode()


def entry(name, type='int16', endian='little', version=1, pair=False, shape=SHAPE, affine=OBLIQUE, sform=1, qform=0, slope=None, inter=0.0,
          units=('mm', 'sec'), intent=('none', ()), extensions=0, steps=None, small=False):
    order = '<' if endian == 'little' else '>'
    count = int(np.prod(shape))
    image_class = CLASSES[version, pair]
    header = image_class.header_class(endianness=order)
    expected = None
    if type in WIDE:
        header.set_data_dtype('u1')  # set anew in the bytes
        channels = WIDE[type][1]
        made = [binary128(WIDE_NUMBERS[i % len(WIDE_NUMBERS)], endian) for i in range(count * channels)]
        raw_voxels, expected = b''.join(b for b, _ in made), [f for _, f in made]
        values = np.zeros(shape, 'u1')
    elif type in COLOR:
        flat = (np.arange(count * len(COLOR[type])) * 7 % 256).astype('u1')
        values = flat.view(COLOR[type]).reshape(shape, order='F')
        header.set_data_dtype(COLOR[type])
    else:
        dtype = np.dtype(type).newbyteorder(order)
        values = (np.arange(count) % 100).astype(dtype) if small else numbers(dtype, count)
        values = values.reshape(shape, order='F')
        header.set_data_dtype(dtype)
    header.set_intent(*intent)
    header['descrip'], header['aux_file'] = b'Doe^Jane 1970-01-01', b'jane.doe'
    if version == 1:
        header['db_name'] = b'Jane Doe'
    for i in range(extensions):
        header.extensions.append(nib.nifti1.Nifti1Extension('comment', b'of Jane Doe, number %d' % i))
    image = image_class(values, None, header)
    if sform:
        image.set_sform(affine, sform)
    if qform:
        image.set_qform(affine if not sform else np.diag([7, 7, 7, 1]), qform)
    if steps or (not sform and not qform):
        image.header.set_zooms((steps or (2, 3, 4, 1, 1, 1, 1))[:len(shape)])
    if not sform and not qform:
        image._affine = None
    image.header.set_xyzt_units(*units)
    files = {key: nib.FileHolder(fileobj=io.BytesIO()) for key in ('header', 'image')} if pair else {'image': nib.FileHolder(fileobj=io.BytesIO())}
    image.to_file_map(files)
    raw = {key: bytearray(holder.fileobj.getvalue()) for key, holder in files.items()}
    head = raw['header' if pair else 'image']
    if type in WIDE:
        struct.pack_into(order + 'hh', head, 70 if version == 1 else 12, WIDE[type][0], 128 * WIDE[type][1])
        raw['image'][len(raw['image']) - count:] = raw_voxels
    if slope is not None:  # nibabel scales on writing: say it in the header only
        struct.pack_into(order + ('ff' if version == 1 else 'dd'), head, 112 if version == 1 else 176, slope, inter)
    if type in WIDE:
        stored, scaled, back, ras = expected, expected, image.header, image.affine
    else:
        image = image_class.from_file_map({key: nib.FileHolder(fileobj=io.BytesIO(bytes(value))) for key, value in raw.items()})
        back, ras = image.header, image.affine
        array = np.asanyarray(image.dataobj.get_unscaled()).ravel(order='F')
        if type in COLOR:
            stored = array.view('u1')
        else:
            array = array.astype(array.dtype.newbyteorder('='))
            stored = array.view(array.real.dtype) if array.dtype.kind == 'c' else array
        scaled = None if slope is None else np.asanyarray(image.dataobj).ravel(order='F').astype('f8')
    space, time = back.get_xyzt_units()
    result = {
        'name': name, 'type': type, 'endianness': endian, 'version': version, 'pair': pair, 'shape': [int(n) for n in shape],
        'file': packed(raw['header'] if pair else raw['image']),
        'affine': (np.diag([MM[space]] * 3 + [1]) @ ras).tolist(),
        'steps': [float(z) for z in back.get_zooms()], 'units': [space, time], 'intent': int(back['intent_code']),
        'qform': int(back['qform_code']), 'sform': int(back['sform_code']), 'extensions': len(back.extensions),
        'stored': plain(list(stored)),
    }
    if pair:
        result['image'] = packed(raw['image'])
    if slope is not None and np.isfinite(slope):
        result['scaled'] = plain(list(scaled))
    return result


TYPES = ['int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'int64', 'uint64', 'float32', 'float64', 'float128', 'complex64', 'complex128',
         'complex256', 'rgb24', 'rgba32']
files = [entry(f'{t}, {e} endian, version {v}', t, e, v) for t in TYPES for e in ('little', 'big') for v in (1, 2)]
files += [entry(f'a pair, {e} endian, version {v}', endian=e, version=v, pair=True) for e in ('little', 'big') for v in (1, 2)]
files += [
    entry('sform wins over a qform of larger code', sform=1, qform=2),
    entry('qform where there is no sform', affine=RIGID, sform=0, qform=1),
    entry('qform, left-handed', affine=MIRRORED, sform=0, qform=1),
    entry('qform, half a turn', affine=HALF_TURN, sform=0, qform=1),
    entry('neither form', sform=0),
    entry('neither form, two axes', sform=0, shape=(5, 4)),
    entry('scaled', slope=0.5, inter=-3.25),
    entry('scaled, big endian, version 2', 'uint8', 'big', 2, slope=0.1, inter=1.0),
    entry('scaled float64', 'float64', slope=0.1, inter=1.0),
    entry('scaled int64', 'int64', slope=0.1, inter=1.0, small=True),
    entry('scaled float32', 'float32', slope=3.0, inter=-1.0),
    entry('a label map of int64', 'int64', small=True, intent=('label', ())),
    entry('a slope that is no number', slope=float('nan'), inter=float('nan')),
    entry('one axis', shape=(7,)),
    entry('a fourth axis of length 1', shape=SHAPE + (1,)),
    entry('a time series', shape=SHAPE + (3,), steps=(2, 3, 4, 1500), units=('mm', 'msec')),
    entry('a vector field', 'float32', shape=(2, 3, 2, 1, 3), intent=('vector', ())),
    entry('five axes', 'uint8', shape=(2, 1, 2, 3, 2)),
    entry('seven axes', 'uint8', 'big', 2, shape=(2, 1, 2, 1, 2, 1, 3)),
    entry('micrometers', units=('micron', 'usec'), steps=(2000, 3000, 4000)),
    entry('meters, by voxel sizes', sform=0, units=('meter', 'unknown'), steps=(0.002, 0.003, 0.004)),
    entry('units unknown, t test', units=('unknown', 'unknown'), intent=('t test', (7,), 'jane')),
    entry('two extensions', extensions=2),
    entry('a pair with an extension', extensions=1, pair=True),
]
print(json.dumps({'origin': f'nibabel {nib.__version__}, numpy {np.__version__}: python tools/golden/nifti_files.py'})[:-1] + ', "files": [')
print(',\n'.join(json.dumps(f, separators=(',', ':')) for f in files) + '\n]}')
