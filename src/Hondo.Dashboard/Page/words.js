// What the page says, in English and Spanish.
const english = {
  runs: 'Runs', studies: 'Studies', playground: 'Playground', theme: 'Light / dark', other: 'Español', steering: 'Steering', training: 'Training',
  pause: 'Pause', resume: 'Resume', checkpoint: 'Checkpoint now', stop: 'Stop', rate: 'Learning rate', set: 'Set',
  follow: 'Follow the schedule', curves: 'Curves', log: 'Logarithmic scale', smoothing: 'Smoothing', axis: 'Across',
  step: 'steps', seconds: 'seconds', none: 'Choose a run at the left, or start one: ./hondo train digits',
  findings: 'Findings and changes by hand', samples: 'Samples of text', data: 'Data', circle: 'Circle', spiral: 'Spiral',
  clusters: 'Two clusters', csv: 'A table of yours (x, y, class)', file: 'CSV file', noise: 'Noise', inputs: 'Inputs',
  hidden: 'Hidden layers, e.g. 8, 6', activation: 'Activation', optimizer: 'Optimizer', decay: 'Weight decay (L2)',
  batch: 'Batch', seed: 'Seed', start: 'Learn', halt: 'Stop', boundary: 'What the network says', units: 'Hidden units',
  live: 'live', away: 'connection lost; trying again', waits: 'waiting for the server; a browser opens six connections to it at most: close other windows of Hondo', told: 'The training is told', processors: 'processors', memory: 'memory',
  epoch: 'Epoch', trainPart: 'train', testPart: 'test', loss: 'loss', accuracy: 'accuracy', report: 'report',
  running: 'running', done: 'done', interrupted: 'interrupted', failed: 'failed', died: 'ended without a word', broken: 'broken', 'stopped by hand': 'stopped by hand', 'time limit': 'time limit', most: '20 runs at most are shown at once', busy: 'As many networks learn already as this machine shows at once: stop one in another tab.', cut: 'Only the first 200,000 characters of the file are used.', unknown: 'unknown',
  paused: 'paused', train: 'train', dev: 'dev', stepPart: 'each step', points: 'values', badRate: 'A learning rate is a number from 0, e.g. 0.001',
  held: 'Filled: training points; ringed: test points', class: 'class', learningRate: 'learning rate', byHand: 'by hand', warning: 'warning',
  note: 'note', error: 'error', layers: 'Layers', layersNote: 'Root of the mean square, logarithmic', arrows: 'Arrow keys read the values.',
  activations: 'activations', weights: 'weights', gradients: 'gradients', 'update share': 'size of an update, as a share of the weights',
  'set-rate': 'learning rate', 'follow-schedule': 'Follow the schedule',
};
const spanish = {
  runs: 'Entrenamientos', studies: 'Búsquedas', playground: 'Laboratorio', theme: 'Claro / oscuro', other: 'English', steering: 'Mando',
  training: 'Entrenamiento', pause: 'Pausar', resume: 'Seguir', checkpoint: 'Guardar ahora', stop: 'Parar',
  rate: 'Tasa de aprendizaje', set: 'Fijar', follow: 'Volver al plan', curves: 'Curvas', log: 'Escala logarítmica',
  smoothing: 'Suavizado', axis: 'Eje', step: 'pasos', seconds: 'segundos',
  none: 'Elige un entrenamiento a la izquierda, o empieza uno: ./hondo train digits',
  findings: 'Hallazgos y cambios a mano', samples: 'Textos de muestra', data: 'Datos', circle: 'Círculo', spiral: 'Espiral',
  clusters: 'Dos grupos', csv: 'Una tabla tuya (x, y, clase)', file: 'Archivo CSV', noise: 'Ruido', inputs: 'Entradas',
  hidden: 'Capas ocultas, p. ej. 8, 6', activation: 'Activación', optimizer: 'Optimizador', decay: 'Decaimiento (L2)',
  batch: 'Lote', seed: 'Semilla', start: 'Aprender', halt: 'Parar', boundary: 'Lo que dice la red', units: 'Unidades ocultas',
  live: 'en vivo', away: 'sin conexión; se intenta de nuevo', waits: 'esperando al servidor; un navegador le abre seis conexiones como mucho: cierra otras ventanas de Hondo', told: 'El entrenamiento está avisado', processors: 'procesadores',
  memory: 'memoria', epoch: 'Época', trainPart: 'entrenamiento', testPart: 'prueba', loss: 'pérdida', accuracy: 'exactitud',
  report: 'informe', running: 'en marcha', done: 'terminado', interrupted: 'interrumpido', failed: 'fallido',
  died: 'acabó sin avisar', broken: 'dañado', 'stopped by hand': 'parado a mano', 'time limit': 'tiempo agotado',
  most: 'se muestran 20 entrenamientos a la vez como mucho', cut: 'Solo se usan los primeros 200.000 caracteres del archivo.',
  busy: 'Ya aprenden tantas redes como esta máquina muestra a la vez: para una en otra pestaña.', unknown: 'desconocido', paused: 'en pausa', train: 'entrenamiento', dev: 'desarrollo',
  stepPart: 'cada paso', points: 'valores', badRate: 'Una tasa de aprendizaje es un número desde 0, p. ej. 0.001',
  held: 'Llenos: puntos de entrenamiento; con anillo: de prueba', class: 'clase', learningRate: 'tasa de aprendizaje', byHand: 'a mano',
  warning: 'aviso', note: 'nota', error: 'error', layers: 'Capas', layersNote: 'Raíz de la media de los cuadrados, logarítmica',
  activations: 'activaciones', weights: 'pesos', gradients: 'gradientes', 'update share': 'tamaño de un paso, como parte de los pesos',
  'root mean squared error': 'raíz del error cuadrático medio', 'mean absolute error': 'error absoluto medio', perplexity: 'perplejidad',
  'bits per character': 'bits por carácter', 'set-rate': 'tasa de aprendizaje', 'follow-schedule': 'Volver al plan', arrows: 'Las flechas leen los valores.',
};
let language = localStorage.getItem('language') ?? (navigator.language.startsWith('es') ? 'es' : 'en');

export const isSpanish = () => language === 'es';
export const word = name => (language === 'es' ? spanish : english)[name] ?? name;

export function say() {
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll('[data-word]')) element.textContent = word(element.dataset.word);
  document.getElementById('language').textContent = word('other');
  document.getElementById('language').lang = language === 'es' ? 'en' : 'es';
}

export function turn() {
  language = language === 'es' ? 'en' : 'es';
  localStorage.setItem('language', language);
  say();
}

export const figure = value => value === null || !Number.isFinite(value) ? '–'
  : value !== 0 && (Math.abs(value) < 1e-4 || Math.abs(value) >= 1e5) ? value.toExponential(2).replace(/\.?0+e\+?/, 'e').replace('e+', 'e')
  : Math.abs(value) >= 1e4 ? String(Math.round(value))
  : value.toPrecision(4).replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
