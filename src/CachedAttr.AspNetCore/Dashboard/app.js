// The page of the cache: numbers by server-sent events, everything else on request. All text goes in as text, never as markup.
const root = document.body.dataset.root;
const token = document.body.dataset.token;
const $ = id => document.getElementById(id);
const points = 120;
const methods = new Map();
const series = [];
let last = null;
let order = { column: 'hits', down: true };

// Text

const number = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const figure = value => value < 100000 ? number.format(value) : compact.format(value);
const rate = value => value < 10 && value > 0 ? value.toFixed(1) : figure(value);
const percent = value => value == null ? '–' : value === 1 ? '100 %' : `${(Math.floor(value * 1000) / 10).toFixed(1)} %`;
const bytes = value => {
  if (value == null) return '–';
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let unit = 0;
  for (; value >= 1000 && unit < units.length - 1; unit++) value /= 1000;
  return `${value < 10 && unit ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
};
const span = seconds => {
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
const clock = text => new Date(text).toLocaleTimeString('en-GB');
const plural = (count, word) => `${figure(count)} ${word}${count === 1 ? '' : 's'}`;

// Elements

const element = (tag, text, className) => {
  const made = document.createElement(tag);
  if (text != null) made.textContent = text;
  if (className) made.className = className;
  return made;
};
const drawn = (tag, attributes, text) => {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  if (text != null) made.textContent = text;
  return made;
};
const set = (id, text) => { if ($(id).textContent !== text) $(id).textContent = text; };
const toast = text => {
  $('toast').textContent = text;
  $('toast').hidden = false;
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => { $('toast').hidden = true; }, 5000);
};

// Live numbers

const listen = () => {
  const source = new EventSource(`${root}/stream`);
  source.onmessage = event => show(JSON.parse(event.data));
  source.onerror = () => {
    state('bad', 'not connected');
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, 5000);
  };
};

const state = (kind, text) => {
  $('state').className = `chip ${kind}`;
  set('state', text);
};

const show = status => {
  for (const method of status.methods) methods.set(method.id, method);
  const now = { at: Date.parse(status.at), hits: status.hits, misses: status.misses };
  const elapsed = last ? (now.at - last.at) / 1000 : 0;
  if (last && elapsed < 0.05) return; // two at once: a rate of them would mean nothing
  if (last && now.hits >= last.hits) {
    const hits = (now.hits - last.hits) / elapsed;
    const misses = (now.misses - last.misses) / elapsed;
    series.push({ at: now.at, hits, misses, ratio: hits + misses > 0 ? hits / (hits + misses) : null });
    if (series.length > points) series.shift();
  }
  last = now;
  tiles(status);
  charts();
  table();
  recent(status.invalidations);
  backend(status.backend);
};

const tiles = status => {
  const current = series.at(-1);
  set('prefix', `${status.prefix} · up ${span(status.uptime)}${status.enabled ? '' : ' · switched off'}`);
  set('t-ratio', percent(status.hitRatio));
  set('t-ratio-sub', current?.ratio == null ? 'since the start' : `${percent(current.ratio)} now`);
  set('t-hits', figure(status.hits));
  set('t-hits-sub', current ? `${rate(current.hits)} a second` : '\u00a0');
  set('t-misses', figure(status.misses));
  set('t-misses-sub', current ? `${rate(current.misses)} a second` : '\u00a0');
  set('t-entries', figure(status.entries));
  set('t-entries-sub', plural(methods.size, 'method'));
  set('t-saved', span(status.timeSaved));
  set('t-saved-sub', 'hits × mean load');
  document.title = `${percent(status.hitRatio)} · Cache`;
};

const line = (values, height) => {
  let path = '';
  let pen = false;
  values.forEach((value, i) => {
    if (value == null) { pen = false; return; }
    const x = 600 - (values.length - 1 - i) * 600 / (points - 1);
    path += `${pen ? 'L' : 'M'}${x.toFixed(1)} ${(180 - Math.min(1, value / height) * 176).toFixed(1)}`;
    pen = true;
  });
  return path;
};

const grid = () => [0.25, 0.5, 0.75, 1].map(y => drawn('line', { x1: 0, x2: 600, y1: 180 - y * 176, y2: 180 - y * 176 }));

const charts = () => {
  const from = series.length ? `${span(Math.round((last.at - series[0].at) / 1000 * (points - 1) / Math.max(1, series.length - 1)))} ago` : '';
  set('c-ratio-from', from);
  set('c-rates-from', from);
  const ratios = series.map(point => point.ratio);
  $('c-ratio').replaceChildren(...grid(), drawn('path', { class: 'hits', d: line(ratios, 1) }));
  const known = ratios.filter(ratio => ratio != null);
  const now = ratios.at(-1);
  set('c-ratio-now', now == null ? 'no calls now' : percent(now));
  $('c-ratio').setAttribute('aria-label', known.length ? `Between ${percent(Math.min(...known))} and ${percent(Math.max(...known))}; now ${percent(now)}` : 'No calls yet');

  const highest = Math.max(1, ...series.map(point => Math.max(point.hits, point.misses)));
  const hits = line(series.map(point => point.hits), highest);
  const area = series.length > 1 ? `${hits}L600 180L${(600 - (series.length - 1) * 600 / (points - 1)).toFixed(1)} 180Z` : '';
  $('c-rates').replaceChildren(...grid(), drawn('path', { class: 'area', d: area }), drawn('path', { class: 'hits', d: hits }),
    drawn('path', { class: 'misses', d: line(series.map(point => point.misses), highest) }));
  set('c-rates-now', series.length ? `· up to ${rate(highest)}` : '');
  const current = series.at(-1);
  $('c-rates').setAttribute('aria-label', current ? `Now ${rate(current.hits)} hits and ${rate(current.misses)} misses a second, at most ${rate(highest)}` : 'No calls yet');
};

// Methods

const columns = [
  { id: 'name', title: 'Method', text: null, value: m => m.name },
  { id: 'ttl', title: 'TTL', text: m => span(m.ttl), value: m => m.ttl },
  { id: 'hits', title: 'Hits', text: m => figure(m.hits), value: m => m.hits },
  { id: 'misses', title: 'Misses', text: m => figure(m.misses), value: m => m.misses },
  { id: 'ratio', title: 'Ratio', text: m => percent(m.hitRatio), value: m => m.hitRatio ?? -1 },
  { id: 'p50', title: 'Load p50', text: m => span(m.p50), value: m => m.p50 ?? -1 },
  { id: 'p99', title: 'p99', text: m => span(m.p99), value: m => m.p99 ?? -1 },
  { id: 'entries', title: 'Entries', text: m => figure(m.entries), value: m => m.entries },
  { id: 'bytes', title: 'Bytes', text: m => bytes(m.bytes), value: m => m.bytes ?? -1 },
  { id: 'evictions', title: 'Evicted', text: m => figure(m.evictions), value: m => m.evictions },
  { id: 'saved', title: 'Time saved', text: m => span(m.timeSaved), value: m => m.timeSaved },
];
const maxRows = 100;
const rows = new Map();

const heads = () => columns.map(column => {
  const head = element('th');
  head.scope = 'col';
  if (order.column === column.id) head.setAttribute('aria-sort', order.down ? 'descending' : 'ascending');
  const button = element('button', column.title);
  button.type = 'button';
  button.dataset.column = column.id;
  button.onclick = () => {
    order = { column: column.id, down: order.column === column.id ? !order.down : column.id !== 'name' };
    $('columns').replaceChildren(...heads());
    $('columns').querySelector(`[data-column="${column.id}"]`).focus();
    table();
  };
  head.append(button);
  return head;
});

const rowOf = method => {
  let row = rows.get(method.id);
  if (!row) {
    row = element('tr');
    for (const column of columns) row.append(element('td'));
    row.cells[0].append(element('span', method.name, 'name'), element('code', method.template, 'template'));
    rows.set(method.id, row);
  }
  if (row.method !== method) {
    row.method = method;
    columns.forEach((column, i) => {
      if (column.text && row.cells[i].textContent !== column.text(method)) row.cells[i].textContent = column.text(method);
    });
  }
  return row;
};

const table = () => {
  const wanted = $('filter').value.trim().toLowerCase();
  const column = columns.find(one => one.id === order.column);
  const sign = order.down ? -1 : 1;
  const shown = [...methods.values()]
    .filter(method => method.id.toLowerCase().includes(wanted))
    .sort((a, b) => {
      const [x, y] = [column.value(a), column.value(b)];
      return sign * (x < y ? -1 : x > y ? 1 : 0) || a.id.localeCompare(b.id);
    });
  const wantedRows = shown.slice(0, maxRows).map(rowOf);
  const body = $('rows');
  if (wantedRows.length !== body.children.length || wantedRows.some((row, i) => body.children[i] !== row)) body.replaceChildren(...wantedRows);
  set('shown', wanted ? `${shown.length} of ${methods.size}` : plural(methods.size, 'method'));
  $('more').hidden = shown.length <= maxRows;
  set('more', `The first ${maxRows} are shown; the filter finds the others.`);
};

// Invalidations

const recent = invalidations => {
  $('none').hidden = invalidations.length > 0;
  const text = JSON.stringify(invalidations);
  if (recent.text === text) return;
  recent.text = text;
  $('recent').replaceChildren(...invalidations.map(one => {
    const item = element('li');
    const concerned = one.methods == null ? 'by tag' : plural(one.methods, 'method');
    item.append(element('time', clock(one.at), 'muted'), element('code', one.text), element('span', `${concerned}${one.own ? '' : ' · other process'}`, 'muted'));
    return item;
  }));
};

// Keys

const ask = async (path, options) => {
  const response = await fetch(root + path, options);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error ?? `The server answered ${response.status}.`);
  return answer;
};

const fact = (name, value) => {
  const pair = element('div');
  pair.append(element('dt', name), element('dd', value));
  return pair;
};

const search = async () => {
  $('entry').hidden = true;
  try {
    const answer = await ask(`/keys?pattern=${encodeURIComponent($('pattern').value)}`);
    set('found', answer.keys.length === 0 ? 'No key matches.' : answer.hasMore ? `The first ${answer.keys.length}; there are more.` : plural(answer.keys.length, 'key'));
    $('keys').replaceChildren(...answer.keys.map(key => {
      const item = element('li');
      const button = element('button', key);
      button.type = 'button';
      button.setAttribute('aria-pressed', 'false');
      button.onclick = () => describe(key, button);
      item.append(button);
      return item;
    }));
  } catch (error) {
    $('keys').replaceChildren();
    set('found', error.message);
  }
};

const describe = async (key, button) => {
  for (const other of $('keys').querySelectorAll('button')) other.setAttribute('aria-pressed', String(other === button));
  const panel = $('entry');
  try {
    const entry = await ask(`/entry?key=${encodeURIComponent(key)}`);
    const facts = element('dl', null, 'facts');
    facts.append(fact('Method', entry.method), fact('Tier', entry.tier.toLowerCase()), fact('Age', span(entry.age)), fact('Time to live', span(entry.remaining)),
      fact('Stamp', new Date(entry.stamp / 1000).toISOString()), fact('Size', bytes(entry.size)));
    if (entry.tags.length) facts.append(fact('Tags', entry.tags.join(', ')));
    panel.replaceChildren(element('h3', entry.key, 'mono'), facts, entry.value != null ? element('pre', entry.value)
      : element('p', entry.valueShown ? 'The value cannot be shown.' : 'Values are hidden (CacheEndpointOptions.ShowValues).', 'muted'));
  } catch (error) {
    panel.replaceChildren(element('p', error.message, 'muted'));
  }
  panel.hidden = false;
};

const confirm = async () => {
  const pattern = $('pattern').value;
  set('confirm-pattern', pattern);
  set('confirm-count', 'Counting…');
  $('confirm').returnValue = 'cancel';
  $('confirm').showModal();
  try {
    const answer = await ask(`/keys?take=1000&pattern=${encodeURIComponent(pattern)}`);
    set('confirm-count', answer.hasMore ? `More than ${figure(answer.keys.length)} keys match now.` : `${plural(answer.keys.length, 'key')} match${answer.keys.length === 1 ? 'es' : ''} now.`);
  } catch (error) {
    set('confirm-count', error.message);
  }
};

const invalidate = async () => {
  if ($('confirm').returnValue !== 'invalidate') return;
  const pattern = $('confirm-pattern').textContent;
  try {
    await ask('/invalidate', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-CachedAttr-Token': token },
      body: JSON.stringify({ pattern }),
    });
    toast(`Invalidated ${pattern}`);
    await search();
  } catch (error) {
    toast(error.message);
  }
};

// The graph: who invalidates on the left, what is cached on the right.

const graph = async () => {
  const answer = await ask('/graph');
  const lefts = [...new Set(answer.edges.map(edge => edge.by))];
  const rights = answer.cached.map(method => method.name);
  if (!rights.length) {
    $('graph').replaceChildren(element('p', 'No assembly of this program has cached methods.', 'muted'));
    return;
  }
  const step = 40;
  const height = Math.max(lefts.length, rights.length) * step + 10;
  const spread = (list, i) => (height - list.length * step) / 2 + i * step + step / 2;
  const svg = drawn('svg', { viewBox: `0 0 1000 ${height}`, height });
  const nodes = new Map();
  const links = [];
  for (const edge of answer.edges) {
    for (const name of edge.concerns) {
      const [y1, y2] = [spread(lefts, lefts.indexOf(edge.by)), spread(rights, rights.indexOf(name))];
      const path = drawn('path', { d: `M330 ${y1}C500 ${y1} 500 ${y2} 670 ${y2}` });
      path.append(drawn('title', {}, `${edge.by} → ${edge.pattern} → ${name}`));
      links.push({ path, left: `l ${edge.by}`, right: `r ${name}` });
      svg.append(path);
    }
  }
  const place = (key, className, x, y, anchor, title, sub) => {
    const node = drawn('g', { class: `node ${className}`, tabindex: 0, role: 'img', 'aria-label': `${title}: ${sub}` });
    const offset = anchor === 'end' ? -12 : 12;
    node.append(drawn('circle', { cx: x, cy: y, r: 5 }), drawn('text', { x: x + offset, y: y - 2, 'text-anchor': anchor }, title),
      drawn('text', { x: x + offset, y: y + 13, 'text-anchor': anchor, class: 'sub' }, sub));
    nodes.set(key, node);
    for (const event of ['mouseenter', 'focus']) node.addEventListener(event, () => follow(key));
    for (const event of ['mouseleave', 'blur']) node.addEventListener(event, () => follow(null));
    svg.append(node);
  };
  lefts.forEach((name, i) => {
    const patterns = answer.edges.filter(edge => edge.by === name).map(edge => edge.pattern).join(', ');
    place(`l ${name}`, 'by', 330, spread(lefts, i), 'end', name, patterns.length > 46 ? `${patterns.slice(0, 45)}…` : patterns);
  });
  answer.cached.forEach((method, i) => place(`r ${method.name}`, 'cached', 670, spread(rights, i), 'start', method.name, method.template));
  const follow = key => {
    $('graph').classList.toggle('focused', key != null);
    for (const node of nodes.values()) node.classList.remove('on');
    nodes.get(key)?.classList.add('on');
    for (const link of links) {
      const on = link.left === key || link.right === key;
      link.path.classList.toggle('on', on);
      if (on) for (const end of [link.left, link.right]) nodes.get(end)?.classList.add('on');
    }
  };
  $('graph').replaceChildren(svg);
};

// The backend

const health = { answer: null };
const backend = now => {
  const alert = now && !now.inUse ? `The backend '${now.name}' cannot be used; this process serves from its own memory until it answers.` : '';
  $('alert').hidden = !alert;
  set('alert', alert);
  state(alert ? 'warn' : 'good', alert ? 'degraded' : now ? now.name : 'in memory');
  const said = health.answer;
  const facts = now ? [
    ['Name', now.name], ['State', now.inUse ? 'in use' : 'fallback serves'], ['Breaker', now.breaker], ['Errors', figure(now.errors)],
    ['Pending invalidations', figure(now.pending)], ['Log followed', now.logPosition ? `${span(now.logLag)} ago` : 'not yet'],
    ['Latency', span(said?.latency)], ['Version', said?.version ?? '–'], ['Server', said?.location ?? '–'], ['Up', span(said?.uptime)],
    ['Memory', said?.usedBytes == null ? '–' : said.maxBytes ? `${bytes(said.usedBytes)} of ${bytes(said.maxBytes)}` : bytes(said.usedBytes)],
    ['Clients', said?.clients == null ? '–' : figure(said.clients)], ['Entries', said?.entries == null ? '–' : figure(said.entries)],
    ['Log records', said?.logRecords == null ? '–' : figure(said.logRecords)], ['Eviction', said?.evictionPolicy ?? '–'],
    ['Unreadable entries', figure(now.unreadable)], ['Refused entries', figure(now.refused)],
  ] : [['Backend', 'none: every value is in this process']];
  const text = JSON.stringify(facts);
  if (backend.text === text) return;
  backend.text = text;
  $('backend').replaceChildren(...facts.map(([name, value]) => fact(name, value)));
};
const askHealth = async () => {
  const response = await fetch(`${root}/health`);
  health.answer = await response.json();
};

// Colors

const themes = ['system', 'light', 'dark'];
const theme = name => {
  if (name === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = name;
  $('theme').setAttribute('aria-label', `Colors: ${name === 'system' ? 'as the system' : name}`);
  $('theme').textContent = { system: '◐', light: '☀', dark: '☾' }[name];
  localStorage.setItem('cachedattr-theme', name);
};
$('theme').onclick = () => theme(themes[(themes.indexOf(localStorage.getItem('cachedattr-theme') ?? 'system') + 1) % themes.length]);
theme(localStorage.getItem('cachedattr-theme') ?? 'system');

$('columns').replaceChildren(...heads());
$('filter').oninput = table;
$('search').onsubmit = event => { event.preventDefault(); search(); };
$('invalidate').hidden = document.body.dataset.changes !== 'true';
$('invalidate').onclick = confirm;
$('confirm').onclose = invalidate;
document.addEventListener('keydown', event => {
  if (event.key === '/' && !['INPUT', 'TEXTAREA'].includes(document.activeElement.tagName)) {
    event.preventDefault();
    $('filter').focus();
  }
});
listen();
graph().catch(error => toast(error.message));
const repeatHealth = () => askHealth().catch(() => { health.answer = null; });
repeatHealth();
setInterval(repeatHealth, 5000);
