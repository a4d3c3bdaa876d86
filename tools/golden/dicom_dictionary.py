"""The data dictionary of DICOM PS3.6 as pydicom carries it, compact, and a sample of it as pydicom answers for it.

usage: python tools/golden/dicom_dictionary.py > packages/dicom-io/src/dictionary/standardElements.ts     (pydicom)
       python tools/golden/dicom_dictionary.py sample > packages/dicom-io/test/golden/dictionary.json
"""
import json, sys
import pydicom
from pydicom._dicom_dict import DicomDictionary, RepeatersDictionary
from pydicom._version import __dicom_version__
from pydicom.datadict import dictionary_VR, keyword_for_tag

ORIGIN = f'pydicom {pydicom.__version__}, DICOM PS3.6 {__dicom_version__}: python tools/golden/dicom_dictionary.py'
HEAD = f'''/**
 * The data elements of DICOM PS3.6 and PS3.7, retired ones too: a line of a group, then of each of its elements number, value
 * representation and keyword. An `x` in a number stands for any digit of a repeating group; `US/SS` is the standard's "US or SS".
 *
 * Made by {ORIGIN}
 */
'''

# Six retired elements have no keyword any more: nothing can be asked of them.
elements = {f'{tag:08x}': entry for tag, entry in DicomDictionary.items()} | {tag.lower(): entry for tag, entry in RepeatersDictionary.items()}
elements = {tag: (entry[0].replace(' or ', '/'), entry[4]) for tag, entry in sorted(elements.items()) if entry[4]}


def source():
    group = ''
    for tag, (vr, keyword) in elements.items():
        if tag[:4] != group:
            group = tag[:4]
            yield group
        yield f'{tag[4:]} {vr} {keyword}'


def sample():
    for index, (tag, (_, keyword)) in enumerate(elements.items()):
        if index % 40 == 0 or 'x' in tag:
            concrete = int(tag.replace('x', '2'), 16)  # 60xx,3000: group 6022, an even one
            assert keyword_for_tag(concrete) == keyword
            yield {'tag': f'x{concrete:08x}', 'vr': dictionary_VR(concrete), 'keyword': keyword}


if 'sample' in sys.argv:
    print(json.dumps({'origin': f'{ORIGIN} sample', 'elements': list(sample())}, indent=1))
else:
    print(HEAD + 'export const STANDARD_ELEMENTS: string = `' + '\n'.join(source()) + '`;')
