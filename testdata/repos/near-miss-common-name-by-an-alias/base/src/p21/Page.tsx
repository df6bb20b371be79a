import Form from './Inner';
export const Page21 = () => <Form />;
