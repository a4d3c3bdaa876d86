import { MgmtError } from '@mgmt/core';

/**
 * The error for a weight file of another kind, where its first bytes tell which. Ask only where the file is no safetensors: any bytes may begin one.
 *
 * @param firstBytes - 24 are enough
 */
export function otherKindOfFile(firstBytes: Uint8Array, where: string): MgmtError | undefined {
  const kind = KINDS.find(({ magic }) => magic.every((byte, i) => firstBytes[i] === byte));
  return (
    kind &&
    new MgmtError('the weights are no safetensors file', {
      code: 'nn/not-safetensors',
      where,
      expected: 'a .safetensors file',
      found: kind.name,
      hint: kind.hint,
    })
  );
}

const CONVERT =
  'nothing is unpickled here: "python to_safetensors.py FILE" converts it where PyTorch is installed (tools/weights in the repository of mgmt)';
const ASK = 'save it as safetensors where it was made';

const bytesOf = (text: string) => Array.from(text, (character) => character.charCodeAt(0));

interface Kind {
  readonly name: string;
  readonly magic: readonly number[];
  readonly hint: string;
}

const KINDS: readonly Kind[] = [
  { name: "a zip archive, as PyTorch's torch.save and NumPy's savez write", magic: bytesOf('PK\x03\x04'), hint: CONVERT },
  ...[2, 3, 4, 5].map((protocol) => ({ name: 'a pickle, as older versions of PyTorch write', magic: [0x80, protocol], hint: CONVERT })),
  { name: 'a NumPy array', magic: bytesOf('\x93NUMPY'), hint: CONVERT },
  { name: 'an HDF5 file, as Keras writes', magic: bytesOf('\x89HDF'), hint: ASK },
  { name: 'a GGUF file', magic: bytesOf('GGUF'), hint: ASK },
  { name: 'a gzip archive', magic: [0x1f, 0x8b], hint: 'unpack it first' },
  { name: 'a page, as a server sends instead of a file', magic: bytesOf('<'), hint: 'check the address, and fetch the file again' },
  { name: 'a pointer of Git LFS', magic: bytesOf('version https://git-lfs'), hint: 'run "git lfs pull" where it came from' },
];
