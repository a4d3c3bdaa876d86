// The network
export { vit, type VitConfig } from './vit.js';
export { type VitFormName } from './vitForm.js';
export { vitTable5Config, vitTable5SlicesConfig, type VitPreset } from './vitConfigs.js';

// What it is asked
export { predictVolume, type ImagePipeline, type VitWithInput } from './predictVolume.js';
