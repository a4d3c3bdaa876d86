/** The element types of the safetensors format by their width in bits, in the order of the reference. */
export const ELEMENT_BITS = {
  BOOL: 8,
  F4: 4,
  F6_E2M3: 6,
  F6_E3M2: 6,
  U8: 8,
  I8: 8,
  F8_E5M2: 8,
  F8_E4M3: 8,
  F8_E8M0: 8,
  F8_E4M3FNUZ: 8,
  F8_E5M2FNUZ: 8,
  I16: 16,
  U16: 16,
  F16: 16,
  BF16: 16,
  I32: 32,
  U32: 32,
  F32: 32,
  C64: 64,
  F64: 64,
  I64: 64,
  U64: 64,
} as const satisfies Readonly<Record<string, number>>;

/** The name of an element type in a `.safetensors` file. */
export type ElementType = keyof typeof ELEMENT_BITS;

/** Types whose elements are given as numbers. The others, of less than 16 bits or complex, are given as bytes alone. */
export type NumberType = Exclude<ElementType, 'C64' | 'F4' | `F6_${string}` | `F8_${string}`>;

/** Elements of a tensor. */
export type WeightData =
  | Float32Array
  | Float64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | BigUint64Array;

/** What a type's elements are stored as; those of half width are stored as their bits. */
export const STORED_AS: Readonly<Record<NumberType, new (buffer: ArrayBuffer) => WeightData>> = {
  BOOL: Uint8Array,
  U8: Uint8Array,
  I8: Int8Array,
  I16: Int16Array,
  U16: Uint16Array,
  F16: Uint16Array,
  BF16: Uint16Array,
  I32: Int32Array,
  U32: Uint32Array,
  F32: Float32Array,
  F64: Float64Array,
  I64: BigInt64Array,
  U64: BigUint64Array,
};

/** Whether the name is an element type of the format. */
export function isElementType(name: string): name is ElementType {
  return Object.hasOwn(ELEMENT_BITS, name);
}

/** Whether elements of the type are given as numbers. */
export function isNumberType(type: ElementType): type is NumberType {
  return Object.hasOwn(STORED_AS, type);
}
