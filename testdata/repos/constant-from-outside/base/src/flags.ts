export const FLAGS = { WAITING_ROOM: 'waiting-room' } as const;
