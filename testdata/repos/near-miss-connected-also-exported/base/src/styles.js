export const styles = { tip: { color: 'red' } };
