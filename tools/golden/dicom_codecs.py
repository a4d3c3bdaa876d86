"""Small DICOM files compressed by other people's encoders, and the stored values that a second program decodes from them.

usage: python tools/golden/dicom_codecs.py packages/dicom-io/test/golden/codecs

needs pydicom, pylibjpeg-openjpeg, imagecodecs, numpy and Pillow; DCMTK (dcmcjpeg, dcmdjpeg, dcmcjpls, dcmdjpls, dcmcrle, dcmdrle) and
OpenJPH's ojph_compress on the path (Debian: dcmtk, openjph-tools)
"""
import base64, hashlib, io, json, pathlib, re, subprocess, sys, tempfile, zlib
import imagecodecs, numpy as np, openjpeg, PIL, pydicom
from PIL import Image
from pydicom.dataset import FileDataset, FileMetaDataset
from pydicom.encaps import encapsulate, encapsulate_extended, generate_frames
from pydicom.uid import ExplicitVRLittleEndian

OUT = pathlib.Path(sys.argv[1])
TEMP = pathlib.Path(tempfile.mkdtemp())
ROOT = '1.2.840.10008.1.2.'
EVEN, ODD = (24, 32), (13, 17)  # rows, columns


# Images -------------------------------------------------------------------------------------------------------------

def phantom(shape, bits, signed=False, samples=1, frame=0):
    """A head with a skull, a lesion and noise, over the whole range of `bits`."""
    rows, columns = shape
    y, x = np.mgrid[-1:1:rows * 1j, -1:1:columns * 1j]
    noise = np.random.default_rng(bits + frame).normal(0, 0.02, (*shape, samples))
    head = (x ** 2 + (y / 0.9) ** 2 < 0.9) * (0.35 + 0.2 * x)
    skull = abs(np.hypot(x, y / 0.9) - 0.9) < 0.08
    lesion = np.hypot(x - 0.3, y + 0.2 - 0.1 * frame) < 0.25
    tints = np.array([1.0, 0.7, 0.4])[:samples]
    image = (head + 0.4 * lesion)[..., None] * tints + skull[..., None] * 0.6 + noise
    values = np.clip(image, 0, 1) * (2 ** bits - 1)
    values[0, 0], values[-1, -1] = 0, 2 ** bits - 1
    values = np.round(values).astype('i8') - (2 ** (bits - 1) if signed else 0)
    allocated = 8 if bits <= 8 else 16 if bits <= 16 else 32
    return (values if samples > 1 else values[..., 0]).astype(f'{"i" if signed else "u"}{allocated // 8}')


def dataset(frames, bits, syntax=ExplicitVRLittleEndian, photometric=None):
    first = frames[0]
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = '1.2.840.10008.5.1.4.1.1.7.4' if len(frames) > 1 else '1.2.840.10008.5.1.4.1.1.7'
    meta.MediaStorageSOPInstanceUID, meta.TransferSyntaxUID = '2.25.1', syntax
    ds = FileDataset('', {}, file_meta=meta, preamble=b'\0' * 128)
    ds.SOPClassUID, ds.SOPInstanceUID, ds.SeriesInstanceUID, ds.StudyInstanceUID = meta.MediaStorageSOPClassUID, '2.25.1', '2.25.2', '2.25.3'
    ds.Modality = 'OT'
    ds.SamplesPerPixel = 1 if first.ndim == 2 else first.shape[2]
    ds.PhotometricInterpretation = photometric or ('MONOCHROME2' if first.ndim == 2 else 'RGB')
    if first.ndim == 3:
        ds.PlanarConfiguration = 0
    if len(frames) > 1:
        ds.NumberOfFrames = len(frames)
    ds.Rows, ds.Columns = first.shape[:2]
    ds.BitsAllocated, ds.BitsStored, ds.HighBit = first.dtype.itemsize * 8, bits, bits - 1
    ds.PixelRepresentation = int(first.dtype.kind == 'i')
    native = b''.join(frame.tobytes() for frame in frames)
    ds.PixelData = native + b'\0' * (len(native) % 2)
    ds['PixelData'].VR = 'OB' if ds.BitsAllocated == 8 else 'OW'
    return ds


def encapsulated(frames, bits, syntax, codestreams, photometric=None, table='filled', fragments=1):
    ds = dataset(frames, bits, ROOT + syntax, photometric)
    if table == 'extended':
        ds.PixelData, ds.ExtendedOffsetTable, ds.ExtendedOffsetTableLengths = encapsulate_extended(codestreams)
    else:
        ds.PixelData = encapsulate(codestreams, fragments_per_frame=fragments, has_bot=table == 'filled')
    ds['PixelData'].VR = 'OB'
    return ds


# Programs -----------------------------------------------------------------------------------------------------------

def save(ds, name='native.dcm'):
    path = TEMP / name
    ds.save_as(path, enforce_file_format=True)
    return path


def run(program, *arguments):
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f'{program}: {done.stderr}')


def version(program, pattern):
    done = subprocess.run([program, '--version'], capture_output=True, text=True)
    return re.search(pattern, done.stdout + done.stderr).group(1)


DCMTK = f'DCMTK {version("dcmcjpeg", r"dcmcjpeg v([0-9.]+)")}'
PACKAGES = subprocess.run(['dpkg-query', '-W', '-f', '${Version}', 'openjph-tools'], capture_output=True, text=True).stdout
OPENJPH = f'ojph_compress {PACKAGES}'
PYDICOM, CODECS = f'pydicom {pydicom.__version__}', f'imagecodecs {imagecodecs.__version__}'


def by_dcmtk(program, ds, *options):
    save(ds)
    run(program, *options, '+un', TEMP / 'native.dcm', TEMP / 'coded.dcm')
    return pydicom.dcmread(TEMP / 'coded.dcm')


def values_by_dcmtk(program, *options):
    def decode(path):
        run(program, *options, path, TEMP / 'decoded.dcm')
        ds = pydicom.dcmread(TEMP / 'decoded.dcm')
        pixels = pydicom.pixels.pixel_array(ds, raw=True)  # raw: no conversion of colors
        return pixels if ds.get('NumberOfFrames', 1) > 1 else pixels[None]
    return decode, f'{DCMTK}: {" ".join([program, *options])}'


def values_by_codec(function, name):
    def decode(path):
        ds = pydicom.dcmread(path)
        return np.stack([function(frame) for frame in generate_frames(ds.PixelData, number_of_frames=int(ds.get('NumberOfFrames', 1)))])
    return decode, f'{CODECS}: {name}'


DCMDJPEG, DCMDJPLS, DCMDRLE = values_by_dcmtk('dcmdjpeg', '+cn', '+px'), values_by_dcmtk('dcmdjpls', '+px'), values_by_dcmtk('dcmdrle')
JPEG2K = values_by_codec(imagecodecs.jpeg2k_decode, 'jpeg2k_decode (OpenJPEG)')
JPEG8 = values_by_codec(imagecodecs.jpeg8_decode, 'jpeg8_decode (libjpeg-turbo)')
BY_PYDICOM = lambda path: pydicom.pixels.pixel_array(path, decoding_plugin='pydicom')[None], f'{PYDICOM}: pixel_array'

files = []


def write(ds, path):
    known, unknown = ROOT + '4.90', ROOT + '8.1'  # pydicom writes no transfer syntax that it does not know
    deflated_frames = ds.file_meta.TransferSyntaxUID == unknown
    if deflated_frames:
        ds.file_meta.TransferSyntaxUID = known
    ds.save_as(path, enforce_file_format=True)
    if deflated_frames:
        path.write_bytes(path.read_bytes().replace(known.encode(), unknown.encode() + b'\0', 1))


def golden(name, ds, encoder, decoder, frames=None, lossy=False, refused=False):
    """Writes the file, decodes it, and notes what came out. `frames`: what went in, which must come out of a lossless codec.
    `refused`: not read by this package."""
    path = OUT / f'{name}.dcm'
    write(ds, path)
    decode, by = decoder
    values = decode(path)
    if not lossy and not np.array_equal(values.ravel(), np.stack(frames).ravel()):
        sys.exit(f'{name}: {by} decodes other values than were coded')
    values = np.ascontiguousarray(values).astype(values.dtype.newbyteorder('<'))
    entry = {
        'name': name,
        'encoder': encoder,
        'decoder': by,
        'dtype': values.dtype.name,
        'shape': list(values.shape),
        'lossy': lossy,
        'refused': refused,
        'sha256': hashlib.sha256(values.tobytes()).hexdigest(),
    }
    if lossy:
        entry['deflated'] = base64.b64encode(zlib.compress(values.tobytes(), 9)).decode()
    files.append(entry)


def series(image, count):
    return [image(frame) for frame in range(count)]


def one(shape, bits, **options):
    return [phantom(shape, bits, **options)]


IMAGES = {
    'u8-odd': (one(ODD, 8), 8),
    'u12': (one(EVEN, 12), 12),
    'u16-odd': (one(ODD, 16), 16),
    's12': (one(EVEN, 12, signed=True), 12),
    's16-odd': (one(ODD, 16, signed=True), 16),
    'rgb8-odd': (one(ODD, 8, samples=3), 8),
}
OUT.mkdir(parents=True, exist_ok=True)

# RLE ----------------------------------------------------------------------------------------------------------------

RLE = {**IMAGES, 'rgb16': (one(ODD, 16, samples=3), 16), 's8': (one(ODD, 8, signed=True), 8)}
for key, (frames, bits) in RLE.items():
    ds = dataset(frames, bits)
    ds.compress(ROOT + '5', encoding_plugin='pydicom', generate_instance_uid=False)
    golden(f'rle-{key}', ds, f'{PYDICOM}: compress', DCMDRLE, frames)
frames = one(ODD, 30)
golden('rle-u32', by_dcmtk('dcmcrle', dataset(frames, 30)), f'{DCMTK}: dcmcrle', BY_PYDICOM, frames)
frames = series(lambda frame: phantom(ODD, 16, frame=frame), 3)
ds = dataset(frames, 16)
ds.compress(ROOT + '5', encoding_plugin='pydicom', generate_instance_uid=False)
golden('rle-3-frames', ds, f'{PYDICOM}: compress', DCMDRLE, frames)

# JPEG ---------------------------------------------------------------------------------------------------------------

for key, (frames, bits) in IMAGES.items():
    ds = by_dcmtk('dcmcjpeg', dataset(frames, bits), '+e1')
    golden(f'jpeg-lossless-first-order-{key}', ds, f'{DCMTK}: dcmcjpeg +e1', DCMDJPEG, frames)
for selection in range(1, 8):
    for key in ('u16-odd', 'rgb8-odd') if selection in (4, 7) else ('u12',) if selection % 2 else ('s16-odd',):
        frames, bits = IMAGES[key]
        ds = by_dcmtk('dcmcjpeg', dataset(frames, bits), '+el', '+sv', selection)
        golden(f'jpeg-lossless-predictor-{selection}-{key}', ds, f'{DCMTK}: dcmcjpeg +el +sv {selection}', DCMDJPEG, frames)
frames, bits = IMAGES['u12']
ds = by_dcmtk('dcmcjpeg', dataset(frames, bits), '+pl', '+el', '+sv', 4, '+pt', 2, '+bs')
golden('jpeg-lossless-point-transform', ds, f'{DCMTK}: dcmcjpeg +pl +el +sv 4 +pt 2 +bs', DCMDJPEG, lossy=True)

for name, key, options in (
    ('baseline-u8-odd', 'u8-odd', ['+eb', '+q', '80']),
    ('baseline-ybr-444-odd', 'rgb8-odd', ['+eb', '+s4']),
    ('baseline-ybr-422-odd', 'rgb8-odd', ['+eb', '+s2']),
    ('baseline-ybr-420-odd', 'rgb8-odd', ['+eb', '+n1']),
    ('baseline-rgb-odd', 'rgb8-odd', ['+eb', '+cr']),
    ('extended-u8-odd', 'u8-odd', ['+ee', '+be']),
    ('extended-u12', 'u12', ['+ee', '+bt']),
    ('extended-u12-coarse', 'u12', ['+ee', '+bt', '+q', '20']),
):
    frames, bits = IMAGES[key]
    ds = by_dcmtk('dcmcjpeg', dataset(frames, bits), *options)
    golden(f'jpeg-{name}', ds, f'{DCMTK}: dcmcjpeg {" ".join(options)}', DCMDJPEG, lossy=True)
frames, bits = IMAGES['u8-odd']
golden('jpeg-progressive', by_dcmtk('dcmcjpeg', dataset(frames, bits), '+ep'), f'{DCMTK}: dcmcjpeg +ep', DCMDJPEG, lossy=True, refused=True)


def by_pillow(image, **options):
    buffer = io.BytesIO()
    Image.fromarray(image).save(buffer, 'JPEG', **options)
    return buffer.getvalue()


frames = one((40, 56), 8, samples=3)
for name, options in (('420', {'subsampling': '4:2:0'}), ('restarts', {'subsampling': '4:2:0', 'restart_marker_blocks': 3})):
    text = ', '.join(f'{key}={value!r}' for key, value in options.items())
    ds = encapsulated(frames, 8, '4.50', [by_pillow(frames[0], quality=85, **options)], 'YBR_FULL_422')
    golden(f'jpeg-baseline-{name}', ds, f'Pillow {PIL.__version__}: save quality=85, {text}', DCMDJPEG, lossy=True)

# JPEG-LS ------------------------------------------------------------------------------------------------------------

for key, (frames, bits) in RLE.items():
    ds = by_dcmtk('dcmcjpls', dataset(frames, bits), '+el')
    golden(f'jpeg-ls-{key}', ds, f'{DCMTK}: dcmcjpls +el', DCMDJPLS, frames)
for name, option in (('sample', '+is'), ('planes', '+in')):
    frames, bits = IMAGES['rgb8-odd']
    ds = by_dcmtk('dcmcjpls', dataset(frames, bits), '+el', option)
    golden(f'jpeg-ls-rgb8-by-{name}', ds, f'{DCMTK}: dcmcjpls +el {option}', DCMDJPLS, frames)
for key in ('u8-odd', 'u16-odd', 'u12'):
    frames, bits = IMAGES[key]
    ds = by_dcmtk('dcmcjpls', dataset(frames, bits), '+en', '+md', 3)
    golden(f'jpeg-ls-near-lossless-{key}', ds, f'{DCMTK}: dcmcjpls +en +md 3', DCMDJPLS, lossy=True)

# JPEG 2000 ----------------------------------------------------------------------------------------------------------


def openjpeg_codestream(image, bits, **options):
    lossless = {'level': 0, 'reversible': True}
    return imagecodecs.jpeg2k_encode(image, codecformat='j2k', resolutions=3, bitspersample=bits, **(options or lossless))


def values_by_pylibjpeg(path):
    ds = pydicom.dcmread(path)
    pixels = pydicom.pixels.pixel_array(ds, decoding_plugin='pylibjpeg')
    return pixels if ds.get('NumberOfFrames', 1) > 1 else pixels[None]


OPENJPEG = values_by_pylibjpeg, f'pylibjpeg-openjpeg {openjpeg.__version__}: pixel_array'
for key, (frames, bits) in RLE.items():
    ds = encapsulated(frames, bits, '4.90', [openjpeg_codestream(frames[0], bits)], 'YBR_RCT' if 'rgb' in key else None)
    golden(f'jpeg-2000-{key}', ds, f'{CODECS}: jpeg2k_encode reversible', OPENJPEG, frames)
for key in ('u12', 's16-odd', 'rgb8-odd'):
    frames, bits = IMAGES[key]
    ds = encapsulated(frames, bits, '4.91', [openjpeg_codestream(frames[0], bits, level=50)], 'YBR_ICT' if 'rgb' in key else None)
    golden(f'jpeg-2000-irreversible-{key}', ds, f'{CODECS}: jpeg2k_encode level=50', OPENJPEG, lossy=True)
frames, bits = IMAGES['u12']
boxed = imagecodecs.jpeg2k_encode(frames[0], level=0, reversible=True, bitspersample=12, codecformat='jp2')
golden('jpeg-2000-boxed', encapsulated(frames, bits, '4.90', [boxed]), f'{CODECS}: jpeg2k_encode codecformat=jp2', OPENJPEG, frames)

# HTJ2K --------------------------------------------------------------------------------------------------------------


def ojph(image, bits, *options):
    """OpenJPH reads PGM and PPM (big endian), and raw files for signed values."""
    rows, columns = image.shape[:2]
    source = TEMP / ('image.pgm' if image.ndim == 2 else 'image.ppm')
    described = []
    if image.dtype.kind == 'i':
        source = TEMP / 'image.yuv'
        source.write_bytes(image.tobytes())
        described = ['-dims', f'{{{columns},{rows}}}', '-num_comps', 1, '-signed', 'true', '-bit_depth', bits, '-downsamp', '{1,1}']
    else:
        kind = 'P5' if image.ndim == 2 else 'P6'
        source.write_bytes(f'{kind}\n{columns} {rows}\n{2 ** bits - 1}\n'.encode() + image.astype(image.dtype.newbyteorder('>')).tobytes())
    run('ojph_compress', '-i', source, '-o', TEMP / 'image.j2c', *described, *options)
    return (TEMP / 'image.j2c').read_bytes()


REVERSIBLE = ['-reversible', 'true']
for syntax, name, key, options in (
    ('4.201', 'u8-odd', 'u8-odd', REVERSIBLE),
    ('4.201', 'u12', 'u12', REVERSIBLE),
    ('4.201', 'u16-odd', 'u16-odd', REVERSIBLE),
    ('4.201', 'rgb8-odd', 'rgb8-odd', REVERSIBLE),
    ('4.202', 'by-resolution-u16-odd', 'u16-odd', [*REVERSIBLE, '-prog_order', 'RPCL', '-num_decomps', 2]),
    ('4.203', 'tiles-u12', 'u12', [*REVERSIBLE, '-tile_size', '{16,16}']),
    ('4.203', 'irreversible-u12', 'u12', ['-qstep', 0.001]),
    ('4.203', 'irreversible-rgb8-odd', 'rgb8-odd', ['-qstep', 0.01]),
):
    frames, bits = IMAGES[key]
    photometric = None if 'rgb' not in key else 'YBR_RCT' if options is REVERSIBLE else 'YBR_ICT'
    ds = encapsulated(frames, bits, syntax, [ojph(frames[0], bits, *options)], photometric)
    golden(f'htj2k-{name}', ds, f'{OPENJPH}: {" ".join(map(str, options))}', JPEG2K, frames, lossy='irreversible' in name)
for key, (frames, bits) in (('s16-odd', IMAGES['s16-odd']), ('s8', RLE['s8']), ('rgb16', RLE['rgb16'])):
    codestream = imagecodecs.htj2k_encode(frames[0], reversible=True)
    ds = encapsulated(frames, bits, '4.201', [codestream], 'YBR_RCT' if 'rgb' in key else None)
    golden(f'htj2k-{key}', ds, f'{CODECS}: htj2k_encode (OpenJPH)', JPEG2K, frames)

# Deflated frames ----------------------------------------------------------------------------------------------------


def deflated(native):
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    return deflate.compress(native) + deflate.flush()


AS_CODED = (lambda path: np.stack(frames), 'what was coded: deflating loses nothing')
for key in ('u8-odd', 's12', 'rgb8-odd'):
    frames, bits = IMAGES[key]
    golden(f'deflated-{key}', encapsulated(frames, bits, '8.1', [deflated(frames[0].tobytes())]), f'zlib {zlib.ZLIB_VERSION}', AS_CODED, frames)
frames = series(lambda frame: (phantom(ODD, 8, frame=frame) > 120).astype('u1'), 2)
ds = encapsulated(frames, 8, '8.1', [deflated(np.packbits(frame.ravel(), bitorder='little').tobytes()) for frame in frames])
ds.BitsAllocated, ds.BitsStored, ds.HighBit = 1, 1, 0
golden('deflated-1-bit', ds, f'zlib {zlib.ZLIB_VERSION}', AS_CODED, frames)
frames, bits = IMAGES['rgb8-odd']
ds = encapsulated(frames, bits, '8.1', [deflated(np.moveaxis(frames[0], -1, 0).tobytes())])
ds.PlanarConfiguration = 1
golden('deflated-planes', ds, f'zlib {zlib.ZLIB_VERSION}', AS_CODED, frames)

# Frames, fragments and offset tables --------------------------------------------------------------------------------

frames = series(lambda frame: phantom(ODD, 12, frame=frame), 3)
codestreams = [openjpeg_codestream(frame, 12) for frame in frames]
for table in ('empty', 'filled', 'extended'):
    for fragments in (1, 3):
        if fragments > 1 and table == 'extended':
            continue  # a frame must be one fragment then
        ds = encapsulated(frames, 12, '4.90', codestreams, None, table, fragments)
        plural = f'{fragments}-fragments' if fragments > 1 else '1-fragment'
        golden(f'frames-{table}-table-{plural}', ds, f'{CODECS}: jpeg2k_encode; {PYDICOM}: encapsulate', OPENJPEG, frames)
codestreams = [by_pillow(phantom((16, 16), 8, frame=frame), quality=80) for frame in range(3)]
frames = series(lambda frame: phantom((16, 16), 8, frame=frame), 3)
ds = encapsulated(frames, 8, '4.50', codestreams, None, 'empty', 2)
golden('frames-empty-table-2-fragments-jpeg', ds, f'Pillow {PIL.__version__}: save quality=80; {PYDICOM}: encapsulate', JPEG8, lossy=True)

libraries = ', '.join(f'{name} {of}' for name, of in imagecodecs.version(dict).items() if name in ('charls', 'openjpeg', 'openjph', 'libjpeg_turbo'))
origin = f'numpy {np.__version__}, imagecodecs with {libraries}: python tools/golden/dicom_codecs.py packages/dicom-io/test/golden/codecs'
(OUT / 'codecs.json').write_text(json.dumps({'origin': origin, 'files': files}, indent=1) + '\n')
print(len(files), 'files,', sum(path.stat().st_size for path in OUT.iterdir()), 'bytes')
