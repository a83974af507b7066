// What every part of the page needs: elements, and answers of the server. All text goes in as text, never as markup.
export const root = document.body.dataset.root;
const token = document.body.dataset.token;

export const $ = id => document.getElementById(id);

export const set = (id, text) => { if ($(id).textContent !== text) $(id).textContent = text; };

export const element = (tag, text, className) => {
  const made = document.createElement(tag);
  if (text != null) made.textContent = text;
  if (className) made.className = className;
  return made;
};

export const drawn = (tag, attributes, text) => {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  if (text != null) made.textContent = text;
  return made;
};

export const fact = (name, value) => {
  const pair = element('div');
  pair.append(element('dt', name), element('dd', value));
  return pair;
};

let hiding;
export const toast = text => {
  $('toast').textContent = text;
  $('toast').hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => { $('toast').hidden = true; }, 5000);
};

export const ask = async (path, options) => {
  const response = await fetch(root + path, options);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error ?? `The server answered ${response.status}.`);
  return answer;
};

export const post = (path, body) => ask(path, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json', 'X-CachedAttr-Token': token },
  body: JSON.stringify(body),
});
