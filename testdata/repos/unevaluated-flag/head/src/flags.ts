export const FLAGS = {
  SAVED_CARDS: 'saved-cards',
  RETRY_DECLINED_CARDS: 'retry-declined-cards',
} as const;
