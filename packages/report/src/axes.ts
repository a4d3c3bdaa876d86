import * as Plot from '@observablehq/plot';

/** A horizontal axis with its name under its middle. */
export const axisX = (label: string, options: Plot.AxisXOptions = {}) =>
  Plot.axisX({ label, labelAnchor: 'center', labelArrow: 'none', tickSize: 4, ...options });

/** A vertical axis with its name beside its middle. */
export const axisY = (label: string, options: Plot.AxisYOptions = {}) =>
  Plot.axisY({ label, labelAnchor: 'center', labelArrow: 'none', tickSize: 4, ...options });
