// A study: history, courses, parallel coordinates with brushes, slices, a contour, importances, the front, and advice in words.
const words = {
  en: { back: 'Runs', which: 'Study', other: 'Español', advice: 'What it shows, and how sure that is', parallel: 'Parallel coordinates',
    help: 'Drag along an axis to keep only trials that pass there; drag elsewhere on it to change, a click takes it away.', clear: 'All trials',
    charts: 'History, courses, slices', table: 'Trials, the best first', history: 'Value by trial', curves: 'Courses (pruned ones grey)',
    importance: 'What mattered', front: 'Pareto front', contour: 'The two that mattered most', none: 'There is no study yet: ./hondo tune digits …',
    kept: 'trials pass', state: 'state', value: 'value', trial: 'trial', noAdvice: 'Too few trials are complete to say anything.',
    why: 'Explain why this is best', hand: 'By hand', start: 'Start a worker', pause: 'Stop the search', stop: 'Give it up', running: 'Running trial', enqueue: 'Enqueue this trial',
    fromBest: 'Take the best', paused: 'stopped', trials: 'trials', complete: 'complete', pruned: 'pruned', runningState: 'running', failed: 'failed', waiting: 'waiting',
    left: 'An empty field is left to the sampler.', done: 'Done.' },
  es: { back: 'Entrenamientos', which: 'Búsqueda', other: 'English', advice: 'Qué muestra, y con qué seguridad', parallel: 'Coordenadas paralelas',
    help: 'Arrastra a lo largo de un eje para quedarte con los intentos que pasan por ahí; un clic lo quita.', clear: 'Todos los intentos',
    charts: 'Historia, curvas, cortes', table: 'Intentos, los mejores primero', history: 'Valor por intento', curves: 'Curvas (en gris los abandonados)',
    importance: 'Qué importó', front: 'Frente de Pareto', contour: 'Los dos que más importaron', none: 'Aún no hay búsquedas: ./hondo tune digits …',
    kept: 'intentos pasan', state: 'estado', value: 'valor', trial: 'intento', noAdvice: 'Hay muy pocos intentos completos para decir algo.',
    why: 'Explicar por qué es el mejor', hand: 'A mano', start: 'Arrancar un trabajador', pause: 'Parar la búsqueda', stop: 'Abandonarlo', running: 'Intento en curso', enqueue: 'Encolar este intento',
    fromBest: 'Tomar el mejor', paused: 'parada', trials: 'intentos', complete: 'completos', pruned: 'abandonados', runningState: 'en curso', failed: 'fallidos', waiting: 'en espera',
    left: 'Un campo vacío queda para el muestreo.', done: 'Hecho.' },
};
const $ = id => document.getElementById(id);
let language = localStorage.getItem('language') ?? (navigator.language.startsWith('es') ? 'es' : 'en');
const word = name => words[language][name];
const figure = value => Number.isFinite(value) ? String(+value.toPrecision(4)) : '–';
const short = value => Number.isFinite(value) ? String(+value.toPrecision(3)) : '–';
const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
let study = null, brushes = new Map(), ranked = [], names = [], ranges = new Map();
document.documentElement.dataset.theme = localStorage.getItem('theme') ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function say() {
  document.documentElement.lang = language;
  for (const [id, name] of [['back', 'back'], ['which-label', 'which'], ['language', 'other'], ['advice-title', 'advice'], ['parallel-title', 'parallel'],
    ['brush-help', 'help'], ['clear', 'clear'], ['why-open', 'why'], ['hand-title', 'hand'], ['start', 'start'], ['pause', 'pause'], ['stop', 'stop'], ['stop-label', 'running'], ['charts-title', 'charts'], ['table-title', 'table']]) $(id).textContent = word(name);
}

const isMost = () => study.settings.directions[0] === 'Maximize';
const unit = (trial, name) => trial.units.get(name);
// From the colour of the worst to that of the best: 0 to 1 by rank. Mixed once, for a brush draws a thousand lines.
let palette = [];
function mix() {
  const part = (hex, i) => parseInt(hex.slice(1 + 2 * i, 3 + 2 * i), 16), worst = css('--c0'), best = css('--c1');
  palette = Array.from({ length: 65 }, (_, k) => `rgb(${[0, 1, 2].map(i => Math.round(part(worst, i) + (part(best, i) - part(worst, i)) * (k / 64) ** 3))})`);
}
const shade = goodness => palette[Math.round(64 * goodness)];

function take(next) {
  study = next;
  for (const trial of study.trials) trial.units = new Map(trial.parameters.map(one => [one.name, one.unit]));
  ranked = study.trials.filter(trial => trial.state === 'complete' && !trial.purpose);
  ranked.sort((a, b) => (isMost() ? b.values[0] - a.values[0] : a.values[0] - b.values[0]) || a.number - b.number);
  ranked.forEach((trial, i) => { trial.goodness = 1 - i / Math.max(1, ranked.length - 1); });
  ranges = new Map(study.trials.flatMap(trial => trial.parameters).map(one => [one.name, one.range]));
  const known = new Set(ranked.flatMap(trial => [...trial.units.keys()]));
  names = [...study.importances.map(one => one.name).filter(name => known.has(name)), ...[...known].filter(name => !study.importances.some(one => one.name === name))];
}

const passes = trial => [...brushes].every(([name, [low, high]]) => { const at = unit(trial, name); return at >= low && at <= high; });

// Axes share the width; a trial without a parameter leaves its axis out.
function axes(canvas) { return names.map((name, i) => [name, 60 + i * (canvas.width - 120) / Math.max(1, names.length - 1)]); }

function drawParallel() {
  const canvas = $('parallel'), pen = canvas.getContext('2d'), places = axes(canvas), top = 40, bottom = canvas.height - 20;
  pen.clearRect(0, 0, canvas.width, canvas.height);
  pen.lineWidth = 1;
  const start = performance.now(), grid = css('--grid');
  let kept = 0;
  for (let pass = 0; pass < 2; pass++)
    for (let i = ranked.length - 1; i >= 0; i--) {
      const trial = ranked[i], isKept = pass === 0 ? (trial.isKept = passes(trial)) : trial.isKept;
      if (isKept !== (pass === 1)) continue;
      kept += isKept;
      pen.strokeStyle = isKept ? shade(trial.goodness) : grid;
      pen.globalAlpha = isKept ? 0.25 + 0.75 * trial.goodness : 0.5;
      pen.beginPath();
      for (const [name, x] of places) {
        const at = unit(trial, name);
        if (at !== undefined) pen.lineTo(x, bottom - at * (bottom - top));
      }
      pen.stroke();
    }
  pen.globalAlpha = 1;
  pen.font = '13px system-ui'; pen.textAlign = 'center';
  for (const [name, x] of places) {
    pen.strokeStyle = css('--quiet'); pen.fillStyle = css('--ink');
    pen.beginPath(); pen.moveTo(x, top); pen.lineTo(x, bottom); pen.stroke();
    pen.fillText(name.length > 26 ? name.slice(0, 25) + '…' : name, x, 20);
    pen.fillStyle = css('--quiet'); pen.fillText((ranges.get(name) ?? '').slice(0, 24), x, canvas.height - 4); pen.fillStyle = css('--ink');
    if (brushes.has(name)) {
      const [low, high] = brushes.get(name);
      pen.fillStyle = css('--c1'); pen.globalAlpha = 0.35;
      pen.fillRect(x - 8, bottom - high * (bottom - top), 16, (high - low) * (bottom - top)); pen.globalAlpha = 1;
    }
  }
  document.body.dataset.drawn = performance.now() - start;
  $('brushed').textContent = `${kept}/${ranked.length} ${word('kept')}`;
}

function plot(title, draw, across = '') {
  const canvas = make('canvas', { width: 460, height: 280, role: 'img', 'aria-label': title }), pen = canvas.getContext('2d');
  pen.font = '12px system-ui';
  draw(pen, canvas);
  return make('figure', {}, make('figcaption', {}, title), canvas, make('small', { class: 'quiet' }, across));
}

const spread = values => { const s = values.filter(Number.isFinite).sort((a, b) => a - b); return s.length === 0 ? [0, 1] : s[0] === s.at(-1) ? [s[0] - 1, s[0] + 1] : [s[0], s.at(-1)]; };

function scatter(points, [lowX, highX], [lowY, highY]) {
  return pen => {
    const x = value => 60 + (value - lowX) / (highX - lowX) * 385, y = value => 255 - (value - lowY) / (highY - lowY) * 240;
    pen.fillStyle = css('--quiet'); pen.textAlign = 'right'; pen.fillText(short(highY), 54, 20); pen.fillText(short(lowY), 54, 258);
    pen.strokeStyle = css('--line'); pen.strokeRect(60, 10, 390, 250);
    for (const [px, py, colour] of points) { pen.fillStyle = colour; pen.beginPath(); pen.arc(x(px), y(py), 3, 0, 7); pen.fill(); }
  };
}

function contour(first, second) {
  return pen => {
    // The mean of the trials near each place, the nearer the more.
    const points = ranked.filter(trial => unit(trial, first) !== undefined && unit(trial, second) !== undefined), n = 24;
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) {
      let sum = 0, weights = 1e-9;
      for (const trial of points) {
        const d = (unit(trial, first) - (i + .5) / n) ** 2 + (unit(trial, second) - (j + .5) / n) ** 2, w = Math.exp(-d / 0.01);
        sum += w * trial.goodness; weights += w;
      }
      pen.globalAlpha = Math.min(1, weights); pen.fillStyle = shade(sum / weights);
      pen.fillRect(60 + i * 390 / n, 10 + (n - 1 - j) * 250 / n, 390 / n + 1, 250 / n + 1);
    }
    pen.globalAlpha = 1;
    scatter(points.map(trial => [unit(trial, first), unit(trial, second), css('--ink')]), [0, 1], [0, 1])(pen);
  };
}

function courses(pen) {
  const all = study.trials.filter(trial => trial.points.length && !trial.purpose).sort((a, b) => (a.state === 'complete') - (b.state === 'complete'));
  const [lowX, highX] = spread(all.flatMap(trial => trial.points.map(point => point[0]))), [lowY, highY] = spread(all.flatMap(trial => trial.points.map(point => point[1])));
  scatter([], [lowX, highX], [lowY, highY])(pen);
  for (const trial of all) {
    pen.strokeStyle = trial.state === 'pruned' ? css('--line') : shade(trial.goodness ?? 0);
    pen.beginPath();
    for (const [step, value] of trial.points) pen.lineTo(60 + (step - lowX) / (highX - lowX) * 385, 255 - (value - lowY) / (highY - lowY) * 240);
    pen.stroke();
  }
}

// Every value, and a line for the best so far.
function historyOf(values) {
  return pen => {
    const inOrder = [...ranked].sort((a, b) => a.number - b.number), [low, high] = spread(inOrder.map(trial => trial.number));
    scatter(ranked.map(trial => [trial.number, trial.values[0], shade(trial.goodness)]), [low, high], values)(pen);
    let best = NaN;
    pen.strokeStyle = css('--c1'); pen.beginPath();
    for (const trial of inOrder) {
      const x = 60 + (trial.number - low) / (high - low) * 385, y = value => 255 - (value - values[0]) / (values[1] - values[0]) * 240;
      if (!Number.isNaN(best)) pen.lineTo(x, y(best));
      if (Number.isNaN(best) || (isMost() ? trial.values[0] > best : trial.values[0] < best)) best = trial.values[0];
      pen.lineTo(x, y(best));
    }
    pen.stroke();
  };
}

function bars(pen) {
  study.importances.slice(0, 10).forEach((one, i) => {
    pen.fillStyle = css('--c0'); pen.fillRect(200, 12 + i * 26, 200 * one.share, 18);
    pen.fillStyle = css('--ink'); pen.textAlign = 'right'; pen.fillText(one.name.slice(0, 28), 194, 26 + i * 26);
    pen.textAlign = 'left'; pen.fillText(`${Math.round(100 * one.share)} %`, 206 + 200 * one.share, 26 + i * 26);
  });
}

function show() {
  say();
  mix();
  if (!study) { $('status').textContent = word('none'); return; }
  const count = state => study.trials.filter(trial => trial.state === state).length;
  const states = [['complete', 'complete'], ['pruned', 'pruned'], ['running', 'runningState'], ['waiting', 'waiting'], ['failed', 'failed']];
  $('status').textContent = [`${study.trials.length} ${word('trials')}`, ...states.filter(([state]) => count(state)).map(([state, name]) => `${count(state)} ${word(name)}`),
    ...(study.paused ? [word('paused')] : [])].join(', ');
  const list = sentences => sentences.map(one => make('li', {}, one[language]));
  $('advice').replaceChildren(...(study.advice.length ? list(study.advice) : [make('li', {}, word('noAdvice'))]));
  $('why').replaceChildren(...list(study.why));
  $('why-open').disabled = !study.why.length;
  showHand();
  drawParallel();
  const values = spread(ranked.map(trial => trial.values[0])), charts = [];
  charts.push(plot(word('history'), historyOf(values)));
  if (study.trials.some(trial => trial.points.length)) charts.push(plot(word('curves'), courses));
  if (study.importances.length) charts.push(plot(word('importance'), bars));
  if (study.settings.directions.length > 1) charts.push(plot(word('front'), scatter(ranked.map(trial => [trial.values[0], trial.values[1], trial.front ? css('--c1') : css('--c6')]), values, spread(ranked.map(trial => trial.values[1])))));
  if (names.length > 1) charts.push(plot(`${word('contour')}: ${names[0]} × ${names[1]}`, contour(names[0], names[1])));
  for (const name of names.slice(0, 6)) charts.push(plot(name, scatter(ranked.filter(trial => unit(trial, name) !== undefined).map(trial => [unit(trial, name), trial.values[0], shade(trial.goodness)]), [0, 1], values),
    ranked.flatMap(trial => trial.parameters).find(one => one.name === name)?.range ?? ''));
  $('study-charts').replaceChildren(...charts);
  const row = (tag, cells) => make('tr', {}, ...cells.map(cell => make(tag, {}, cell)));
  $('trials').replaceChildren(make('table', {}, row('th', [word('trial'), word('value'), ...names]),
    ...ranked.slice(0, 50).map(trial => row('td', [String(trial.number), trial.values.map(figure).join(' / '), ...names.map(name => trial.parameters.find(one => one.name === name)?.text ?? '')]))));
}

// What somebody may do by hand: the fields keep what is being written into them.
function showHand() {
  const running = study.trials.filter(trial => trial.state === 'running').map(trial => String(trial.number)), stop = $('stop-which'), before = stop.value;
  stop.replaceChildren(...running.map(number => make('option', { value: number }, number)));
  if (running.includes(before)) stop.value = before;
  $('stop').hidden = stop.parentElement.hidden = !running.length;
  $('pause').disabled = study.paused;
  const old = new Map([...$('enqueue').querySelectorAll('input')].map(input => [input.name, input.value]));
  const best = new Map((study.trials.find(trial => trial.number === study.best)?.parameters ?? []).map(one => [one.name, one.text]));
  const take = make('button', {}, word('fromBest')), add = make('button', {}, word('enqueue'));
  const fields = [...ranges].slice(0, 24).map(([name, range]) => {
    const input = make('input', { name, placeholder: range, size: 14 });
    input.value = old.get(name) ?? '';
    return make('label', {}, make('span', {}, name), input);
  });
  take.addEventListener('click', () => { for (const input of $('enqueue').querySelectorAll('input')) input.value = best.get(input.name) ?? ''; });
  add.addEventListener('click', () => tell({ do: 'enqueue', values: Object.fromEntries([...$('enqueue').querySelectorAll('input')].filter(input => input.value).map(input => [input.name, input.value])) }));
  if (!$('enqueue').contains(document.activeElement)) $('enqueue').replaceChildren(...fields, take, add, make('small', { class: 'quiet' }, word('left')));
}

async function tell(command) {
  const answer = await fetch(`/api/studies/${$('which').value}/steer`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(command) });
  const said = (await answer.text()).trim();
  $('told').textContent = answer.ok ? word('done') : said;
  document.activeElement?.blur();
  await load();
}
$('start').addEventListener('click', () => tell({ do: 'start' }));
$('pause').addEventListener('click', () => tell({ do: 'pause' }));
$('stop').addEventListener('click', () => tell({ do: 'stop', trial: Number($('stop-which').value) }));
$('why-open').addEventListener('click', () => { const isOpen = $('why').hidden; $('why').hidden = !isOpen; $('why-open').setAttribute('aria-expanded', isOpen); });

let drag = null;
const spot = event => {
  const canvas = $('parallel'), box = canvas.getBoundingClientRect(), x = (event.clientX - box.left) * canvas.width / box.width, y = (event.clientY - box.top) * canvas.height / box.height;
  const nearest = axes(canvas).reduce((best, one) => Math.abs(one[1] - x) < Math.abs(best[1] - x) ? one : best, ['', -1e9]);
  return { name: nearest[0], at: Math.min(1, Math.max(0, (canvas.height - 20 - y) / (canvas.height - 60))) };
};
$('parallel').addEventListener('pointerdown', event => { drag = spot(event); $('parallel').setPointerCapture(event.pointerId); });
$('parallel').addEventListener('pointermove', event => {
  if (!drag) return;
  const { at } = spot(event);
  brushes.set(drag.name, [Math.min(at, drag.at), Math.max(at, drag.at)]);
  drawParallel();
});
$('parallel').addEventListener('pointerup', event => {
  if (drag && Math.abs(spot(event).at - drag.at) < 0.01) { brushes.delete(drag.name); drawParallel(); }
  drag = null;
});
$('clear').addEventListener('click', () => { brushes = new Map(); drawParallel(); });
$('language').addEventListener('click', () => { language = language === 'es' ? 'en' : 'es'; localStorage.setItem('language', language); show(); });

let stamp = '';
async function load() {
  const id = $('which').value;
  if (!id) return;
  const text = await (await fetch(`/api/studies/${id}`)).text();
  if (text === stamp) return;
  stamp = text;
  take(JSON.parse(text));
  show();
}

async function list() {
  const { studies } = await (await fetch('/api/studies')).json(), before = $('which').value;
  if (studies.length !== $('which').childElementCount) {
    $('which').replaceChildren(...studies.map(one => make('option', { value: one.id }, one.name)));
    if (before) $('which').value = before;
  }
  await load();
  document.body.dataset.ready = 'yes';
}
$('which').addEventListener('change', () => { brushes = new Map(); load(); });
say();
show();
list();
setInterval(() => { if (!document.hidden && !drag) list().catch(() => {}); }, 3000);
