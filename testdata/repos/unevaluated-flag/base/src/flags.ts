export const FLAGS = {
  SAVED_CARDS: 'saved-cards',
} as const;
