// The playground: the page chooses, Hondo learns on the server, and each line that comes back is a picture of it.
import { word, figure, isSpanish } from './words.js';
import { Chart, make, colour } from './chart.js';

const $ = id => document.getElementById(id);
// Blue and orange are told apart by every eye; more classes follow.
const colours = [[0, 114, 178], [230, 120, 0], [0, 158, 115], [204, 121, 167], [190, 170, 20], [110, 90, 200]];
const edge = 1.1, side = 60;
let reading, points = [], classes = [], curve, csv = '';

function options() {
  const form = new FormData($('choices')), number = name => Number(form.get(name));
  return {
    data: form.get('data'), csv, noise: number('noise'), inputs: form.getAll('input'),
    hidden: form.get('hidden').split(/[\s,;]+/).filter(Boolean).map(Number), activation: form.get('activation'),
    optimizer: form.get('optimizer'), learningRate: number('learningRate'), decay: number('decay'), batch: number('batch'), seed: number('seed'),
  };
}

const bytes = text => Uint8Array.from(atob(text), letter => letter.charCodeAt(0));

function picture(values, size, paint) {
  const small = make('canvas', { width: size, height: size }), image = new ImageData(size, size);
  for (let i = 0; i < values.length; i++) image.data.set([...paint(values[i]), 255], 4 * i);
  small.getContext('2d').putImageData(image, 0, 0);
  return small;
}

function drawPlane(boundary) {
  const canvas = $('plane'), pen = canvas.getContext('2d'), place = v => (v / edge + 1) / 2 * canvas.width;
  // The surer the network, the stronger the colour; even odds are nearly white.
  const plain = 1 / Math.max(2, classes.length);
  pen.drawImage(picture(boundary, side, value => {
    const sure = Math.max(0, ((value % 40) / 39 - plain) / (1 - plain)), to = colours[Math.floor(value / 40)];
    return to.map(c => Math.round(250 + (c - 250) * (0.08 + 0.55 * sure)));
  }), 0, 0, canvas.width, canvas.height);
  for (const [x, y, kind, isTest] of points) {
    pen.beginPath();
    // Shapes too: colour alone would tell some people nothing.
    const cx = place(x), cy = place(-y), r = 4;
    if (kind % 2) pen.rect(cx - r + .5, cy - r + .5, 2 * r - 1, 2 * r - 1); else pen.arc(cx, cy, r, 0, 7);
    const ink = `rgb(${colours[kind].map(c => Math.round(c * 0.85))})`;
    pen.fillStyle = isTest ? '#fff' : ink; pen.strokeStyle = isTest ? ink : '#fff'; pen.lineWidth = isTest ? 2 : 1;
    pen.fill(); pen.stroke();
  }
}

function drawUnits(layers) {
  $('units').replaceChildren(...layers.map((units, i) => make('div', { class: 'layer', role: 'img', 'aria-label': `${word('units')} ${i + 1}: ${units.length}` },
    ...units.map(unit => {
      const canvas = make('canvas', { width: 54, height: 54 });
      canvas.getContext('2d').drawImage(picture(bytes(unit), 20, v => [0, 1, 2].map(c => {
        const t = v / 255 * 2 - 1, to = colours[t < 0 ? 0 : 1][c];
        return Math.round(248 + (to - 248) * Math.abs(t));
      })), 0, 0, 54, 54);
      return canvas;
    }))));
}

const history = { train: [], test: [] };

function take(line) {
  if (line.points) {
    ({ points, classes } = line);
    history.train = []; history.test = [];
    $('key').replaceChildren(...classes.map((name, i) => {
      const swatch = make('span', { class: 'swatch' });
      swatch.style.background = `rgb(${colours[i]})`;
      return make('span', {}, swatch, `${word('class')} ${name}`);
    }), make('span', {}, word('held')));
    return;
  }
  drawPlane(bytes(line.boundary));
  drawUnits(line.units);
  for (const part of ['train', 'test']) history[part].push([line.epoch, line[part].loss]);
  curve.draw([{ name: word('trainPart'), colour: colour(0), points: history.train, dash: 0 }, { name: word('testPart'), colour: colour(1), points: history.test, dash: 1 }], { across: 'epoch' });
  const share = part => `${word(part)} ${figure(line[part === 'trainPart' ? 'train' : 'test'].loss)}`;
  $('play-figures').textContent = `${word('epoch')} ${line.epoch} · ${word('loss')}: ${share('trainPart')}, ${share('testPart')} · ${word('accuracy')} ${figure(100 * line.test.accuracy)} %`;
  $('plane').setAttribute('aria-label', $('play-figures').textContent);
}

async function learn(told = '') {
  reading?.abort();
  const mine = reading = new AbortController();
  $('play-told').textContent = told;
  $('halt').disabled = false;
  const slow = setTimeout(() => { if (reading === mine) $('play-told').textContent = word('waits'); }, 3000);
  try {
    const answer = await fetch('/api/playground', { method: 'POST', headers: { 'Content-Type': 'application/json', 'Accept-Language': isSpanish() ? 'es' : 'en' }, body: JSON.stringify(options()), signal: mine.signal });
    clearTimeout(slow);
    $('play-told').textContent = told;
    if (!answer.ok) { $('play-told').textContent = answer.status === 429 ? word('busy') : await answer.text(); return; }
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let rest = ''; ;) {
      const { value, done } = await reader.read();
      if (done) break;
      const lines = (rest + value).split('\n');
      rest = lines.pop();
      for (const line of lines) take(JSON.parse(line));
    }
  } catch (error) {
    if (error.name !== 'AbortError') $('play-told').textContent = error.message;
  } finally {
    clearTimeout(slow);
    if (reading === mine) $('halt').disabled = true;
  }
}

export function play() {
  curve = new Chart(word('loss'));
  $('play-chart').append(curve.element);
  $('choices').addEventListener('submit', event => { event.preventDefault(); learn(); });
  $('choices').addEventListener('change', event => {
    // The file is read first.
    if (event.target === $('csv')) return;
    $('csv-part').hidden = $('choices').elements.data.value !== 'csv';
    // A changed choice while it learns: it begins anew, as one expects of a toy.
    if (!$('halt').disabled) learn();
  });
  $('csv').addEventListener('change', async () => {
    const file = $('csv').files[0], text = await file?.text() ?? '';
    // Another file may have been chosen while this one was read.
    if (file !== $('csv').files[0]) return;
    csv = text.slice(0, 200_000);
    $('play-told').textContent = text.length > csv.length ? word('cut') : '';
    if (!$('halt').disabled) learn(text.length > csv.length ? word('cut') : '');
  });
  $('halt').addEventListener('click', () => reading?.abort());
  $('tab-play').addEventListener('click', () => { if (!history.train.length) learn(); });
}
