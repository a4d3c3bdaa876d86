export { readNifti } from './readNifti.js';
export { writeNifti } from './writeNifti.js';
export { decodeNifti } from './decodeNifti.js';
export { encodeNifti } from './encodeNifti.js';
