export const Results = () => <b />;
