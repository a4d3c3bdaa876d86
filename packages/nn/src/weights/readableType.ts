import { MgmtError } from '@mgmt/core';
import { isNumberType, type NumberType } from './elementTypes.js';
import type { TensorEntry } from './parseSafetensorsHeader.js';

/**
 * A tensor's type, where its elements can be given as numbers.
 *
 * @throws `MgmtError` `nn/unread-type`
 */
export function readableType(name: string, { type }: TensorEntry, where: string): NumberType {
  if (isNumberType(type)) return type;
  throw new MgmtError('a tensor has a type that is not read as numbers here', {
    code: 'nn/unread-type',
    where,
    expected: 'F64 F32 F16 BF16, whole numbers or BOOL',
    found: `${type} of ${JSON.stringify(name)}`,
    hint: "take its bytes with readBytes of openSafetensors ('@mgmt/nn/files'), or convert the file",
  });
}
