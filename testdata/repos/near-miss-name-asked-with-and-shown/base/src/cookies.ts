export const cookies = () => ({ reader: 1 });
