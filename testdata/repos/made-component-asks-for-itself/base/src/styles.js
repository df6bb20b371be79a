export const styles = { soap: { color: 'red' } };
