"""Texts in every character set of DICOM as pydicom encodes them, and as it reads them back; and the names of its public example files.

usage: python tools/golden/dicom_character_sets.py > packages/dicom-io/test/golden/characterSets.json     (pydicom)
"""
import base64, io, json, warnings
from pathlib import Path
import pydicom
from pydicom.charset import convert_encodings, encode_string
from pydicom.datadict import tag_for_keyword
from pydicom.multival import MultiValue

warnings.simplefilter('ignore')  # of misspelled character sets and undecodable bytes, which are the point of some texts
KEYWORDS = {'PN': 'PatientName', 'LO': 'StudyDescription', 'SH': 'StudyID', 'LT': 'ImageComments', 'ST': 'DerivationDescription',
            'UC': 'XRaySourceID', 'UT': 'ReasonForVisit', 'CS': 'ImageType'}


def read(character_sets, vr, value):
    """The values that pydicom reads from a data set of two elements, in implicit little endian."""
    elements = [(0x00080005, '\\'.join(character_sets).encode()), (tag_for_keyword(KEYWORDS[vr]), value)]
    padded = [(tag, data + b' ' * (len(data) % 2)) for tag, data in sorted(elements)]
    stream = b''.join((tag >> 16).to_bytes(2, 'little') + (tag & 0xFFFF).to_bytes(2, 'little') + len(data).to_bytes(4, 'little') + data
                      for tag, data in padded)
    read = pydicom.dcmread(io.BytesIO(stream), force=True)[KEYWORDS[vr]].value
    values = [str(v) for v in read] if isinstance(read, MultiValue) else [str(read)]
    return [v.replace('\x1b$)A', '') for v in values]  # pydicom leaves this one escape sequence, of GB 2312, in the text


def entry(name, character_sets, vr, value):
    return {'name': name, 'characterSets': character_sets, 'vr': vr, 'bytes': base64.b64encode(value).decode(),
            'values': read(character_sets, vr, value)}


def encoded(name, character_sets, text, vr='LO'):
    result = entry(name, character_sets, vr, encode_string(text, convert_encodings(character_sets)))
    assert '\\'.join(result['values']) == text, (name, result)  # pydicom itself reads what it wrote
    return result


GREEK, RUSSIAN, ARABIC, HEBREW, THAI = 'Διονυσιος', 'Люкceмбypг', 'قباني', 'שרון', 'นามสกุล'
SINGLE_BYTE = [(100, 'Buc^Jérôme'), (101, 'Łukasz Żółw'), (109, 'Ġorġ Ħaż'), (110, 'Jānis Bērziņš'), (144, RUSSIAN), (127, ARABIC),
               (126, GREEK), (138, HEBREW), (148, 'Çavuşoğlu'), (166, THAI), (13, 'ﾔﾏﾀﾞﾀﾛｳ')]
ESC = b'\x1b'

texts = [encoded(f'ISO_IR {n}', [f'ISO_IR {n}'], text) for n, text in SINGLE_BYTE]
texts += [encoded(f'ISO 2022 IR {n} as an extension', ['', f'ISO 2022 IR {n}'], text) for n, text in SINGLE_BYTE]
texts += [encoded(f'ISO 2022 IR {n} alone', [f'ISO 2022 IR {n}'], text) for n, text in SINGLE_BYTE]
texts += [
    entry('default repertoire', [], 'LO', b'Brain^MR'),
    entry('default repertoire, with letters that it has not', [''], 'LO', 'Jérôme'.encode('latin1')),
    encoded('ISO_IR 192', ['ISO_IR 192'], 'Wang^XiaoDong 王小東 😀'),
    encoded('GB18030', ['GB18030'], '王^小东 㐀 😀'),
    encoded('GBK', ['GBK'], '王^小东'),
    encoded('GB18030, second bytes of a backslash', ['GB18030'], '乗\\僜'),
    encoded('GBK, second bytes of a backslash', ['GBK'], '乗\\僜'),
    entry('Shift_JIS under the name of ISO_IR 13', ['ISO_IR 13'], 'ST', 'ソ表 ﾔﾏﾀﾞ 濬'.encode('shift_jis')),
    encoded('ISO 2022 IR 87', ['', 'ISO 2022 IR 87'], '山田太郎'),
    encoded('ISO 2022 IR 159', ['', 'ISO 2022 IR 159'], '鷗齩'),
    encoded('ISO 2022 IR 13, 87 and 159 in one text', ['ISO 2022 IR 13', 'ISO 2022 IR 87', 'ISO 2022 IR 159'], 'あaｱア齩'),
    encoded('ISO 2022 IR 58 alone', ['ISO 2022 IR 58'], '张小东'),
    encoded('ISO 2022 IR 149', ['', 'ISO 2022 IR 149'], '김희중'),
    encoded('ISO 2022 IR 149 alone', ['ISO 2022 IR 149'], '김희중'),
    encoded('Latin, Greek and Cyrillic in one text', ['ISO 2022 IR 100', 'ISO 2022 IR 144', 'ISO 2022 IR 126'], 'Dionysios is Διονυσιος, é Люк'),
    entry('several values', ['ISO_IR 192'], 'LO', 'Jérôme\\Äneas \\王'.encode()),
    entry('a long text takes a backslash literally', ['ISO_IR 100'], 'LT', b'  a\\b \xe9 '),
    entry('a short text takes a backslash literally', ['ISO_IR 192'], 'ST', ' a\\é '.encode()),
    entry('an unlimited text takes a backslash literally', ['ISO_IR 192'], 'UT', ' a\\é '.encode()),
    entry('unlimited characters are separated', ['ISO_IR 192'], 'UC', 'a\\é '.encode()),
    entry('lines of an extended text', ['', 'ISO 2022 IR 87'], 'LT', b'1 \x1b$B;3ED\x1b(B\r\n2 \x1b$BB@O:\x1b(B'),
    entry('a line end resets', ['ISO 2022 IR 100', 'ISO 2022 IR 144'], 'LT', b'\x1b-L\xbb\xee\r\n\xe9'),
    # PS3.5 annexes H to K
    entry('PS3.5 annex K, GB 2312', ['', 'ISO 2022 IR 58'], 'PN', b'Zhang^XiaoDong=\x1b$)A' + '张'.encode('gb2312') + b'^\x1b$)A' + '小东'.encode('gb2312') + b'='),
    entry('PS3.5 annex H, 3.1', ['', 'ISO 2022 IR 87'], 'PN', b'Yamada^Tarou=\x1b$B;3ED\x1b(B^\x1b$BB@O:\x1b(B=\x1b$B$d$^$@\x1b(B^\x1b$B$?$m$&\x1b(B'),
    entry('PS3.5 annex H, 3.2', ['ISO 2022 IR 13', 'ISO 2022 IR 87'], 'PN',
          b'\xd4\xcf\xc0\xde^\xc0\xdb\xb3=\x1b$B;3ED\x1b(J^\x1b$BB@O:\x1b(J=\x1b$B$d$^$@\x1b(J^\x1b$B$?$m$&\x1b(J'),
    entry('PS3.5 annex I, 2', ['', 'ISO 2022 IR 149'], 'PN', b'Hong^Gildong=\x1b$)C\xfb\xf3^\x1b$)C\xd1\xce\xd4\xd7=\x1b$)C\xc8\xab^\x1b$)C\xb1\xe6\xb5\xbf'),
    entry('PS3.5 annex J, UTF-8', ['ISO_IR 192'], 'PN', 'Wang^XiaoDong=王^小東='.encode()),
    entry('PS3.5 annex J, GB 18030', ['GB18030'], 'PN', 'Wang^XiaoDong=王^小东='.encode('gb18030')),
    # misspelled, unknown, wrong
    entry('misspelled: ISO IR 100', ['ISO IR 100'], 'LO', b'J\xe9r\xf4me'),
    entry('misspelled: ISO-IR 144', ['ISO-IR 144'], 'LO', RUSSIAN.encode('iso8859_5')),
    entry('misspelled: ISO-IR 192', ['ISO-IR 192'], 'LO', 'Jérôme'.encode()),
    entry('misspelled: ISO 2022-IR 87', ['', 'ISO 2022-IR 87'], 'LO', b'\x1b$B;3ED\x1b(B'),
    entry('unknown: ISO_IR 999', ['ISO_IR 999'], 'LO', b'J\xe9r\xf4me'),
    entry('GB18030 is no extension', ['', 'GB18030'], 'LO', b'J\xe9r\xf4me'),
    entry('ISO_IR 192 is not extended', ['ISO_IR 192', 'ISO 2022 IR 100'], 'LO', 'Jérôme'.encode()),
    entry('wrong: Latin-1 under the name of ISO_IR 192', ['ISO_IR 192'], 'LO', b'J\xe9r\xf4me'),
    entry('wrong: holes of ISO_IR 127', ['ISO_IR 127'], 'LO', b'\xc7\xa1\xc8'),
    entry('a code string is not translated', ['ISO_IR 192'], 'CS', b'\xc3\xa9\\B '),
]

folder = Path(pydicom.__file__).parent / 'data' / 'charset_files'
files = [{'file': path.name, 'patientName': str(pydicom.dcmread(path)['PatientName'].value)}
         for path in sorted(folder.glob('*.dcm')) if 'PatientName' in pydicom.dcmread(path)]
print(json.dumps({'origin': f'pydicom {pydicom.__version__}: python tools/golden/dicom_character_sets.py', 'texts': texts, 'files': files},
                 ensure_ascii=False, indent=1))
