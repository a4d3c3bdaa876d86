export { workerModule, type WorkerModule } from './workerModule.js';
