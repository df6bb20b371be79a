export const Question = () => <b />;
