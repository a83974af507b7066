// The two charts. Their points are the messages of the stream; what a pointer is over is told in words.
import { $, drawn, set } from './page.js';
import { clock, percent, rate, span } from './text.js';

const points = 120;
const [width, height] = [600, 180];
const series = [];

const x = i => width - (series.length - 1 - i) * width / (points - 1);

// Lines are interrupted where nothing is known.
const runs = values => {
  const found = [];
  values.forEach((value, i) => {
    if (value == null) return;
    if (i === 0 || values[i - 1] == null) found.push([]);
    found.at(-1).push([x(i), value]);
  });
  return found;
};

const draw = (svg, layers, low, high) => {
  const y = value => height - Math.max(0, Math.min(1, (value - low) / (high - low))) * height;
  const shapes = [0, 0.5, 1].map(share => drawn('line', { x1: 0, x2: width, y1: share * height, y2: share * height }));
  for (const [name, values] of layers) {
    const parts = runs(values).map(run => run.map(([at, value]) => `${at.toFixed(1)} ${y(value).toFixed(1)}`));
    shapes.push(drawn('path', { class: `area ${name}`, d: parts.map(part => `M${parseFloat(part[0])} ${height}L${part.join('L')}L${parseFloat(part.at(-1))} ${height}Z`).join('') }));
    shapes.push(drawn('path', { class: name, d: parts.map(part => `M${part.join('L')}`).join('') }));
  }
  svg.replaceChildren(...shapes);
};

// The axis of ratios begins where there is something to be seen.
const floorOf = lowest => [0.99, 0.95, 0.9, 0.8, 0.5].find(floor => lowest >= floor + (1 - floor) * 0.1) ?? 0;

const ceilingOf = highest => {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, highest)));
  return [1, 2, 5, 10].map(step => step * power).find(step => step >= highest);
};

const pointed = (id, tell) => {
  const [plot, tip, cross] = [$(id).parentElement, $(`${id}-tip`), $(`${id}-cross`)];
  let share = null;
  const show = () => {
    const i = share == null ? -1 : Math.round(share * (points - 1)) - (points - series.length);
    tip.hidden = cross.hidden = !series[i];
    if (!series[i]) return;
    const left = x(i) / width;
    cross.style.left = `${left * 100}%`;
    tip.style.left = `${left * 100}%`;
    tip.style.translate = `${-left * 100}% 0`;
    tip.textContent = `${clock(series[i].at)} · ${tell(series[i])}`;
  };
  plot.onpointermove = event => {
    const box = plot.getBoundingClientRect();
    share = (event.clientX - box.left) / box.width;
    show();
  };
  plot.onpointerleave = () => { share = null; show(); };
  return show;
};

const tips = [
  pointed('c-ratio', point => point.ratio == null ? 'no calls' : percent(point.ratio)),
  pointed('c-rates', point => `${rate(point.hits)} hits, ${rate(point.misses)} misses a second`),
];

/** The last point; undefined before the second message. */
export const current = () => series.at(-1);

/** Adds a point and draws. */
export const add = point => {
  series.push(point);
  if (series.length > points) series.shift();
};

const axis = (id, low, high, text) => [[1, high], [2, (low + high) / 2], [3, low]].forEach(([place, value]) => set(`${id}-y${place}`, text(value)));

export const drawCharts = () => {
  const now = current();
  const seconds = series.length > 1 ? (now.at - series[0].at) / 1000 / (series.length - 1) * (points - 1) : 0;
  for (const id of ['c-ratio-from', 'c-rates-from']) set(id, seconds ? `${span(Math.round(seconds))} ago` : '');

  const ratios = series.map(point => point.ratio);
  const known = ratios.filter(ratio => ratio != null);
  const floor = known.length ? floorOf(Math.min(...known)) : 0;
  draw($('c-ratio'), [['hits', ratios]], floor, 1);
  axis('c-ratio', floor, 1, value => `${+(value * 100).toFixed(1)} %`);
  set('c-ratio-now', now?.ratio == null ? 'no calls now' : `${percent(now.ratio)} now`);
  $('c-ratio').setAttribute('aria-label', known.length ? `Between ${percent(Math.min(...known))} and ${percent(Math.max(...known))}; now ${percent(now.ratio)}` : 'No calls yet');

  const highest = Math.max(1, ...series.map(point => Math.max(point.hits, point.misses)));
  const ceiling = ceilingOf(highest);
  draw($('c-rates'), [['hits', series.map(point => point.hits)], ['misses', series.map(point => point.misses)]], 0, ceiling);
  axis('c-rates', 0, ceiling, rate);
  set('c-rates-hits', now ? rate(now.hits) : '');
  set('c-rates-misses', now ? rate(now.misses) : '');
  $('c-rates').setAttribute('aria-label', now ? `Now ${rate(now.hits)} hits and ${rate(now.misses)} misses a second, at most ${rate(highest)}` : 'No calls yet');
  for (const tip of tips) tip();
};
