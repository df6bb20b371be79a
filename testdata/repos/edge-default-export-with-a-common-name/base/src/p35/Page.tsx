import Form from './Inner';
export const Page35 = () => <Form />;
