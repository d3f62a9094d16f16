// The live view of runs: one stream of server-sent events feeds the list, the curves, the findings and the samples.
import { word, say, turn, figure, isSpanish } from './words.js';
import { Chart, make, colour } from './chart.js';
import { play } from './playground.js';

// What the server says of a run, in the page's language.
const told = run => isSpanish() && run.es ? run.es : run;

const $ = id => document.getElementById(id);
const state = { runs: [], chosen: new Set(), rows: new Map(), charts: new Map(), isDirty: false, hasChosen: false };
let stream;

// A browser opens six connections to a server at most, for all its tabs together: who shows no runs leaves them to others.
const isWatching = () => !document.hidden && !$('runs').hidden;
const isClosed = () => (stream?.readyState ?? EventSource.CLOSED) === EventSource.CLOSED;
const patience = 3000;

function listen() {
  stream?.close();
  state.rows.clear();
  const mine = stream = new EventSource(`/api/stream?runs=${[...state.chosen].join(',')}`);
  // The seventh connection waits without a word.
  setTimeout(() => { if (mine === stream && mine.readyState === EventSource.CONNECTING && $('link').textContent !== word('away')) $('link').textContent = word('waits'); }, patience);
  const on = (name, act) => stream.addEventListener(name, event => act(JSON.parse(event.data)));
  // After a lost connection everything is sent again.
  stream.onopen = () => { state.rows.clear(); showFound(); $('link').textContent = word('live'); };
  // A server that is gone refuses at once, and the browser would give up: a new one may come at the same address.
  stream.onerror = () => {
    $('link').textContent = word('away');
    if (isClosed()) setTimeout(() => { if (isClosed() && isWatching()) listen(); }, 2000);
  };
  on('runs', ({ runs }) => { state.runs = runs; showList(); showFound(); });
  on('points', ({ id, rows }) => { keep(id).points.push(...rows); state.isDirty = true; });
  on('events', ({ id, rows }) => { keep(id).events.push(...rows); showFound(); });
  on('samples', ({ id, text }) => { keep(id).samples = text; showSamples(); });
  on('load', load => { $('load').textContent = `${word('processors')} ${Math.round(100 * load.processors)} % · ${word('memory')} ${Math.round(100 * load.memory)} %`; });
}

function leave() {
  stream?.close();
  for (const id of ['link', 'load']) $(id).textContent = '';
}

document.addEventListener('visibilitychange', () => { if (isWatching()) listen(); else leave(); });

function keep(id) {
  if (!state.rows.has(id)) state.rows.set(id, { points: [], events: [], samples: '' });
  return state.rows.get(id);
}

const place = id => [...state.chosen].indexOf(id);
const nameOf = id => state.runs.find(run => run.id === id)?.name ?? id;

const isAlive = run => run.status === 'running' || run.status === 'paused';
const mostChosen = 20;

function isPaused(id) {
  const last = state.rows.get(id)?.events.findLast(event => event.event === 'steering' && ['pause', 'resume'].includes(event.action));
  return last?.action === 'pause';
}

function showList() {
  // At first what runs now, else the newest.
  if (!state.hasChosen && state.runs.length > 0) {
    state.hasChosen = true;
    const running = state.runs.filter(isAlive).slice(0, 4);
    for (const run of running.length ? running : state.runs.slice(0, 1)) state.chosen.add(run.id);
    listen();
  }
  const focused = document.activeElement?.value;
  $('run-list').replaceChildren(...state.runs.map(run => {
    const box = make('input', { type: 'checkbox', value: run.id });
    box.checked = state.chosen.has(run.id);
    box.addEventListener('change', () => { if (box.checked && state.chosen.size >= mostChosen) { box.checked = false; $('link').textContent = word('most'); return; } box.checked ? state.chosen.add(run.id) : state.chosen.delete(run.id); listen(); showList(); state.isDirty = true; });
    const swatch = make('span', { class: 'swatch' });
    if (box.checked) swatch.style.background = colour(place(run.id));
    const status = run.status === 'running' && isPaused(run.id) ? 'paused' : run.status;
    const about = make('span', {}, make('b', {}, run.name), make('small', { class: status.replaceAll(' ', '-') }, word(status)), make('small', {}, [run.data, run.model].filter(Boolean).join(' · ').slice(0, 80)));
    if (run.result) about.append(make('small', {}, told(run).result));
    if (run.problem) about.append(make('small', { class: 'failed' }, run.problem));
    const item = make('li', {}, make('label', {}, box, swatch, about));
    if (run.report) item.append(make('a', { href: `/api/runs/${run.id}/report`, target: '_blank', rel: 'noopener' }, word('report')));
    return item;
  }));
  if (focused) $('run-list').querySelector(`[value="${CSS.escape(focused)}"]`)?.focus();
  const steerable = state.runs.filter(run => isAlive(run) && state.chosen.has(run.id));
  $('wheel').hidden = steerable.length === 0;
  const before = $('steered').value;
  $('steered').replaceChildren(...steerable.map(run => make('option', { value: run.id }, run.name)));
  if (steerable.some(run => run.id === before)) $('steered').value = before;
  state.isDirty = true;
}

// Every number of a row by its path: { train: { loss } } is "train loss".
function* numbers(row, path = []) {
  for (const [key, value] of Object.entries(row))
    if (Number.isFinite(value)) yield [[...path, key], value];
    else if (value && typeof value === 'object' && path.length < 4) yield* numbers(value, [...path, key]);
}

const aside = new Set(['step', 'epoch', 'elapsed', 'seconds']);

// Charts by metric; train, dev and single steps share one, and so do the layers of one figure.
function collect(axis) {
  const charts = new Map();
  for (const id of state.chosen)
    for (const row of state.rows.get(id)?.points ?? [])
      for (const [path, value] of numbers(row)) {
        const name = path.at(-1);
        if (path.length === 1 && aside.has(name)) continue;
        const isEpoch = 'train' in row, part = path.length > 1 ? path.slice(0, -1).join(' ') : isEpoch ? '' : 'stepPart';
        if (isEpoch && path.length === 1) continue;
        if (!charts.has(name)) charts.set(name, new Map());
        const key = `${id} ${part}`, lines = charts.get(name);
        if (!lines.has(key)) lines.set(key, { id, part, points: [] });
        lines.get(key).points.push([row[axis] ?? row.step ?? 0, value]);
      }
  return charts;
}

const partDashes = { stepPart: 0, train: 1, dev: 2 };
const isOfLayers = line => line.part.startsWith('layers ');

// One chart of the page: made when its first numbers come, taken away with its last.
function drawChart(place, name, lines, options) {
  const key = `${place} ${name}`;
  if (!state.charts.has(key)) {
    const chart = new Chart(word(name));
    state.charts.set(key, chart);
    $(place).append(chart.element);
  }
  const chart = state.charts.get(key);
  chart.caption.textContent = word(name);
  chart.draw(lines, options);
  return key;
}

function draw() {
  state.isDirty = false;
  const axis = $('axis').value, charts = collect(axis), many = state.chosen.size > 1, drawn = new Set();
  const across = axis === 'step' ? 'step' : 'seconds', who = line => many ? nameOf(line.id) + ' ' : '';
  for (const [name, all] of charts) {
    const lines = [...all.values()], layers = lines.filter(isOfLayers), others = lines.filter(line => !isOfLayers(line));
    if (others.length) drawn.add(drawChart('charts', name, others.map((line, i) => ({
      name: who(line) + word(line.part), points: line.points,
      colour: many ? colour(place(line.id)) : colour(partDashes[line.part] ?? i), dash: partDashes[line.part],
    })), { isLog: $('log').checked, smoothing: name === 'learningRate' ? 0 : +$('smooth').value, across }));
    if (layers.length) drawn.add(drawChart('layer-charts', name, layers.map((line, i) => ({
      name: who(line) + line.part.slice(7), points: line.points, colour: colour(i), dash: many ? place(line.id) : Math.floor(i / 8),
    })), { isLog: true, across }));
  }
  for (const [key, chart] of state.charts) if (!drawn.has(key)) { chart.element.remove(); state.charts.delete(key); }
  $('none').hidden = charts.size > 0;
  $('layer-part').hidden = $('layer-charts').childElementCount === 0;
}

// A finding knows both languages; what a callback of the user's says has its own.
const said = event => isSpanish() && event.es ? `${event.es.sentence} ${event.es.remedy}` : `${event.message ?? ''}`;

function showFound() {
  const items = [...state.chosen].flatMap(id => (state.rows.get(id)?.events ?? []).map(event => {
    const isSteering = event.event === 'steering', kind = isSteering ? 'steering' : event.severity ?? event.event ?? 'note';
    const text = isSteering ? `${word(event.action)}${event.learningRate === undefined ? '' : ` ${figure(event.learningRate)}`}` : said(event);
    const where = `${state.chosen.size > 1 ? nameOf(id) + ', ' : ''}${word('step').replace(/s$/, '')} ${event.step ?? 0}`;
    return make('li', {}, make('b', { class: kind }, word(isSteering ? 'byHand' : kind)), text, ' ', make('small', { class: 'quiet' }, where));
  })).slice(-200);
  // What ended a run stands first.
  const failed = state.runs.filter(run => run.problem && state.chosen.has(run.id)).map(run =>
    make('li', {}, make('b', { class: 'error' }, word(run.status)), told(run).problem, ' ', make('small', { class: 'quiet' }, run.name)));
  $('found').replaceChildren(...failed, ...items);
  for (const option of document.querySelectorAll('#run-list small.running, #run-list small.paused')) {
    const id = option.closest('label').querySelector('input').value;
    option.textContent = word(isPaused(id) ? 'paused' : 'running');
  }
}

function showSamples() {
  const all = [...state.chosen].map(id => state.rows.get(id)?.samples).filter(Boolean);
  $('sample-part').hidden = all.length === 0;
  $('samples').textContent = all.join('\n\n');
  $('samples').scrollTop = $('samples').scrollHeight;
}

async function steer(command) {
  const answer = await fetch(`/api/runs/${$('steered').value}/steer`, { method: 'POST', headers: { 'Content-Type': 'application/json', 'Accept-Language': isSpanish() ? 'es' : 'en' }, body: JSON.stringify(command) });
  $('told').textContent = answer.ok ? `${word('told')}: ${word(command.action)} ${command.learningRate ?? ''}` : await answer.text();
}

function show(name) {
  for (const tab of ['runs', 'play']) {
    $(tab).hidden = tab !== name;
    $(`tab-${tab}`).setAttribute('aria-pressed', tab === name);
  }
  if (!isWatching()) leave();
  else if (isClosed()) listen();
  state.isDirty = true;
}

function dress(theme) {
  document.documentElement.dataset.theme = theme;
  localStorage.setItem('theme', theme);
}

dress(localStorage.getItem('theme') ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'));
say();
for (const button of document.querySelectorAll('[data-steer]')) button.addEventListener('click', () => steer({ action: button.dataset.steer }));
$('set-rate').addEventListener('click', () => {
  const rate = Number($('rate').value.trim().replace(',', '.'));
  if ($('rate').value.trim() === '' || !(rate >= 0 && Number.isFinite(rate))) $('told').textContent = word('badRate');
  else steer({ action: 'set-rate', learningRate: rate });
});
$('rate').addEventListener('keydown', event => { if (event.key === 'Enter') $('set-rate').click(); });
for (const id of ['log', 'smooth', 'axis']) $(id).addEventListener('input', () => { state.isDirty = true; });
$('tab-runs').addEventListener('click', () => show('runs'));
$('tab-play').addEventListener('click', () => show('play'));
$('theme').addEventListener('click', () => dress(document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark'));
$('language').addEventListener('click', () => { turn(); showList(); showFound(); if (isWatching()) $('link').textContent = word(stream.readyState === EventSource.OPEN ? 'live' : 'away'); });
setInterval(() => { if (state.isDirty && !$('runs').hidden && !document.hidden) draw(); }, 400);
play();
listen();
