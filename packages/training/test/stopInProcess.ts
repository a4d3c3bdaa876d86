/** Hears signals; ends by itself after half a minute, if they do not end it. */
import { stopOnSignals } from '../src/index.js';

const stop = stopOnSignals({ onStop: (name) => console.log(name, stop.signal.aborted) });
setTimeout(() => stop.release(), 30_000);
console.log('ready');
