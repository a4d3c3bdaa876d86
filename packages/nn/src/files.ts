export { openSafetensors, type SafetensorsFile } from './weights/openSafetensors.js';
export { writeSafetensors, type TensorToWrite, type WrittenFile } from './weights/writeSafetensors.js';
export { loadPytorch, type LoadedWeights, type LoadFileOptions } from './weights/loadPytorch.js';
export { savePytorch, type SaveOptions } from './weights/savePytorch.js';
export { loadModel, saveModel } from './weights/modelFolder.js';
