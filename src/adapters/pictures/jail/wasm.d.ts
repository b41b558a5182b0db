// The build puts a compiled codec into the program as its bytes.
declare module '*.wasm' {
  const bytes: Uint8Array<ArrayBuffer>;
  // biome-ignore lint/style/noDefaultExport: that is how the build's loader hands it over
  export default bytes;
}
