// How numbers and times are written.
const number = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

export const figure = value => value < 100000 ? number.format(value) : compact.format(value);
export const rate = value => value < 10 && value > 0 ? value.toFixed(1) : figure(Math.round(value));
export const plural = (count, word) => `${figure(count)} ${word}${count === 1 ? '' : 's'}`;
export const clock = text => new Date(text).toLocaleTimeString('en-GB');

// Never rounded up: 100 % means all.
export const percent = value => value == null ? '–' : value === 1 ? '100 %' : `${(Math.floor(value * 1000) / 10).toFixed(1)} %`;

export const bytes = value => {
  if (value == null) return '–';
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let unit = 0;
  for (; value >= 1000 && unit < units.length - 1; unit++) value /= 1000;
  return `${value < 10 && unit ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
};

export const span = seconds => {
  if (seconds == null) return '–';
  const sign = seconds < 0 ? '−' : '';
  const s = Math.abs(seconds);
  if (s === 0) return '0 s';
  if (s < 0.001) return `${sign}${Math.round(s * 1e6)} µs`;
  if (s < 1) return `${sign}${s < 0.01 ? (s * 1000).toFixed(1) : Math.round(s * 1000)} ms`;
  if (s < 60) return `${sign}${s < 10 && !Number.isInteger(s) ? s.toFixed(1) : Math.round(s)} s`;
  if (s < 3600) return `${sign}${Math.floor(s / 60)} min${s % 60 >= 1 ? ` ${Math.floor(s % 60)} s` : ''}`;
  if (s < 86400) return `${sign}${Math.floor(s / 3600)} h${s % 3600 >= 60 ? ` ${Math.floor(s % 3600 / 60)} min` : ''}`;
  return `${sign}${Math.floor(s / 86400)} d${s % 86400 >= 3600 ? ` ${Math.floor(s % 86400 / 3600)} h` : ''}`;
};
