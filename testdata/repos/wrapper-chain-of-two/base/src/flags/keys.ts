export const Keys = { surgeSteps: 'surge-steps' } as const;
