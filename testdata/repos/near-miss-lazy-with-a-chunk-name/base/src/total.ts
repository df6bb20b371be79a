export const total = (n: number) => n * 2;
