/** Makers of scanners, by the names they are known under: all that a record says of a header's Manufacturer. */
export const VENDORS = ['Siemens', 'GE', 'Philips', 'Canon', 'Fujifilm', 'United Imaging', 'phantom', 'other', 'not said'] as const;

/** One of {@link VENDORS}. */
export type Vendor = (typeof VENDORS)[number];

const PATTERNS: readonly (readonly [Vendor, RegExp])[] = [
  ['Siemens', /siemens/i],
  ['GE', /^ge\b|general electric/i],
  ['Philips', /philips/i],
  ['Canon', /canon|toshiba/i],
  ['Fujifilm', /fuji|hitachi/i],
  ['United Imaging', /united imaging|^uih\b/i],
  ['phantom', /^phantom$/],
];

/** The vendor that Manufacturer (0008,0070) means. The text itself may hold anything, so it is not repeated. */
export function vendorOf(manufacturer: string | undefined): Vendor {
  if (!manufacturer?.trim()) return 'not said';
  return PATTERNS.find(([, pattern]) => pattern.test(manufacturer.trim()))?.[0] ?? 'other';
}
