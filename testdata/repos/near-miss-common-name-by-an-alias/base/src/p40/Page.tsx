import Form from './Inner';
export const Page40 = () => <Form />;
