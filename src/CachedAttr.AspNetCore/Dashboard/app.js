// The page of the cache: numbers by server-sent events, everything else on request.
import { add, current, drawCharts } from './charts.js';
import { start as startGraph } from './graph.js';
import { start as startKeys } from './keys.js';
import { count, drawHeads, drawTable, take } from './methods.js';
import { $, drawn, element, fact, root, set, toast } from './page.js';
import { bytes, clock, figure, percent, plural, rate, span } from './text.js';

let last = null;

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
  const now = { at: Date.parse(status.at), hits: status.hits, misses: status.misses };
  const elapsed = last ? (now.at - last.at) / 1000 : 0;
  take(status.methods, elapsed);
  if (last && elapsed < 0.05) return; // two at once: a rate of them would mean nothing
  if (last && now.hits >= last.hits) {
    const hits = (now.hits - last.hits) / elapsed;
    const misses = (now.misses - last.misses) / elapsed;
    add({ at: now.at, hits, misses, ratio: hits + misses > 0 ? hits / (hits + misses) : null });
  }
  last = now;
  tiles(status);
  drawCharts();
  drawTable();
  recent(status.invalidations);
  backend(status.backend);
  nodes(status.nodes);
};

const ring = ratio => {
  $('ring').setAttribute('stroke-dasharray', `${(ratio ?? 0) * 100} 100`);
};

const tiles = status => {
  const now = current();
  set('prefix', `${status.prefix} · up ${span(status.uptime)}${status.enabled ? '' : ' · switched off'}`);
  set('t-ratio', percent(status.hitRatio));
  ring(status.hitRatio);
  set('t-ratio-sub', now?.ratio == null ? 'since the start' : `${percent(now.ratio)} now`);
  set('t-hits', figure(status.hits));
  set('t-hits-sub', now ? `${rate(now.hits)} a second` : '\u00a0');
  set('t-misses', figure(status.misses));
  set('t-misses-sub', now ? `${rate(now.misses)} a second` : '\u00a0');
  set('t-entries', figure(status.entries));
  set('t-entries-sub', `of ${plural(count(), 'method')}`);
  set('t-saved', span(status.timeSaved));
  document.title = `${percent(status.hitRatio)} · ${status.prefix} · Cache`;
};

// Invalidations

let shownInvalidations = '';
const recent = invalidations => {
  $('none').hidden = invalidations.length > 0;
  const text = JSON.stringify(invalidations);
  if (shownInvalidations === text) return;
  shownInvalidations = text;
  $('recent').replaceChildren(...invalidations.map(one => {
    const item = element('li');
    const kind = one.kind.toLowerCase();
    const concerned = one.methods == null ? 'what carries it' : plural(one.methods, 'method');
    item.append(element('time', clock(one.at), 'muted'), element('span', kind, `kind ${kind}`), element('code', one.text),
      element('span', `${concerned}${one.own ? '' : ' · from elsewhere'}`, 'muted'));
    return item;
  }));
};

// The backend

let health = null;
let shownBackend = '';
const backend = now => {
  const alert = now && !now.inUse ? `The backend '${now.name}' cannot be used; this process serves from its own memory until it answers.` : '';
  $('alert').hidden = !alert;
  set('alert', alert);
  state(alert ? 'warn' : 'good', alert ? 'degraded' : now ? now.name : 'in memory');
  const said = health;
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
  if (shownBackend === text) return;
  shownBackend = text;
  $('backend').replaceChildren(...facts.map(([name, value]) => fact(name, value)));
};

// The processes that follow the same log.
const nodes = list => {
  $('nodes').hidden = list.length === 0;
  $('node-list').replaceChildren(...list.map(node => {
    const item = element('li', null, node.lag > 10 || node.seen > 15 ? 'late' : '');
    const what = `${span(node.lag)} behind${node.own ? ' · this process' : node.seen > 15 ? ` · silent for ${span(Math.round(node.seen))}` : ''}`;
    item.append(element('span', node.name, 'name'), element('span', what, 'muted'));
    return item;
  }));
};

const askHealth = async () => {
  try {
    health = await (await fetch(`${root}/health`)).json();
  } catch {
    health = null;
  }
};

// Colors

const themes = {
  system: 'M8 1a7 7 0 1 0 0 14z',
  light: 'M8 4.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM8 0v2.5M8 13.5V16M0 8h2.5M13.5 8H16M2.3 2.3l1.8 1.8M11.9 11.9l1.8 1.8M13.7 2.3l-1.8 1.8M4.1 11.9l-1.8 1.8',
  dark: 'M14 9.6A6.6 6.6 0 0 1 6.4 2a6.6 6.6 0 1 0 7.6 7.6z',
};
const themeNow = () => localStorage.getItem('cachedattr-theme') ?? 'system';
const theme = name => {
  if (name === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = name;
  $('theme').setAttribute('aria-label', `Colors: ${name === 'system' ? 'as the system' : name}`);
  const icon = drawn('svg', { viewBox: '-1 -1 18 18', width: 18, height: 18, 'aria-hidden': 'true' });
  if (name === 'system') icon.append(drawn('circle', { cx: 8, cy: 8, r: 7, fill: 'none' }));
  icon.append(drawn('path', { d: themes[name] }));
  $('theme').replaceChildren(icon);
  localStorage.setItem('cachedattr-theme', name);
};
const names = Object.keys(themes);
$('theme').onclick = () => theme(names[(names.indexOf(themeNow()) + 1) % names.length]);
theme(themeNow());

drawHeads();
$('filter').addEventListener('input', drawTable);
document.addEventListener('keydown', event => {
  if (event.key === '/' && !['INPUT', 'TEXTAREA'].includes(document.activeElement.tagName)) {
    event.preventDefault();
    $('filter').focus();
  }
});
startKeys();
listen();
startGraph().catch(error => toast(error.message));
askHealth();
setInterval(askHealth, 5000);
