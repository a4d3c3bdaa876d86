export { installNative, type InstallOptions, type InstallResult } from './install.js';
export { nativeStatus, type NativeStatus, type StatusOptions } from './status.js';
export { removeNative, type RemoveOptions, type RemoveResult } from './remove.js';
export { NativeError, type NativeErrorCode, type NativeErrorDetails } from './nativeError.js';
export type { Build } from './pins.js';
export type { WheelSource } from './wheelSources.js';
