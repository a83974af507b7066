// The table of the methods.
import { $, element, set } from './page.js';
import { bytes, figure, percent, plural, rate, span } from './text.js';

const methods = new Map();
const rows = new Map();
const maxRows = 100;
let order = { column: 'hits', down: true };

/** How many methods there are. */
export const count = () => methods.size;

const columns = [
  { id: 'name', title: 'Method', value: m => m.name },
  { id: 'ttl', title: 'TTL', text: m => span(m.ttl), value: m => m.ttl },
  { id: 'hits', title: 'Hits', text: m => figure(m.hits), sub: m => m.rate > 0 ? `${rate(m.rate)}/s` : '', value: m => m.hits },
  { id: 'misses', title: 'Misses', text: m => figure(m.misses), sub: m => m.stale > 0 ? `${figure(m.stale)} stale` : m.joined > 0 ? `${figure(m.joined)} joined` : '', value: m => m.misses },
  { id: 'ratio', title: 'Ratio', text: m => percent(m.hitRatio), meter: m => m.hitRatio, value: m => m.hitRatio ?? -1 },
  { id: 'p50', title: 'Load p50', text: m => span(m.p50), sub: m => m.failures > 0 ? `${figure(m.failures)} failed` : '', value: m => m.p50 ?? -1 },
  { id: 'p99', title: 'Load p99', text: m => span(m.p99), value: m => m.p99 ?? -1 },
  { id: 'entries', title: 'Entries', text: m => figure(m.entries), sub: m => `of ${figure(m.capacity)}`, value: m => m.entries },
  { id: 'bytes', title: 'Bytes', text: m => bytes(m.bytes), value: m => m.bytes ?? -1 },
  { id: 'evictions', title: 'Evicted', text: m => figure(m.evictions), value: m => m.evictions },
  { id: 'saved', title: 'Time saved', text: m => span(m.timeSaved), value: m => m.timeSaved },
];

export const drawHeads = () => $('columns').replaceChildren(...columns.map(column => {
  const head = element('th');
  head.scope = 'col';
  if (order.column === column.id) head.setAttribute('aria-sort', order.down ? 'descending' : 'ascending');
  const button = element('button', column.title);
  button.type = 'button';
  button.dataset.column = column.id;
  button.onclick = () => {
    order = { column: column.id, down: order.column === column.id ? !order.down : column.id !== 'name' };
    drawHeads();
    $('columns').querySelector(`[data-column="${column.id}"]`).focus();
    drawTable();
  };
  head.append(button);
  return head;
}));

const cellOf = column => {
  const cell = element('td');
  cell.dataset.title = column.title;
  if (!column.text) return cell;
  cell.append(element('span', '', 'value'));
  if (column.sub) cell.append(element('span', '', 'sub'));
  if (column.meter) {
    const meter = element('span', null, 'meter');
    meter.append(element('i'));
    cell.append(meter);
  }
  return cell;
};

const rowOf = method => {
  let row = rows.get(method.id);
  if (!row) {
    row = element('tr');
    row.append(...columns.map(cellOf));
    row.cells[0].append(element('span', method.name, 'name'), element('code', method.template, 'template'));
    rows.set(method.id, row);
  }
  if (row.method === method) return row;
  row.method = method;
  columns.forEach((column, i) => {
    if (!column.text) return;
    const [value, more] = row.cells[i].children;
    if (value.textContent !== column.text(method)) value.textContent = column.text(method);
    if (column.sub && more.textContent !== column.sub(method)) more.textContent = column.sub(method);
    if (column.meter) more.firstChild.style.width = `${(column.meter(method) ?? 0) * 100}%`;
  });
  return row;
};

/** Takes in the methods that have changed within some seconds. */
export const take = (changed, elapsed) => {
  for (const method of methods.values()) if (method.rate > 0) methods.set(method.id, { ...method, rate: 0 });
  for (const method of changed) {
    const before = methods.get(method.id);
    methods.set(method.id, { ...method, rate: before && elapsed > 0 ? Math.max(0, method.hits - before.hits) / elapsed : 0 });
  }
};

export const drawTable = () => {
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
  $('more').hidden = shown.length > 0 && shown.length <= maxRows;
  set('more', shown.length ? `The first ${maxRows} are shown; the filter finds the others.` : methods.size ? 'No method matches.' : 'No cached method has been called yet.');
};
