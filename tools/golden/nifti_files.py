"""Small NIfTI files as nibabel writes them, with the affine (RAS) and values that nibabel reads from them.

usage: python tools/golden/nifti_files.py > packages/nifti-io/test/golden/files.json     (nibabel, numpy)
"""
import base64, json
import nibabel as nib, numpy as np

SHAPE = (2, 3, 4)  # i, j, k
OBLIQUE = np.array([[-0.9, 0.1, 0.3, 12.5], [0.2, 1.1, -0.4, -7.25], [0.1, 0.5, 2.5, 3.0], [0, 0, 0, 1]])
turn = nib.eulerangles.euler2mat(0.3, -0.2, 0.5) @ np.diag([1.5, 2, 3])
RIGID = np.eye(4); RIGID[:3, :3], RIGID[:3, 3] = turn, [-30, 40, 50.5]
MIRRORED = RIGID @ np.diag([1, 1, -1, 1])
HALF_TURN = np.diag([-2.0, -2, 3, 1])


def entry(name, dtype='<i2', affine=OBLIQUE, sform=1, qform=0, slope=None, inter=None, version=nib.Nifti1Image, shape=SHAPE):
    count = np.prod(shape)
    values = (np.arange(count) * 5 - (40 if np.dtype(dtype).kind != 'u' else 0)).astype(dtype).reshape(shape, order='F')
    header = version.header_class(endianness='>' if np.dtype(dtype).byteorder == '>' else '<')
    header.set_data_dtype(dtype)
    image = version(values, None, header)
    if sform:
        image.set_sform(affine, sform)
    if qform:
        image.set_qform(affine if not sform else np.diag([7, 7, 7, 1]), qform)
    if not sform and not qform:
        image.header.set_zooms((2, 3, 4) + (1,) * (len(shape) - 3))
        image._affine = None
    if slope is not None:
        image.header.set_slope_inter(slope, inter)
        raw = bytearray(image.to_bytes())
        at, code = (112, 'f4') if version is nib.Nifti1Image else (176, 'f8')
        raw[at:at + 2 * np.dtype(code).itemsize] = np.array([slope, inter], '<' + code).tobytes()  # nibabel scales on writing: say it in the header only
        raw[image.dataobj.offset if hasattr(image.dataobj, 'offset') else 352:] = values.tobytes(order='F')
        raw = bytes(raw)
    else:
        raw = image.to_bytes()
    back = version.from_bytes(raw)
    scaled = np.asanyarray(back.dataobj)
    return {
        'name': name,
        'file': base64.b64encode(raw).decode(),
        'shape': [int(n) for n in back.shape],
        'dtype': np.dtype(dtype).newbyteorder('=').name if slope is None else 'float32',
        'affine': back.affine.tolist(),
        'values': scaled.astype('f8').ravel(order='F').tolist(),
    }


files = [entry(f'{np.dtype(t).name}, {"big" if np.dtype(t).byteorder == ">" else "little"} endian', t)
         for t in ['i1', 'u1', '<i2', '>i2', '<u2', '>u2', '<i4', '>i4', '<u4', '>u4', '<f4', '>f4', '<f8', '>f8']]
files += [
    entry('sform wins over a qform of larger code', sform=1, qform=2),
    entry('qform where there is no sform', affine=RIGID, sform=0, qform=1),
    entry('qform, left-handed', affine=MIRRORED, sform=0, qform=1),
    entry('qform, half a turn', affine=HALF_TURN, sform=0, qform=1),
    entry('neither form', sform=0),
    entry('scaled', slope=0.5, inter=-3.25),
    entry('version 2', version=nib.Nifti2Image),
    entry('version 2, big endian', '>f4', version=nib.Nifti2Image),
    entry('a fourth axis of length 1', shape=SHAPE + (1,)),
]
print(json.dumps({'origin': f'nibabel {nib.__version__}, numpy {np.__version__}: python tools/golden/nifti_files.py', 'files': files}, indent=1))
