export const Map = () => <b />;
