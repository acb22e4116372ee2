/** What a stopwatch shows: as exact as anybody needs. @param ms negative counts as nothing. @example `0.02 s`, `41 s`, `4 min 12 s` */
export function stopwatch(ms: number): string {
  const seconds = Math.max(0, ms) / 1000;
  // Rounded up: nothing takes no time.
  if (seconds < 10) return `${(Math.ceil(Math.max(0, ms) / 10) / 100).toFixed(2)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
