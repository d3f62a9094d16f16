// One chart of lines: SVG drawn by hand, values under the pointer or by the arrow keys.
import { word, figure } from './words.js';

const width = 440, height = 232, left = 58, right = 8, top = 8, bottom = 36;
const dashes = ['', '7 3', '2 3', '9 3 2 3', '4 2', '12 4'];
export const colour = place => `var(--c${place % 8})`;

export function make(name, attributes = {}, ...inner) {
  const isSvg = ['svg', 'path', 'line', 'text', 'g', 'circle'].includes(name);
  const element = isSvg ? document.createElementNS('http://www.w3.org/2000/svg', name) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...inner);
  return element;
}

// Steps of 1, 2 or 5 times a power of ten, with labels of as many digits as the step needs.
function ticks(least, most, count) {
  const rough = (most - least) / count || 1, power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map(n => n * power).find(n => n >= rough * 0.9999);
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9)), isPlain = digits < 6 && Math.max(Math.abs(least), Math.abs(most)) < 1e6;
  const all = [];
  for (let n = Math.ceil(least / step - 1e-6); n * step <= most + step / 1e6; n++) {
    const value = +(n * step).toPrecision(12);
    all.push([value, value === 0 ? '0' : isPlain ? value.toFixed(digits) : figure(value)]);
  }
  return all;
}

// Powers of ten; between few of them also 2 and 5 times those.
function decades(low, high, count) {
  const first = Math.floor(low), stride = Math.max(1, Math.ceil((high - low) / count)), all = [];
  for (let power = first; power <= high; power += stride)
    for (const n of high - low < 2 ? [1, 2, 5] : [1]) {
      const at = power + Math.log10(n);
      if (at >= low - 1e-9 && at <= high + 1e-9) all.push([at, figure(n * 10 ** power)]);
    }
  return all.length > 1 ? all : ticks(low, high, count).map(([at]) => [at, figure(10 ** at)]);
}

// Exponential smoothing that starts unbiased, as TensorBoard's.
function smoothed(points, weight) {
  let last = 0, mass = 0;
  return points.map(([x, y]) => {
    last = weight * last + (1 - weight) * y; mass = weight * mass + 1 - weight;
    return [x, last / mass];
  });
}

// More points than pixels: the least and the largest of each pixel's tell the same.
function thinned(points) {
  const most = 2 * width;
  if (points.length <= most) return points;
  const size = Math.ceil(points.length / width * 2), kept = [];
  for (let i = 0; i < points.length; i += size) {
    const part = points.slice(i, i + size);
    const low = part.reduce((a, b) => b[1] < a[1] ? b : a), high = part.reduce((a, b) => b[1] > a[1] ? b : a);
    kept.push(...(low[0] < high[0] ? [low, high] : low === high ? [low] : [high, low]));
  }
  return kept;
}

export class Chart {
  constructor(title) {
    this.svg = make('svg', { class: 'chart', viewBox: `0 0 ${width} ${height}`, role: 'img', tabindex: '0' });
    this.legend = make('div', { class: 'legend', 'aria-live': 'polite' });
    this.caption = make('figcaption', {}, title);
    this.element = make('figure', {}, this.caption, this.svg, this.legend);
    this.svg.addEventListener('pointermove', event => {
      const box = this.svg.getBoundingClientRect();
      this.point((event.clientX - box.left) / box.width * width);
    });
    this.svg.addEventListener('pointerleave', () => this.point(null));
    this.svg.addEventListener('blur', () => this.point(null));
    this.svg.addEventListener('keydown', event => {
      const step = { ArrowLeft: -8, ArrowRight: 8, Home: -1e6, End: 1e6 }[event.key];
      if (!step) return;
      event.preventDefault();
      this.point(Math.max(left, Math.min(width - right, (this.at ?? width) + step)));
    });
  }

  // lines: [{ name, colour, points: [[x, y]…] }]
  draw(lines, { isLog = false, smoothing = 0, across = 'step' } = {}) {
    lines = lines.map(line => ({ ...line, points: line.points.filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y) && (!isLog || y > 0)) }))
      .filter(line => line.points.length > 0);
    this.lines = lines.map(line => ({ ...line, shown: line.points.length > 30 ? smoothed(line.points, smoothing) : line.points }));
    const scale = isLog ? Math.log10 : y => y;
    const xs = lines.flatMap(line => [line.points[0][0], line.points.at(-1)[0]]);
    const [x0, x1] = [Math.min(...xs), Math.max(...xs)];
    let y0 = Infinity, y1 = -Infinity;
    for (const line of this.lines) for (const [, y] of line.shown) { y0 = Math.min(y0, scale(y)); y1 = Math.max(y1, scale(y)); }
    if (!(y1 > y0)) { y0 -= Math.abs(y0) / 10 || 0.5; y1 += Math.abs(y1) / 10 || 0.5; }
    this.px = x => left + (x1 > x0 ? (x - x0) / (x1 - x0) : 0.5) * (width - left - right);
    this.py = y => Math.max(top - 4, Math.min(height - bottom + 4, height - bottom - (scale(y) - y0) / (y1 - y0) * (height - top - bottom)));
    const parts = [];
    for (const [value, label] of isLog ? decades(y0, y1, 5) : ticks(y0, y1, 4)) {
      const y = height - bottom - (value - y0) / (y1 - y0) * (height - top - bottom);
      parts.push(make('line', { class: 'grid', x1: left, x2: width - right, y1: y, y2: y }),
        make('text', { x: left - 6, y: y + 4, 'text-anchor': 'end' }, label));
    }
    for (const [value, label] of ticks(x0, x1, 5))
      parts.push(make('text', { x: this.px(value), y: height - bottom + 15, 'text-anchor': 'middle' }, label));
    parts.push(make('text', { x: width - right, y: height - 1, 'text-anchor': 'end' }, word(across)));
    parts.push(make('line', { class: 'frame', x1: left, x2: width - right, y1: height - bottom, y2: height - bottom }));
    const d = points => thinned(points).map(([x, y], i) => `${i ? 'L' : 'M'}${this.px(x).toFixed(1)} ${this.py(y).toFixed(1)}`).join('');
    for (const [place, line] of this.lines.entries()) {
      const look = { fill: 'none', stroke: line.colour, 'stroke-width': 1.8, 'stroke-dasharray': dashes[line.dash ?? place % dashes.length], 'stroke-linejoin': 'round' };
      if (line.shown !== line.points && smoothing > 0) parts.push(make('path', { ...look, class: 'raw', 'stroke-width': 1, 'stroke-dasharray': '', d: d(line.points) }));
      parts.push(line.points.length === 1
        ? make('circle', { cx: this.px(line.points[0][0]), cy: this.py(line.points[0][1]), r: 3, fill: line.colour })
        : make('path', { ...look, class: 'curve', d: d(line.shown) }));
    }
    this.cursor = make('line', { class: 'cursor', y1: top, y2: height - bottom, visibility: 'hidden' });
    this.svg.replaceChildren(...parts, this.cursor);
    this.across = across;
    this.svg.setAttribute('aria-label', `${this.caption.textContent}. ${this.lines.map(line => `${line.name}: ${figure(line.points.at(-1)[1])}`).join('; ')}. ${word('arrows')}`);
    this.point(this.at ?? null);
  }

  point(at) {
    this.at = at;
    if (!this.cursor) return;
    this.cursor.setAttribute('visibility', at === null ? 'hidden' : 'visible');
    let where = '';
    const values = this.lines.map((line, place) => {
      let nearest = line.points.at(-1);
      if (at !== null) {
        nearest = line.points.reduce((a, b) => Math.abs(this.px(b[0]) - at) < Math.abs(this.px(a[0]) - at) ? b : a);
        if (!place) { this.cursor.setAttribute('x1', this.px(nearest[0])); this.cursor.setAttribute('x2', this.px(nearest[0])); where = `${figure(nearest[0])} ${word(this.across)}`; }
      }
      const key = make('svg', { width: 22, height: 8, 'aria-hidden': 'true' }, make('line', { x1: 0, x2: 22, y1: 4, y2: 4, stroke: line.colour, 'stroke-width': 2.5, 'stroke-dasharray': dashes[line.dash ?? place % dashes.length] }));
      return make('span', {}, key, `${line.name} ${figure(nearest[1])}`);
    });
    this.legend.replaceChildren(...(where ? [make('span', {}, where)] : []), ...values);
  }
}
