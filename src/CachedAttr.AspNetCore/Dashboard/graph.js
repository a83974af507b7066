// Who invalidates what: methods that invalidate, their patterns, and the cached methods that these concern. A list where there is no room for a picture.
import { $, ask, drawn, element } from './page.js';
import { plural } from './text.js';

const listBelow = 640;
const maxMethods = 60;
const [pillHeight, pillStep, nodeStep] = [26, 36, 46];
let answer = null;
let drawnFor = '';

const shorten = (text, length) => text.length <= length ? text : `${text.slice(0, Math.max(1, length - 1))}…`;
const typeOf = name => name.slice(0, Math.max(0, name.lastIndexOf('.')));
const methodOf = name => name.slice(name.lastIndexOf('.') + 1);

// What the filter of the table leaves, and what belongs to it.
const chosen = wanted => {
  const fits = (...texts) => texts.some(text => text.toLowerCase().includes(wanted));
  const cached = answer.cached.filter(one => fits(one.name, one.template) || answer.edges.some(edge => edge.concerns.includes(one.name) && fits(edge.by, edge.pattern))).slice(0, maxMethods);
  const names = new Set(cached.map(one => one.name));
  const edges = answer.edges
    .filter(edge => edge.concerns.length === 0 ? fits(edge.by, edge.pattern) : edge.concerns.some(name => names.has(name)))
    .map(edge => ({ by: edge.by, pattern: edge.pattern, concerns: edge.concerns.filter(name => names.has(name)) }));
  return { cached, edges };
};

const unique = list => [...new Set(list)];
const mean = list => list.length ? list.reduce((sum, value) => sum + value, 0) / list.length : Infinity;

// Three columns; patterns stand near what they concern, and methods that invalidate near their patterns.
const layout = ({ cached, edges }) => {
  const place = (list, step, height) => list.forEach((one, i) => { one.y = height / 2 + (i - (list.length - 1) / 2) * step; });
  const order = list => list.sort((a, b) => a.at - b.at || a.name.localeCompare(b.name));
  const concerned = new Map(unique(edges.map(edge => edge.pattern)).map(pattern => [pattern, unique(edges.filter(edge => edge.pattern === pattern).flatMap(edge => edge.concerns))]));
  const right = order(cached.map((one, i) => ({ ...one, at: [...concerned.values()].some(names => names.includes(one.name)) ? i : Infinity })));
  const middle = order([...concerned].map(([name, names]) => ({ name, concerns: names, at: mean(names.map(method => right.findIndex(one => one.name === method))) })));
  const left = order(unique(edges.map(edge => edge.by)).map(name => {
    const patterns = unique(edges.filter(edge => edge.by === name).map(edge => edge.pattern));
    return { name, patterns, at: mean(patterns.map(pattern => middle.findIndex(one => one.name === pattern))) };
  }));
  const height = Math.max(left.length * nodeStep, middle.length * pillStep, right.length * nodeStep);
  const spread = list => Math.min(height / Math.max(1, list.length), nodeStep * 1.6);
  place(left, spread(left), height);
  place(middle, pillStep, height);
  place(right, Math.max(nodeStep, Math.min(spread(right), pillStep * middle.length / Math.max(1, right.length))), height);
  return { left, middle, right, height };
};

const label = (x, y, anchor, title, sub, room) => [
  drawn('text', { x, y: y - 3, 'text-anchor': anchor, class: 'name' }, shorten(title, Math.floor(room / 7.2))),
  drawn('text', { x, y: y + 12, 'text-anchor': anchor, class: 'sub' }, shorten(sub, Math.floor(room / 6.6))),
];

const curve = (x1, y1, x2, y2) => `M${x1} ${y1}C${(x1 + x2) / 2} ${y1} ${(x1 + x2) / 2} ${y2} ${x2} ${y2}`;

// Whatever is pointed at is lit, with all that its ways go through.
const picture = (graph, width) => {
  const { left, middle, right, height } = layout(graph);
  const svg = drawn('svg', { viewBox: `0 -8 ${width} ${height + 16}`, width, height: height + 16 });
  const [leftX, rightX, pillWidth] = [width * 0.27, width * 0.71, Math.min(260, width * 0.24)];
  const pillX = (leftX + rightX - pillWidth) / 2;
  const parts = [];
  const add = (lights, made) => { parts.push({ lights, made }); svg.append(made); };
  const follow = (column, name) => {
    $('graph').classList.toggle('focused', name != null);
    for (const part of parts) part.made.classList.toggle('on', name != null && part.lights(column, name));
  };
  const node = (column, name, className, title, lights, children) => {
    const made = drawn('g', { class: `node ${className}`, tabindex: 0, role: 'img', 'aria-label': title });
    made.append(drawn('title', {}, title), ...children);
    for (const event of ['mouseenter', 'focus']) made.addEventListener(event, () => follow(column, name));
    for (const event of ['mouseleave', 'blur']) made.addEventListener(event, () => follow(column, null));
    add(lights, made);
  };
  const patternsTo = name => middle.filter(one => one.concerns.includes(name)).map(one => one.name);
  const by = (pattern, method) => left.find(one => one.name === method).patterns.includes(pattern);
  const concerns = (pattern, method) => middle.find(one => one.name === pattern).concerns.includes(method);

  for (const pattern of middle) {
    for (const one of left.filter(one => one.patterns.includes(pattern.name)))
      add((column, name) => column === 'l' ? name === one.name : column === 'p' ? name === pattern.name : concerns(pattern.name, name),
        drawn('path', { class: 'from', d: curve(leftX + 6, one.y, pillX, pattern.y) }));
    for (const one of right.filter(one => pattern.concerns.includes(one.name)))
      add((column, name) => column === 'l' ? by(pattern.name, name) : column === 'p' ? name === pattern.name : name === one.name,
        drawn('path', { class: 'to', d: curve(pillX + pillWidth, pattern.y, rightX - 6, one.y) }));
  }
  for (const one of left)
    node('l', one.name, 'by', `${one.name} invalidates ${one.patterns.join(', ')}`,
      (column, name) => column === 'l' ? name === one.name : column === 'p' ? one.patterns.includes(name) : one.patterns.some(pattern => concerns(pattern, name)),
      [drawn('circle', { cx: leftX, cy: one.y, r: 5 }), ...label(leftX - 14, one.y, 'end', methodOf(one.name), typeOf(one.name), leftX - 14)]);
  for (const one of middle)
    node('p', one.name, `pattern${one.concerns.length ? '' : ' idle'}`, `${one.name} concerns ${one.concerns.join(', ') || 'no cached method'}`,
      (column, name) => column === 'l' ? by(one.name, name) : column === 'p' ? name === one.name : one.concerns.includes(name),
      [drawn('rect', { x: pillX, y: one.y - pillHeight / 2, width: pillWidth, height: pillHeight, rx: pillHeight / 2 }),
        drawn('text', { x: pillX + pillWidth / 2, y: one.y + 4, 'text-anchor': 'middle', class: 'code' }, shorten(one.name, Math.floor((pillWidth - 20) / 6.9)))]);
  for (const one of right) {
    const through = patternsTo(one.name);
    node('r', one.name, `cached${through.length ? '' : ' alone'}`, `${one.name}, ${one.template}${through.length ? '' : ', ends by its time to live only'}`,
      (column, name) => column === 'l' ? through.some(pattern => by(pattern, name)) : column === 'p' ? through.includes(name) : name === one.name,
      [drawn('circle', { cx: rightX, cy: one.y, r: 5 }), ...label(rightX + 14, one.y, 'start', methodOf(one.name), one.template, width - rightX - 14)]);
  }
  return svg;
};

const list = ({ edges }) => {
  const made = element('ul', null, 'branches');
  made.append(...unique(edges.map(edge => edge.by)).map(by => {
    const item = element('li');
    const patterns = element('ul');
    patterns.append(...edges.filter(edge => edge.by === by).map(edge => {
      const pattern = element('li');
      pattern.append(element('code', edge.pattern), element('span', edge.concerns.length ? `→ ${edge.concerns.map(methodOf).join(', ')}` : 'concerns no cached method', 'muted'));
      return pattern;
    }));
    item.append(element('strong', by), patterns);
    return item;
  }));
  return made;
};

const draw = () => {
  if (!answer) return;
  const wanted = $('filter').value.trim().toLowerCase();
  const width = Math.floor($('graph').clientWidth);
  if (drawnFor === `${width} ${wanted}`) return;
  drawnFor = `${width} ${wanted}`;
  const graph = chosen(wanted);
  const notes = [];
  if (!answer.cached.length) notes.push(element('p', 'No assembly of this program has cached methods.', 'muted'));
  else if (graph.cached.length < answer.cached.length)
    notes.push(element('p', `${graph.cached.length} of ${plural(answer.cached.length, 'method')}; the filter above chooses.`, 'muted'));
  $('graph').replaceChildren(...(graph.cached.length + graph.edges.length === 0 ? [] : [width < listBelow ? list(graph) : picture(graph, width)]), ...notes);
};

export const start = async () => {
  new ResizeObserver(draw).observe($('graph'));
  $('filter').addEventListener('input', draw);
  answer = await ask('/graph');
  draw();
};
