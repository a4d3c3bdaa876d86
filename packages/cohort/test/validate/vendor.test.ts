import { vendorOf } from '../../src/validate/vendor.js';

describe('vendorOf', () => {
  it.each([
    ['SIEMENS', 'Siemens'],
    ['Siemens Healthineers', 'Siemens'],
    ['GE MEDICAL SYSTEMS', 'GE'],
    ['Philips Medical Systems', 'Philips'],
    ['TOSHIBA_MEC', 'Canon'],
    ['Hitachi Medical Corporation', 'Fujifilm'],
    ['UIH', 'United Imaging'],
    ['phantom', 'phantom'],
    ['General Hospital', 'other'],
    ['GERMAN SCANNERS', 'other'],
    [' ', 'not said'],
    [undefined, 'not said'],
  ])('takes %j for %s', (manufacturer, vendor) => {
    expect(vendorOf(manufacturer)).toBe(vendor);
  });
});
