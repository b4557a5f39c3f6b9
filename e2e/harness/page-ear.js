// Runs inside the page before its own code: listens to whatever the page plays from a far side.
(() => {
  const players = new Set();
  const property = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'srcObject');
  Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', {
    ...property,
    set(stream) {
      property.set.call(this, stream);
      if (stream instanceof MediaStream) players.add(this);
    },
  });

  // A sine is no speech: the browser's noise suppression would take the test's tone away.
  const devices = navigator.mediaDevices;
  if (devices) {
    const getUserMedia = devices.getUserMedia.bind(devices);
    devices.getUserMedia = (wanted) => {
      if (!wanted?.audio) return getUserMedia(wanted);
      const raw = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
      const audio = wanted.audio === true ? raw : { ...wanted.audio, ...raw };
      return getUserMedia({ ...wanted, audio });
    };
  }

  const audible = 0.005;
  let context;
  const analysers = new WeakMap();
  const isPlaying = (player) => !player.paused && !player.muted && player.volume > 0 && player.srcObject?.active;

  function analyserOf(track) {
    const known = analysers.get(track);
    if (known) return known;
    context ??= new AudioContext();
    const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    analysers.set(track, analyser);
    return analyser;
  }

  function look(frequency) {
    const looks = [...players]
      .filter(isPlaying)
      .flatMap((player) => player.srcObject.getAudioTracks())
      .map((track) => {
        const analyser = analyserOf(track);
        const wave = new Float32Array(analyser.fftSize);
        analyser.getFloatTimeDomainData(wave);
        const level = Math.sqrt(wave.reduce((sum, value) => sum + value * value, 0) / wave.length);
        const decibels = new Float32Array(analyser.frequencyBinCount);
        analyser.getFloatFrequencyData(decibels);
        const power = decibels.map((value) => 10 ** (value / 10));
        power.fill(0, 0, 3);
        const width = context.sampleRate / analyser.fftSize;
        const centre = Math.round(frequency / width);
        const total = power.reduce((sum, value) => sum + value, 0);
        const near = power.subarray(Math.max(0, centre - 5), centre + 6).reduce((sum, value) => sum + value, 0);
        return { level, dominant: power.indexOf(Math.max(...power)) * width, share: total > 0 ? near / total : 0 };
      });
    return looks.sort((left, right) => right.level - left.level)[0] ?? { level: 0, dominant: 0, share: 0 };
  }

  const judges = {
    hears: ({ level, share }) => level > audible && share > 0.6,
    lacks: ({ level, share }) => level * Math.sqrt(share) <= audible,
    something: ({ level, share }) => level > audible && level * Math.sqrt(share) <= audible,
    silence: ({ level }) => level <= audible,
  };

  /** Resolves to undefined when the judgement held for `during` ms on end, or to what was heard at the time-out. */
  window.untilHeard = (judgement, frequency, during, timeout) =>
    new Promise((resolve) => {
      const begin = performance.now();
      let since;
      const timer = setInterval(() => {
        const now = performance.now();
        const heard = look(frequency);
        since = judges[judgement](heard) ? (since ?? now) : undefined;
        const held = since !== undefined && now - since >= during;
        if (!held && now - begin < timeout) return;
        clearInterval(timer);
        resolve(held ? undefined : heard);
      }, 40);
    });
})();
