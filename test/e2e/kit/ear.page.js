// Runs inside a page under test: finds everything that is audible there and measures tones in it. Plain JavaScript, given to the
// page as text together with `toneDb`, so nothing is imported and nothing of the page is changed but what is said below.
(() => {
  if (window.__ear !== undefined) return;
  const WINDOW = 4096; // samples: 85 ms at 48 kHz
  const MEMORY = 32768; // samples an analyser remembers: sampling may be 600 ms late without missing anything
  const FLOOR_DB = -120;
  // Places where the noise floor is looked for. The median over them is not moved by a few tones.
  const FLOOR_HZ = Array.from({ length: 21 }, (_, i) => 215 + i * 157);
  // A tone must also stand out of its neighbourhood: a jump in a loud tone near it (a lost packet) splashes over it, and slopes.
  const NEIGHBOUR_HZ = 75;

  // Elements that are not in the document can sound too, so every element that is ever given a stream or played is remembered.
  const elements = new Set();
  const remember = (prototype, property, kind) => {
    const was = Object.getOwnPropertyDescriptor(prototype, property);
    const wrapped = function (...args) {
      elements.add(this);
      return was[kind].apply(this, args);
    };
    Object.defineProperty(prototype, property, { ...was, [kind]: wrapped });
  };
  remember(HTMLMediaElement.prototype, 'srcObject', 'set');
  remember(HTMLMediaElement.prototype, 'play', 'value');

  // Sound that the page makes itself passes one more node on its way to the loudspeaker, where it is measured.
  const speakers = new Map(); // the page's AudioContext -> { inlet, analyser }
  const inletOf = (destination) => {
    const context = destination.context;
    if (!speakers.has(context)) {
      const inlet = context.createGain();
      const analyser = newAnalyser(context);
      connect.call(inlet, analyser);
      connect.call(inlet, destination);
      speakers.set(context, { inlet, analyser });
    }
    return speakers.get(context).inlet;
  };
  const isSpeaker = (node) => node instanceof AudioDestinationNode && node.context instanceof AudioContext;
  const { connect, disconnect } = AudioNode.prototype;
  AudioNode.prototype.connect = function (to, ...rest) {
    if (!isSpeaker(to)) return connect.call(this, to, ...rest);
    connect.call(this, inletOf(to), ...rest);
    return to;
  };
  AudioNode.prototype.disconnect = function (...args) {
    if (isSpeaker(args[0])) args[0] = inletOf(args[0]);
    return disconnect.apply(this, args);
  };

  const newAnalyser = (context) => {
    const analyser = context.createAnalyser();
    analyser.fftSize = MEMORY;
    analyser.smoothingTimeConstant = 0;
    return analyser;
  };

  let own; // the ear's AudioContext, made when something first plays: then the page may sound, and so may we listen
  let ownSinceMs; // it needs a moment to run at first
  const START_MS = 300;
  const tracks = new WeakMap(); // track -> { analyser, source }
  const tapOf = (track) => {
    if (own === undefined) {
      own = new AudioContext();
      ownSinceMs = performance.now();
    }
    if (own.state === 'suspended') own.resume();
    if (!tracks.has(track)) {
      const source = own.createMediaStreamSource(new MediaStream([track]));
      const analyser = newAnalyser(own);
      connect.call(source, analyser);
      tracks.set(track, { analyser, source });
    }
    return tracks.get(track).analyser;
  };

  const files = new WeakMap(); // element that plays a file -> the stream captured from it
  const streamOf = (element) => {
    if (element.srcObject instanceof MediaStream) return element.srcObject;
    if (element.currentSrc === '') return undefined;
    if (!files.has(element)) files.set(element, element.captureStream());
    return files.get(element);
  };

  /** What sounds now: [{ name, analyser, gainDb }]. A muted, paused or silent-by-volume element does not. */
  const audible = () => {
    const found = [];
    for (const element of new Set([...elements, ...document.querySelectorAll('audio,video')])) {
      if (element.paused || element.ended || element.muted || element.volume === 0 || element.readyState < 2) continue;
      for (const track of streamOf(element)?.getAudioTracks() ?? []) {
        found.push({
          name: `${element.tagName.toLowerCase()}#${element.id} ${track.id}`,
          analyser: tapOf(track),
          gainDb: 20 * Math.log10(element.volume),
        });
      }
    }
    for (const [context, { analyser }] of speakers) {
      if (context.state === 'running') found.push({ name: 'AudioContext', analyser, gainDb: 0 });
    }
    return found;
  };
  /** True when something plays that the ear cannot hear, beyond its first moment. A test must not take that for silence. */
  const isDeaf = () => own !== undefined && own.state !== 'running' && performance.now() - ownSinceMs > START_MS;

  const memory = new Float32Array(MEMORY);
  const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

  /** Levels in one window that ends `backSamples` before now, of what `memory` holds. */
  const measure = ({ gainDb, rateHz, backSamples, windowSamples }, hz) => {
    const stretch = { samples: memory, start: MEMORY - backSamples - windowSamples, length: windowSamples, rateHz };
    let peak = 0;
    for (let i = 0; i < windowSamples; i++) peak = Math.max(peak, Math.abs(memory[stretch.start + i]));
    if (peak < 1e-6) return { db: hz.map(() => FLOOR_DB), floorDb: hz.map(() => FLOOR_DB) };
    const db = (f) => Math.max(FLOOR_DB, toneDb(stretch, f) + gainDb);
    const noiseDb = median(FLOOR_HZ.map(db));
    return { db: hz.map(db), floorDb: hz.map((f) => Math.max(noiseDb, db(f - NEIGHBOUR_HZ), db(f + NEIGHBOUR_HZ))) };
  };

  /** One measurement of all that sounds, now. */
  const read = (hz, windowSamples = WINDOW) => ({
    atMs: performance.timeOrigin + performance.now(),
    deaf: isDeaf(),
    sources: audible().map(({ name, analyser, gainDb }) => {
      analyser.getFloatTimeDomainData(memory);
      return { name, ...measure({ gainDb, rateHz: analyser.context.sampleRate, backSamples: 0, windowSamples }, hz) };
    }),
  });

  const isHeard = (source, i, rule) => source.db[i] > rule.minDb && source.db[i] > source.floorDb[i] + rule.aboveFloorDb;

  /** Resolves as soon as `hz` is heard (or, with `silent`, has not been heard for `steadyMs`); undefined after `withinMs`.
   *  Gives the wall clock when that began. */
  const wait = ({ hz, silent, withinMs, steadyMs, rule }) =>
    new Promise((resolve, reject) => {
      const startMs = performance.now();
      let sinceMs;
      const look = () => {
        const { sources, atMs, deaf } = read([hz]);
        if (deaf && sources.length > 0) return reject(new Error('the page plays sound, and the ear may not listen'));
        const heard = sources.some((source) => isHeard(source, 0, rule));
        sinceMs = heard === silent ? undefined : (sinceMs ?? atMs);
        if (sinceMs !== undefined && atMs - sinceMs >= (silent ? steadyMs : 0)) resolve({ atMs: sinceMs, sources });
        else if (performance.now() - startMs > withinMs) resolve({ atMs: undefined, sources });
        else setTimeout(look, 20);
      };
      look();
    });

  // Listening without a gap: every tick measures all windows since the last tick, half overlapping.
  const listenings = new Map();
  const listen = ({ id, hz, windowSamples, rule }) => {
    const begun = { startedMs: performance.timeOrigin + performance.now(), windows: 0, missedMs: 0, spans: [] };
    const open = hz.map(() => undefined); // the running span of each tone
    let lastMs = performance.now();
    const close = (i, atMs) => {
      if (open[i] === undefined) return;
      open[i].toMs = atMs;
      open[i] = undefined;
    };
    const note = (i, atMs, heard) => {
      if (heard === undefined) return close(i, atMs);
      if (open[i] === undefined) {
        open[i] = { hz: hz[i], fromMs: atMs, toMs: undefined, maxDb: heard.db[i], floorDb: heard.floorDb[i], source: heard.name };
        begun.spans.push(open[i]);
      }
      open[i].maxDb = Math.max(open[i].maxDb, heard.db[i]);
    };
    const tick = () => {
      const nowMs = performance.now();
      const found = audible();
      const rateHz = found[0]?.analyser.context.sampleRate ?? 48000;
      const newSamples = Math.round(((nowMs - lastMs) / 1000) * rateHz);
      if (found.length > 0 && isDeaf()) begun.missedMs += nowMs - lastMs;
      lastMs = nowMs;
      const held = MEMORY - windowSamples;
      if (newSamples > held) begun.missedMs += ((newSamples - held) / rateHz) * 1000;
      const hop = windowSamples / 2;
      const steps = Math.max(1, Math.ceil(Math.min(newSamples, held) / hop));
      const results = Array.from({ length: steps }, () => []);
      for (const { name, analyser, gainDb } of found) {
        analyser.getFloatTimeDomainData(memory);
        for (let step = 0; step < steps; step++) {
          const backSamples = Math.min(held, (steps - 1 - step) * hop);
          results[step].push({ name, ...measure({ gainDb, rateHz: analyser.context.sampleRate, backSamples, windowSamples }, hz) });
        }
      }
      results.forEach((sources, step) => {
        const endMs = performance.timeOrigin + nowMs - (((steps - 1 - step) * hop) / rateHz) * 1000;
        if (sources.length > 0) begun.windows++;
        for (let i = 0; i < hz.length; i++)
          note(
            i,
            endMs,
            sources.find((source) => isHeard(source, i, rule)),
          );
      });
    };
    tick();
    const timer = setInterval(tick, 50);
    listenings.set(id, () => {
      clearInterval(timer);
      tick();
      listenings.delete(id);
      return { ...begun, endedMs: performance.timeOrigin + performance.now() };
    });
  };

  Object.defineProperty(window, '__ear', { value: { read, wait, listen, stop: (id) => listenings.get(id)?.() } });
})();
