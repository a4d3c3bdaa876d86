/** Makers of scanners, by the names they are known under. */
export type Vendor = (typeof VENDORS)[number][0] | 'other' | 'not said';

const VENDORS = [
  ['Siemens', /siemens/i],
  ['GE', /^ge\b|general electric/i],
  ['Philips', /philips/i],
  ['Canon', /canon|toshiba/i],
  ['Fujifilm', /fuji|hitachi/i],
  ['United Imaging', /united imaging|^uih\b/i],
  ['phantom', /^phantom$/],
] as const;

/** The vendor that Manufacturer (0008,0070) means. The text itself may hold anything, so it is not repeated. */
export function vendorOf(manufacturer: string | undefined): Vendor {
  if (!manufacturer?.trim()) return 'not said';
  return VENDORS.find(([, pattern]) => pattern.test(manufacturer.trim()))?.[0] ?? 'other';
}
