export { MgmtError, isMgmtError, type ErrorDetails } from './error.js';
export { type Affine, type Vector3, affineTimesPoint, invertAffine, multiplyAffines, spacingMm, identityAffine } from './affine.js';
export { axisCodes, type AxisCode, type AxisCodes, type Orientation, orientationOf, isAxial } from './orientation.js';
export { type Volume, type VoxelArray, type VolumeShape, volume, voxelCount, asNdarray, fromNdarray } from './volume.js';
export { type Rng, rng } from './rng.js';
export { encodeNpy, npyParts, decodeNpy, npyLayout, type NpyArray, type NpyLayout, type NpyType } from './npy.js';
export { stableJson, hashText } from './stableJson.js';
export { stopOnSignals, type StopOnSignals, type StopOnSignalsOptions } from './stopOnSignals.js';
