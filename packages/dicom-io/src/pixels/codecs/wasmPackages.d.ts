// The codec packages come without types: what this folder uses of them.

declare module '@cornerstonejs/codec-charls/decodewasmjs' {
  const start: import('./wasmDecoder.js').StartModule;
  export default start;
}

declare module '@cornerstonejs/codec-openjpeg/decodewasmjs' {
  const start: import('./wasmDecoder.js').StartModule;
  export default start;
}
