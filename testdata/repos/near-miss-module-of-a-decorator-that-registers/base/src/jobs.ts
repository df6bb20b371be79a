export const jobs = new Map<string, unknown>();

export function Job(name: string) {
  return (target: new (...args: never[]) => unknown) => {
    jobs.set(name, target);
  };
}
