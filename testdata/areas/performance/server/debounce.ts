// What waits, and what only has a timer's name.
export function changed(id: string) {
  debounceTimers.set(id, setTimeout(() => run(id), DELAY)); //~ area performance:moderate
}

export function elapsed(timer: Timer) {
  return timer.seconds;
}
