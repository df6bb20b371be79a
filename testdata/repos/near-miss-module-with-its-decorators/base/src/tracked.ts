export const seen: unknown[] = [];
export const Tracked = () => (target: unknown) => void seen.push(target);
