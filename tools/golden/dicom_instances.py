"""Small DICOM files as pydicom writes them, with the stored and rescaled values that pydicom reads from them.

usage: python tools/golden/dicom_instances.py > packages/dicom-io/test/golden/instances.json     (pydicom, numpy)
"""
import base64, io, json, warnings
import numpy as np, pydicom
from pydicom.dataset import FileDataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian, ImplicitVRLittleEndian

warnings.simplefilter('ignore')  # a dirty high bit is the point of some files
ROWS, COLUMNS = 3, 5
COUNTING = np.arange(ROWS * COLUMNS)


def make(name, stored, syntax=ExplicitVRLittleEndian, bits_stored=None, dirt=0, photometric='MONOCHROME2', slope=None, intercept=None):
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = '1.2.840.10008.5.1.4.1.1.4'
    meta.MediaStorageSOPInstanceUID = '2.25.1'
    meta.TransferSyntaxUID = syntax
    ds = FileDataset('', {}, file_meta=meta, preamble=b'\0' * 128)
    ds.SOPClassUID, ds.SOPInstanceUID, ds.Modality = meta.MediaStorageSOPClassUID, '2.25.1', 'MR'
    ds.PatientName, ds.PatientID, ds.SeriesInstanceUID, ds.SeriesDescription = 'Doe^Jane', 'secret', '2.25.2', 'golden'
    ds.ImagePositionPatient, ds.ImageOrientationPatient, ds.PixelSpacing = [-10, 20.5, 3], [1, 0, 0, 0, 1, 0], [0.5, 0.25]
    ds.SpacingBetweenSlices = 2
    ds.SamplesPerPixel, ds.PhotometricInterpretation, ds.Rows, ds.Columns = 1, photometric, ROWS, COLUMNS
    ds.BitsAllocated = stored.dtype.itemsize * 8
    ds.BitsStored = bits_stored or ds.BitsAllocated
    ds.HighBit, ds.PixelRepresentation = ds.BitsStored - 1, int(stored.dtype.kind == 'i')
    if slope is not None:
        ds.RescaleSlope, ds.RescaleIntercept = slope, intercept
    dirty = stored | np.array(dirt).astype(stored.dtype)
    ds.PixelData = dirty.tobytes() + b'\0' * (dirty.nbytes % 2)
    ds['PixelData'].VR = 'OW' if ds.BitsAllocated > 8 or syntax == ImplicitVRLittleEndian else 'OB'
    buffer = io.BytesIO()
    ds.save_as(buffer, enforce_file_format=True)
    array = pydicom.dcmread(io.BytesIO(buffer.getvalue())).pixel_array
    scaled = (array.astype('f8') * (1 if slope is None else slope) + (intercept or 0)).astype('f4')
    return {
        'name': name,
        'file': base64.b64encode(buffer.getvalue()).decode(),
        'dtype': array.dtype.name,
        'stored': array.ravel().tolist(),
        'rescaled': scaled.ravel().tolist(),
    }


files = [
    make('16 bits unsigned, explicit', (COUNTING * 4000).astype('<u2')),
    make('16 bits unsigned, implicit', (COUNTING * 4000).astype('<u2'), ImplicitVRLittleEndian),
    make('16 bits signed, explicit', (COUNTING * 4000 - 30000).astype('<i2')),
    make('16 bits signed, implicit', (COUNTING * 4000 - 30000).astype('<i2'), ImplicitVRLittleEndian),
    make('8 bits unsigned, odd length', (COUNTING * 17).astype('u1')),
    make('8 bits signed, odd length, implicit', (COUNTING * 17 - 119).astype('i1'), ImplicitVRLittleEndian),
    make('12 of 16 bits unsigned, high bits dirty', (COUNTING * 290).astype('<u2'), bits_stored=12, dirt=0xA000),
    make('12 of 16 bits signed, high bits dirty', ((COUNTING * 290 - 2030) & 0x0FFF).astype('<i2'), bits_stored=12, dirt=0x5000),
    make('5 of 8 bits signed', ((COUNTING * 2 - 14) & 0x1F).astype('i1'), bits_stored=5, dirt=0x40),
    make('MONOCHROME1 stays as stored', (COUNTING * 17).astype('u1'), photometric='MONOCHROME1'),
    make('rescaled', (COUNTING * 300).astype('<u2'), slope=1.29035409035409, intercept=-0.1),
]
print(json.dumps({'origin': f'pydicom {pydicom.__version__}, numpy {np.__version__}: python tools/golden/dicom_instances.py', 'files': files}, indent=1))
