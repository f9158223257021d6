import { useEffect, useRef } from 'react';
import classes from './phone.module.css';

const FLOOR_DB = -60;

/** How loud a stream is now, as a bar. Drawn outside React: it changes with every frame. */
export function LevelMeter({ stream, label }: { readonly stream: MediaStream | null; readonly label: string }) {
  const bar = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (!stream || stream.getAudioTracks().length === 0) return;
    const context = new AudioContext();
    const analyser = new AnalyserNode(context, { fftSize: 1024 });
    context.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    let frame = requestAnimationFrame(function draw() {
      analyser.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
      const db = 10 * Math.log10(power + 1e-9);
      const level = Math.max(0, Math.min(1, 1 - db / FLOOR_DB));
      bar.current?.style.setProperty('transform', `scaleX(${level.toFixed(3)})`);
      bar.current?.parentElement?.setAttribute('aria-valuenow', String(Math.round(level * 10) * 10));
      frame = requestAnimationFrame(draw);
    });
    return () => {
      cancelAnimationFrame(frame);
      void context.close();
    };
  }, [stream]);
  return (
    <span className={classes.meterRow}>
      <span>{label}</span>
      {/* biome-ignore lint/a11y/useSemanticElements: a real <meter> cannot be drawn with every frame without layout */}
      <span
        className={classes.meter}
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={0}
      >
        <span ref={bar} className={classes.meterBar} />
      </span>
    </span>
  );
}
