// Search for keys, what is known of one, and invalidation with a question before it.
import { $, ask, element, fact, post, set, toast } from './page.js';
import { bytes, figure, plural, span } from './text.js';

const mayChange = document.body.dataset.changes === 'true';

const search = async () => {
  $('entry').hidden = true;
  try {
    const answer = await ask(`/keys?pattern=${encodeURIComponent($('pattern').value)}`);
    set('found', answer.keys.length === 0 ? 'No key matches.' : answer.hasMore ? `The first ${answer.keys.length} that were found; there are more.` : plural(answer.keys.length, 'key'));
    $('keys').replaceChildren(...answer.keys.sort(new Intl.Collator('en', { numeric: true }).compare).map(key => {
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

// How much of its time to live is over.
const life = entry => {
  const bar = element('div', null, 'life');
  const left = element('i');
  left.style.width = `${Math.max(0, Math.min(1, entry.remaining / (entry.age + entry.remaining))) * 100}%`;
  bar.append(left);
  return bar;
};

const head = entry => {
  const made = element('div', null, 'head');
  made.append(element('h3', entry.key, 'mono'));
  if (mayChange) {
    const button = element('button', 'Invalidate key…', 'danger');
    button.type = 'button';
    button.onclick = () => confirm(entry.key.replace(/[\\*?[\]]/g, '\\$&'), entry.key);
    made.append(button);
  }
  return made;
};

const describe = async (key, button) => {
  for (const other of $('keys').querySelectorAll('button')) other.setAttribute('aria-pressed', String(other === button));
  const panel = $('entry');
  try {
    const entry = await ask(`/entry?key=${encodeURIComponent(key)}`);
    const facts = element('dl', null, 'facts');
    facts.append(fact('Method', entry.method), fact('Tier', entry.tier.toLowerCase()), fact('Age', span(entry.age)), fact('Time to live left', span(entry.remaining)),
      fact('Size', bytes(entry.size)), fact('Stamp', new Date(entry.stamp / 1000).toISOString().replace('T', ' ').replace('Z', '')));
    if (entry.tags.length) facts.append(fact('Tags', entry.tags.join(', ')));
    panel.replaceChildren(head(entry), ...(entry.remaining == null ? [] : [life(entry)]), facts, entry.value != null ? element('pre', entry.value)
      : element('p', entry.valueShown ? 'The value cannot be shown.' : 'Values are hidden (CacheEndpointOptions.ShowValues).', 'muted'));
  } catch (error) {
    panel.replaceChildren(element('p', error.message, 'muted'));
  }
  panel.hidden = false;
};

let asked = '';
const confirm = async (pattern, shown) => {
  asked = pattern;
  set('confirm-pattern', shown);
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
  try {
    await post('/invalidate', { pattern: asked });
    toast(`Invalidated ${$('confirm-pattern').textContent}`);
    await search();
  } catch (error) {
    toast(error.message);
  }
};

export const start = () => {
  $('search').onsubmit = event => { event.preventDefault(); search(); };
  $('invalidate').hidden = !mayChange;
  $('invalidate').onclick = () => confirm($('pattern').value, $('pattern').value);
  $('confirm').onclose = invalidate;
};
