import Form from './Inner';
export const Page29 = () => <Form />;
